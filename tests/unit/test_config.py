"""The start-up configuration: sources, order, canonical values, and refusals."""

import os
import re
import stat
from ipaddress import ip_network
from pathlib import Path

import pytest

from creditcurve.cli.messages.start import START
from creditcurve.config import ConfigError, Flags, load
from creditcurve.domain.secret import Secret
from creditcurve.logs import LogFormat, LogLevel

ROOT = Path(__file__).parents[2]
KEY = "made-up access key"
OTHER_ACCOUNT = 12_345
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change owners")


def refused(flags: Flags, environment: dict[str, str] | None = None) -> ConfigError:
    """Return the error of a configuration that must be refused."""
    with pytest.raises(ConfigError) as caught:
        load(flags, environment or {})
    return caught.value


def test_defaults_listen_on_loopback_only() -> None:
    config = load(Flags(), {})
    assert (config.host, config.port) == ("127.0.0.1", 8080)
    assert config.upstream == "https://www.aicodemirror.com"
    assert (config.access_key, config.base_path, config.trusted_proxies) == (None, "", ())
    assert config.data_dir.name == "creditcurve"


def test_a_flag_beats_the_environment_and_the_environment_the_default() -> None:
    environment = {"CREDITCURVE_PORT": "9000", "CREDITCURVE_LOG_FORMAT": "json"}
    assert load(Flags(), environment).port == 9000
    assert load(Flags(port=0), environment).port == 0
    assert load(Flags(), environment).log_format is LogFormat.JSON
    assert load(Flags(log_level=LogLevel.DEBUG), environment).log_level is LogLevel.DEBUG


def test_every_refusal_has_a_text_in_both_languages() -> None:
    """The codes are those raised anywhere in the start of the program."""
    folders = ("config", "instance", "server", "cli")
    sources = [path for name in folders for path in (ROOT / "src/creditcurve" / name).rglob("*.py")]
    raised = re.compile(r'(?:ConfigError|DataFolderError|PortError)\(\s*"([a-z_0-9]+)"')
    codes = {code for path in sources for code in raised.findall(path.read_text())}
    assert codes == set(START)
    for text in START.values():
        assert text.en.isascii()
        assert not text.zh.isascii()
        assert re.findall(r"{\w+}", text.en).sort() == re.findall(r"{\w+}", text.zh).sort()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "[::]", "192.168.1.5", "example.org"])
def test_a_public_address_needs_an_access_key(host: str) -> None:
    assert refused(Flags(host=host)).code == "public_without_key"
    assert load(Flags(host=host, access_key=KEY), {}).access_key == Secret.of(KEY)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1"])
def test_a_loopback_address_needs_no_access_key(host: str) -> None:
    assert load(Flags(host=host), {}).access_key is None


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("fifteen letters", "access_key_short"),
        ("k", "access_key_short"),
        ("", "access_key_short"),
        ("                     ", "access_key_short"),
        ("ein-schlüssel-mit-umlaut", "access_key_not_ascii"),
        ("一个足够长但不是英文字母的访问密钥啊啊", "access_key_not_ascii"),
        ("with a\ttab and enough letters", "access_key_not_ascii"),
    ],
)
def test_a_weak_or_unsendable_access_key_is_refused(key: str, code: str) -> None:
    """Browsers, proxies and scripts encode other characters differently."""
    assert refused(Flags(access_key=key)).code == code


def test_spaces_around_an_access_key_do_not_belong_to_it() -> None:
    """The ``Authorization`` header cannot carry them."""
    assert load(Flags(access_key=f" {KEY} "), {}).access_key == Secret.of(KEY)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://www.aicodemirror.com", "upstream_not_https"),
        ("ftp://example.org", "upstream_malformed"),
        ("https://", "upstream_malformed"),
        ("https://user@example.org", "upstream_malformed"),
        ("https://example.org/path", "upstream_malformed"),
        ("example.org", "upstream_malformed"),
        ("https://[::1", "upstream_malformed"),
        ("https://example.org:0", "upstream_malformed"),
        ("https://example.org:99999", "upstream_malformed"),
    ],
)
def test_a_site_address_that_would_expose_the_cookie_is_refused(address: str, code: str) -> None:
    assert refused(Flags(upstream=address)).code == code


