"""The demo as `make run` serves it, in a folder of its own, and what of it can be killed."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 180.0
# What is killed, by words of the command line.
VICTIMS = {
    "web": ("granian",),
    "worker": ("procrastinate", "worker"),
    "database": ("postgres",),
}
# PostgreSQL 18 was seen to wait for ever once the process that recovers it was killed: nobody
# starts another one. Whoever operates it restarts it; no row is at stake.
SPARED = "postgres: startup"


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stack:
    """Web server, worker and database under our supervisor."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = (folder / "run.log").open("wb")
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")
        }
        environment |= {
            "PORT": str(self.port),
            "VSSID_VAR_DIR": str(folder / "var"),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.local.run"],
            cwd=ROOT,
            env=environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def wait_until_ready(self) -> None:
        """Wait for the pages; raises RuntimeError when they do not come."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the demo ended: see {self.log.name}")
            try:
                with urllib.request.urlopen(f"{self.address}/healthz/ready", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"the demo did not come up: see {self.log.name}")

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """The database as its owner; waits while it recovers."""
        known = json.loads((self.folder / "var" / "postgres" / "secrets.json").read_text())
        url = f"postgresql://vssid_owner:{known['owner_password']}@127.0.0.1:{known['port']}/vssid"
        while True:
            try:
                return psycopg.connect(url, autocommit=True, connect_timeout=5)
            except psycopg.OperationalError:
                time.sleep(0.2)

    def demo_password(self) -> str:
        """The password of every demo account, as `make run` prints it."""
        text = (self.folder / "var" / "demo-people.txt").read_text(encoding="utf-8")
        return text.partition("password: ")[2].split()[0]

    def kill_one(self, chance: random.Random) -> str:
        """Send SIGKILL to one random process of a random kind; returns the kind, empty if none."""
        kind = chance.choice(sorted(VICTIMS))
        found = [
            pid
            for pid, words in self._family()
            if all(w in words for w in VICTIMS[kind]) and SPARED not in words
        ]
        if not found:
            return ""
        try:
            os.kill(chance.choice(found), signal.SIGKILL)
        except ProcessLookupError:
            return ""
        return kind

    def stop(self) -> int:
        """Ctrl-C; returns the exit status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=90)
        self.log.close()
        return status

    def _family(self) -> list[tuple[int, str]]:
        parents: dict[int, int] = {}
        words: dict[int, str] = {}
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            parents[int(folder.name)], words[int(folder.name)] = int(fields[1]), line
        return [(pid, words[pid]) for pid in parents if self._is_ours(pid, parents) and words[pid]]

    def _is_ours(self, pid: int, parents: dict[int, int]) -> bool:
        while pid > 1:
            pid = parents.get(pid, 0)
            if pid == self.process.pid:
                return True
        return False
