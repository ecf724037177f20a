"""``creditcurve watch``: the live curve in the terminal, with its figures and models."""
