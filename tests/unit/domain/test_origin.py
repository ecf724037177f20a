"""The site's origin: accepted texts, and their normal form."""

import pytest

from creditcurve.domain.origin import KNOWN_ORIGINS, OriginError, parse_origin


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://www.aicodemirror.ai", "https://www.aicodemirror.ai"),
        (" HTTPS://WWW.AiCodeMirror.AI/ ", "https://www.aicodemirror.ai"),
        ("https://site.test:443", "https://site.test"),
        ("https://site.testX", "https://site.testx"),
        ("https://site.test:8443", "https://site.test:8443"),
        ("https://xn--fiq228c.test", "https://xn--fiq228c.test"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:9000/", "http://[::1]:9000"),
    ],
)
def test_an_origin_has_one_normal_form(text: str, origin: str) -> None:
    assert parse_origin(text) == origin


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "site.test",
            "https://",
            "ftp://site.test",
            "javascript:alert(1)",
            "https://a b.test",
        ),
        *(
            "http://site.test",
            "http://10.0.0.1",
            "http://localhost.evil.test",
            "https://site.test:0",
        ),
        *("https://me:pw@site.test", "https://@site.test", "https://site.test/path"),
        *("https://site.test?x=1", "https://site.test#x", "https://[::1", "https://site.test:x"),
        *("https://站点.test", "https://site.test\r\nX: 1", "https://" + "a" * 400),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(OriginError):
        parse_origin(text)


def test_the_known_origins_are_in_their_normal_form() -> None:
    assert [parse_origin(origin) for origin in KNOWN_ORIGINS] == list(KNOWN_ORIGINS)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("http://site.test", "The origin must be https: plain http would expose the cookie."),
        ("site", "This is not the origin of a site, like https://www.aicodemirror.com."),
        ("https://[", "This is not the origin of a site, like https://www.aicodemirror.com."),
    ],
)
def test_a_refusal_is_a_sentence_for_the_user(text: str, detail: str) -> None:
    with pytest.raises(OriginError) as refused:
        parse_origin(text)
    assert str(refused.value) == detail


def test_a_long_origin_is_read_and_a_longer_one_is_not_cut_to_another() -> None:
    host = ".".join(["a" * 60] * 4) + ".test"
    assert parse_origin(f"https://{host}/") == f"https://{host}"
    with pytest.raises(OriginError):
        parse_origin(f"https://site.test{' ' * 290}.evil.test")
