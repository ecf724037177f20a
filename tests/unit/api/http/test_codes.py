"""Every code that reaches the page has a text in both of its languages."""

import re
from pathlib import Path

import pytest

from creditcurve.api.http.codes import PASTE_CODES, UPSTREAM_CODES, ProblemCode, of_upstream
from creditcurve.cookie.errors import CookieErrorCode
from creditcurve.domain.fault import FaultCode
from creditcurve.domain.reject import RejectCode

CATALOGUES = Path(__file__).parents[4] / "web" / "src" / "i18n"
LOCALES = ("en", "zh-CN")


def keys(locale: str, catalogue: str, block: str) -> set[str]:
    """Return the keys of a block of a catalogue of the page."""
    text = (CATALOGUES / locale / f"{catalogue}.ts").read_text(encoding="utf-8")
    _, _, rest = text.partition(f"  {block}: {{")
    return set(re.findall(r"^ {4}(\w+):", rest.partition("\n  }")[0], re.MULTILINE))


def refusals(locale: str) -> set[str]:
    """Return the codes of refused pastes with a text, a catalogue of their own."""
    text = (CATALOGUES / locale / "cookieEntry" / "refusals.ts").read_text(encoding="utf-8")
    return set(re.findall(r"^ {2}(\w+):", text, re.MULTILINE))


def texts(locale: str) -> set[str]:
    """Return every code with a text."""
    return keys(locale, "common", "problems") | refusals(locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_problem_code_has_a_text(locale: str) -> None:
    assert not set(ProblemCode) - texts(locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_link_code_has_a_text(locale: str) -> None:
    """The page looks it up with the prefix that a problem's code has."""
    codes = {*FaultCode, ProblemCode.STORAGE_ERROR}
    missing = {code for code in codes if not {code, f"upstream_{code}"} & texts(locale)}
    assert not missing


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_of_a_refused_paste_has_a_text(locale: str) -> None:
    assert not set(CookieErrorCode) - refusals(locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_quarantine_reason_has_a_text(locale: str) -> None:
    assert keys(locale, "quarantine", "reasons") == set(RejectCode)


def test_every_fault_of_the_site_has_a_distinct_problem_code() -> None:
    assert {of_upstream(code) for code in FaultCode} == set(UPSTREAM_CODES)
    assert len(UPSTREAM_CODES) == len(FaultCode)


def test_every_code_of_a_refused_paste_is_a_problem_code() -> None:
    codes = {*PASTE_CODES, ProblemCode.COOKIE_TOO_LARGE}
    assert {str(code) for code in codes} == {str(code) for code in CookieErrorCode}


def test_an_unknown_fault_is_an_error_of_the_site() -> None:
    assert of_upstream("something_new") is ProblemCode.UPSTREAM_ERROR
