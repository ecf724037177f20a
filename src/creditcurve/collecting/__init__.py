"""Collecting: what is due, and the calls that are made."""
