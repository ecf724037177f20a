"""The quoting of shells and languages is undone, and each character keeps its place."""

import pytest

from creditcurve.cookie.quoting import (
    UNKNOWN,
    Piece,
    joined,
    js_string,
    ps_string,
    shell_words,
)


def words(command: str) -> list[str]:
    return [word.text for word in shell_words(Piece.whole(command))]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("curl -b 'a=1; b=\"2\"'", ["curl", "-b", 'a=1; b="2"']),
        ('curl "a \\" \\$ \\` \\\\ \\n"', ["curl", 'a " $ ` \\ \\n']),
        ("curl $'it\\'s \\u0041\\x42\\103\\n\\q'", ["curl", "it's ABC\n\\q"]),
        ("curl it\\'s a''b", ["curl", "it's", "ab"]),
        ("curl \\\n  -b \\\r\n x", ["curl", "-b", "x"]),
        ('curl "a""b"', ["curl", 'a"b']),
    ],
)
def test_a_command_for_bash_is_split_into_words(command: str, expected: list[str]) -> None:
    assert words(command) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ('curl ^"a^%^"', ["curl", "a%"]),
        ('curl ^\n  -b ^"a=^\\^"1^\\^"^"', ["curl", "-b", 'a="1"']),
        ('curl ^\n  -b "a^&b"', ["curl", "-b", "a&b"]),
    ],
)
def test_a_command_for_cmd_is_split_into_words(command: str, expected: list[str]) -> None:
    assert words(command) == expected


def test_a_command_for_powershell_is_split_into_words() -> None:
    command = 'curl.exe `\n \'it\'\'s\' "a`"b`n$([char]7)""" `$x'
    assert words(command) == ["curl.exe", "it's", 'a"b\n\a"', "$x"]


@pytest.mark.parametrize("command", ["curl 'a b", 'curl "a b', "curl $'a b"])
def test_a_quote_that_is_not_closed_ends_with_the_text(command: str) -> None:
    assert words(command) == ["curl", "a b"]


def test_a_string_of_powershell_has_two_notations() -> None:
    assert ps_string(Piece.whole("'a`n''b'")).text == "a`n'b"
    assert ps_string(Piece.whole('"a`n""b$([char]65)"')).text == 'a\n"bA'


def test_an_unknown_escape_of_javascript_is_its_character() -> None:
    assert js_string(Piece.whole('"\\u0041\\/\\q\\t\\\\"')).text == "A/q\t\\"


def test_each_character_keeps_its_place_in_the_pasted_text() -> None:
    command = "curl $'a\\x42' \"c\""
    _, first, second = shell_words(Piece.whole(command))
    assert (first.text, first.at) == ("aB", (command.index("a"), command.index("\\")))
    assert (second.text, second.at) == ("c", (command.rindex("c"),))


def test_text_between_joined_pieces_has_no_place() -> None:
    pair = joined((Piece("a", (3,)), Piece("b", (9,))), "=")
    assert (pair.text, pair.at) == ("a=b", (3, UNKNOWN, 9))


def test_lines_keep_their_places_and_lose_their_ends() -> None:
    lines = Piece.whole("ab\r\n\n \ncd").lines()
    assert [(line.text, line.at) for line in lines] == [("ab", (0, 1)), ("cd", (7, 8))]


def test_a_piece_does_not_show_its_text() -> None:
    assert "canary" not in repr(Piece.whole("canary"))
