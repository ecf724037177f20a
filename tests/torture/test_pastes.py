"""Generated pastes: each is accepted with a header that can be sent, or refused with a code."""

import random
import time
from typing import Final

import pytest

from support.cookie_copies import COPIES, Pairs
from support.pasting import LOGIN, PASTE_FRAGMENTS, assert_accepted_or_refused
from support.torture import Figures, Scale

WHOLE: Final = 500_000
PARTS: Final = 4
"""Tests that share the pastes, for as many processes."""
MAX_CPU_S: Final = 0.05
"""For one paste and for each further 10,000 characters: a quadratic parser takes far longer."""
TRIES: Final = 3
COPY_NAMES: Final = sorted(COPIES)
CHARACTERS: Final = "\\\"'^$%`!{}[](),=&|<>;: \t\n\r\0\x7f\u00a0\u202e\ud800积nu0xA"


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_paste_is_accepted_or_refused(scale: Scale, figures: Figures, part: int) -> None:
    tried, slowest = scale.count(WHOLE // PARTS), 0.0
    for number in range(tried):
        chance = random.Random(number * PARTS + part)
        pasted, force = paste(chance), chance.random() < 0.5
        limit_s = MAX_CPU_S * (1 + len(pasted) / 10_000)
        # A collection of garbage may fall into one try; a quadratic parser is slow in each.
        tries = (cost_s(pasted, force=force) for _ in range(TRIES))
        spent_s = next((spent for spent in tries if spent < limit_s), None)
        assert spent_s is not None, (number, part)
        slowest = max(slowest, spent_s)
    figures.add("generated pastes", tried, f"no unexpected error, slowest {slowest * 1000:.0f} ms")


def cost_s(pasted: str, *, force: bool) -> float:
    """Read a paste; return the processor time."""
    begun_s = time.process_time()
    assert_accepted_or_refused(pasted, force=force)
    return time.process_time() - begun_s


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
