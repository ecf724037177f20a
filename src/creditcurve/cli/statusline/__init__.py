"""``creditcurve statusline``: print one short line for shell prompts and status bars.

It runs at every prompt, so everything but ``command``, ``install`` and ``uninstall`` imports only
light modules of the standard library: no msgspec, no HTTP client, no parser of arguments, no
``typing``, which is a tenth of its time: types that only the checker reads are imported for it.
"""
