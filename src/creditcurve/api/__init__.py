"""The HTTP interface. ``routes.py`` is its table of contents; each resource has its module.

Everything that a request may hold is checked against a type before a handler sees it, every answer
is a type too, and the OpenAPI document is made from the same table.
"""
