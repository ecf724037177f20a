"""A secret appears in no text, however it is printed or stored."""

import pickle

import pytest

from creditcurve.domain.secret import Secret

SECRET = Secret(b"made-up")


def test_every_text_of_a_secret_is_a_mask() -> None:
    texts = (str(SECRET), repr(SECRET), f"{SECRET}", f"{SECRET:>99}", repr([SECRET]), f"{SECRET!a}")
    assert not any("made-up" in text for text in texts)
    assert str(SECRET) == repr(SECRET) == f"{SECRET:x}" == "Secret(…)"


def test_secrets_are_compared_by_value() -> None:
    assert Secret.of("made-up") == SECRET
    assert len({SECRET, Secret(b"made-up")}) == 1
    assert Secret(b"other") != SECRET
    assert SECRET != b"made-up"
    assert (bool(SECRET), bool(Secret(b""))) == (True, False)
    assert Secret.of("曲线").reveal() == "曲线".encode()


def test_a_secret_is_not_pickled() -> None:
    with pytest.raises(TypeError, match="a secret is not pickled"):
        pickle.dumps(SECRET)
