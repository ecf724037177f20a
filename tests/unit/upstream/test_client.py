"""The client against the simulated site: every fault of its table, and what becomes of it."""

import asyncio
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from decimal import Decimal

import pytest

from creditcurve.domain.fault import FaultKind
from creditcurve.domain.instant import from_iso
from creditcurve.domain.secret import Secret
from creditcurve.simulator import DEMO_COOKIE, History
from creditcurve.upstream import UpstreamError
from creditcurve.upstream.client import CheckAnswer, UpstreamClient, UsageAnswer
from creditcurve.upstream.errors import SchemaChangedError, TimedOutError
from creditcurve.upstream.exchange import Network
from support.clocks import HandClock
from support.site import FAULTS, Simulator, sample_history
from support.site.effects import bomb

NOW = from_iso("2025-08-25T14:00:00Z")
MIB = 1024 * 1024

READ = {
    "code_0": (20, 0),
    **dict.fromkeys(("enveloped", "gzip", "doubled", "reversed", "stale_keep_alive"), (20, 0)),
    **dict.fromkeys(("renews_session", "renews_split_session", "renews_firewall"), (20, 0)),
    **dict.fromkeys(("clears_session", "set_cookie_500", "set_cookie_5mb"), (20, 0)),
    **dict.fromkeys(("set_cookie_foreign", "set_cookie_odd_bytes"), (20, 0)),
    **dict.fromkeys(("newest_changed", "unknown_fields", "unknown_types"), (20, 0)),
    **dict.fromkeys(("credits_string", "credits_negative"), (20, 0)),
    **dict.fromkeys(("model_surrogate", "model_nul", "model_rtl", "model_long"), (20, 0)),
    **dict.fromkeys(("model_html", "model_formula", "model_proto"), (20, 0)),
    **dict.fromkeys(("created_seconds", "created_24"), (20, 0)),
    **dict.fromkeys(("credits_1e400", "credits_nan", "credits_true", "credits_null"), (19, 1)),
    "credits_2_63": (19, 1),
    **dict.fromkeys(("created_ahead", "created_1970"), (19, 1)),
    **dict.fromkeys(("created_without_zone", "created_unreadable"), (19, 1)),
    "doubled": (40, 0),
    "empty_list": (0, 0),
    "newest_only": (1, 0),
    "late_row": (21, 0),
    "row_left_out": (19, 0),
    "one_malformed": (20, 1),
    "echo_rows": (20, 0),
    "echo_malformed": (20, 1),
}
"""Faults with readable rows: the numbers of records and of rejects."""

FAILURES = {
    **dict.fromkeys(("unauthorized", "unauthorized_empty", "unauthorized_html"), "unauthorized"),
    **dict.fromkeys(
        (*("unauthorized_200", "code_401", "clears_session_401", "renews_session_401"),),
        "unauthorized",
    ),
    **dict.fromkeys(
        ("login_redirect_302", "login_redirect_303", "login_redirect_307"), "login_redirect"
    ),
    "login_page": "login_page",
    **dict.fromkeys(("forbidden", "forbidden_html"), "upstream_forbidden"),
    **dict.fromkeys(
        ("redirect_other_host", "redirect_plain_http", "redirect_elsewhere"), "unexpected_redirect"
    ),
    **dict.fromkeys(("echo_redirect", "echo_redirect_host"), "unexpected_redirect"),
    **dict.fromkeys(("challenge", "challenge_arg1", "challenge_405"), "waf_challenge"),
    **dict.fromkeys(("challenge_cloudflare", "challenge_json"), "waf_challenge"),
    **dict.fromkeys(
        ("rate_limited", "rate_limited_120", "rate_limited_date"), "upstream_rate_limited"
    ),
    **dict.fromkeys(("rate_limited_negative", "rate_limited_soon"), "upstream_rate_limited"),
    **dict.fromkeys(("rate_limited_1e9", "rate_limited_huge"), "upstream_rate_limited"),
    "unavailable_120": "upstream_rate_limited",
    **dict.fromkeys(("error_500", "error_502", "error_503"), "upstream_error"),
    **dict.fromkeys(("error_504", "error_520"), "upstream_error"),
    "bad_request": "upstream_unexpected_status",
    "not_found": "upstream_unexpected_status",
    "other_html": "not_json",
    "all_malformed": "schema_changed",
    "unknown_envelope": "schema_changed",
    "echo_500": "upstream_error",
    "echo_401": "unauthorized",
    "echo_page": "not_json",
    "echo_object": "schema_changed",
    **dict.fromkeys(("deep_nesting", "long_integer", "bom", "utf16", "bad_byte"), "not_json"),
    **dict.fromkeys(("duplicate_keys", "empty_body", "trailing_text"), "not_json"),
    **dict.fromkeys(("gzip_damaged", "brotli"), "not_json"),
    **dict.fromkeys(("gzip_bomb", "endless_headers", "endless_body"), "too_large"),
    **dict.fromkeys(("hang", "slow_bytes", "slow_body", "slow_headers"), "upstream_timeout"),
    **dict.fromkeys(("gzip_cut", "cut_body", "reset", "reset_in_body"), "upstream_network"),
    **dict.fromkeys(("closed", "not_http"), "upstream_network"),
}
"""Faults without readable rows, and the code of the error."""

