"""Session tokens and one-time links."""

import hmac

import pytest

from creditcurve.api.http.sessions import (
    LINK_S,
    MAX_LINKS,
    SESSION_S,
    Credentials,
    Links,
    Sessions,
    digest,
    signing_key,
)
from creditcurve.domain.secret import Secret
from support.clocks import HandClock

NOW_MS = 1_764_000_000_000
KEY = signing_key(Secret.of("store"), Secret.of("access key"))


def test_a_session_is_open_until_it_expires() -> None:
    clock = HandClock(NOW_MS)
    sessions = Sessions(KEY, clock, cookie="session")
    token = sessions.open(needs_proof=False)
    clock.advance(SESSION_S - 1)
    assert sessions.is_open(token)
    clock.advance(1)
    assert not sessions.is_open(token)


def test_an_ended_session_is_known_by_its_digest() -> None:
    ended: set[str] = set()
    sessions = Sessions(KEY, HandClock(NOW_MS), cookie="session", ended=lambda: ended)
    token = sessions.open(needs_proof=False)
    assert sessions.ending(token) == (digest(token.token), NOW_MS // 1000 + SESSION_S)
    ended.add(digest(token.token))
    assert not sessions.is_open(token)


@pytest.mark.parametrize(
    ("store_secret", "access_key"), [("another", "access key"), ("store", "another")]
)
def test_a_session_of_another_store_or_key_is_not_open(store_secret: str, access_key: str) -> None:
    clock = HandClock(NOW_MS)
    other = signing_key(Secret.of(store_secret), Secret.of(access_key))
    assert not Sessions(KEY, clock, cookie="session").is_open(
        Sessions(other, clock, cookie="session").open(needs_proof=False)
    )


def test_the_signing_key_needs_more_than_the_access_key() -> None:
    """A token must not allow guesses of the key on another machine."""
    assert hmac.digest(b"access key", b"creditcurve session ", "sha256") != KEY
    assert signing_key(Secret.of("a"), Secret.of("k")) != signing_key(
        Secret.of("b"), Secret.of("k")
    )


def test_a_link_expires_after_a_quarter_of_an_hour() -> None:
    """By the monotonic clock: setting the time back makes none valid again."""
    clock = HandClock(NOW_MS)
    links = Links(clock)
    early, late = links.new(), links.new()
    clock.advance(LINK_S - 1)
    assert links.redeem(early)
    clock.advance(1)
    assert not links.redeem(late)


def test_a_link_works_once() -> None:
    links = Links(HandClock(NOW_MS))
    token = links.new()
    assert [links.redeem(token), links.redeem(token)] == [True, False]


def test_the_oldest_of_too_many_links_is_dropped() -> None:
    links = Links(HandClock(NOW_MS))
    tokens = [links.new() for _ in range(MAX_LINKS + 1)]
    assert not links.redeem(tokens[0])
    assert links.redeem(tokens[1])


def test_a_browser_s_cookie_is_valid_only_with_its_proof() -> None:
    """Browsers send the cookie to other ports of the host, but not the proof."""
    sessions = Sessions(KEY, HandClock(NOW_MS), cookie="session")
    session = sessions.open(needs_proof=True)
    other = sessions.open(needs_proof=True)
    assert sessions.is_open(session)
    for proof in (None, "", "\xe9", other.proof):
        stolen = Credentials(session.token, proof)
        assert not sessions.is_open(stolen)
        assert sessions.ending(stolen) is None


def test_a_script_s_session_has_no_proof() -> None:
    sessions = Sessions(KEY, HandClock(NOW_MS), cookie="session")
    session = sessions.open(needs_proof=False)
    assert session.proof is None
    assert sessions.is_open(session)
