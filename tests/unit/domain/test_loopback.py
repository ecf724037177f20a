"""Loopback hosts."""

import pytest

from creditcurve.domain.loopback import canonical_address, is_loopback, is_loopback_address


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LOCALHOST.", "a.localhost"]
)
def test_these_hosts_are_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "0.0.0.0", "::", "10.0.0.1", "localhost.evil.test", "127.0.0.1.nip.io", "notlocalhost"],
)
def test_these_hosts_are_not(host: str) -> None:
    assert not is_loopback(host)


def test_a_name_is_not_an_address() -> None:
    assert not is_loopback_address("localhost")


@pytest.mark.parametrize(
    ("host", "canonical"),
    [
        ("2001:db8:0:0::1", "2001:db8::1"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("192.0.2.1", "192.0.2.1"),
        ("curve.example", "curve.example"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(host: str, canonical: str) -> None:
    assert canonical_address(host) == canonical