KINDS = {
    "unauthorized": FaultKind.COOKIE,
    "login_redirect": FaultKind.COOKIE,
    "login_page": FaultKind.COOKIE,
    "upstream_forbidden": FaultKind.FORBIDDEN,
    "waf_challenge": FaultKind.FIREWALL,
}

CHECK_IS_VALID = {"other_html", *READ}
"""The check only needs the status: a page without a login form is a 200 too."""


@pytest.fixture
async def site() -> AsyncIterator[Simulator]:
    """The specification's sample, served."""
    clock = HandClock(NOW)
    async with Simulator(history=sample_history(), clock=clock, pace_s=0.05) as simulator:
        yield simulator


@asynccontextmanager
async def calling(
    url: str, *, now_ms: int = NOW, connect_s: float = 5.0, total_s: float = 20.0
) -> AsyncIterator[UpstreamClient]:
    client = UpstreamClient(
        url, clock=HandClock(now_ms), network=Network(connect_s=connect_s, total_s=total_s)
    )
    try:
        yield client
    finally:
        await client.aclose()


async def usage(site: Simulator, *, total_s: float = 20.0) -> UsageAnswer:
    async with calling(site.url, total_s=total_s) as client:
        return await client.usage(DEMO_COOKIE)


async def check(site: Simulator, *, total_s: float = 20.0) -> CheckAnswer:
    async with calling(site.url, total_s=total_s) as client:
        return await client.check(DEMO_COOKIE)


def patience(code: str) -> float:
    """Return a short time limit for faults that time out."""
    return 0.3 if code == "upstream_timeout" else 20.0


def test_the_table_is_walked_whole() -> None:
    """A fault that is added without saying what becomes of it fails here."""
    assert {*READ, *FAILURES} == set(FAULTS)
    assert not {*READ} & {*FAILURES}


@pytest.mark.parametrize("name", FAILURES)
async def test_a_fault_is_the_failure_it_should_be(site: Simulator, name: str) -> None:
    """One typed failure with its code, its kind and a sentence; the next call is good again."""
    site.faults.set(name)
    with pytest.raises(UpstreamError) as caught:
        await usage(site, total_s=patience(FAILURES[name]))
    fault = caught.value.fault
    assert fault.code == FAILURES[name]
    assert fault.kind is KINDS.get(fault.code, FaultKind.PASSING)
    assert fault.detail.endswith(".")
    assert len(site.requests) == 1
    assert len((await usage(site)).answer.records) == 20


@pytest.mark.parametrize(("name", "counts"), READ.items())
async def test_a_fault_that_leaves_something_to_read_is_read(
    site: Simulator, name: str, counts: tuple[int, int]
) -> None:
    """Every readable row is read; the others are rejected."""
    site.faults.set(name)
    answer = (await usage(site)).answer
    assert (len(answer.records), len(answer.rejects)) == counts


