"""The guard checks host, origin and key on every route, before anything else happens."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from starlette.routing import Route

from creditcurve.api import page
from creditcurve.api.routes import routes
from support.program import Program
from support.site import COOKIE, Site
from support.sweeps import first

ROUTES = routes()
EVERY_CALL = [
    (method, route.path)
    for route in ROUTES
    if isinstance(route, Route) and route.path not in page.PATHS
    for method in sorted(route.methods or ())
]
BUILT = [file.relative_to(page.DIRECTORY) for file in page.DIRECTORY.rglob("*") if file.is_file()]
FILES = ["/", "/nope", *(f"/{name}" for name in BUILT)]
FILE_CALLS = [(method, path) for path in FILES for method in ("GET", "HEAD")]
FOREIGN_HOSTS = [
    "evil.test",
    "evil.test:8080",
    "localhost.evil.com",
    "127.0.0.1.nip.io",
    "0.0.0.0",
    "192.168.0.1",
    "[::ffff:192.168.0.1]",
]
MALFORMED_HOSTS = ["[::1", "", "local host", "localhost:port", "localhost:99999999", "a" * 10_000]


def test_every_route_is_walked_here() -> None:
    """A mount or a socket would need a test for itself; files belong to the page."""
    assert all(isinstance(route, Route) for route in ROUTES)
    assert {"/api/events", "/metrics", "/login"} <= {path for _, path in EVERY_CALL}
    assert ("HEAD", "/api/usage") in EVERY_CALL


@pytest.mark.parametrize("call", [*EVERY_CALL, *first(12, FILE_CALLS)], ids=" ".join)
def test_a_foreign_host_reaches_no_route(shared: Program, call: tuple[str, str]) -> None:
    """403 on every route, static files and streams included; this stops DNS rebinding."""
    method, path = call
    answer = shared.call(method, path, headers={"host": "evil.test", "origin": "http://evil.test"})
    assert answer.status_code == 403
    assert method == "HEAD" or answer.json()["code"] == "host_not_allowed"


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_similar_name_is_foreign(shared: Program, host: str) -> None:
    """The whole name counts, not a part of it."""
    assert shared.call("GET", "/api/status", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", MALFORMED_HOSTS)
def test_a_malformed_host_is_refused_and_the_program_lives(shared: Program, host: str) -> None:
    """400 or 403, and the next request is served."""
    assert shared.call("GET", "/api/status", headers={"host": host}).status_code in (400, 403)
    assert shared.get("/api/health")["status"] == "ok"


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:1", "[::1]:99", "LOCALHOST:8080", "127.9.9.9"]
)
def test_a_loopback_name_is_allowed_on_any_port(shared: Program, host: str) -> None:
    """A container maps ports."""
    assert shared.call("GET", "/api/status", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.test"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_another_site_s_page_changes_nothing(shared: Program, headers: dict[str, str]) -> None:
    """Another port of localhost is another site too."""
    answer = shared.call("PATCH", "/api/settings", {"theme": "dark"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
    assert shared.get("/api/settings")["theme"] == "auto"


def test_the_page_s_own_calls_pass(shared: Program) -> None:
    """Same origin, as a browser says it."""
    headers = {"origin": shared.url, "sec-fetch-site": "same-origin"}
    assert shared.call("PATCH", "/api/settings", {}, headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/api/events", "/api/usage", "/metrics"])
def test_another_site_s_page_cannot_read(shared: Program, path: str) -> None:
    """No CORS header anywhere, and the resource policy hides answers from other sites."""
    headers = {"origin": "http://evil.test", "sec-fetch-site": "same-origin"}
    answer = shared.call("GET", "/api/usage", headers=headers)
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    for mode, destination in (("cors", "empty"), ("navigate", "document"), ("navigate", "iframe")):
        for site in ("cross-site", "same-site"):
            foreign = {
                "sec-fetch-site": site,
                "sec-fetch-mode": mode,
                "sec-fetch-dest": destination,
            }
            assert shared.call("GET", path, headers=foreign).status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_person_may_open_an_answer_in_the_browser(shared: Program, site: str) -> None:
    """From the page, or by typing the address."""
    headers = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert shared.call("GET", "/api/export", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://creditcurve.localhost", "creditcurve.localhost:443"),
        ("http://creditcurve.localhost", "CreditCurve.localhost:80"),
        ("https://[::1]", "[::1]:443"),
    ],
)
def test_a_proxy_may_add_the_default_port(shared: Program, origin: str, host: str) -> None:
    headers = {"origin": origin, "host": host, "sec-fetch-site": "same-origin"}
    assert shared.call("PATCH", "/api/settings", {}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://creditcurve.localhost", "creditcurve.localhost:80"),
        ("http://creditcurve.localhost", "creditcurve.localhost:443"),
        ("https://creditcurve.localhost:8443", "creditcurve.localhost"),
        ("ftp://creditcurve.localhost", "creditcurve.localhost:21"),
    ],
)
def test_any_other_port_is_another_site(shared: Program, origin: str, host: str) -> None:
    headers = {"origin": origin, "host": host}
    assert shared.call("PATCH", "/api/settings", {}, headers=headers).status_code == 403


def test_a_proxy_that_replaces_the_host_is_explained(shared: Program) -> None:
    """The problem names both values and the remedy."""
    headers = {"origin": "http://credits.example:18081", "sec-fetch-site": "same-origin"}
    problem = shared.call("PATCH", "/api/settings", {"theme": "dark"}, headers=headers).json()
    host = shared.url.removeprefix("http://")
    assert (problem["code"], problem["origin"], problem["host"]) == (
        "foreign_origin",
        "http://credits.example:18081",
        host,
    )
    assert "(http://credits.example:18081)" in problem["detail"]
    assert f"({host}) differ. Behind a proxy, pass the Host header on" in problem["detail"]


def test_a_name_that_is_not_allowed_is_named_with_the_remedy(shared: Program) -> None:
    problem = shared.call("GET", "/", headers={"host": "credits.example:8080"}).json()
    assert problem["host"] == "credits.example"
    assert "CREDITCURVE_ALLOWED_HOSTS" in problem["detail"]


def test_a_request_without_a_host_is_explained(shared: Program) -> None:
    answer = shared.raw(b"GET /api/status HTTP/1.0\r\n\r\n")
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))


def test_scripts_load_only_from_the_own_origin(shared: Program) -> None:
    """The policy allows no inline script but the page's import map, by its hash."""
    for path in ("/", "/api/docs"):
        policy = shared.call("GET", path).headers["content-security-policy"]
        scripts = next(part for part in policy.split(";") if "script-src" in part)
        name, own, *hashes = scripts.split()
        assert (name, own) == ("script-src", "'self'")
        assert len(hashes) == (path == "/" and bool(BUILT))
        assert all(one.startswith("'sha256-") for one in hashes)


