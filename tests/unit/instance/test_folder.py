"""The data folder is closed to others where it is ours, and refused where it is shared."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from creditcurve.instance import DataFolderError, check, prepare

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
_CHECKS = pytest.mark.parametrize("attempt", [prepare, check])


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def code_of(attempt: Callable[[Path], None], folder: Path) -> str:
    """Return the code with which a folder is refused."""
    with pytest.raises(DataFolderError) as refusal:
        attempt(folder)
    return refusal.value.code


def test_a_missing_folder_is_created_for_its_owner_only(tmp_path: Path) -> None:
    prepare(tmp_path / "deep" / "folder")
    assert mode(tmp_path / "deep" / "folder") == 0o700
    assert list((tmp_path / "deep" / "folder").iterdir()) == []


def test_a_check_creates_nothing(tmp_path: Path) -> None:
    check(tmp_path / "deep" / "folder")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_our_files_only_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "creditcurve.db").touch()
    tmp_path.chmod(0o755)
    check(tmp_path)
    assert mode(tmp_path) == 0o755
    prepare(tmp_path)
    assert mode(tmp_path) == 0o700


def test_a_folder_with_other_files_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "neighbour").touch()
    tmp_path.chmod(0o755)
    prepare(tmp_path)
    assert mode(tmp_path) == 0o755


@_CHECKS
@pytest.mark.parametrize("shared_mode", [0o775, 0o777, 0o1777])
def test_a_folder_into_which_others_can_write_is_refused(
    tmp_path: Path, attempt: Callable[[Path], None], shared_mode: int
) -> None:
    (tmp_path / "neighbour").touch()
    tmp_path.chmod(shared_mode)
    assert code_of(attempt, tmp_path) == "data_folder_open_to_others"
    assert mode(tmp_path) == shared_mode


@_CHECKS
def test_a_file_in_the_place_of_the_folder_is_refused_and_kept(
    tmp_path: Path, attempt: Callable[[Path], None]
) -> None:
    (tmp_path / "file").write_text("kept")
    assert code_of(attempt, tmp_path / "file") == "data_folder_not_a_folder"
    assert (tmp_path / "file").read_text() == "kept"


@_CHECKS
def test_a_folder_below_a_file_cannot_be_created(
    tmp_path: Path, attempt: Callable[[Path], None]
) -> None:
    (tmp_path / "file").touch()
    assert code_of(attempt, tmp_path / "file" / "folder") == "data_folder_create"


@_CHECKS
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root changes owners")
def test_a_folder_with_a_file_of_another_account_is_refused(
    tmp_path: Path, attempt: Callable[[Path], None]
) -> None:
    (tmp_path / "foreign").touch()
    os.chown(tmp_path / "foreign", 12_345, 12_345)
    assert code_of(attempt, tmp_path) == "data_folder_with_foreign_files"


@_CHECKS
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root changes owners")
def test_a_link_of_another_account_is_refused(
    tmp_path: Path, attempt: Callable[[Path], None]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    check(tmp_path / "link")
    os.lchown(tmp_path / "link", 12_345, 12_345)
    assert code_of(attempt, tmp_path / "link") == "data_folder_of_another_account"