@pytest.mark.parametrize(
    "name", [name for name, fault in FAULTS.items() if fault.endpoint == "any"]
)
async def test_a_check_fails_as_a_poll_does(site: Simulator, name: str) -> None:
    """Except that its body need not be understood."""
    site.faults.set(name, endpoint="chart")
    if name in CHECK_IS_VALID:
        await check(site)
        return
    with pytest.raises(UpstreamError) as caught:
        await check(site, total_s=patience(FAILURES[name]))
    assert caught.value.fault.code == FAILURES[name]


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("rate_limited", None),
        ("rate_limited_120", 120.0),
        ("rate_limited_date", 120.0),
        ("rate_limited_negative", None),
        ("rate_limited_soon", None),
        ("rate_limited_1e9", None),
        ("rate_limited_huge", 1e9),
        ("unavailable_120", 120.0),
        ("error_503", None),
    ],
)
async def test_the_sites_retry_time_is_reported(
    site: Simulator, name: str, seconds: float | None
) -> None:
    """By the site's own clock, and nothing where it talks nonsense."""
    site.faults.set(name)
    async with calling(site.url, now_ms=NOW - 3_600_000) as client:
        with pytest.raises(UpstreamError) as caught:
            await client.usage(DEMO_COOKIE)
    assert caught.value.fault.retry_after_s == seconds


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("redirect_other_host", "https://sso.invalid"),
        ("redirect_plain_http", "http://www.aicodemirror.com"),
    ],
)
async def test_an_unexpected_redirect_names_its_host(site: Simulator, name: str, host: str) -> None:
    site.faults.set(name)
    with pytest.raises(UpstreamError) as caught:
        await usage(site)
    assert host in caught.value.fault.detail


async def test_a_changed_schema_keeps_the_answer(site: Simulator) -> None:
    site.faults.set("all_malformed")
    with pytest.raises(SchemaChangedError) as caught:
        await usage(site)
    assert caught.value.rejects[0].raw == '{"uuid":"11048661","cost":9}'


@pytest.mark.parametrize(
    ("name", "credits_used"),
    [("credits_string", Decimal("12.5")), ("credits_negative", -5)],
)
async def test_credits_come_through_exactly(
    site: Simulator, name: str, credits_used: int | Decimal
) -> None:
    site.faults.set(name)
    assert (await usage(site)).answer.records[0].credits == credits_used


async def test_a_renewed_login_is_handed_on_and_works(site: Simulator) -> None:
    """Whole or in pieces; the old one stays good until another is set."""
    for name, lines in (("renews_session", 1), ("renews_split_session", 2)):
        site.faults.set(name)
        renewals = (await usage(site)).set_cookies
        assert len(renewals) == lines
        renewed = b"; ".join(line.split(b";")[0] for line in renewals)
        async with calling(site.url) as client:
            await client.check(Secret(renewed))
            await client.check(DEMO_COOKIE)


@pytest.mark.parametrize(("name", "lines"), [("set_cookie_500", 50), ("set_cookie_5mb", 0)])
async def test_a_flood_of_set_cookie_is_bounded(site: Simulator, name: str, lines: int) -> None:
    """At most 50 lines of at most 4,096 bytes; the answer itself is read."""
    site.faults.set(name)
    answer = await usage(site)
    assert len(answer.set_cookies) == lines
    assert len(answer.answer.records) == 20


async def test_a_revoked_cookie_is_refused(site: Simulator) -> None:
    """On both endpoints, until it is good again."""
    site.cookie = Secret(b"__Secure-authjs.session-token=another")
    for call in (usage, check):
        with pytest.raises(UpstreamError) as caught:
            await call(site)
        assert caught.value.fault.code == "unauthorized"
    site.cookie = DEMO_COOKIE
    await check(site)


