"""The demo's command: its port, its environment, and a whole life with faults, on a stand-in."""

import base64
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.local import data_folder, ports, run
from config.local.errors import LocalError
from config.local.run import Demo
from tests.config.local_helpers import ROOT, clean_environment, eventually, is_alive


class TestPort:
    def test_a_free_port_is_taken_as_asked(self) -> None:
        port = ports.find_free()
        assert run.choose_port({"PORT": str(port)}) == port

    @pytest.mark.parametrize("text", ["0", "65536", "-1", "web", "8000 ", "٨٠٠٠"])
    def test_what_is_no_port_is_refused(self, text: str) -> None:
        with pytest.raises(LocalError, match="is not a port"):
            run.choose_port({"PORT": text})

    def test_a_taken_port_is_answered_with_another_one_to_type(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with pytest.raises(LocalError, match=r"make run PORT=\d+"):
                run.choose_port({"PORT": str(port)})


class TestEnvironment:
    def test_keys_are_made_once(self, tmp_path: Path) -> None:
        demo = Demo(tmp_path, 1)
        assert run.program_environment(demo, {}) == run.program_environment(demo, {})

    @pytest.mark.parametrize("key", ["VSSID_MASTER_KEY", "VSSID_AUDIT_KEY", "VSSID_CARD_KEY"])
    def test_keys_that_encrypt_and_sign_are_32_bytes_with_a_name(self, key: str) -> None:
        name, _, encoded = run.make_keys()[key].partition(":")
        assert name == "demo"
        assert len(base64.b64decode(encoded, validate=True)) == 32

    def test_keys_that_are_given_are_used(self, tmp_path: Path) -> None:
        environment = run.program_environment(Demo(tmp_path, 1), {"SECRET_KEY": "given"})
        assert environment["SECRET_KEY"] == "given"

    def test_the_running_program_does_not_know_how_to_own_the_database(self) -> None:
        addresses = {"DATABASE_URL": "app", "DATABASE_OWNER_URL": "owner"}
        assert run.as_app(addresses) == {"DATABASE_URL": "app"}
        assert run.as_owner(addresses) == {**addresses, "VSSID_DB_OWNER": "1"}


# What stands in for the project: the same commands, with notes of what they were given.
MANAGE = """
import json, os, pathlib, sys, time
var = pathlib.Path(os.environ["VSSID_VAR_DIR"])
name = sys.argv[1]
known = {key: os.environ.get(key) for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
half = var / f"{name}.{os.getpid()}"
half.write_text(json.dumps({"pid": os.getpid(), **known}))
half.replace(var / f"{name}.json")
if name == "prepare_demo":
    (var / "demo-people.txt").write_text(f"{sys.argv[-1]} Nguyễn Thị Thử")
    sys.exit(int(os.environ.get("PREPARATION_FAILS", "0")))
time.sleep(3600)
"""
WSGI = """
import os
def application(environ, start_response):
    start_response("200 OK", [("X-Parent", str(os.getppid()))])
    return [b"ready"]
"""
START = """
import pathlib, sys
from config.local import run
run.ROOT = pathlib.Path(sys.argv[1])
sys.exit(run.main())
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "__init__.py").touch()
    (tmp_path / "config" / "wsgi.py").write_text(WSGI, encoding="utf-8")
    (tmp_path / "manage.py").write_text(MANAGE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def demo(project: Path) -> Demo:
    return Demo(project / "var", ports.find_free())


@pytest.fixture
def made(demo: Demo, copy_cluster: Callable[[Path], None]) -> Demo:
    """The same with its database already there: quicker."""
    copy_cluster(demo.var / "postgres")
    return demo


def start(project: Path, demo: Demo, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own program.
        [sys.executable, "-c", START, str(project)],
        cwd=ROOT,
        env=clean_environment(PORT=str(demo.port), VSSID_VAR_DIR=str(demo.var), **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def served(project: Path, made: Demo) -> Iterator[subprocess.Popen[str]]:
    with start(project, made) as process:
        yield process
        process.terminate()


def read_until(process: subprocess.Popen[str], text: str) -> str:
    assert process.stdout is not None
    read = ""
    for line in process.stdout:
        read += line
        if text in line:
            return read
    pytest.fail(f"«{text}» was never said, but:\n{read}")


def note(demo: Demo, name: str) -> dict[str, str | int]:
    """What the stand-in for `manage.py` wrote down when it was started."""
    text = (demo.var / f"{name}.json").read_text(encoding="utf-8")
    values: dict[str, str | int] = json.loads(text)
    return values


def worker_pid(demo: Demo) -> int:
    assert eventually((demo.var / "procrastinate.json").exists)
    return int(note(demo, "procrastinate")["pid"])


def web_server_pid(demo: Demo) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=5)
    try:
        connection.request("GET", "/")
        return int(connection.getresponse().headers["X-Parent"])
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


class TestWholeLife:
    def test_the_addresses_and_people_are_printed_when_the_pages_answer(
        self, served: subprocess.Popen[str], demo: Demo
    ) -> None:
        read = read_until(served, "Nguyễn Thị Thử")
        assert f"http://127.0.0.1:{demo.port}/ Nguyễn Thị Thử\n" in read
        assert run.is_ready(demo.port)

    def test_only_the_preparation_owns_the_database(
        self, served: subprocess.Popen[str], demo: Demo
    ) -> None:
        read_until(served, "Nguyễn Thị Thử")
        assert str(note(demo, "prepare_demo")["DATABASE_OWNER_URL"]).count("vssid_owner") == 1
        assert worker_pid(demo)
        assert note(demo, "procrastinate")["DATABASE_OWNER_URL"] is None

    def test_ctrl_c_leaves_nothing_running(self, served: subprocess.Popen[str], demo: Demo) -> None:
        read_until(served, "Nguyễn Thị Thử")
        worker = worker_pid(demo)
        served.send_signal(signal.SIGINT)
        output, _ = served.communicate()
        assert (served.returncode, output) == (0, "Stopping …\n")
        assert not is_alive(worker)
        assert not run.is_ready(demo.port)
        assert data_folder.running_server(demo.var / "postgres" / "data") is None

    def test_killed_database_and_worker_come_back(
        self, served: subprocess.Popen[str], demo: Demo
    ) -> None:
        read_until(served, "Nguyễn Thị Thử")
        data = demo.var / "postgres" / "data"
        server, worker = data_folder.running_server(data), worker_pid(demo)
        assert server is not None
        os.kill(server, signal.SIGKILL)
        os.kill(worker, signal.SIGKILL)
        assert eventually(lambda: data_folder.running_server(data) not in (None, server))
        assert eventually(lambda: worker_pid(demo) != worker)
        assert run.is_ready(demo.port)

    def test_a_killed_web_server_comes_back_without_its_old_processes(
        self, served: subprocess.Popen[str], demo: Demo
    ) -> None:
        read_until(served, "Nguyễn Thị Thử")
        killed = web_server_pid(demo)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        assert "(SIGKILL)" in read_until(served, "web server")
        assert eventually(lambda: web_server_pid(demo) not in (None, killed, 1))
        answers = {web_server_pid(demo) for _ in range(50)}
        assert len(answers) == 1

    def test_everything_ends_with_a_killed_supervisor(
        self, served: subprocess.Popen[str], demo: Demo
    ) -> None:
        read_until(served, "Nguyễn Thị Thử")
        worker = worker_pid(demo)
        served.kill()
        assert eventually(lambda: not run.is_ready(demo.port) and not is_alive(worker))
        data = demo.var / "postgres" / "data"
        assert eventually(lambda: data_folder.running_server(data) is None)


class TestFailing:
    def test_a_failed_preparation_ends_with_a_sentence(self, project: Path, demo: Demo) -> None:
        output, _ = (process := start(project, demo, PREPARATION_FAILS="1")).communicate()
        assert process.returncode == 1
        assert "could not be prepared" in output
        assert data_folder.running_server(demo.var / "postgres" / "data") is None

    def test_pages_that_never_come_end_with_a_sentence(self, project: Path, made: Demo) -> None:
        (project / "config" / "wsgi.py").write_text("raise SystemExit(1)", encoding="utf-8")
        output, _ = (process := start(project, made)).communicate()
        assert process.returncode == 1
        assert "The pages do not answer" in output

    def test_a_database_of_ones_own_is_used_as_it_is(self, project: Path, demo: Demo) -> None:
        url = "postgresql://me:secret@127.0.0.1:1/mine"
        process = start(project, demo, DATABASE_URL=url, PREPARATION_FAILS="1")
        process.communicate()
        assert note(demo, "prepare_demo")["DATABASE_URL"] == url
        assert not (demo.var / "postgres").exists()
