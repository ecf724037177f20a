"""The parts of a header: pairs, names, pieces of a login, origins and expiry."""

import pytest

from creditcurve.cookie.header import (
    INVALID,
    LONGEST_SHOWN_NAME,
    Pair,
    Part,
    expiry_ms,
    has_session,
    host_of,
    is_whole,
    origin_of,
    pairs_of,
    reach,
    session_part,
    shown_names,
)

LOGIN = "__Secure-authjs.session-token"


def test_pairs_are_read_in_order_and_blank_ones_left_out() -> None:
    assert pairs_of(" a=1;; b = 2=3 ;flag; ;=x") == [
        Pair("a", "1"),
        Pair("b", "2=3"),
        Pair("", "flag"),
        Pair("", "x"),
    ]


def test_a_pair_does_not_show_its_value() -> None:
    assert "canary" not in repr(Pair("a", "canary"))


def test_only_names_that_cannot_be_a_part_of_a_value_are_shown() -> None:
    longest = "n" * LONGEST_SHOWN_NAME
    header = f"a=1; b=2; a=3; flag; eyJ==; {longest}=1; {longest}n=1; odd name=1"
    assert shown_names(header) == ("a", "b", longest)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (LOGIN, Part(LOGIN, None)),
        (f"{LOGIN}.0", Part(LOGIN, 0)),
        (f"{LOGIN}.12", Part(LOGIN, 12)),
        ("next-auth.session-token", Part("next-auth.session-token", None)),
        (f"{LOGIN}.01", None),
        (f"{LOGIN}.123", None),
        (f"{LOGIN}.x", None),
        ("session-token", None),
    ],
)
def test_the_name_of_a_login_has_the_number_of_its_piece(name: str, part: Part | None) -> None:
    assert session_part(name) == part


def test_a_login_without_a_value_is_none() -> None:
    assert has_session(f"a=1; {LOGIN}.1=x")
    assert not has_session(f"a=1; {LOGIN}=")


@pytest.mark.parametrize(
    ("indexes", "whole"),
    [
        ({None}, True),
        ({0, 1}, True),
        ({None, 4}, True),
        ({0}, False),
        ({1, 2}, False),
        (set(), False),
    ],
)
def test_a_login_is_whole_with_all_of_its_pieces(indexes: set[int | None], *, whole: bool) -> None:
    assert is_whole(indexes) is whole


@pytest.mark.parametrize(
    ("url", "origin", "host"),
    [
        ("https://www.example.com/path?a=1", "https://www.example.com", "www.example.com"),
        (" http://127.0.0.1:8080 ", "http://127.0.0.1:8080", "127.0.0.1"),
        ("https://[::1]:80/", "https://[::1]:80", "::1"),
        ("ftp://example.com", None, "example.com"),
        ("https://a b/", None, "a b"),
        ("https://example.com:port/", None, "example.com"),
        ("https://[::1", None, ""),
        ("example.com", None, None),
    ],
)
def test_an_address_has_an_origin_and_a_host(
    url: str, origin: str | None, host: str | None
) -> None:
    assert origin_of(url) == origin
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("value", "expires_ms"),
    [
        (1_764_000_000, 1_764_000_000_000),
        (1_764_000_000.5, 1_764_000_000_500),
        (1_764_000_000_000, 1_764_000_000_000),
        ("1764000000", 1_764_000_000_000),
        ("2025-11-24T16:00:00Z", 1_764_000_000_000),
        ("Mon, 24 Nov 2025 16:00:00 GMT", 1_764_000_000_000),
        (0, None),
        (-1, None),
        ("", None),
        ("Session", None),
        (True, None),
        (None, None),
        (float("inf"), None),
        ("9" * 400, None),
    ],
)
def test_an_expiry_has_several_forms(value: object, expires_ms: int | None) -> None:
    assert expiry_ms(value) == expires_ms


@pytest.mark.parametrize(
    ("domain", "host", "rank"),
    [
        ("www.example.com", "www.example.com", 0),
        (".example.com", "www.example.com", 0),
        ("example.com", "example.org", None),
        ("com", "example.com", None),
        (INVALID, "example.com", None),
        ("www.aicodemirror.com", "127.0.0.1", 2),
    ],
)
def test_a_cookie_belongs_to_its_domain(domain: str, host: str, rank: int | None) -> None:
    assert reach(domain, host, is_host_only=False) == rank


def test_a_cookie_of_a_parent_only_comes_second() -> None:
    assert reach("example.com", "www.example.com", is_host_only=True) == 1
