"""The programs of one machine: started again, stopped in order, never left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local import processes, supervisor
from config.local.errors import StopRequestedError
from config.local.supervisor import Child, Supervisor
from tests.config.local_helpers import ROOT, clean_environment, eventually, is_alive

# Says when it is there, and when it is told to go.
POLITE = """
import pathlib, signal, sys, time
name, notes = sys.argv[1], pathlib.Path(sys.argv[2])
def note(text):
    with notes.open("a") as file:
        file.write(f"{name} {text}\\n")
def leave(number, frame):
    note("left")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
note("came")
time.sleep(3600)
"""
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[2]).open("a").write(f"{sys.argv[1]} came\\n")
time.sleep(3600)
"""
PARENT = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"]).pid, flush=True)
time.sleep(3600)
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes"
    path.touch()
    return path


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def watching(said: list[str]) -> Iterator[Supervisor]:
    watching = Supervisor(said.append, first_pause=0.01)
    yield watching
    watching.stop()


def start(program: str, *words: str, output: int | None = None) -> subprocess.Popen[bytes]:
    return processes.launch([sys.executable, "-c", program, *words], os.environ, output=output)


def child(name: str, program: str, notes: Path, *, layer: int = 1, patience: float = 30.0) -> Child:
    return Child(name, lambda: start(program, name, str(notes)), layer=layer, patience=patience)


def lines(notes: Path) -> list[str]:
    return notes.read_text(encoding="utf-8").splitlines()


def has_come(notes: Path, *names: str) -> bool:
    return {f"{name} came" for name in names} <= set(lines(notes))