ADDRESSES = re.compile(r'<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+)"[^>]*>')


@pytest.mark.skipif(not BUILT, reason="the page is not built")
def test_first_loaded_files_have_hashed_names_and_integrity(shared: Program) -> None:
    """A file that another program left in the browser's cache is not run."""
    html = shared.call("GET", "/").text
    checked = 0
    for tag in ADDRESSES.finditer(html):
        if "<script" not in tag[0] and not re.search(r'rel="(stylesheet|modulepreload)"', tag[0]):
            continue
        assert tag[1].startswith("./assets/"), tag[0]
        content = shared.call("GET", tag[1].removeprefix(".")).content
        assert f'integrity="{_sha384(content)}"' in tag[0], tag[0]
        checked += 1
    assert checked >= 3
    assert not list(page.DIRECTORY.glob("*.js"))


@pytest.mark.skipif(not BUILT, reason="the page is not built")
def test_every_module_of_the_page_has_its_integrity(shared: Program) -> None:
    """Modules that load later are listed in an import map, which the policy allows by its hash."""
    answer = shared.call("GET", "/")
    found = re.search(r'<script type="importmap">(.*?)</script>', answer.text, re.DOTALL)
    assert found is not None
    assert answer.text.index("<script") == found.start()
    own = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    assert f"'sha256-{own}'" in answer.headers["content-security-policy"]
    listed = msgspec.json.decode(found[1])["integrity"]
    workers = set(page.DIRECTORY.glob("assets/worker-*.js"))
    theme = set(page.DIRECTORY.glob("assets/theme-*.js"))
    modules = set(page.DIRECTORY.glob("assets/*.js")) - workers - theme
    assert listed == {f"./assets/{file.name}": _sha384(file.read_bytes()) for file in modules}


