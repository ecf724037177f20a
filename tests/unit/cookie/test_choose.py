"""The choice among the cookies of a text: by site, time and expiry.

Whole texts as programs write them are in ``test_snippets``.
"""

import json

import pytest

from support.pasting import HOST, LOGIN, NOW_MS, exported, header, parsed, refused


def test_different_headers_in_one_command_list_are_ambiguous() -> None:
    """The same header twice is not; forced, the last one counts."""
    one, two = (f"curl 'https://{HOST}/' -b '{LOGIN}=x; n={n}'" for n in (1, 2))

    assert refused(f"{one} ;\n{two}").code == "cookie_ambiguous"
    assert header(f"{one} ;\n{one}") == f"{LOGIN}=x; n=1"
    assert header(f"{one} ;\n{two}", force=True) == f"{LOGIN}=x; n=2"


def test_of_har_requests_the_newest_with_a_login_counts() -> None:
    """Their order is known: the site renews the login as it goes."""
    entries = [
        {
            "startedDateTime": time,
            "request": {
                "url": f"https://{HOST}/",
                "headers": [{"name": "Cookie", "value": value}],
            },
        }
        for time, value in [
            ("2025-11-24T10:00:02.000Z", f"{LOGIN}=new"),
            ("2025-11-24T10:00:01.000Z", f"{LOGIN}=old"),
            ("2025-11-24T10:00:03.000Z", "acw_tc=1"),
        ]
    ]

    assert header(json.dumps({"log": {"entries": entries}})) == f"{LOGIN}=new"
    for entry in entries:
        del entry["startedDateTime"]
    assert refused(json.dumps({"log": {"entries": entries}})).code == "cookie_ambiguous"


@pytest.mark.parametrize(
    ("domain", "host", "is_taken"),
    [
        ("www.aicodemirror.com", HOST, True),
        (".www.aicodemirror.com", HOST, True),
        (".aicodemirror.com", HOST, True),
        ("AICodeMirror.com", HOST, True),
        ("api.aicodemirror.com", HOST, False),
        ("mirror.com", HOST, False),
        ("aicodemirror.com.evil.example", HOST, False),
        (".com", HOST, False),
        ("", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("localhost", "127.0.0.1", True),
        ("www.aicodemirror.com", "127.0.0.1", True),
        (".aicodemirror.com", "localhost", True),
        (".google.example", "127.0.0.1", False),
        ("0.0.1", "127.0.0.1", False),
        ("127.0.0.1", HOST, False),
        ("www.aicodemirror.com", "mirror.example", False),
    ],
)
def test_cookies_of_other_domains_are_dropped(domain: str, host: str, *, is_taken: bool) -> None:
    """Cookies of the host and its parents are accepted, and on loopback those of the site."""
    text = exported({"domain": domain, "name": LOGIN, "value": "x"})

    if is_taken:
        assert header(text, host=host) == f"{LOGIN}=x"
    else:
        assert refused(text, host=host, force=True).code == "no_cookie_in_snippet"


def test_a_login_of_the_host_precedes_one_of_its_parent_domain() -> None:
    """A cookie of the parent domain is chosen only if there is no other."""
    own = {"name": LOGIN, "value": "own", "hostOnly": True}
    parents = {"name": LOGIN, "value": "parent", "domain": "aicodemirror.com", "hostOnly": True}

    shared = {"name": "_ga", "value": "1", "domain": ".aicodemirror.com"}

    assert header(exported(parents, own)) == f"{LOGIN}=own"
    assert header(exported(shared, parents)) == f"_ga=1; {LOGIN}=parent"


def test_a_cookie_file_marks_cookies_of_a_single_host() -> None:
    """FALSE in the second column: not for the hosts below."""
    lines = [
        f"{domain}\tFALSE\t/\tTRUE\t0\t{LOGIN}\t{value}"
        for domain, value in ((HOST, "own"), ("aicodemirror.com", "parent"))
    ]

    assert header("\n".join(lines)) == f"{LOGIN}=own"


def test_the_cookies_of_a_response_are_not_taken() -> None:
    """Firefox copies them along when both are selected."""
    tables = {"Response Cookies": {"acw_tc": "2"}, "Request Cookies": {LOGIN: "x", "acw_tc": "1"}}

    assert header(json.dumps(tables)) == f"{LOGIN}=x; acw_tc=1"


def test_a_login_of_a_loopback_upstream_precedes_one_of_the_site() -> None:
    """The cookie of the site is used only if there is no other."""
    own = {"name": LOGIN, "value": "own", "domain": "127.0.0.1"}
    sites = {"name": LOGIN, "value": "site"}

    assert header(exported(sites, own), host="127.0.0.1") == f"{LOGIN}=own"


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/", f"https://{HOST}.evil.example/", "https://[::1", "http://1.2.3.4"],
)
def test_a_request_to_another_host_contains_no_cookie_of_the_site(url: str) -> None:
    """The login of another site is not sent."""
    assert refused(f"curl '{url}' -b '{LOGIN}=x'").code == "no_cookie_in_snippet"


