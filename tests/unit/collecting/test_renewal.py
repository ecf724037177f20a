"""The renewal: the cookie and its status after ``Set-Cookie`` lines."""

from creditcurve.collecting.renewal import Renewal
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.secret import Secret

LOGIN = "__Secure-authjs.session-token"
NOW = 1_760_000_000_000
STATUS = CookieStatus(state=CookieState.VALID, generation=2, expires_at_ms=NOW + 5)


def renewal(*lines: str) -> Renewal:
    """Return the renewal by these header lines."""
    return Renewal(
        set_cookies=tuple(line.encode() for line in lines), host="example.test", at_ms=NOW
    )


def test_a_new_login_replaces_the_old_one_and_its_expiry() -> None:
    renewed = renewal(f"{LOGIN}=new; Path=/; Secure; HttpOnly")
    assert renewed.cookie(Secret(f"{LOGIN}=old; a=1".encode())) == Secret(
        f"{LOGIN}=new; a=1".encode()
    )
    status = renewed.status(STATUS)
    assert (status.renewed_at_ms, status.expires_at_ms) == (NOW, None)
    assert status.generation == STATUS.generation


def test_another_cookie_is_renewed_but_the_login_keeps_its_times() -> None:
    renewed = renewal("acw_tc=0a1b")
    assert renewed.cookie(Secret(b"acw_tc=0000")) == Secret(b"acw_tc=0a1b")
    assert renewed.status(STATUS) == STATUS


def test_without_lines_nothing_is_renewed() -> None:
    assert renewal().cookie(Secret(b"a=1")) is None
    assert renewal().status(STATUS) == STATUS