def _sha384(content: bytes) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


KEY = "made-up access key"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program with an access key."""
    environment = {"CREDITCURVE_ACCESS_KEY": KEY}
    folder = tmp_path_factory.mktemp("locked")
    with Site() as site, Program(folder, site.url, environment=environment) as program:
        yield program


OPEN = {"/api/health", "/api/session", "/login"}


@pytest.mark.parametrize(("method", "path"), [call for call in EVERY_CALL if call[1] not in OPEN])
def test_every_call_but_health_needs_the_key(locked: Program, method: str, path: str) -> None:
    """A new route without the guard would fail here."""
    answer = locked.call(method, path)
    assert answer.status_code == 401
    assert method == "HEAD" or answer.json()["code"] == "key_required"
    assert "data:" not in answer.text


def test_health_and_the_page_s_shell_need_none(locked: Program) -> None:
    """The page's files contain no data."""
    assert locked.call("GET", "/api/health").status_code == 200
    assert locked.call("GET", "/").status_code in (200, 503)


def test_the_key_opens_every_call(locked: Program) -> None:
    """As a bearer token."""
    headers = {"authorization": f"Bearer {KEY}"}
    assert locked.call("GET", "/api/status", headers=headers).status_code == 200


def test_a_session_is_opened_by_the_key_and_ended_by_its_owner(locked: Program) -> None:
    """The browser's way: an HttpOnly cookie, worthless after logging out."""
    answer = locked.call("POST", "/api/session", {"key": KEY})
    assert answer.status_code == 204
    given = answer.headers["set-cookie"]
    assert "httponly" in given.lower()
    assert "samesite=strict" in given.lower()
    assert KEY not in given
    headers = {"cookie": given.partition(";")[0]}
    assert locked.call("GET", "/api/status", headers=headers).status_code == 200
    assert locked.call("DELETE", "/api/session", headers=headers).status_code == 204
    assert locked.call("GET", "/api/status", headers=headers).status_code == 401


@pytest.mark.parametrize("token", ["", "x", "1.2.3", "99999999999.x.y", "\xe9"])
def test_an_invented_session_is_refused(locked: Program, token: str) -> None:
    """Only the signature counts, whatever the cookie contains."""
    head = f"GET /api/status HTTP/1.1\r\nHost: localhost\r\nCookie: creditcurve_session={token}"
    assert locked.raw(head.encode("latin-1") + b"\r\n\r\n").startswith(b"HTTP/1.1 401")


def test_after_ten_wrong_keys_only_wrong_ones_are_refused(tmp_path: Path, site: Site) -> None:
    """429 for an eleventh guess; the correct key passes, by header and by session."""
    environment = {"CREDITCURVE_ACCESS_KEY": KEY}
    guess = {"authorization": "Bearer guess"}
    with Program(tmp_path, site.url, environment=environment) as program:
        for _ in range(10):
            assert program.call("GET", "/api/status", headers=guess).status_code == 401
        answer = program.call("GET", "/api/status", headers=guess)
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) <= 60
        correct = {"authorization": f"Bearer {KEY}"}
        assert program.call("GET", "/api/status", headers=correct).status_code == 200
        assert program.call("POST", "/api/session", {"key": KEY}).status_code == 204


def test_without_the_key_nothing_happens(locked: Program) -> None:
    """No side effect of a refused call."""
    locked.call("PUT", "/api/cookie", {"cookie": COOKIE})
    headers = {"authorization": f"Bearer {KEY}"}
    status = locked.call("GET", "/api/status", headers=headers).json()
    assert status["cookie"]["state"] == "missing"
