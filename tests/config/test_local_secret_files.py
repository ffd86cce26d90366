"""Secrets of one machine: made once, for their owner only, whole or not at all."""

import json
from pathlib import Path

import pytest

from config.local import secret_files


def test_secrets_are_made_once_and_then_read(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    first = secret_files.read_or_make(path, lambda: {"key": secret_files.new_password()})
    second = secret_files.read_or_make(path, lambda: {"key": secret_files.new_password()})
    assert first == second
    assert len(first["key"]) == 32


def test_only_the_owner_may_read_secrets(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    secret_files.write(path, {"key": "value"})
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_secret_is_added_beside_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    secret_files.write(path, {"old": "kept"})
    secret_files.read_or_make(path, lambda: {"old": "replaced", "new": "added"})
    assert json.loads(path.read_text(encoding="utf-8")) == {"old": "kept", "new": "added"}


def test_a_failed_write_leaves_the_old_secrets_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    secret_files.write(path, {"key": "old"})
    with pytest.raises(TypeError):
        secret_files.write(path, {"key": object()})  # type: ignore[dict-item]
    assert secret_files.read(path) == {"key": "old"}
    assert list(tmp_path.iterdir()) == [path]
