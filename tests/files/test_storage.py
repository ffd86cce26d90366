"""The store on a local disk."""

import os
import stat
from pathlib import Path

import pytest

from vssid.files.storage import LocalStorage
from vssid.kernel.uuid7 import uuid7


@pytest.fixture
def store(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "files")


def test_what_is_written_is_read(store: LocalStorage) -> None:
    first, second = uuid7(), uuid7()
    store.write(first, b"one")
    store.write(second, b"two")
    assert (store.read(first), store.read(second)) == (b"one", b"two")
    assert set(store.ids()) == {first, second}


def test_files_lie_two_folders_deep_and_are_private(store: LocalStorage) -> None:
    file_id = uuid7()
    store.write(file_id, b"one")
    (path,) = (path for path in store.root.rglob("*") if path.is_file())
    assert len(path.relative_to(store.root).parts) == 3
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_files_of_one_moment_spread_over_folders(store: LocalStorage) -> None:
    for _ in range(20):
        store.write(uuid7(), b"x")
    assert len(list(store.root.iterdir())) > 5


def test_a_missing_file_is_said(store: LocalStorage) -> None:
    with pytest.raises(FileNotFoundError):
        store.read(uuid7())


def test_deleting_leaves_nothing_and_may_be_repeated(store: LocalStorage) -> None:
    file_id = uuid7()
    store.write(file_id, b"one")
    store.delete(file_id)
    store.delete(file_id)
    assert not list(store.ids())


def test_a_write_that_fails_leaves_nothing(
    store: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    file_id = uuid7()
    with pytest.raises(OSError, match="No space"):
        store.write(file_id, b"one")
    assert not list(store.ids())


def test_a_file_is_flushed_before_it_has_its_name_and_its_folder_after(
    store: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def flush(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def move(path: Path, target: Path) -> Path:
        steps.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(Path, "rename", move)
    store.write(uuid7(), b"one")
    assert steps == ["file", "rename", "folder", "folder", "folder"]


def test_what_an_interrupted_write_left_is_listed_and_deleted(store: LocalStorage) -> None:
    file_id = uuid7()
    store.write(file_id, b"one")
    (path,) = (path for path in store.root.rglob("*") if path.is_file())
    path.rename(path.with_suffix(".part"))
    assert list(store.ids()) == [file_id]
    with pytest.raises(FileNotFoundError):
        store.read(file_id)
    store.delete(file_id)
    assert not list(store.ids())


def test_files_of_others_are_passed_over(store: LocalStorage) -> None:
    store.write(uuid7(), b"one")
    (folder,) = (path for path in store.root.glob("??/??"))
    (folder / "README").write_text("x")
    assert len(list(store.ids())) == 1
