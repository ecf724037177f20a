"""The address is bound, on loopback for both IP versions, or the error says why it is not."""

import socket

import pytest

from creditcurve.config import Config, Flags, load
from creditcurve.server.listening import PortError, is_free, listening


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


needs_ipv6 = pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6")


def config(host: str, port: int = 0) -> Config:
    """Return a configuration of a host, with a key where it needs one."""
    return load(Flags(host=host, port=port, access_key="made-up access key"), {})


def families(host: str) -> list[socket.AddressFamily]:
    """Return the IP versions that are listened on."""
    with listening(config(host)) as listeners:
        ports = {one.getsockname()[1] for one in listeners.sockets}
        assert ports == {listeners.port}
        assert listeners.taken is None
        return [one.family for one in listeners.sockets]


@needs_ipv6
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_on_loopback_both_ip_versions_have_one_port(host: str) -> None:
    assert families(host) == [socket.AF_INET, socket.AF_INET6]


@needs_ipv6
def test_another_address_is_bound_by_itself() -> None:
    assert families("::1") == [socket.AF_INET6]


@needs_ipv6
def test_an_address_for_all_is_bound_for_both_ip_versions() -> None:
    with (
        listening(config("::")) as listeners,
        socket.create_connection(("127.0.0.1", listeners.port), timeout=5),
        socket.create_connection(("::1", listeners.port), timeout=5),
    ):
        assert len(listeners.sockets) == 1


@needs_ipv6
def test_a_program_on_the_other_ip_version_is_named() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as other:
        port = other.getsockname()[1]
        with listening(config("127.0.0.1", port)) as listeners:
            assert listeners.taken == f"[::1]:{port}"
            assert len(listeners.sockets) == 1


def test_a_taken_port_is_refused_and_free_afterwards() -> None:
    with listening(config("127.0.0.1")) as listeners:
        again = config("127.0.0.1", listeners.port)
        assert not is_free(again)
        with pytest.raises(PortError) as refusal, listening(again):
            pass
        assert refusal.value.code == "port_taken"
    assert is_free(again)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(PortError) as refusal, listening(config(host)):
        pass
    assert refusal.value.code == "address_not_ours"
