"""Heads of each test lie in a folder of its own; the owner may rewrite what the app may not."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

Rewrite = Callable[..., None]


@pytest.fixture(autouse=True)
def heads_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """VSSID_AUDIT_DIR of this test."""
    folder = tmp_path / "heads"
    monkeypatch.setattr(settings, "VSSID_AUDIT_DIR", folder)
    return folder


@pytest.fixture
def rewrite(owner_url: str) -> Rewrite:
    """Runs statements as the owner of the database, who may do everything."""

    def run(statement: str, *values: object) -> None:
        with psycopg.connect(owner_url) as owner:
            owner.execute(sql.SQL(statement), values)

    return run
