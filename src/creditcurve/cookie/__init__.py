"""The login cookie: read from a pasted text, sent byte for byte, renewed by the site."""
