"""Bars and curves of block characters, and of ASCII."""

from creditcurve.cli.bars import bar, heights


def test_a_bar_has_eighths_and_is_never_empty_above_zero() -> None:
    assert bar(1, 4) == "████"
    assert bar(0.53, 4) == "██▏"
    assert bar(0.001, 4) == "▏"
    assert bar(0, 4) == ""


def test_a_bar_is_ascii_where_the_terminal_lacks_blocks() -> None:
    assert bar(0.5, 4, encoding="ascii") == "##"
    assert bar(0.001, 4, encoding="cp1252") == "#"


def test_a_curve_has_one_character_for_each_value() -> None:
    """Unknown values differ from zero."""
    assert heights([0, 1, 4, 8, None]) == " ▁▄█·"
    assert heights([0, 1, 4, 8, None], encoding="ascii") == " .=@?"
    assert heights([0, 0]) == "  "
    assert heights([]) == ""
