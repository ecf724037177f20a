"""Web pages in place of data: what kind of page an answer's body is, by its markup alone.

Pure. Patterns have bounded repetitions: they run on up to 64 KiB that anyone may have written.
"""

import re
from typing import Final

PAGE_LENGTH: Final = 65_536
MAX_VISIBLE: Final = 400
"""Characters of text in a page that does nothing but run a script."""

_HTML: Final = re.compile(
    r"\ufeff?\s*<(?:!doctype|html|head|body|!--|script|meta|title|noscript)", re.IGNORECASE
)
_PASSWORD: Final = re.compile(
    r"<input[^>]{1,200}\btype\s{0,9}=\s{0,9}[\"']?password\b", re.IGNORECASE
)
_LOGIN_FORM: Final = re.compile(
    r"<form[^>]{1,200}\baction\s{0,9}=\s{0,9}[\"']?[^\"'\s>]{0,100}(?:log-?in|sign-?in|/auth/)"
    r"|<title[^>]{0,100}>[^<]{0,100}(?:log ?in|sign ?in|登录|登錄)",
    re.IGNORECASE,
)
_ELEMENT: Final = re.compile(r"<(/?)(script|style|noscript|title)\b[^>]{0,2000}>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_REFRESH: Final = re.compile(
    r"<meta[^>]{1,200}http-equiv\s{0,9}=\s{0,9}[\"']?refresh", re.IGNORECASE
)
_BROWSER_ACTION: Final = re.compile(
    r"document\.cookie|location\s{0,9}=|location\.(?:href|reload|replace|assign)"
    r"|\beval\s{0,9}\(|\batob\s{0,9}\(|fromCharCode|\.submit\s{0,9}\(",
)
_TITLE: Final = re.compile(r"<title[^>]{0,100}>([^<]{0,200})", re.IGNORECASE)
_SERVER_WORDS: Final = re.compile(
    r"\d+|http|error|access|forbidden|denied|server|nginx|openresty|tengine|apache|caddy|cloudflare"
)
_APPLICATION: Final = re.compile(
    r"/_next/|\bid=[\"']?(?:root|app|__next)\b|type=[\"']?module\b", re.IGNORECASE
)
"""The page of a web application, which is almost empty until its scripts run."""


def page_text(body: bytes) -> str:
    """Return the start of a body as text."""
    return body[:PAGE_LENGTH].decode("utf-8", "replace")


def is_html(page: str) -> bool:
    """Return whether a text starts as an HTML page does."""
    return _HTML.match(page) is not None


def is_login_page(page: str) -> bool:
    """Return whether an HTML page has a login form, or a title that says so."""
    if not is_html(page):
        return False
    return (_PASSWORD.search(page) or _LOGIN_FORM.search(page)) is not None


def has_password_field(page: str) -> bool:
    """Return whether an HTML page asks for a password."""
    return is_html(page) and _PASSWORD.search(page) is not None


def is_script_only(page: str) -> bool:
    """Return whether a page has hardly any text and makes the browser do something."""
    visible, script = _split(page)
    if len(visible) > MAX_VISIBLE or _APPLICATION.search(page):
        return False
    return _REFRESH.search(page) is not None or _BROWSER_ACTION.search(script) is not None


def is_plain_refusal(page: str) -> bool:
    """Return whether a page is the application's, or a web server's page without any reason."""
    visible, _ = _split(page)
    title = _TITLE.search(page)
    words = re.findall(r"[^\W_]+", f"{title[1] if title else ''} {visible}".lower())
    is_bare = all(map(_SERVER_WORDS.fullmatch, words))
    return is_bare or _APPLICATION.search(page) is not None


def _split(page: str) -> tuple[str, str]:
    """Return the visible text of a page and its inline scripts."""
    visible, script, inside = [], [], ""
    at = 0
    for element in _ELEMENT.finditer(page):
        text = page[at : element.start()]
        if inside == "script":
            script.append(text)
        elif not inside:
            visible.append(text)
        inside = "" if element[1] else element[2].lower()
        at = element.end()
    (script if inside == "script" else visible).append(page[at:])
    return " ".join(_TAG.sub(" ", "".join(visible)).split()), "".join(script)
