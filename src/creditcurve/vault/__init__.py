"""The vault that seals the cookie."""
