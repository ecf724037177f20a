"""Reasons why a row cannot be read."""

from creditcurve.domain.reject import SENTENCES, RejectCode


def test_each_code_has_a_sentence_for_scripts() -> None:
    assert SENTENCES.keys() == set(RejectCode)
