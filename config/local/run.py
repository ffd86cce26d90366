"""Serves the demo on this machine, database included, until Ctrl-C: what `make run` ends in.

PORT=8000 DATABASE_URL=… DATABASE_OWNER_URL=… python -m config.local.run
"""

import base64
import contextlib
import http.client
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.local import ports, processes, secret_files
from config.local.errors import LocalError, StopRequestedError
from config.local.postgres import Cluster
from config.local.supervisor import Child, Supervisor

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_PORT = 8000
KEY_BYTES = 32
BLOCKING_THREADS = 16
DATABASE_PATIENCE_SECONDS = 60.0
WEB_KILL_SECONDS = 8
READY_SECONDS = 180.0
READY_PAUSE_SECONDS = 0.1
RESTARTS_BEFORE_GIVING_UP = 3


@dataclass(frozen=True)
class Demo:
    """The demo's folder for its data, and the port of its pages."""

    var: Path
    port: int

    @property
    def people_file(self) -> Path:
        """Where the preparation writes down the addresses and who may sign in."""
        return self.var / "demo-people.txt"

    @property
    def address(self) -> str:
        """The address of the home page."""
        return f"http://127.0.0.1:{self.port}/"


def say(line: str) -> None:
    """Tell the person at the terminal."""
    print(line, flush=True)


def choose_port(environment: Mapping[str, str]) -> int:
    """Return the port that `PORT` asks for; raises LocalError when it cannot be used."""
    text = environment.get("PORT") or str(DEFAULT_PORT)
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 2**16:
        raise LocalError(f"PORT={text} is not a port. Choose a number from 1024 to 65535.")
    port = int(text)
    if not ports.is_free(port):
        raise LocalError(
            f"Port {port} cannot be used: another program, perhaps another demo, has it. "
            f"Choose another one: make run PORT={port + 1 if port < 2**16 - 1 else DEFAULT_PORT}"
        )
    return port


def make_keys() -> dict[str, str]:
    """Return fresh keys for a demo: for cookies, files, audit, cards; all but one `id:base64`."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "VSSID_MASTER_KEY": _new_key(),
        "VSSID_AUDIT_KEY": _new_key(),
        "VSSID_CARD_KEY": _new_key(),
    }


def _new_key() -> str:
    return f"demo:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def program_environment(demo: Demo, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the demo's programs: what is inherited, with keys of its own."""
    return {
        **secret_files.read_or_make(demo.var / "secret-keys.json", make_keys),
        "VSSID_PUBLIC_URL": demo.address,
        **inherited,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "VSSID_VAR_DIR": str(demo.var),
        "PYTHONUNBUFFERED": "1",
    }


def as_owner(environment: Mapping[str, str]) -> dict[str, str]:
    """Return `environment` for a program that owns the database."""
    return {**environment, "VSSID_DB_OWNER": "1"}


def as_app(environment: Mapping[str, str]) -> dict[str, str]:
    """Return `environment` for a program that must not even know how to own the database."""
    return {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}


def python(*words: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start this Python with `words` in the project's folder."""
    return processes.launch([sys.executable, *words], environment, directory=ROOT)


def preparation(environment: Mapping[str, str], address: str = "") -> Child:
    """The program that migrates, loads and seeds: once, as owner.

    What it writes down for people names `address`.
    """
    words = ["manage.py", "prepare_demo", *(["--address", address] if address else [])]
    return Child("preparation", lambda: python(*words, environment=as_owner(environment)))


def web_server(demo: Demo, environment: Mapping[str, str]) -> Child:
    """The pages: as many processes as this one may use cores."""
    words = [
        *("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(demo.port)),
        *("--workers", str(len(os.sched_getaffinity(0)))),
        *("--blocking-threads", str(BLOCKING_THREADS), "--no-ws", "--no-access-log"),
        *("--log-level", "error", "--respawn-failed-workers"),
        *("--workers-kill-timeout", str(WEB_KILL_SECONDS), "config.wsgi:application"),
    ]
    return Child("web server", lambda: python(*words, environment=as_app(environment)))


def worker(environment: Mapping[str, str]) -> Child:
    """The background work."""
    return Child(
        "worker",
        lambda: python("manage.py", "procrastinate", "worker", environment=as_app(environment)),
    )


def database(cluster: Cluster) -> Child:
    """The server of a started `cluster`: stopped last, and never killed while it writes."""
    return Child(
        "database",
        cluster.spawn,
        layer=0,
        stop_signal=signal.SIGINT,
        hurry_signal=signal.SIGQUIT,
        patience=DATABASE_PATIENCE_SECONDS,
    )


def is_ready(port: int) -> bool:
    """Whether the demo answers that it is ready."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_ready(demo: Demo, supervisor: Supervisor) -> None:
    """Wait for the pages; raises LocalError when they do not come, or StopRequestedError."""
    deadline = time.monotonic() + READY_SECONDS
    next_look = 0.0

    def is_done() -> bool:
        nonlocal next_look
        too_often = supervisor.restarts("web server") >= RESTARTS_BEFORE_GIVING_UP
        if too_often or time.monotonic() > deadline:
            raise LocalError("The pages do not answer; the reason stands above.")
        if time.monotonic() < next_look:
            return False
        next_look = time.monotonic() + READY_PAUSE_SECONDS
        return is_ready(demo.port)

    supervisor.watch_until(is_done)


def greet(demo: Demo) -> None:
    """Print where the demo is and, as its preparation wrote it down, who may sign in."""
    say(f"\nVssID is ready at {demo.address} (Ctrl-C stops it).\n")
    with contextlib.suppress(FileNotFoundError):
        say(demo.people_file.read_text(encoding="utf-8"))


def start_database(
    demo: Demo, supervisor: Supervisor, environment: dict[str, str]
) -> Cluster | None:
    """Start the embedded database, unless DATABASE_URL names another; add its addresses."""
    if environment.get("DATABASE_URL"):
        return None
    cluster = Cluster(demo.var / "postgres")
    cluster.start(supervisor.is_stop_requested)
    supervisor.add(database(cluster), cluster.process)
    environment["DATABASE_URL"] = cluster.app_url()
    environment["DATABASE_OWNER_URL"] = cluster.owner_url()
    return cluster


def serve(demo: Demo, supervisor: Supervisor, environment: dict[str, str]) -> None:
    """Prepare, start and watch everything; ends by raising StopRequestedError or LocalError."""
    if supervisor.complete(preparation(environment, demo.address)) != 0:
        raise LocalError("The demo could not be prepared; the reason stands above.")
    supervisor.add(web_server(demo, environment))
    supervisor.add(worker(environment))
    wait_until_ready(demo, supervisor)
    greet(demo)
    supervisor.watch_until(lambda: False)


def run(demo: Demo, inherited: Mapping[str, str]) -> None:
    """Serve `demo` until somebody asks to stop; raises LocalError when it cannot be served."""
    demo.var.mkdir(parents=True, exist_ok=True)
    environment = program_environment(demo, inherited)
    supervisor = Supervisor(say)
    cluster = None
    with supervisor.signals():
        try:
            cluster = start_database(demo, supervisor, environment)
            serve(demo, supervisor, environment)
        except StopRequestedError:
            say("Stopping …")
        finally:
            supervisor.stop()
            if cluster is not None:
                cluster.stop()


def main() -> int:
    """Serve the demo; 0 after it was asked to stop, 1 after a sentence why it could not run."""
    processes.end_with_make()
    try:
        var = Path(os.environ.get("VSSID_VAR_DIR") or ROOT / "var").absolute()
        run(Demo(var, choose_port(os.environ)), os.environ)
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
