"""Text from the site, the network or files, made safe to print."""

import unicodedata

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that move the cursor, reorder or hide text, or are undefined."""


def escape_controls(text: str) -> str:
    r"""Return the text with control and format characters as ``\x1b`` or ``\u202e``.

    Line breaks are escaped too: the result is one line.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _escaped(character) if unicodedata.category(character) in _UNSAFE else character
        for character in text
    )


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
