"""The meaning of a status, a header or a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.fault import FaultKind
from creditcurve.domain.instant import from_iso
from creditcurve.upstream import UpstreamError
from creditcurve.upstream.classify import (
    error_of,
    page_error,
    redirect_error,
    retry_after_s,
    status_error,
)

URL = "https://site.test/api/user/usage"
NOW = from_iso("2025-08-25T14:00:00Z")


def refused(status: int, *headers: tuple[bytes, bytes], page: bytes = b"") -> UpstreamError:
    failure = error_of(status, headers, page, url=URL, now_ms=NOW)
    assert failure is not None
    return failure


def test_an_answer_200_is_not_a_failure() -> None:
    assert error_of(200, (), b"", url=URL, now_ms=NOW) is None


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (401, FaultKind.COOKIE, "unauthorized"),
        (403, FaultKind.FORBIDDEN, "upstream_forbidden"),
        (429, FaultKind.PASSING, "upstream_rate_limited"),
        (500, FaultKind.PASSING, "upstream_error"),
        (503, FaultKind.PASSING, "upstream_error"),
        (520, FaultKind.PASSING, "upstream_error"),
        (599, FaultKind.PASSING, "upstream_error"),
        (204, FaultKind.PASSING, "upstream_unexpected_status"),
        (304, FaultKind.PASSING, "upstream_unexpected_status"),
        (404, FaultKind.PASSING, "upstream_unexpected_status"),
        (405, FaultKind.PASSING, "upstream_unexpected_status"),
        (600, FaultKind.PASSING, "upstream_unexpected_status"),
    ],
)
def test_a_status_has_its_meaning(status: int, kind: FaultKind, code: str) -> None:
    fault = refused(status).fault
    assert (fault.kind, fault.code) == (kind, code)


@pytest.mark.parametrize(
    ("status", "headers", "page", "code"),
    [
        (405, (), b"<html>Your request ID is: 65ae0b", "waf_challenge"),
        (405, (), "<html>请求ID 65ae0b".encode(), "waf_challenge"),
        (405, (), b'{"RequestId":"65AE"}', "waf_challenge"),
        (405, ((b"X-Request-Id", b"65ae"),), b"", "waf_challenge"),
        (405, ((b"Allow", b"POST"),), b"Method Not Allowed", "upstream_unexpected_status"),
        (403, (), b"<script>var arg1='7'</script>", "waf_challenge"),
        (403, ((b"X-Request-Id", b"65ae"),), b"Forbidden", "upstream_forbidden"),
    ],
)
def test_a_firewall_is_known_by_its_page(
    status: int, headers: tuple[tuple[bytes, bytes], ...], page: bytes, code: str
) -> None:
    """The status is not enough: a 403 without a signature is a refusal by the site itself."""
    assert refused(status, *headers, page=page).fault.code == code


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "code"),
    [
        (b"/login", "login_redirect"),
        (b"/zh/login?callbackUrl=%2Fdashboard", "login_redirect"),
        (b"https://site.test/auth/signin", "login_redirect"),
        (b"/api/auth/signin", "login_redirect"),
        (b"sign-in", "login_redirect"),
        (b"/maintenance", "unexpected_redirect"),
        (b"/blog/logins", "unexpected_redirect"),
        (b"https://other.test/login", "unexpected_redirect"),
        (b"//other.test/login", "unexpected_redirect"),
        (b"http://site.test/login", "unexpected_redirect"),
        (b"https://site.test:444/login", "unexpected_redirect"),
        (b"https://site.test@other.test/login", "unexpected_redirect"),
        (b"javascript:alert(1)", "unexpected_redirect"),
        (b"https://[::1/login", "unexpected_redirect"),
        (b"https://site.test:99999/login", "unexpected_redirect"),
        (b"/l\xf6gin", "unexpected_redirect"),
        (b"", "unexpected_redirect"),
    ],
)
def test_a_redirect_is_a_login_or_a_fault(status: int, location: bytes, code: str) -> None:
    """Only a login page of the same scheme, host and port says that the login is gone."""
    assert refused(status, (b"Location", location)).fault.code == code


def test_a_redirect_elsewhere_names_the_host_and_nothing_more() -> None:
    """The rest of the address may hold a token."""
    fault = redirect_error(b"http://me:pw@other.test:8080/cb?token=t", URL).fault
    assert fault.detail.startswith("The site redirects to http://other.test; it was not followed.")
    assert "token" not in fault.detail
    assert "pw" not in fault.detail


def test_a_redirect_without_an_address_is_a_fault() -> None:
    assert refused(302).fault.code == "unexpected_redirect"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"1000000000", 1e9),
        (b"Mon, 25 Aug 2025 14:02:00 GMT", 120.0),
        (b"Monday, 25-Aug-25 14:02:00 GMT", 120.0),
        (b"Mon Aug 25 14:02:00 2025", 120.0),
        (b"Mon, 25 Aug 2025 13:00:00 GMT", 0.0),
        (b"-5", None),
        (b"soon", None),
        (b"1e9", None),
        (b"12.5", None),
        (b"\xb2", None),
        (b"9" * 5_000, None),
        (b"Mon, 99 Aug 2025 14:02:00 GMT", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_nonsense(
    value: bytes | None, seconds: float | None
) -> None:
    assert retry_after_s(value, now_ms=NOW) == seconds


@pytest.mark.parametrize(
    ("status", "code"), [(429, "upstream_rate_limited"), (503, "upstream_rate_limited")]
)
def test_a_requested_wait_is_observed(status: int, code: str) -> None:
    """429 always, 503 where it says how long; nonsense there leaves the time open."""
    fault = refused(status, (b"retry-AFTER", b"120")).fault
    assert (fault.code, fault.retry_after_s) == (code, 120.0)
    assert refused(status, (b"Retry-After", b"soon")).fault.retry_after_s is None


@given(st.integers(100, 999), st.binary(max_size=60), st.binary(max_size=60), st.binary())
def test_nothing_that_is_answered_breaks_the_reading(
    status: int, location: bytes, waiting: bytes, page: bytes
) -> None:
    """Any status with any headers and any page is a failure of the tree, or none for 200."""
    headers = ((b"Location", location), (b"Retry-After", waiting))
    failure = error_of(status, headers, page, url=URL, now_ms=NOW)
    assert (failure is None) == (status == 200)
    page_error(page)
    status_error(status)
