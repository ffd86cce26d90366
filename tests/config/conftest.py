"""A database that the tests of config.local copy, because making one takes a second."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from config.local import secret_files
from config.local.postgres import FAST_SETTINGS, Cluster


@pytest.fixture(scope="session")
def copy_cluster(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Puts a stopped cluster, with its roles and database, into a folder that is not there yet."""
    made = Cluster(tmp_path_factory.mktemp("made") / "postgres", settings=FAST_SETTINGS)
    made.start()
    made.stop()

    def copy(folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Owners are kept: the data may belong to the account of the server.
        subprocess.run(["cp", "-a", str(made.folder), str(folder)], check=True)  # noqa: S603, S607
        known = secret_files.read(folder / "secrets.json")
        del known["port"]
        secret_files.write(folder / "secrets.json", known)

    return copy