@pytest.mark.parametrize(
    "pasted",
    [
        f'curl ^"https://{HOST}/^" -b ^"{LOGIN}=a^%^41^$^"',
        f"curl.exe 'https://{HOST}/' `\r\n  -H 'Cookie: {LOGIN}=a%41$'",
        f"-H 'cookie:  {LOGIN}=a%41$  '",
        json.dumps({"cookie": f" {LOGIN}=a%41$ "}),
        exported({"name": LOGIN, "value": "a%41$ "}),
        f"curl --url=https://{HOST}/ --cookie='{LOGIN}=a%41$'",
        f"curl https://{HOST}/ -b'{LOGIN}=a%41$' -x http://proxy.example:8080",
        f"$ curl https://{HOST}/ -H Cookie:{LOGIN}=a%41\\$",
    ],
)
def test_a_form_that_differs_in_details_is_read_all_the_same(pasted: str) -> None:
    """Other continuations, options with their argument attached, spaces around the value."""
    assert header(pasted) == f"{LOGIN}=a%41$"


@pytest.mark.parametrize(
    "time",
    [{}, {"startedDateTime": "2025-11-24T10:00:02.000Z"}],
    ids=["without a time", "with one"],
)
def test_spaces_around_a_headers_value_are_no_part_of_it(time: dict[str, str]) -> None:
    """HTTP drops them, and a strict client would refuse them."""
    request = {"url": f"https://{HOST}/", "headers": [{"name": "Cookie", "value": f" {LOGIN}=x "}]}

    assert header(json.dumps({**time, "request": request})) == f"{LOGIN}=x"


@pytest.mark.parametrize(
    ("field", "value", "expires"),
    [
        ("expirationDate", 1_766_000_000, 1_766_000_000_000),
        ("expirationDate", 1_766_000_000.25, 1_766_000_000_250),
        ("expires", 1_766_000_000_000, 1_766_000_000_000),
        ("expires", "1766000000", 1_766_000_000_000),
        ("expires", "2025-12-17T19:33:20.500Z", 1_766_000_000_500),
        ("expires", "2025-12-17T20:33:20+01:00", 1_766_000_000_000),
        ("expires", "Wed, 17 Dec 2025 19:33:20 GMT", 1_766_000_000_000),
        ("expires", "Wed, 17-Dec-25 19:33:20 GMT", 1_766_000_000_000),
        ("expires", -1, None),
        ("expires", 0, None),
        ("expires", "", None),
        ("expires", "Session", None),
        ("expires", "Wed, 32 Dec 2025 19:33:20 GMT", None),
        ("expirationDate", True, None),
        ("expirationDate", None, None),
        ("expirationDate", 1e400, None),
        ("expirationDate", float("nan"), None),
        ("expirationDate", 10**300, None),
        ("expirationDate", [1], None),
    ],
)
def test_an_exports_expiry_date_is_read(field: str, value: object, expires: int | None) -> None:
    """Seconds, milliseconds and dates are read; other values are ignored."""
    cookie = parsed(exported({"name": LOGIN, "value": "x", field: value}))

    assert cookie.expires_at_ms == expires


def test_a_login_that_has_run_out_is_refused() -> None:
    """To the second, and of a split login by the piece that ends first; forced, it is tried."""
    ends_s = NOW_MS // 1000

    for pieces in (
        [{"name": LOGIN, "value": "x", "expirationDate": ends_s}],
        [
            {"name": f"{LOGIN}.0", "value": "x", "expirationDate": ends_s + 9},
            {"name": f"{LOGIN}.1", "value": "y", "expirationDate": ends_s - 9},
        ],
    ):
        assert refused(exported(*pieces)).code == "cookie_expired"
        assert parsed(exported(*pieces), force=True).expires_at_ms in (NOW_MS, NOW_MS - 9_000)
    parsed(exported({"name": LOGIN, "value": "x", "expirationDate": ends_s + 1}))


def test_expired_cookies_beside_the_login_are_omitted() -> None:
    """A browser would not send it."""
    gone = {"name": "acw_tc", "value": "1", "expirationDate": 1_763_000_000}

    assert header(exported(gone, {"name": LOGIN, "value": "x"})) == f"{LOGIN}=x"


@pytest.mark.parametrize(
    "pasted",
    [
        *(
            "[]",
            "{}",
            "[1, 2]",
            '{"log": {"entries": []}}',
            '[{"name": "x"}]',
            '{"a": {"b": null}}',
        ),
        *("[" * 60_000, '{"a":' * 12_000, '[{"name": "a", "value": 1, "domain": "x"}]', '["a"'),
        *("curl -b", "curl -H", f"curl https://{HOST}", "curl '", "curl -b cookies.txt"),
        *("fetch('x')", "fetch(`", "await fetch('x', {", "Invoke-WebRequest -Uri x"),
        *("# Netscape HTTP Cookie File", "GET / HTTP/1.1\nHost: x\n", "https://x.example/?a=b"),
        *("$session = New-Object Something", "wget https://x.example", "HTTP/1.1 200 OK\nA: b"),
    ],
)
def test_a_snippet_without_a_cookie_is_reported(pasted: str) -> None:
    """The error says what to copy; also for incomplete, empty or deeply nested texts."""
    for force in (False, True):
        refusal = refused(pasted, force=force)

        assert refusal.code == "no_cookie_in_snippet"
        assert "Network tab" in refusal.detail
