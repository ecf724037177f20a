"""Each text is read by the grammar of its own format, and by no more lenient one before it."""

import importlib
import pkgutil
from typing import Final

import pytest

from creditcurve.cookie import formats
from creditcurve.cookie.formats.detect import FORMATS, detect
from creditcurve.cookie.formats.found import Format
from creditcurve.cookie.unwrap import unwrap
from support.cookie_snippets import ACCEPTED, EXPECTED, pasted

REFUSING: Final = {"address"}
"""Formats that recognize texts without a cookie, to name their kind."""


def module_of(form: Format) -> str:
    """Return the name of the module that reads a format."""
    return form.read.__module__.removeprefix(f"{formats.__name__}.")


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_text_is_read_by_its_own_format(name: str) -> None:
    found = detect(unwrap(pasted(name))).format
    assert found is not None
    assert module_of(found) == EXPECTED["snippets"][name]["format"]


def test_every_format_is_tried() -> None:
    names = [module.name for module in pkgutil.iter_modules(formats.__path__)]
    modules = [importlib.import_module(f"{formats.__name__}.{name}") for name in names]
    defined = {name for name, one in zip(names, modules, strict=True) if hasattr(one, "FORMAT")}
    assert {module_of(form) for form in FORMATS} == defined


def test_every_format_has_a_text() -> None:
    with_text = {EXPECTED["snippets"][name]["format"] for name in ACCEPTED}
    assert {module_of(form) for form in FORMATS} == with_text | REFUSING