def test_plain_http_is_allowed_to_loopback() -> None:
    config = load(Flags(upstream="http://127.0.0.1:9999/"), {})
    assert config.upstream == "http://127.0.0.1:9999"


@pytest.mark.parametrize(
    "address",
    [
        *("http://proxy.test:3128", "https://me:p%40ss@proxy.test:443", "http://[::1]:7890"),
        *("socks5://127.0.0.1:1080", "socks5h://proxy.test:1080"),
    ],
)
def test_a_proxy_has_a_scheme_a_host_and_a_port(address: str) -> None:
    assert load(Flags(), {"CREDITCURVE_PROXY": f"{address}/"}).proxy == address


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1:7890", "localhost:7890", "proxy.test", "http://:3128"),
        *("socks://s3cret@proxy.test:1080", "socks4://proxy.test:1080", "ftp://proxy.test:21"),
        *("http://u:s3cret@proxy.test:x", "http://[::1:80", "http://proxy.test:3128/path"),
    ],
)
def test_another_proxy_is_refused_without_repeating_its_password(address: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load(Flags(), {"CREDITCURVE_PROXY": address})
    assert refused.value.code in ("proxy_malformed", "proxy_without_scheme")
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("port", ["-1", "65536", "abc", "8080x", "٣"])
def test_a_port_that_does_not_exist_is_refused(port: str) -> None:
    assert refused(Flags(), {"CREDITCURVE_PORT": port}).code == "port"


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("Curve.Example.ORG", "curve.example.org"),
        ("curve.example.org:8443", "curve.example.org"),
        ("https://curve.example.org/", "curve.example.org"),
        ("HTTPS://curve.example.org:8443", "curve.example.org"),
        ("curve.example.org.", "curve.example.org"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("曲线.中国", "xn--lovt34c.xn--fiqs8s"),
        ("faß.example", "xn--fa-hia.example"),
        ("[2001:DB8::1]:8080", "2001:db8::1"),
        ("2001:db8:0::1", "2001:db8::1"),
        ("[fe80::1%eth0]:8080", "fe80::1"),
        ("192.168.1.5:8080", "192.168.1.5"),
        ("nas", "nas"),
    ],
)
def test_an_allowed_host_becomes_the_name_that_browsers_send(given: str, canonical: str) -> None:
    config = load(Flags(allowed_hosts=(given,)), {})
    assert config.allowed_hosts == (canonical, "127.0.0.1", "creditcurve.localhost")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("*.example.org", "host_wildcard"),
        ("*", "host_wildcard"),
        ("0.0.0.0", "host_wildcard"),
        ("curve.example.org/path", "host_with_path"),
        ("https://curve.example.org/cc/", "host_with_path"),
        ("curve example", "host_malformed"),
        ("-curve.example", "host_malformed"),
        ("curve..example", "host_malformed"),
        ("user@curve.example", "host_malformed"),
        (f"{'a' * 64}.example", "host_malformed"),
        ("\u2603\u2028.example", "host_malformed"),
    ],
)
def test_an_allowed_host_that_no_browser_sends_is_refused(given: str, code: str) -> None:
    assert refused(Flags(allowed_hosts=(given,))).code == code


def test_allowed_hosts_come_from_flag_and_environment() -> None:
    """A wildcard address to listen on is not a name of the page; a single address is one."""
    flags = Flags(host="0.0.0.0", access_key=KEY, allowed_hosts=("curve.example.org",))
    hosts = load(flags, {"CREDITCURVE_ALLOWED_HOSTS": "a.test, b.test"}).allowed_hosts
    assert hosts == ("curve.example.org", "a.test", "b.test", "creditcurve.localhost")
    assert "192.168.1.5" in load(Flags(host="192.168.1.5", access_key=KEY), {}).allowed_hosts


@pytest.mark.parametrize(
    ("given", "canonical"),
    [("/curve", "/curve"), ("curve/", "/curve"), ("/a/b-c/", "/a/b-c"), ("/", ""), ("", "")],
)
def test_a_base_path_has_one_form(given: str, canonical: str) -> None:
    assert load(Flags(), {"CREDITCURVE_BASE_PATH": given}).base_path == canonical


@pytest.mark.parametrize("given", ["https://x.test/curve", "/a b", "/a?b", "/a//b", "/../a", "/é"])
def test_a_base_path_that_is_not_a_plain_path_is_refused(given: str) -> None:
    assert refused(Flags(base_path=given)).code == "base_path"


