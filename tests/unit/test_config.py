"""Start-up configuration: what is taken, in which order, and what is refused with which words."""

import stat
from pathlib import Path

import pytest

from creditcurve.config import ConfigRefused, Flags, LogFormat, LogLevel, load
from creditcurve.domain.secret import Secret


def test_nothing_given_serves_this_machine_alone() -> None:
    """Without flags and environment the program listens on loopback and asks the real site."""
    config = load(Flags(), {})
    assert (config.host, config.port) == ("127.0.0.1", 8080)
    assert config.upstream == "https://www.aicodemirror.com"
    assert config.access_key is None
    assert config.data_dir.name == "creditcurve"


def test_a_flag_beats_the_environment_and_that_beats_the_default() -> None:
    """Both ways name the same thing; the nearer one wins."""
    environment = {"CREDITCURVE_PORT": "9000", "CREDITCURVE_LOG_FORMAT": "json"}
    assert load(Flags(), environment).port == 9000
    assert load(Flags(port=0), environment).port == 0
    assert load(Flags(), environment).log_format is LogFormat.JSON
    assert load(Flags(log_level=LogLevel.DEBUG), environment).log_level is LogLevel.DEBUG


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])
def test_a_public_address_needs_an_access_key(host: str) -> None:
    """Whoever can be reached from elsewhere does not start without a key, and says what to do."""
    with pytest.raises(ConfigRefused, match="CREDITCURVE_ACCESS_KEY"):
        load(Flags(host=host), {})
    assert load(Flags(host=host, access_key="k"), {}).access_key == Secret(b"k")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.9.1"])
def test_a_loopback_address_needs_none(host: str) -> None:
    """All of this machine's own addresses start without a key."""
    assert load(Flags(host=host), {}).access_key is None


@pytest.mark.parametrize(
    "upstream",
    [
        "http://www.aicodemirror.com",
        "ftp://example.org",
        "https://",
        "https://user@example.org",
        "https://example.org/path",
        "example.org",
        "https://[::1",
        "https://example.org:0",
    ],
)
def test_an_upstream_that_would_betray_the_cookie_is_refused(upstream: str) -> None:
    """Only https leaves this machine, and only to a bare address."""
    with pytest.raises(ConfigRefused, match="upstream"):
        load(Flags(upstream=upstream), {})


def test_plain_http_goes_to_loopback_only() -> None:
    """A simulated site on this machine may be plain http."""
    config = load(Flags(upstream="http://127.0.0.1:9999/"), {})
    assert config.upstream == "http://127.0.0.1:9999"


@pytest.mark.parametrize("port", ["-1", "65536", "abc", "8080x", "٣"])
def test_a_port_that_does_not_exist_is_refused(port: str) -> None:
    """The refusal names the range."""
    with pytest.raises(ConfigRefused, match="0 to 65535"):
        load(Flags(), {"CREDITCURVE_PORT": port})


def test_a_secret_comes_from_a_file_that_others_then_cannot_read(tmp_path: Path) -> None:
    """The file's last line end is not part of the key, and its permissions are tightened."""
    file = tmp_path / "key"
    file.write_text("from a file\n")
    file.chmod(0o644)
    config = load(Flags(), {"CREDITCURVE_ACCESS_KEY_FILE": str(file)})
    assert config.access_key == Secret(b"from a file")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_secret_given_twice_or_empty_is_refused(tmp_path: Path) -> None:
    """Which one is meant cannot be guessed."""
    file = tmp_path / "key"
    file.write_text("\n")
    with pytest.raises(ConfigRefused, match="empty"):
        load(Flags(), {"CREDITCURVE_SECRET_KEY_FILE": str(file)})
    with pytest.raises(ConfigRefused, match="keep one"):
        load(
            Flags(),
            {"CREDITCURVE_SECRET_KEY": "a", "CREDITCURVE_SECRET_KEY_FILE": str(file)},
        )


def test_the_address_listened_on_is_one_of_the_allowed_hosts() -> None:
    """A name that the user gave is allowed; the wildcard is no name."""
    flags = Flags(host="0.0.0.0", access_key="k", allowed_hosts=("Curve.example.org",))
    environment = {"CREDITCURVE_ALLOWED_HOSTS": "a.test, b.test"}
    assert load(flags, environment).allowed_hosts == ("curve.example.org", "a.test", "b.test")
    assert "192.168.1.5" in load(Flags(host="192.168.1.5", access_key="k"), {}).allowed_hosts


def test_no_text_form_of_a_configuration_holds_a_secret() -> None:
    """What ends up in a log or an error by accident is a mask."""
    config = load(Flags(access_key="marked-key"), {"CREDITCURVE_SECRET_KEY": "marked-secret"})
    assert "marked" not in repr(config) + str(config)
