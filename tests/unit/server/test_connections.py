"""Which connections are admitted, and which idle one is closed for a new one."""

from creditcurve.server.connections import Connections


class Peer:
    """A connection without a network."""

    def __init__(self, address: str, *, is_idle: bool) -> None:
        self.address = address
        self.is_idle = is_idle
        self.is_dropped = False

    def drop(self) -> None:
        """Note the call."""
        self.is_dropped = True


def test_the_oldest_idle_connection_is_closed_for_a_new_one() -> None:
    connections = Connections(4)
    busy, *idle = [Peer(f"192.0.2.{n}", is_idle=n > 0) for n in range(4)]
    assert all(connections.admit(peer) for peer in (busy, *idle))
    assert connections.admit(Peer("192.0.2.9", is_idle=True))
    assert [peer.is_dropped for peer in (busy, *idle)] == [False, True, False, False]


def test_busy_connections_are_kept_and_a_further_one_is_refused() -> None:
    connections = Connections(2)
    assert connections.admit(Peer("192.0.2.1", is_idle=False))
    assert connections.admit(Peer("192.0.2.2", is_idle=False))
    assert not connections.admit(Peer("192.0.2.3", is_idle=True))


def test_a_connection_that_is_taken_over_is_counted_once() -> None:
    connections = Connections(2)
    request, stream = Peer("192.0.2.1", is_idle=True), Peer("192.0.2.1", is_idle=False)
    assert connections.admit(request)
    connections.replace(request, stream)
    connections.discard(request)
    assert len(connections) == 1
    assert connections.admit(Peer("192.0.2.2", is_idle=False))
    assert not connections.admit(Peer("192.0.2.3", is_idle=False))
    connections.discard(stream)
    assert connections.admit(Peer("192.0.2.3", is_idle=False))


def test_a_connection_that_has_ended_is_not_taken_over() -> None:
    connections = Connections(2)
    connections.replace(Peer("192.0.2.1", is_idle=True), Peer("192.0.2.1", is_idle=False))
    assert len(connections) == 0


def test_one_address_leaves_a_quarter_to_the_others() -> None:
    connections = Connections(4)
    mine = [Peer("192.0.2.1", is_idle=False) for _ in range(4)]
    assert [connections.admit(peer) for peer in mine] == [True, True, True, False]
    assert connections.admit(Peer("192.0.2.2", is_idle=False))
    connections.discard(mine[0])
    assert connections.admit(Peer("192.0.2.1", is_idle=False))


def test_ended_connections_are_forgotten() -> None:
    connections = Connections(1)
    for _ in range(3):
        peer = Peer("192.0.2.1", is_idle=False)
        assert connections.admit(peer)
        connections.discard(peer)
        connections.discard(peer)