class TestStartingAgain:
    def test_a_killed_child_is_started_again_and_said_in_one_line(
        self, watching: Supervisor, said: list[str], notes: Path
    ) -> None:
        started: list[subprocess.Popen[bytes]] = []

        def start_one() -> subprocess.Popen[bytes]:
            started.append(start(POLITE, "worker", str(notes)))
            return started[-1]

        watching.add(Child("worker", start_one))
        watching.watch_until(lambda: has_come(notes, "worker"))
        started[0].kill()
        watching.watch_until(lambda: lines(notes).count("worker came") == 2)
        assert said == ["The worker ended by itself (SIGKILL); started again in 0.01 s."]

    def test_who_keeps_ending_waits_twice_as_long_each_time(
        self, watching: Supervisor, said: list[str]
    ) -> None:
        watching.add(Child("worker", lambda: start("raise SystemExit(3)")))
        watching.watch_until(lambda: len(said) == 4)
        pauses = [line.split()[-2] for line in said]
        assert pauses == ["0.01", "0.02", "0.04", "0.08"]
        assert "(code 3)" in said[0]
        assert watching.restarts("worker") == 4

    def test_the_pause_has_an_upper_limit(
        self, said: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(supervisor, "LONGEST_PAUSE_SECONDS", 0.02)
        watching = Supervisor(said.append, first_pause=0.01)
        watching.add(Child("worker", lambda: start("raise SystemExit(3)")))
        watching.watch_until(lambda: len(said) == 4)
        watching.stop()
        assert [line.split()[-2] for line in said] == ["0.01", "0.02", "0.02", "0.02"]

    def test_who_ran_steadily_begins_with_the_shortest_pause(
        self, watching: Supervisor, said: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(supervisor, "STEADY_SECONDS", 0.0)
        watching.add(Child("worker", lambda: start("raise SystemExit(3)")))
        watching.watch_until(lambda: len(said) == 3)
        assert [line.split()[-2] for line in said] == ["0.01"] * 3

    def test_what_a_killed_child_leaves_running_is_killed_before_the_next_start(
        self, watching: Supervisor, said: list[str]
    ) -> None:
        first = start(PARENT, output=subprocess.PIPE)
        assert first.stdout is not None
        left_running = int(first.stdout.readline())
        watching.add(Child("web", lambda: start(POLITE, "web", os.devnull)), first)
        first.kill()
        watching.watch_until(lambda: bool(said))
        first.stdout.close()
        assert eventually(lambda: not is_alive(left_running))


class TestStopping:
    def test_upper_layers_leave_before_the_lowest(self, watching: Supervisor, notes: Path) -> None:
        for name, layer in (("database", 0), ("web", 1), ("worker", 1)):
            watching.add(child(name, POLITE, notes, layer=layer))
        watching.watch_until(lambda: has_come(notes, "database", "web", "worker"))
        watching.stop()
        left = [line for line in lines(notes) if line.endswith("left")]
        assert set(left[:2]) == {"web left", "worker left"}
        assert left[2:] == ["database left"]

    def test_who_does_not_leave_in_time_is_killed(self, watching: Supervisor, notes: Path) -> None:
        started = start(STUBBORN, "web", str(notes))
        watching.add(Child("web", lambda: started, patience=0.1))
        watching.watch_until(lambda: has_come(notes, "web"))
        watching.stop()
        assert started.returncode == -signal.SIGKILL

    def test_nobody_is_started_again_after_a_request_to_stop(
        self, watching: Supervisor, notes: Path
    ) -> None:
        watching.add(child("web", POLITE, notes))
        watching.watch_until(lambda: has_come(notes, "web"))
        watching.request_stop()
        with pytest.raises(StopRequestedError):
            watching.watch_until(lambda: False)
        watching.stop()
        assert lines(notes) == ["web came", "web left"]


class TestCompleting:
    def test_the_exit_code_is_returned(self, watching: Supervisor) -> None:
        assert watching.complete(Child("once", lambda: start("raise SystemExit(5)"))) == 5

    def test_a_request_to_stop_ends_it(self, watching: Supervisor, notes: Path) -> None:
        started = start(POLITE, "once", str(notes))
        assert eventually(lambda: has_come(notes, "once"))
        watching.request_stop()
        with pytest.raises(StopRequestedError):
            watching.complete(Child("once", lambda: started))
        assert started.returncode == 0
        assert lines(notes) == ["once came", "once left"]


# A supervisor in a process of its own: {program} is what it watches.
SUPERVISOR = """
import os, sys
from config.local import processes, supervisor
from config.local.errors import StopRequestedError

supervisor.SAME_REQUEST_SECONDS = 0.0
program, notes = sys.argv[1:]
def child(name, layer):
    words = [sys.executable, "-c", program, name, notes]
    start = lambda: processes.launch(words, os.environ)
    return supervisor.Child(name, start, layer=layer, patience=3600)
watching = supervisor.Supervisor(print)
with watching.signals():
    for name, layer in (("database", 0), ("web", 1)):
        watching.add(child(name, layer))
    try:
        watching.watch_until(lambda: False)
    except StopRequestedError:
        print("stopping", flush=True)
        watching.stop()
"""


def start_supervisor(program: str, notes: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program.
        [sys.executable, "-c", SUPERVISOR, program, str(notes)],
        cwd=ROOT,
        env=clean_environment(),
        stdout=subprocess.PIPE,
    )


class TestSignals:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_a_signal_stops_everything_in_order(self, notes: Path, number: signal.Signals) -> None:
        with start_supervisor(POLITE, notes) as process:
            assert eventually(lambda: has_come(notes, "database", "web"))
            process.send_signal(number)
            assert process.wait() == 0
        assert lines(notes)[2:] == ["web left", "database left"]

    def test_a_second_ctrl_c_waits_for_nobody(self, notes: Path) -> None:
        with start_supervisor(STUBBORN, notes) as process:
            assert process.stdout is not None
            assert eventually(lambda: has_come(notes, "database", "web"))
            process.send_signal(signal.SIGINT)
            assert process.stdout.readline() == b"stopping\n"
            process.send_signal(signal.SIGINT)
            assert process.wait() == 0

    def test_one_ctrl_c_that_arrives_twice_is_one(self, notes: Path) -> None:
        watching = Supervisor(print)
        watching.request_stop()
        watching.request_stop()
        started = start(POLITE, "web", str(notes))
        assert eventually(lambda: has_come(notes, "web"))
        watching.add(Child("web", lambda: started))
        watching.stop()
        assert started.returncode == 0

    def test_children_of_a_killed_supervisor_are_told_to_leave(self, notes: Path) -> None:
        with start_supervisor(POLITE, notes) as process:
            assert eventually(lambda: has_come(notes, "database", "web"))
            process.kill()
        assert eventually(lambda: {"web left", "database left"} <= set(lines(notes)))


class TestLaunching:
    def test_a_missing_program_is_said(self) -> None:
        process = processes.launch(["no-such-program"], os.environ, output=subprocess.PIPE)
        output, _ = process.communicate()
        assert process.returncode == 127
        assert output.startswith(b"no-such-program: No such file")

    def test_a_program_whose_starter_is_gone_does_not_begin(self, tmp_path: Path) -> None:
        launcher = ROOT / "config" / "local" / "launch.py"
        somebody_else = "1"
        words = [sys.executable, str(launcher), str(int(signal.SIGTERM)), somebody_else]
        done = subprocess.run(  # noqa: S603 - our own program.
            [*words, "touch", str(tmp_path / "begun")], check=False
        )
        assert done.returncode == 1
        assert not (tmp_path / "begun").exists()

    def test_who_ignores_the_signal_gets_the_last_resort(self, notes: Path) -> None:
        process = start(STUBBORN, "web", str(notes))
        assert eventually(lambda: has_come(notes, "web"))
        processes.end(process, signal.SIGTERM, 0.05)
        assert process.returncode == -signal.SIGKILL
