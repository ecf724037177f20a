"""The proof of an instance: only its secret makes it, for one address and one challenge."""

import pytest

from creditcurve.domain.identity import is_proof, proof

SECRET, ADDRESS, CHALLENGE = "secret", "http://127.0.0.1:8080", "challenge"


def test_a_proof_is_the_digest_that_commands_of_other_versions_expect() -> None:
    """HMAC-SHA-256 of ``creditcurve ADDRESS CHALLENGE``, as openssl computes it."""
    expected = "01aacd69f6d84b13bb68d33b78a122822c66ec735446ea2bab59ce587ebd8e5a"
    assert proof(SECRET, ADDRESS, CHALLENGE) == expected


def test_only_the_proof_itself_is_accepted() -> None:
    given = proof(SECRET, ADDRESS, CHALLENGE)
    assert is_proof(given, SECRET, ADDRESS, CHALLENGE)
    assert not is_proof("", SECRET, ADDRESS, CHALLENGE)
    assert not is_proof(given.upper(), SECRET, ADDRESS, CHALLENGE)


@pytest.mark.parametrize(
    ("secret", "address", "challenge"),
    [
        ("other", ADDRESS, CHALLENGE),
        (SECRET, "http://127.0.0.1:8081", CHALLENGE),
        (SECRET, ADDRESS, "other"),
    ],
)
def test_a_proof_of_something_else_is_none(secret: str, address: str, challenge: str) -> None:
    assert not is_proof(proof(SECRET, ADDRESS, CHALLENGE), secret, address, challenge)


@pytest.mark.parametrize("text", ["\udcff", "é"])
def test_bytes_that_are_no_ascii_are_compared_too(text: str) -> None:
    assert is_proof(proof(SECRET, text, text), SECRET, text, text)
    assert not is_proof(text, SECRET, ADDRESS, CHALLENGE)
