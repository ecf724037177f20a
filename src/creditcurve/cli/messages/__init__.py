"""Texts for codes, in both languages."""
