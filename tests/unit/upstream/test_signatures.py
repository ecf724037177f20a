"""Challenges of firewalls: recognised by every vendor's signs, and by nothing else."""

import pytest

from creditcurve.upstream import UpstreamError, wire
from creditcurve.upstream.classify import error_of, page_error
from creditcurve.upstream.signatures import SIGNATURES
from support.challenge_samples import SAMPLES, Sample

URL = "https://site.test/api/user/usage"
NOW = 1_760_000_000_000
LOGIN = (
    "<!DOCTYPE html><html><head><title>AICodeMirror</title>{}</head><body>"
    '<form method="post"><input name="email"><input type="password"></form></body></html>'
)


def fault_code(status: int, body: str, headers: tuple[tuple[bytes, bytes], ...] = ()) -> str | None:
    """Return the code of the fault of a usage call with this answer; None for a good answer."""
    data = body.encode()
    error = error_of(status, headers, data, url=URL, now_ms=NOW)
    if error is not None:
        return error.fault.code
    try:
        wire.read_usage(data, now_ms=NOW)
    except UpstreamError as failure:
        return failure.fault.code
    return None


@pytest.mark.parametrize(
    "sample", SAMPLES, ids=[f"{sample.vendor}-{sample.status}" for sample in SAMPLES]
)
def test_a_challenge_of_any_vendor_is_a_challenge(sample: Sample) -> None:
    assert fault_code(sample.status, sample.body, sample.headers) == "waf_challenge"


def test_each_vendor_of_the_table_has_a_sample() -> None:
    without = {"reblaze", "barracuda", "generic"}
    assert {signature.vendor for signature in SIGNATURES} - without <= {
        sample.vendor for sample in SAMPLES
    }


@pytest.mark.parametrize("status", [200, 202, 403, 405, 406, 418, 429, 503])
def test_a_page_that_only_runs_a_script_is_a_challenge_at_any_status(status: int) -> None:
    page = "<html><head><script>document.cookie='a=1';location.reload();</script></head></html>"
    assert fault_code(status, page) == "waf_challenge"


@pytest.mark.parametrize(
    ("status", "body", "headers", "code"),
    [
        (403, '{"error":"Forbidden"}', (), "upstream_forbidden"),
        (403, "<html>Forbidden</html>", (), "upstream_forbidden"),
        (403, "<html><title>403 Forbidden</title><hr>nginx/1.25.3", (), "upstream_forbidden"),
        (403, "<html><div id=__next></div>Your plan has ended.", (), "upstream_forbidden"),
        (403, '{"error":"Blocked by an administrator"}', (), "upstream_forbidden"),
        (401, '{"error":"Unauthorized","message":"captcha"}', (), "unauthorized"),
        (502, '{"error_code":1010}', (), "upstream_error"),
        (403, '{"error":"Forbidden"}', ((b"server", b"cloudflare"),), "upstream_forbidden"),
        (403, '{"error":"no"}', ((b"set-cookie", b"visid_incap_1=a"),), "upstream_forbidden"),
        (403, '{"error":"no"}', ((b"x-azure-ref", b"1"),), "upstream_forbidden"),
        (502, "<html><title>502 Bad Gateway</title><hr>cloudflare</html>", (), "upstream_error"),
        (521, "<html><title>site | 521: Web server is down</title></html>", (), "upstream_error"),
        (429, '{"error":"Too Many Requests"}', (), "upstream_rate_limited"),
        (401, "<html>Unauthorized</html>", (), "unauthorized"),
        (404, "<html><body>Not found.</body></html>", (), "upstream_unexpected_status"),
        (200, "<html><p>Back soon.</p><a href='/login'>Log in</a></html>", (), "not_json"),
        (200, "[]", ((b"set-cookie", b"acw_tc=1"), (b"x-datadome", b"protected")), None),
    ],
)  # fmt: skip
def test_other_answers_of_a_site_behind_a_firewall_keep_their_meaning(
    status: int, body: str, headers: tuple[tuple[bytes, bytes], ...], code: str | None
) -> None:
    assert fault_code(status, body, headers) == code


@pytest.mark.parametrize(
    "script",
    [
        "",
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        '<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>',
        '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>',
        '<script src="https://www.google.com/recaptcha/api.js"></script>',
        '<script src="https://turing.captcha.qcloud.com/TCaptcha.js"></script>',
    ],
)
def test_a_login_page_with_a_firewall_s_script_stays_a_login_page(script: str) -> None:
    assert fault_code(200, LOGIN.format(script)) == "login_page"


def test_the_page_of_a_web_application_is_not_a_challenge() -> None:
    """It is almost empty too, until its scripts run."""
    page = (
        '<!DOCTYPE html><html><body><div id="__next"></div><script>document.cookie="t=dark"'
        '</script><script src="/_next/static/main.js"></script></body></html>'
    )
    assert fault_code(200, page) == "not_json"


@pytest.mark.parametrize(
    "location",
    [b"/_____tmd_____/punish?x5secdata=1", b"https://validate.perfdrive.com/x", b"/captcha?to=/"],
)
def test_a_redirect_to_a_challenge_is_a_challenge(location: bytes) -> None:
    assert fault_code(302, "", ((b"Location", location),)) == "waf_challenge"


@pytest.mark.parametrize(
    "text",
    [
        "<meta ",
        *(
            pytest.param(text, marks=pytest.mark.slow)
            for text in ("<script ", "<html><script>", "<form ", "< ", "<title>", "arg1 ", "请求")
        ),
    ],
)
def test_no_page_takes_long_to_classify(text: str) -> None:
    """Patterns run on 64 KiB that anyone may have written; the worst would run for hours."""
    body = ("<html>" + text * (65_536 // len(text))).encode()
    page_error(body)
    error_of(403, (), body, url=URL, now_ms=NOW)
