"""The real thing for the walks: web server, worker and a database of their own, on a free port."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from procrastinate import App, SyncPsycopgConnector
from psycopg import sql

from config.local import ports, processes, run

DATABASES = "vssid_guides_"
READY_SECONDS = 180.0
STOP_SIGNAL, PATIENCE_SECONDS = 15, 15.0


class Stack:
    """The demo as `make run` serves it, with data of its own below `var`; `stop()` ends it.

    Needs DATABASE_URL and DATABASE_OWNER_URL of a running server, as `make test` sets them.
    """

    def __init__(self, var: Path) -> None:
        if "DATABASE_OWNER_URL" not in os.environ:
            raise RuntimeError("This needs a database: `make test ARGS='tests/guides'` starts one.")
        var.mkdir(parents=True, exist_ok=True)
        self.demo = run.Demo(var, ports.find_free())
        self._database = f"{DATABASES}{self.demo.port}"
        self.owner_url = _named(os.environ["DATABASE_OWNER_URL"], self._database)
        self._programs: list[Any] = []
        self._holding: psycopg.Connection[Any] | None = None
        self._environment = run.program_environment(
            self.demo,
            {
                **os.environ,
                "DATABASE_URL": _named(os.environ["DATABASE_URL"], self._database),
                "DATABASE_OWNER_URL": self.owner_url,
                "VSSID_FILES_DIR": str(var / "files"),
            },
        )

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return self.demo.address.rstrip("/")

    def start(self) -> None:
        """Make the database, fill it, start the programs and wait until they answer."""
        self._make_database()
        preparing = run.preparation(self._environment).start()
        if preparing.wait() != 0:
            raise RuntimeError("The demo could not be prepared; the reason stands above.")
        self._programs = [
            run.web_server(self.demo, self._environment).start(),
            run.worker(self._environment).start(),
        ]
        deadline = time.monotonic() + READY_SECONDS
        while not run.is_ready(self.demo.port):
            ended = [program.poll() for program in self._programs if program.poll() is not None]
            if ended or time.monotonic() > deadline:
                raise RuntimeError("The demo does not answer; the reason stands above.")
            time.sleep(0.1)

    def stop(self) -> None:
        """End the programs that were started here."""
        for program in self._programs:
            processes.end(program, STOP_SIGNAL, PATIENCE_SECONDS)
            processes.kill_rest(program)
        self._programs.clear()
        self._forget_database()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database as its owner."""
        with psycopg.connect(self.owner_url, autocommit=True) as owner:
            return list(owner.execute(query.encode(), values))

    def change(self, statement: str, *values: object) -> int:
        """Change rows as the owner, for what no person can do: let time pass. Returns how many."""
        with psycopg.connect(self.owner_url, autocommit=True) as owner:
            return owner.execute(statement.encode(), values).rowcount

    def end_pause(self) -> None:
        """Let the minute pass after which a phone may be sent another code."""
        self.change("DELETE FROM limits_bucket WHERE name = 'code.unproven.pause'")

    def run_clock(self, task: str) -> None:
        """Let the worker do now what it does by the clock, and wait until it is done."""
        (last,) = self.rows("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")
        with App(connector=SyncPsycopgConnector(conninfo=self.owner_url)).open() as queues:
            queues.configure_task(task).defer(timestamp=0)
        until = time.monotonic() + PATIENCE_SECONDS
        waiting = "SELECT 1 FROM procrastinate_jobs WHERE id > %s AND task_name = %s"
        while self.rows(waiting, last[0], task):
            assert time.monotonic() < until, f"{task} was not done in time"
            time.sleep(0.1)

    def _make_database(self) -> None:
        with _server() as server:
            _drop_unused(server)
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self._database)))
            # Others drop what nobody uses, as this one is between two programs.
            self._holding = psycopg.connect(self.owner_url, autocommit=True)

    def _forget_database(self) -> None:
        if self._holding is not None:
            self._holding.close()
        with _server() as server:
            _drop_unused(server)


@contextlib.contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    """A connection as owner while no other walk makes or drops databases."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [DATABASES])
        yield server


def _drop_unused(server: psycopg.Connection[Any]) -> None:
    """Drop the databases of walks that have ended, killed ones included."""
    known = server.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [DATABASES]
    )
    for (name,) in known.fetchall():
        # Somebody else's walk may be using it.
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _named(url: str, database: str) -> str:
    return urlsplit(url)._replace(path=f"/{database}").geturl()
