"""Collecting: decide when the site is called, call it, and record the outcome."""
