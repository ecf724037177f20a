"""``python -m creditcurve`` is the ``creditcurve`` command."""

from creditcurve.cli import main

if __name__ == "__main__":
    main()
