"""A data folder belongs to one process at a time."""

from pathlib import Path

import pytest

from creditcurve.instance import AlreadyRunningError, Instance, announce, find, held

RUNNING = Instance(address="http://127.0.0.1:8080", pid=1, token="made up", secret="made up")


def test_a_second_process_gets_the_address_of_the_first(tmp_path: Path) -> None:
    with held(tmp_path):
        announce(tmp_path, RUNNING)
        with pytest.raises(AlreadyRunningError) as refusal, held(tmp_path):
            pass
    assert refusal.value.instance == RUNNING


def test_a_first_process_that_is_starting_has_no_address_yet(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(AlreadyRunningError) as refusal, held(tmp_path):
        pass
    assert refusal.value.instance is None


def test_the_end_leaves_no_address_and_no_lock(tmp_path: Path) -> None:
    with held(tmp_path):
        announce(tmp_path, RUNNING)
    assert find(tmp_path) is None
    with held(tmp_path):
        pass


def test_the_address_of_a_crashed_process_is_removed(tmp_path: Path) -> None:
    announce(tmp_path, RUNNING)
    with held(tmp_path):
        assert find(tmp_path) is None
