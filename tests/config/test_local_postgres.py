"""The embedded PostgreSQL: rights, crashes, and supervisors that are killed or come second."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config.local import data_folder, roles, secret_files
from config.local.errors import ClusterError, StopRequestedError
from config.local.postgres import FAST_SETTINGS, SAFE_SETTINGS, Cluster
from tests.config.local_helpers import ROOT, clean_environment, eventually, is_alive


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, copy_cluster: Callable[[Path], None]
) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("running") / "own"
    copy_cluster(folder)
    cluster = Cluster(folder, settings=FAST_SETTINGS)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def cluster(tmp_path: Path, copy_cluster: Callable[[Path], None]) -> Iterator[Cluster]:
    copy_cluster(tmp_path / "own")
    cluster = Cluster(tmp_path / "own", settings=FAST_SETTINGS)
    yield cluster
    cluster.stop()


@pytest.fixture
def unmade(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path / "unmade", settings=FAST_SETTINGS)
    yield cluster
    cluster.stop()


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def server_pid(cluster: Cluster) -> int:
    pid = data_folder.running_server(cluster.data)
    assert pid is not None
    return pid


def letting_go_on(pid: int) -> Callable[[], bool]:
    """Something to ask whether to stop: says no, and lets a stopped process go on in the end."""
    questions = iter(range(20))

    def is_cancelled() -> bool:
        if next(questions, None) is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
        return False

    return is_cancelled


class TestRights:
    def test_the_program_may_sign_in_and_nothing_else(self, running: Cluster) -> None:
        attributes = execute(
            running.app_url(),
            "SELECT rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
            " FROM pg_roles WHERE rolname = 'vssid_app'",
        )
        assert attributes == [(True, False, False, False, False, False)]

    @pytest.mark.parametrize("statement", ["CREATE TABLE t (n int)", "CREATE TEMP TABLE t (n int)"])
    def test_the_program_cannot_make_tables(self, running: Cluster, statement: str) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            execute(running.app_url(), statement)

    def test_the_program_cannot_open_other_databases(self, running: Cluster) -> None:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            execute(running.app_url("postgres"), "SELECT 1")

    def test_the_owner_owns_the_database_but_is_no_superuser(self, running: Cluster) -> None:
        rows = execute(
            running.owner_url(),
            "SELECT pg_get_userbyid(datdba), rolsuper FROM pg_database, pg_roles"
            " WHERE datname = current_database() AND rolname = current_user",
        )
        assert rows == [("vssid_owner", False)]

    def test_databases_that_the_owner_makes_have_the_extensions(self, running: Cluster) -> None:
        name = f"made_{secrets.token_hex(4)}"
        execute(running.owner_url(), f"CREATE DATABASE {name}")
        rows = execute(running.owner_url(name), "SELECT extname FROM pg_extension")
        assert {row[0] for row in rows} >= {"unaccent", "pg_trgm", "btree_gist"}

    @pytest.mark.parametrize("role", ["postgres", "vssid_owner", "vssid_app"])
    def test_nobody_gets_in_without_the_password(self, running: Cluster, role: str) -> None:
        url = f"postgresql://{role}:wrong@127.0.0.1:{running.port}/vssid"
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            execute(url, "SELECT 1")

    def test_secrets_log_and_data_are_for_their_owner_only(self, running: Cluster) -> None:
        modes = {
            path.name: path.stat().st_mode & 0o777
            for path in (running.secrets_file, running.log, running.data)
        }
        assert modes == {"secrets.json": 0o600, "postgres.log": 0o600, "data": 0o700}

    def test_the_server_does_not_run_as_root(self, running: Cluster) -> None:
        assert Path(f"/proc/{server_pid(running)}").stat().st_uid == running.data.stat().st_uid
        assert running.data.stat().st_uid != 0


class TestLanguage:
    def test_letters_are_sorted_the_same_on_every_machine(self, running: Cluster) -> None:
        rows = execute(
            running.owner_url(),
            "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding)"
            " FROM pg_database WHERE datname = 'vssid'",
        )
        assert rows == [("b", "C.UTF-8", "UTF8")]

    def test_vietnamese_letters_are_letters_to_the_search(self, running: Cluster) -> None:
        rows = execute(running.owner_url(), "SELECT cardinality(show_trgm('đỗ'))")
        assert rows == [(3,)]


class TestKeeping:
    def test_second_start_keeps_data_port_and_passwords(self, cluster: Cluster) -> None:
        cluster.start()
        execute(cluster.owner_url(), "CREATE TABLE kept AS SELECT 7 AS n")
        address = cluster.owner_url()
        cluster.stop()
        again = Cluster(cluster.folder, settings=FAST_SETTINGS)
        again.start()
        try:
            assert again.owner_url() == address
            assert execute(address, "SELECT n FROM kept") == [(7,)]
        finally:
            again.stop()

    def test_a_killed_server_recovers_what_was_committed(self, cluster: Cluster) -> None:
        cluster = Cluster(cluster.folder, settings=SAFE_SETTINGS)
        cluster.start()
        try:
            execute(cluster.owner_url(), "CREATE TABLE kept AS SELECT 7 AS n")
            cluster.kill()
            cluster.start()
            assert execute(cluster.owner_url(), "SELECT n FROM kept") == [(7,)]
            assert "automatic recovery in progress" in cluster.log.read_text(encoding="utf-8")
        finally:
            cluster.stop()

    def test_what_a_killed_server_has_left_running_is_waited_for(self, cluster: Cluster) -> None:
        cluster.start()
        with psycopg.connect(cluster.owner_url()) as connection:
            backend = connection.info.backend_pid
            os.kill(backend, signal.SIGSTOP)
            cluster.kill()
            cluster.start(letting_go_on(backend))
        assert execute(cluster.owner_url(), "SELECT 1") == [(1,)]

    def test_what_a_killed_making_has_left_is_made_anew(self, unmade: Cluster) -> None:
        half = unmade.folder / "making" / "data"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18", encoding="ascii")
        unmade.start()
        assert execute(unmade.app_url(), "SELECT 1") == [(1,)]
        assert not (unmade.folder / "making").exists()

    def test_a_failed_making_leaves_no_data(
        self, unmade: Cluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(data_folder, "LOCALE", "no-such-locale")
        with pytest.raises(ClusterError, match="could not be made"):
            unmade.start()
        assert not unmade.data.exists()

    def test_lost_passwords_are_said(self, cluster: Cluster) -> None:
        cluster.ensure()
        cluster.stop()
        cluster.secrets_file.unlink()
        with pytest.raises(ClusterError, match=r"secrets\.json back"):
            cluster.start()

    def test_passwords_of_another_database_are_said(self, cluster: Cluster) -> None:
        cluster.ensure()
        cluster.stop()
        known = secret_files.read(cluster.secrets_file)
        secret_files.write(cluster.secrets_file, {**known, "superuser_password": "another"})
        with pytest.raises(ClusterError, match="do not fit"):
            cluster.start()


class TestStarting:
    def test_a_server_that_ends_is_reported_with_the_end_of_its_log(self, cluster: Cluster) -> None:
        settings = {**FAST_SETTINGS, "max_connections": "nonsense"}
        with pytest.raises(ClusterError, match='invalid value for parameter "max_connections"'):
            Cluster(cluster.folder, settings=settings).start()

    def test_a_request_to_stop_ends_the_waiting_and_the_server(self, cluster: Cluster) -> None:
        with pytest.raises(StopRequestedError):
            cluster.start(lambda: True)
        assert data_folder.running_server(cluster.data) is None

    def test_another_port_is_chosen_and_kept_when_the_first_is_taken(
        self, cluster: Cluster
    ) -> None:
        cluster.ensure()
        taken = cluster.port
        with socket.create_server(("127.0.0.1", taken)):
            cluster.start()
        assert cluster.port != taken
        assert secret_files.read(cluster.secrets_file)["port"] == str(cluster.port)

    def test_a_fixed_port_that_is_taken_is_said(self, cluster: Cluster) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with pytest.raises(ClusterError, match=f"Port {port}"):
                Cluster(cluster.folder, port, settings=FAST_SETTINGS).start()

    def test_a_second_supervisor_is_refused(self, running: Cluster) -> None:
        with pytest.raises(ClusterError, match=f"already run by process {os.getpid()}"):
            Cluster(running.folder, settings=FAST_SETTINGS).start()
        assert execute(running.app_url(), "SELECT 1") == [(1,)]

    def test_a_number_that_another_process_has_got_is_no_server(self, tmp_path: Path) -> None:
        pid_file = tmp_path / "postmaster.pid"
        pid_file.write_text(f"{os.getpid()}\n{tmp_path}\n", encoding="ascii")
        data_folder.remove_stale_pid_file(tmp_path)
        assert not pid_file.exists()

    def test_the_number_of_a_running_server_is_kept(self, running: Cluster) -> None:
        data_folder.remove_stale_pid_file(running.data)
        assert running.process is not None
        assert server_pid(running) == running.process.pid


def run_beside(folder: Path, program: str) -> list[str]:
    helper = [sys.executable, "-m", "config.local.postgres", "run", "--dir", str(folder), "--fast"]
    return [*helper, "--", sys.executable, "-c", program]


class TestRunBeside:
    def test_the_command_gets_both_addresses_and_gives_the_exit_code(
        self, cluster: Cluster
    ) -> None:
        program = (
            "import os, psycopg\n"
            "for name in ('DATABASE_URL', 'DATABASE_OWNER_URL'):\n"
            "    with psycopg.connect(os.environ[name]) as connection:\n"
            "        print(connection.info.user, connection.info.dbname)\n"
            "raise SystemExit(7)\n"
        )
        done = subprocess.run(  # noqa: S603 - our own program.
            run_beside(cluster.folder, program),
            cwd=ROOT,
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (7, "")
        assert done.stdout.split() == ["vssid_app", roles.DATABASE, "vssid_owner", roles.DATABASE]
        assert data_folder.running_server(cluster.data) is None

    def test_a_killed_supervisor_leaves_no_server_and_no_command(self, cluster: Cluster) -> None:
        program = "import os, time; print(os.getpid(), flush=True); time.sleep(3600)"
        with subprocess.Popen(  # noqa: S603 - our own program.
            run_beside(cluster.folder, program),
            cwd=ROOT,
            env=clean_environment(),
            stdout=subprocess.PIPE,
        ) as supervisor:
            assert supervisor.stdout is not None
            command = int(supervisor.stdout.readline())
            server = server_pid(cluster)
            supervisor.kill()
            supervisor.wait()
            # At once, while the old server is still on its way out.
            cluster.start()
        assert eventually(lambda: not is_alive(server) and not is_alive(command))

    def test_a_server_that_is_slow_to_leave_is_waited_for(self, cluster: Cluster) -> None:
        program = "import time; print('started', flush=True); time.sleep(3600)"
        with subprocess.Popen(  # noqa: S603 - our own program.
            run_beside(cluster.folder, program),
            cwd=ROOT,
            env=clean_environment(),
            stdout=subprocess.PIPE,
        ) as supervisor:
            assert supervisor.stdout is not None
            supervisor.stdout.readline()
            server = server_pid(cluster)
            os.kill(server, signal.SIGSTOP)
            supervisor.kill()
            supervisor.wait()

        cluster.start(letting_go_on(server))
        assert server_pid(cluster) != server
