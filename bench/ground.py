"""A database of its own with the demo's invented people, and web servers on it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from config.local import ports, processes, run
from config.local.errors import LocalError
from config.local.postgres import Cluster

WORKERS = 2
THREADS = 16
READY_SECONDS = 180.0
STOP_SECONDS = 15.0


@dataclass(frozen=True)
class Ground:
    """A prepared database: the environment of programs on it, and what a visitor sends."""

    environment: Mapping[str, str]
    cookie: str
    pages: Mapping[str, str]

    def program(self, words: list[str]) -> str:
        """Run a Python program on the database to its end; returns what it printed."""
        return _run(words, self.environment)

    @contextlib.contextmanager
    def served(self, target: str) -> Iterator[int]:
        """Serve a WSGI program as the demo is served; gives its port once it listens."""
        port = ports.find_free()
        words = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(port), "--workers", str(WORKERS)),
            *("--blocking-threads", str(THREADS), "--no-ws", "--no-access-log"),
            *("--log-level", "error", target),
        ]
        with (Path(self.environment["VSSID_VAR_DIR"]) / f"{target}.log").open("w+b") as log:
            server = processes.launch(words, self.environment, output=log, directory=run.ROOT)
            try:
                _wait(server, port, Path(log.name))
                yield port
            finally:
                processes.end(server, signal.SIGINT, STOP_SECONDS)
                processes.kill_rest(server)


@contextlib.contextmanager
def prepared() -> Iterator[Ground]:
    """Start a database in a folder that is removed again, fill it, and sign the visitor in."""
    inherited = {key: value for key, value in os.environ.items() if "DATABASE" not in key}
    with tempfile.TemporaryDirectory() as name:
        demo = run.Demo(Path(name) / "var", 0)
        demo.var.mkdir()
        cluster = Cluster(Path(name) / "postgres")
        cluster.start()
        try:
            environment = {
                **run.program_environment(demo, inherited),
                "DATABASE_URL": cluster.app_url(),
                "DATABASE_OWNER_URL": cluster.owner_url(),
            }
            _run(["manage.py", "prepare_demo"], run.as_owner(environment))
            as_app = run.as_app(environment)
            told = _run(["-m", "bench.visitor"], as_app)
            visitor = json.loads(told)
            yield Ground(
                {**as_app, "VSSID_BENCH_VISITOR": told}, visitor["cookie"], visitor["pages"]
            )
        finally:
            cluster.stop()


def _run(words: list[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=run.ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise LocalError(f"{' '.join(words)} failed:\n{done.stderr}")
    return done.stdout


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while ports.is_free(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise LocalError(f"The server did not start:\n{log.read_text()}")
        time.sleep(0.1)
