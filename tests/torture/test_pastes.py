"""Generated pastes: each is accepted with a header that can be sent, or refused with a code."""

import random
from typing import Final

import pytest

from support.cookie_copies import COPIES, Pairs
from support.pasting import LOGIN, PASTE_FRAGMENTS, assert_accepted_or_refused
from support.torture import Figures, Scale

WHOLE: Final = 500_000
PARTS: Final = 4
"""Tests that share the pastes, for as many processes."""
COPY_NAMES: Final = sorted(COPIES)
CHARACTERS: Final = "\\\"'^$%`!{}[](),=&|<>;: \t\n\r\0\x7f\u00a0\u202e\ud800积nu0xA"


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_paste_is_accepted_or_refused(scale: Scale, figures: Figures, part: int) -> None:
    tried = scale.count(WHOLE // PARTS)
    for number in range(tried):
        chance = random.Random(number * PARTS + part)
        pasted, force = paste(chance), chance.random() < 0.5
        assert_accepted_or_refused(pasted, force=force)
    figures.add("generated pastes", tried, "no unexpected error")


def paste(chance: random.Random) -> str:
    """Return a copied cookie with faults, or pieces of notations."""
    kind = chance.random()
    if kind < 0.4:
        return damaged(chance, COPIES[chance.choice(COPY_NAMES)](pairs(chance)))
    if kind < 0.9:
        return "".join(chance.choices(PASTE_FRAGMENTS, k=chance.randrange(1, 20)))
    return "".join(chance.choices(PASTE_FRAGMENTS, k=3)) * chance.randrange(1, 400)


def pairs(chance: random.Random) -> Pairs:
    """Return a cookie with a login between other pairs."""
    texts = ["".join(chance.choices(CHARACTERS[:24], k=chance.randrange(9))) for _ in range(4)]
    others = [(f"n{index}", text.strip("; ")) for index, text in enumerate(texts)]
    return [*others[:2], (LOGIN, f"x{texts[0]}y".replace(";", "")), *others[2:]]


def damaged(chance: random.Random, text: str) -> str:
    """Remove, repeat and insert pieces."""
    for _ in range(chance.randrange(4)):
        start, end = sorted(chance.choices(range(len(text) + 1), k=2))
        middle = chance.choice(("", text[start:end] * 2, chance.choice(PASTE_FRAGMENTS)))
        text = text[:start] + middle + text[end:]
    return text