@pytest.mark.parametrize("name", ["gzip_bomb", "endless_body", "endless_headers", "set_cookie_5mb"])
async def test_no_answer_fills_the_memory(site: Simulator, name: str) -> None:
    """Below 32 MiB at the peak, the simulated site's own part included."""
    assert len(bomb()) < 320_000
    await usage(site)  # modules loaded on first use do not count
    site.faults.set(name)
    tracemalloc.start()
    try:
        with suppress(UpstreamError):
            await usage(site)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert not site.faults.pending
    assert peak < 32 * MIB


@pytest.mark.parametrize("name", ["hang", "slow_bytes", "slow_body", "slow_headers"])
async def test_the_deadline_is_over_the_whole_exchange(site: Simulator, name: str) -> None:
    """Bytes that keep coming do not push it back."""
    site.faults.set(name, endpoint="usage")
    loop = asyncio.get_running_loop()
    async with calling(site.url, total_s=0.4) as client:
        await client.check(DEMO_COOKIE)
        began = loop.time()
        with pytest.raises(TimedOutError):
            await client.usage(DEMO_COOKIE)
    assert 0.39 <= loop.time() - began < 5


async def test_a_call_can_be_cancelled(site: Simulator) -> None:
    """And leaves a client that works."""
    site.faults.set("hang")
    async with calling(site.url) as client:
        call = asyncio.create_task(client.usage(DEMO_COOKIE))
        await site.received(1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert len((await client.usage(DEMO_COOKIE)).answer.records) == 20


async def test_a_stale_connection_is_replaced_silently(site: Simulator) -> None:
    """The site closes a kept connection at its next use: the call is repeated."""
    site.faults.set("stale_keep_alive")
    async with calling(site.url) as client:
        await client.usage(DEMO_COOKIE)
        await client.usage(DEMO_COOKIE)
    assert len(site.requests) == 2


@pytest.mark.parametrize("name", ["closed", "reset"])
async def test_a_kept_connection_is_replaced_once_only(site: Simulator, name: str) -> None:
    """The second time in a row it is reported as a fault of the site."""
    async with calling(site.url) as client:
        await client.usage(DEMO_COOKIE)
        site.faults.set(name)
        await client.usage(DEMO_COOKIE)
        site.faults.set(name, times=2)
        with pytest.raises(UpstreamError) as caught:
            await client.usage(DEMO_COOKIE)
    assert caught.value.fault.code == "upstream_network"
    assert len(site.requests) == 1 + 2 + 2


@pytest.mark.parametrize("name", ["cut_body", "reset_in_body", "gzip_cut"])
async def test_an_answer_that_breaks_off_is_not_asked_for_again(site: Simulator, name: str) -> None:
    """On a kept connection neither: it was not stale."""
    async with calling(site.url) as client:
        await client.usage(DEMO_COOKIE)
        site.faults.set(name)
        with pytest.raises(UpstreamError) as caught:
            await client.usage(DEMO_COOKIE)
    assert caught.value.fault.code == "upstream_network"
    assert len(site.requests) == 2


async def test_a_laptop_whose_clock_is_years_behind_refuses_no_row(site: Simulator) -> None:
    """The site's own clock says that they are not in the future."""
    async with calling(site.url, now_ms=from_iso("2015-08-25T14:00:00Z")) as client:
        answer = (await client.usage(DEMO_COOKIE)).answer
    assert (len(answer.records), len(answer.rejects)) == (20, 0)


async def test_a_large_answer_is_read(site: Simulator) -> None:
    """Thousands of rows, on a thread."""
    site.history = History.generated(1, start_ms=NOW)
    assert len((await usage(site)).answer.records) > 2_000


async def test_the_chart_s_sums_are_those_of_the_rows(site: Simulator) -> None:
    """The check's answer contains the site's own sums."""
    chart = (await check(site)).chart
    assert len(chart) == 24
    assert {hour.t_ms: hour.consumed for hour in chart if hour.consumed} == {
        from_iso("2025-08-25T13:00:00Z"): 334
    }
