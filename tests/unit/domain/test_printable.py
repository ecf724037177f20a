"""Text of others is printed without effect on the terminal."""

import pytest

from creditcurve.domain.printable import escape_controls


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain text, 100 %", "plain text, 100 %"),
        ("额度曲线 é", "额度曲线 é"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("two\nlines", "two\\nlines"),
        ("abc\u202egnp.exe", "abc\\u202egnp.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("line\u2028end\u2029", "line\\u2028end\\u2029"),
        ("half \ud800", "half \\ud800"),
        ("private \ue000", "private \\ue000"),
        ("undefined \u0378", "undefined \\u0378"),
    ],
)
def test_characters_that_hide_move_or_reorder_text_are_escaped(text: str, printed: str) -> None:
    assert escape_controls(text) == printed