def test_trusted_proxies_are_addresses_and_networks() -> None:
    environment = {"CREDITCURVE_TRUSTED_PROXIES": "172.17.0.1, 10.0.0.0/8 [fd00::1]"}
    assert load(Flags(), environment).trusted_proxies == (
        ip_network("172.17.0.1/32"),
        ip_network("10.0.0.0/8"),
        ip_network("fd00::1/128"),
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("proxy.test", "trusted_proxy"),
        ("*", "trusted_proxy"),
        ("0.0.0.0/0", "trusted_proxy_all"),
        ("::/0", "trusted_proxy_all"),
    ],
)
def test_a_trusted_proxy_other_than_an_address_is_refused(given: str, code: str) -> None:
    assert refused(Flags(trusted_proxies=(given,))).code == code


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:3128", "socks5://user:hush@127.0.0.1:1080", "socks5h://[::1]:1080"],
)
def test_http_and_socks_proxies_are_accepted(address: str) -> None:
    assert load(Flags(), {"CREDITCURVE_PROXY": address}).proxy == address


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("127.0.0.1:1080", "proxy_without_scheme"),
        ("user:hush@proxy.test:1080", "proxy_without_scheme"),
        ("socks://user:hush@127.0.0.1:1080", "proxy_malformed"),
        ("socks4://127.0.0.1:1080", "proxy_malformed"),
        ("http://", "proxy_malformed"),
        ("http://proxy.test:port", "proxy_malformed"),
    ],
)
def test_an_unusable_proxy_is_refused_without_its_password(address: str, code: str) -> None:
    error = refused(Flags(), {"CREDITCURVE_PROXY": address})
    assert error.code == code
    assert "hush" not in str(error.values)


def test_a_secret_file_is_closed_to_others(tmp_path: Path) -> None:
    """The line end of the file does not belong to the key."""
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    file.chmod(0o644)
    config = load(Flags(), {"CREDITCURVE_ACCESS_KEY_FILE": str(file)})
    assert config.access_key == Secret.of(KEY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfmade-up access key",
        "made-up access key".encode("utf-16"),
        "made-up access key".encode("utf-16-le"),
        b"\xff\xffmade-up access key",
    ],
)
@pytest.mark.parametrize("name", ["ACCESS_KEY", "SECRET_KEY", "SECRET_KEY_NEW"])
def test_a_secret_file_in_another_encoding_is_refused(
    tmp_path: Path, content: bytes, name: str
) -> None:
    """Its bytes would be a different key than the one the user sees."""
    file = tmp_path / "key"
    file.write_bytes(content)
    error = refused(Flags(), {f"CREDITCURVE_{name}_FILE": str(file)})
    assert (error.code, error.values["file"]) == ("secret_encoding", file)


@root_only
def test_a_secret_file_of_another_account_is_refused(tmp_path: Path) -> None:
    """That account could replace the key, or the file behind a link."""
    file, link = tmp_path / "key", tmp_path / "link"
    file.write_text(KEY)
    link.symlink_to(file)
    os.chown(link, OTHER_ACCOUNT, 0, follow_symlinks=False)
    for path, environment in ((link, {"CREDITCURVE_ACCESS_KEY_FILE": str(link)}),):
        assert refused(Flags(), environment).values["file"] == path
    os.chown(file, OTHER_ACCOUNT, 0)
    file.chmod(0o644)
    error = refused(Flags(), {"CREDITCURVE_ACCESS_KEY_FILE": str(file)})
    assert error.code == "secret_of_another_account"
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_a_secret_that_is_given_twice_missing_or_empty_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    variable = {"CREDITCURVE_SECRET_KEY_FILE": str(file)}
    assert refused(Flags(), variable).code == "secret_unreadable"
    file.write_text("\n")
    assert refused(Flags(), variable).code == "secret_empty"
    assert refused(Flags(), {**variable, "CREDITCURVE_SECRET_KEY": "a"}).code == "secret_twice"


def test_no_text_form_of_a_configuration_contains_a_secret() -> None:
    config = load(
        Flags(access_key="marked-access-key"), {"CREDITCURVE_SECRET_KEY": "marked-secret"}
    )
    assert "marked" not in repr(config) + str(config)
