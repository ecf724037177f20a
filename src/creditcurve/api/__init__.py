"""The HTTP interface; ``routes.py`` is its table of contents, ``resources`` has its handlers.

Input is validated against a type before a handler sees it, every answer is a type too, and the
OpenAPI document is made from the handlers.
"""
