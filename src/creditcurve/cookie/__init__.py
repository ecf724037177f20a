"""The login cookie: read from what was pasted, sent byte for byte, renewed by the site."""
