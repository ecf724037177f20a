"""Fields of the account's answers: amounts, texts and instants."""

from collections.abc import Mapping
from typing import Final

from creditcurve.domain.credits import Credits, parse_credits
from creditcurve.domain.instant import from_iso
from creditcurve.domain.record import shown
from creditcurve.upstream.json_text import Json, JsonText, Numeral

MAX_ROWS: Final = 200

JsonObject = Mapping[str, Json]


def read_object(body: bytes) -> JsonObject:
    """Return the object of an answer.

    Raises:
        NotJsonError: it is not JSON.
        ValueError: it is another value than an object.
    """
    content = JsonText.of(body)
    value = content.value()
    content.end()
    return as_object(value)


def amount(answer: JsonObject, name: str) -> Credits:
    """Return a number, exactly; the site writes some as text."""
    value = answer[name]
    if isinstance(value, Numeral):
        return parse_credits(value.text)
    if isinstance(value, str):
        return parse_credits(value.strip())
    raise ValueError(name)


def amount_or_none(answer: JsonObject, name: str) -> Credits | None:
    """Return a number; None where the field is missing or null."""
    return None if answer.get(name) is None else amount(answer, name)


def text(answer: JsonObject, name: str) -> str | None:
    """Return a text that is safe to show; None where there is no text."""
    value = answer.get(name)
    return shown(value) if isinstance(value, str) and value else None


def identifier(answer: JsonObject, name: str) -> str | None:
    """Return an id as text; the site writes some as numbers."""
    value = answer.get(name)
    return shown(value.text) if isinstance(value, Numeral) else text(answer, name)


def instant(answer: JsonObject, *names: str) -> int | None:
    """Return the first of these that is an instant; an unreadable one is as good as none."""
    for name in names:
        value = answer.get(name)
        if isinstance(value, str):
            try:
                return from_iso(value)
            except (ValueError, OverflowError):
                continue
    return None


def as_object(value: Json) -> JsonObject:
    """Return an object.

    Raises:
        ValueError: it is another value.
    """
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - a shape, as any other
    return value


def as_list(value: Json) -> list[Json]:
    """Return a list of at most ``MAX_ROWS``.

    Raises:
        ValueError: it is another value, or longer.
    """
    if not isinstance(value, list) or len(value) > MAX_ROWS:
        raise ValueError("not a list")
    return value
