"""Replacements for characters that the terminal's encoding lacks."""

HANDLER = "creditcurve"
"""Name of ``replace`` as a codec's error handler."""

_REPLACEMENTS = {
    "·": "-",
    "–": "-",
    "✓": "+",
    "✗": "x",
    "●": "*",
    "■": "*",
    "│": "|",
    "─": "-",
    "┌": "+",
    "┐": "+",
    "└": "+",
    "┘": "+",
    "├": "+",
    "┤": "+",
    "┬": "+",
    "┴": "+",
    "┼": "+",
    "≥": ">=",
    "…": "...",
    "→": "->",
    "“": '"',
    "”": '"',
}


def replace(error: UnicodeError) -> tuple[str | bytes, int]:
    """Replace characters that an encoding lacks by similar ones, or by their escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(
        _REPLACEMENTS.get(character) or _code(character) for character in lacking
    ), error.end


def _code(character: str) -> str:
    return character.encode("ascii", "backslashreplace").decode("ascii")
