"""Settings, link and cookie: kept across restarts, together or not at all."""
# ruff: noqa: ASYNC240 - a test may wait for the disk: nothing else runs on its loop

from pathlib import Path

import apsw
import pytest

from creditcurve.clocks import Clock
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.store import SqliteStore, StoreUnavailableError
from creditcurve.store.sqlite.stored_values import MAX_ENDED_SESSIONS, EndedSessions
from creditcurve.vault import Vault, VaultUnreadableError

COOKIE = Secret(b"__Secure-authjs.session-token=made-up-and-long-enough-to-find")
STATUS = CookieStatus(
    state=CookieState.VALID, names=("__Secure-authjs.session-token",), generation=1
)
OK = Link(state=LinkState.OK, last_success_ms=5)


def reopened(folder: Path, vault: Vault, clock: Clock) -> SqliteStore:
    return SqliteStore.open(folder, vault=vault, clock=clock)


async def test_new_store_has_defaults(store: SqliteStore) -> None:
    """Off, no cookie, revision 0."""
    assert store.state.settings == Settings()
    assert store.state.link == Link(state=LinkState.NO_COOKIE)
    assert store.state.cookie_status == CookieStatus()
    assert await store.state.cookie() is None
    assert (store.records.revision, store.storage.failing, store.storage.recovered_from) == (
        0,
        None,
        None,
    )


async def test_settings_link_and_cookie_outlive_the_process(
    store: SqliteStore, folder: Path, vault: Vault, clock: Clock
) -> None:
    """Saved settings are effective immediately and after a restart."""
    settings = Settings(collecting=True, poll_interval_s=10, time_zone="Asia/Shanghai")
    await store.state.save(settings=settings)
    await store.state.save(cookie=COOKIE, cookie_status=STATUS, link=OK)
    checked = CookieStatus(state=CookieState.INVALID, reason="unauthorized", generation=1)
    dead = Link(state=LinkState.COOKIE_INVALID)
    await store.state.save(cookie_status=checked, link=dead)
    await store.state.save_link(dead)
    held = (store.state.settings, store.state.cookie_status, store.state.link)
    assert held == (settings, checked, dead)
    await store.close()
    again = reopened(folder, vault, clock)
    try:
        assert (again.state.settings, again.state.cookie_status, again.state.link) == held
        assert await again.state.cookie() == COOKIE
    finally:
        await again.close()


async def test_deleted_cookie_leaves_no_trace(
    store: SqliteStore, folder: Path, vault: Vault
) -> None:
    """Neither in the database nor in its log; the generation goes on, the settings are stored."""
    await store.state.save(cookie=COOKIE, cookie_status=STATUS, link=OK)
    connection = apsw.Connection(str(folder / "creditcurve.db"))
    sealed = connection.execute("SELECT sealed FROM cookie").get
    connection.close()
    assert any(sealed in path.read_bytes() for path in folder.iterdir())
    off = Settings(collecting=False, poll_interval_s=20)
    await store.state.delete_cookie(off, Link(state=LinkState.NO_COOKIE))
    assert await store.state.cookie() is None
    assert store.state.cookie_status == CookieStatus(generation=2)
    assert store.state.settings == off
    assert store.state.link.state is LinkState.NO_COOKIE
    assert not any(sealed in path.read_bytes() for path in folder.iterdir())


async def test_cookie_is_nowhere_in_clear(store: SqliteStore, folder: Path) -> None:
    """The stored cookie is sealed."""
    await store.state.save(cookie=COOKIE, cookie_status=STATUS, link=OK)
    assert not any(COOKIE.reveal() in path.read_bytes() for path in folder.iterdir())


async def test_cookie_of_another_key_is_unreadable(
    store: SqliteStore, folder: Path, tmp_path: Path, clock: Clock
) -> None:
    """The key is gone, and only the cookie with it."""
    await store.state.save(cookie=COOKIE, cookie_status=STATUS, link=OK)
    await store.close()
    other = Vault.open(
        secret_key=Secret(b"another key"), key_file=tmp_path / "unused.key", use_keyring=False
    )
    again = reopened(folder, other, clock)
    try:
        with pytest.raises(VaultUnreadableError):
            await again.state.cookie()
        assert again.state.cookie_status == STATUS
    finally:
        await again.close()


