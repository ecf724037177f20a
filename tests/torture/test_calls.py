"""Calls generated from our OpenAPI document: no failure of ours, and no undocumented answer.

Schemathesis makes valid and invalid calls of every operation, uploads included, and applies all its
checks to the answers: status, type, headers and body are those of the document.
"""

import contextlib
import json
import random
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.config import ChecksConfig, PositiveDataAcceptanceConfig
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from support.program import Program
from support.site import COOKIE, SAMPLE
from support.torture import Figures, Scale

EACH_MODE: Final = 28_000
"""Together over 50,000 calls: some operations have no invalid call."""
ENDLESS: Final = "/api/events"
"""An event stream has no end; the torture of streams reads it."""
LINES: Final = "application/x-ndjson"
REFUSED_BY_MEANING: Final = ["2xx", "3xx", "401", "403", "404", "409", "413", "422", "429", "5xx"]
"""A schema does not say which texts are time zones, cursors, instants or cookies."""

Operation = schemathesis.APIOperation[Any, Any, Any, Any]


def lines() -> st.SearchStrategy[bytes]:
    """Return uploads: records with fields of any kind, whole or cut, and arbitrary bytes."""
    values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    record = json.loads(SAMPLE)[0]
    changed = st.dictionaries(st.sampled_from([*record, "id", "t"]), values, max_size=3)
    rows = st.lists(changed.map(lambda change: {**record, **change}), max_size=5)
    written = rows.map(lambda found: "\n".join(json.dumps(row) for row in found).encode())
    return st.one_of(written, written.map(lambda body: body[:-7]), st.binary(max_size=200))


schemathesis.openapi.media_type(LINES, lines())


@schemathesis.serializer(LINES)
def _as_it_is(_context: schemathesis.SerializationContext, value: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@pytest.fixture
def caller() -> Iterator[requests.Session]:
    """A client that ignores the environment's proxy."""
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_generated_call_is_answered_as_documented(
    watched: Program,
    caller: requests.Session,
    scale: Scale,
    figures: Figures,
    mode: GenerationMode,
) -> None:
    watched.give_cookie(COOKIE)
    watched.call("POST", "/api/refresh")
    operations = operations_of(watched)
    each = scale.count(EACH_MODE) // len([one for one in operations if has_input(one)])
    ids = existing(watched)
    called = sum(call(one, mode, each, caller, ids) for one in operations)
    assert "Traceback" not in watched.log
    figures.add("generated calls", called, f"{mode.name.lower()}: each answered as documented")


def operations_of(program: Program) -> list[Operation]:
    """Return the operations of the program's own document."""
    schema = schemathesis.openapi.from_dict(program.get("/api/openapi.json"))
    schema.config.update(base_url=program.url)
    schema.config.checks = ChecksConfig(
        positive_data_acceptance=PositiveDataAcceptanceConfig(expected_statuses=REFUSED_BY_MEANING)
    )
    found = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    return [one for one in found if one.path != ENDLESS]


def existing(program: Program) -> dict[str, str]:
    """Create a rule and a channel; return the identifiers of everything that paths can name."""
    rule = program.call("POST", "/api/alerts/rules", {"kind": "disk"})
    channel = program.call(
        "POST",
        "/api/alerts/channels",
        {"kind": "webhook", "name": "fuzz", "url": "https://hooks.example/"},
    )
    return {"rule": rule.json()["id"], "channel": channel.json()["id"], "episode": "1"}


def has_input(operation: Operation) -> bool:
    """Return whether there is anything to generate."""
    return bool(operation.body or operation.query or operation.path_parameters)


def call(
    operation: Operation,
    mode: GenerationMode,
    count: int,
    caller: requests.Session,
    ids: Mapping[str, str],
) -> int:
    """Call an operation so often, or once if it has no input; return the number of calls.

    Half of the calls with an identifier in the path name an object that exists.
    """
    if not has_input(operation):
        case = operation.Case()
        case.validate_response(case.call(session=caller, timeout=30))
        return 1
    called = 0
    chance = random.Random(19)

    @seed(19)
    @settings(max_examples=max(1, count), database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: schemathesis.Case[Any]) -> None:
        nonlocal called
        called += 1
        if mode is GenerationMode.POSITIVE and chance.random() < 0.5:
            case.path_parameters = {name: ids[name] for name in case.path_parameters or {}}
        case.validate_response(case.call(session=caller, timeout=30))

    with contextlib.suppress(Unsatisfiable):  # every text is valid: no wrong call exists
        run()
    return called
