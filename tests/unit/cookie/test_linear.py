"""The work of reading a text is linear in its length, counted in calls and in instructions."""

from functools import partial
from itertools import product
from pathlib import Path
from typing import Final

import pytest

from support.calls import calls
from support.instructions import VALGRIND, instructions
from support.pasting import LOGIN, assert_accepted_or_refused

LEADS: Final = (
    *("", "cookie", "GET / HTTP/1.1\ncookie", "a TRUE / TRUE 0 n", "curl ", 'curl ^"', "fetch("),
    *('x\n"cookie"', 'iwr a\n"cookie"', "$x = @{", "[", '{"cookie":"', '"', "http x cookie:"),
    *(f"{LOGIN}=", f"{LOGIN}\t", f"a=1; {LOGIN}=x; ", "set-cookie: a=1;", "```\n"),
)
FILLERS: Final = (
    *(" ", "\t", "\n", "a", '"', "\\", "^", ": ", "\\`\n", "\\\n", 'cookie="', '"a" ', "a=1; "),
    *("{", "curl -b a=1 ", "| ", "a\tb\n", "name: x\nvalue: y\n", "/*", "```\n", f"{LOGIN}=x; "),
    "cookie",
)
PARTS: Final = 2
"""Tests that share the leads, for as many processes."""
ENDS: Final = ("x", f"{LOGIN}=x")
SIZE: Final = 200
"""The length of the filler in a short text."""
TIMES: Final = 4
"""The long text has so many times the filler of the short one."""
LIMIT: Final = 5
"""Times the work of the short text; 16 times is quadratic."""
READ: Final = """
from support.pasting import assert_accepted_or_refused

for text in {texts!r}:
    measure(lambda: assert_accepted_or_refused(text, force=False))
"""


def texts(lead: str, filler: str, end: str, size: int) -> tuple[str, str]:
    """Return a short and a long text."""
    count = size // len(filler)
    return lead + filler * count + end, lead + filler * count * TIMES + end


@pytest.mark.parametrize("lead", ["cookie", "curl ", "fetch("])
def test_the_calls_to_read_a_text_are_linear_in_its_length(lead: str) -> None:
    for filler in FILLERS:
        short, long = (
            calls(partial(assert_accepted_or_refused, text, force=False), "call", "c_call")
            for text in texts(lead, filler, ENDS[1], 100)
        )
        assert long < LIMIT * short, filler


@pytest.mark.slow
@pytest.mark.skipif(VALGRIND is None, reason="needs valgrind")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("part", range(PARTS))
def test_the_instructions_to_read_a_text_are_linear_in_its_length(
    tmp_path: Path, part: int
) -> None:
    """Those of regular expressions too. Each filler comes before both ends, by turns."""
    cases = [
        (lead, filler, ENDS[number % len(ENDS)])
        for number, (filler, lead) in enumerate(product(FILLERS, LEADS))
    ]
    pairs = [text for case in cases[part::PARTS] for text in texts(*case, SIZE)]
    # The first text imports modules.
    _, *counts = instructions(READ.format(texts=[pairs[0], *pairs]), tmp_path, timeout_s=3_000)
    for case, short, long in zip(cases[part::PARTS], counts[::2], counts[1::2], strict=True):
        assert long < LIMIT * short, case