async def test_settings_that_break_the_rules_are_not_followed(
    store: SqliteStore, folder: Path, vault: Vault, clock: Clock
) -> None:
    """Another program wrote an interval of no time: the defaults hold, and the start succeeds."""
    await store.state.save(settings=Settings(poll_interval_s=10))
    await store.close()
    connection = apsw.Connection(str(folder / "creditcurve.db"))
    connection.execute("""UPDATE state SET value = '{"poll_interval_s":0}'""")
    connection.close()
    again = reopened(folder, vault, clock)
    try:
        assert again.state.settings == Settings()
    finally:
        await again.close()


async def test_backup_is_a_store_without_the_cookie(
    store: SqliteStore, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    """One file that only its owner can read, and another data folder can start with."""
    await store.state.save(cookie=COOKIE, cookie_status=STATUS, link=OK)
    await store.state.save(settings=Settings(poll_interval_s=10))
    target = tmp_path / "other" / "creditcurve.db"
    target.parent.mkdir()
    await store.storage.backup(target)
    assert [path.name for path in target.parent.iterdir()] == ["creditcurve.db"]
    assert target.stat().st_mode & 0o777 == 0o600
    copy = reopened(target.parent, vault, clock)
    try:
        assert copy.state.settings == Settings(poll_interval_s=10)
        assert copy.storage.recovered_from is None
        assert await copy.state.cookie() is None
        assert copy.state.cookie_status == CookieStatus(generation=1)
    finally:
        await copy.close()
    assert await store.state.cookie() == COOKIE


async def test_failed_backup_leaves_the_file_unchanged(store: SqliteStore, tmp_path: Path) -> None:
    """A folder that is not there is a sentence, not a traceback."""
    with pytest.raises(StoreUnavailableError):
        await store.storage.backup(tmp_path / "nowhere" / "copy.db")


async def test_ended_sessions_outlive_the_process(
    store: SqliteStore, folder: Path, vault: Vault, clock: Clock
) -> None:
    """Logged out is logged out."""
    await store.state.end_session("one", 2_000_000_000)
    await store.state.end_session("another", 2_000_000_001)
    await store.close()

    again = reopened(folder, vault, clock)
    try:
        assert "one" in again.state.ended_sessions
        assert "another" in again.state.ended_sessions
    finally:
        await again.close()


def test_of_ended_sessions_those_that_would_have_lasted_longest_are_kept() -> None:
    """More than in normal use; a flood of them cannot fill the disk."""
    ended = EndedSessions({str(at): at for at in range(MAX_ENDED_SESSIONS)})
    assert "0" not in ended.add("new", 5_000).expires_s
    assert "new" not in ended.add("new", -1).expires_s
    assert len(ended.add("new", 5_000).expires_s) == MAX_ENDED_SESSIONS


async def test_a_session_is_over_even_where_that_cannot_be_stored(store: SqliteStore) -> None:
    """Until the end of the process, and the caller gets an error."""
    await store.close()
    with pytest.raises(StoreUnavailableError):
        await store.state.end_session("stolen", 2_000_000_000)
    assert "stolen" in store.state.ended_sessions


async def test_closed_store_refuses(store: SqliteStore) -> None:
    """Nothing is written or read behind its back; closing twice is no fault."""
    await store.close()
    await store.close()
    with pytest.raises(StoreUnavailableError):
        await store.state.save(settings=Settings())
    with pytest.raises(StoreUnavailableError):
        await store.records.summary()


async def test_size_is_the_sum_of_the_files(store: SqliteStore, folder: Path) -> None:
    """The log included."""
    assert await store.storage.size_bytes() == sum(
        path.stat().st_size for path in folder.glob("creditcurve.db*")
    )


async def test_values_of_an_older_cookie_are_not_stored(
    store: SqliteStore, folder: Path, vault: Vault, clock: Clock
) -> None:
    """Neither its status nor the cookie, the link or the settings beside it; equal ones are."""
    newer = CookieStatus(state=CookieState.VALID, generation=2)
    await store.state.save(cookie=COOKIE, cookie_status=newer, link=OK)
    await store.state.save(
        cookie=Secret(b"older"),
        cookie_status=STATUS,
        link=Link(state=LinkState.DEGRADED),
        settings=Settings(poll_interval_s=10),
    )
    kept = (newer, OK, Settings())
    assert (store.state.cookie_status, store.state.link, store.state.settings) == kept
    assert await store.state.cookie() == COOKIE
    again = reopened(folder, vault, clock)
    assert (again.state.cookie_status, again.state.link, again.state.settings) == kept
    await again.close()
    checked = CookieStatus(state=CookieState.UNVERIFIED, generation=2)
    await store.state.save(cookie=Secret(b"renewed"), cookie_status=checked)
    assert (store.state.cookie_status, store.state.link) == (checked, OK)
    assert await store.state.cookie() == Secret(b"renewed")


async def test_changed_settings_have_another_version_and_equal_ones_do_not(
    store: SqliteStore,
) -> None:
    before = store.state.versioned_settings
    await store.state.save(settings=Settings(theme="dark"))
    changed = store.state.versioned_settings
    assert (changed.settings, changed.version) == (Settings(theme="dark"), before.version + 1)
    await store.state.save(settings=Settings(theme="dark"))
    assert store.state.versioned_settings == changed
    await store.state.save(link=OK)
    assert store.state.versioned_settings == changed
    assert (await store.versions()).settings == changed.version


async def test_another_interval_may_change_the_gaps(store: SqliteStore) -> None:
    """It decides when a poll is overdue."""
    before = (await store.versions()).coverage
    await store.state.save(settings=Settings(theme="dark"))
    assert (await store.versions()).coverage == before
    await store.state.save(settings=Settings(theme="dark", poll_interval_s=600))
    assert (await store.versions()).coverage > before


async def test_the_secret_of_sessions_is_made_once_and_is_in_no_copy(
    store: SqliteStore, folder: Path, tmp_path: Path, vault: Vault, clock: Clock
) -> None:
    secret = await store.state.session_secret()
    assert len(secret.reveal()) == 32
    assert await store.state.session_secret() == secret
    await store.storage.backup(tmp_path / "creditcurve.db")
    again = reopened(folder, vault, clock)
    assert await again.state.session_secret() == secret
    await again.close()
    copy = reopened(tmp_path, vault, clock)
    assert await copy.state.session_secret() != secret
    await copy.close()


async def test_a_deleted_cookie_leaves_its_origin_and_not_its_names(store: SqliteStore) -> None:
    status = CookieStatus(
        state=CookieState.VALID, names=("a",), origin="https://example.test", generation=3
    )
    await store.state.save(cookie=COOKIE, cookie_status=status, link=OK)
    await store.state.delete_cookie(Settings(), Link())
    expected = CookieStatus(origin="https://example.test", generation=4)
    assert store.state.cookie_status == expected


@pytest.mark.parametrize(
    ("settings", "cookie", "expected"),
    [
        (Settings(collecting=True), None, LinkState.NO_COOKIE),
        (Settings(), CookieState.VALID, LinkState.OFF),
        (Settings(collecting=True), CookieState.INVALID, LinkState.COOKIE_INVALID),
        (Settings(collecting=True), CookieState.VALID, LinkState.OFF),
    ],
)
async def test_a_lost_link_fits_settings_and_cookie(
    store: SqliteStore,
    folder: Path,
    vault: Vault,
    clock: Clock,
    *,
    settings: Settings,
    cookie: CookieState | None,
    expected: LinkState,
) -> None:
    await store.state.save(settings=settings)
    if cookie is not None:
        status = CookieStatus(state=cookie, generation=1)
        await store.state.save(cookie=COOKIE, cookie_status=status, link=OK)
    await store.close()
    connection = apsw.Connection(str(folder / "creditcurve.db"))
    connection.execute("DELETE FROM state WHERE name = 'link'")
    connection.close()
    again = reopened(folder, vault, clock)
    assert again.state.link == Link(state=expected)
    await again.close()
