"""`manage.py rewrap_files`: a new master key takes over."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.files.test_commands import NEW, OLD, PHOTO, stored
from vssid.files import commands
from vssid.files.models import StoredFile
from vssid.files.queries import read_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_keys(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VSSID_FILES_DIR = tmp_path
    settings.VSSID_MASTER_KEYS = {"2026": OLD}
    monkeypatch.setattr(commands, "_BATCH", 2)
    for _ in range(5):
        stored()
    settings.VSSID_MASTER_KEYS = {"2027": NEW, "2026": OLD}


def _run(*words: str) -> str:
    out = io.StringIO()
    call_command("rewrap_files", *words, stdout=out)
    return out.getvalue()


def test_dry_run_counts_and_changes_nothing() -> None:
    said = _run("--dry-run")
    assert "2026: 5 files" in said
    assert "5 files would be wrapped by 2027" in said
    assert set(StoredFile.objects.values_list("key_id", flat=True)) == {"2026"}


def test_all_files_are_wrapped_with_progress_and_the_old_key_may_go(settings: Settings) -> None:
    said = _run()
    assert [line for line in said.splitlines() if " of 5" in line] == ["2 of 5", "4 of 5", "5 of 5"]
    assert "All files are wrapped by 2027" in said
    settings.VSSID_MASTER_KEYS = {"2027": NEW}
    assert {read_file(file.pk) for file in StoredFile.objects.all()} == {PHOTO}


def test_running_again_finds_nothing_to_do() -> None:
    _run()
    said = _run()
    assert "2027: 5 files (newest)" in said
    assert " of " not in said


def test_key_that_is_missing_is_said_and_nothing_is_lost(settings: Settings) -> None:
    settings.VSSID_MASTER_KEYS = {"2027": NEW}
    with pytest.raises(CommandError, match="Is its master key still in VSSID_MASTER_KEY"):
        _run()
    settings.VSSID_MASTER_KEYS = {"2027": NEW, "2026": OLD}
    assert "All files are wrapped by 2027" in _run()
