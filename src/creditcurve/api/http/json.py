"""JSON bodies: encoding answers, decoding input into the types of a call."""

import re
from functools import cache
from typing import TypeVar

import msgspec

from creditcurve import decoding
from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.problems import ProblemError, invalid

_Value = TypeVar("_Value", bound=msgspec.Struct)

_encoder = msgspec.json.Encoder(decimal_format="number")
_FIELD = re.compile(r"at `\$\.?([^`]*)`")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_MISSING = re.compile(r"missing required field `([^`]*)`")
_NAME = re.compile(r"[a-z][a-z_]{0,30}")
_VALUE = re.compile(r""" (['"]).*\1$""", re.DOTALL)


def encode(answer: msgspec.Struct) -> bytes:
    """Return an answer as JSON, decimals as numbers."""
    return _encoder.encode(answer)


def decode(body: bytes, kind: type[_Value]) -> _Value:
    """Return a JSON body as a value of its type.

    Raises:
        ProblemError: 400 if it is not JSON, 422 with the field that is wrong.
    """
    try:
        return decoding.decode(body, kind)
    except msgspec.ValidationError as error:
        raise _invalid_by(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        detail = "The body is not JSON in UTF-8."
        raise ProblemError(ProblemCode.INVALID_JSON, detail) from error


def convert(parameters: list[tuple[str, str]], kind: type[_Value]) -> _Value:
    """Return the parameters of a query string as a value of its type.

    Raises:
        ProblemError: 422 with the parameter that is wrong.
    """
    given: dict[str, str] = {}
    for name, value in parameters:
        if name in given:
            known = name if _NAME.fullmatch(name) else "A name"
            raise invalid(name if known == name else "", f"{known} is given twice.")
        given[name] = value
    try:
        converted = decoding.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _invalid_by(error) from error
    _refuse_null(given, converted)
    return converted


def _refuse_null(given: dict[str, str], converted: msgspec.Struct) -> None:
    """Refuse the text ``null``, which the conversion reads as no value."""
    for parameter, field in _fields(type(converted)).items():
        if parameter in given and getattr(converted, field) is None:
            raise invalid(parameter, "Expected a value, got `null`.")


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Return the field of each parameter; reading them evaluates annotations, which is slow."""
    return {field.encode_name: field.name for field in msgspec.structs.fields(kind)}


def _invalid_by(error: msgspec.ValidationError) -> ProblemError:
    """Return a 422 with the field that failed validation; it never repeats the value."""
    text = str(error)
    unknown = _UNKNOWN.search(text)
    if unknown is not None:
        return _unknown(unknown[1])
    match = _MISSING.search(text) or _FIELD.search(text)
    field = match[1] if match else ""
    return invalid(field, _VALUE.sub("", text.partition(" - at ")[0]) + ".")


def _unknown(name: str) -> ProblemError:
    """Return a 422 for an unknown name; an unusual name may be a misplaced secret, so hide it."""
    if not _NAME.fullmatch(name):
        return ProblemError(ProblemCode.UNKNOWN_FIELD, "A field name is unknown.")
    return ProblemError(ProblemCode.UNKNOWN_FIELD, f"The field {name!r} is unknown.", field=name)
