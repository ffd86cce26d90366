"""Keeps several programs running, starts them again when they end, stops them in good order."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType

from config.local.errors import StopRequestedError
from config.local.processes import describe_end, kill_rest

POLL_SECONDS = 0.05
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0
# Who has run this long starts with the shortest pause again.
STEADY_SECONDS = 30.0
# Under `make`, one Ctrl-C or SIGTERM can arrive twice.
SAME_REQUEST_SECONDS = 1.0
LAST_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True)
class Child:
    """A program to keep running.

    `start` starts it in a session of its own. Higher layers are stopped before lower ones. It has
    `patience` seconds to follow `stop_signal` before it gets `hurry_signal`, and SIGKILL at last.
    """

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    layer: int = 1
    stop_signal: int = signal.SIGTERM
    hurry_signal: int = signal.SIGKILL
    patience: float = 10.0


@dataclass
class _Run:
    child: Child
    process: subprocess.Popen[bytes]
    started_at: float = field(default_factory=time.monotonic)
    quick_ends: int = 0
    start_again_at: float | None = None

    @property
    def is_running(self) -> bool:
        return self.start_again_at is None and self.process.poll() is None


class Supervisor:
    """Watches children; `say` gets one line about each thing that happens by itself."""

    def __init__(
        self, say: Callable[[str], None], *, first_pause: float = FIRST_PAUSE_SECONDS
    ) -> None:
        self._say = say
        self._first_pause = first_pause
        self._runs: list[_Run] = []
        self._asked_at: float | None = None
        self._is_hurried = False

    def is_stop_requested(self) -> bool:
        """Whether somebody has asked to stop."""
        return self._asked_at is not None

    def request_stop(self) -> None:
        """Ask to stop; asked once more a little later, nobody is waited for any longer."""
        now = time.monotonic()
        if self._asked_at is None:
            self._asked_at = now
        elif now - self._asked_at > SAME_REQUEST_SECONDS:
            self._is_hurried = True

    @contextlib.contextmanager
    def signals(self) -> Iterator[None]:
        """Take Ctrl-C, SIGTERM and the end of the terminal as requests to stop."""

        def handle(_number: int, _frame: FrameType | None) -> None:
            self.request_stop()

        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, handle) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def add(self, child: Child, process: subprocess.Popen[bytes] | None = None) -> None:
        """Start `child`, or take over its `process` that runs already, and watch it."""
        self._runs.append(_Run(child, process or child.start()))

    def restarts(self, name: str) -> int:
        """Return how often in a row the child `name` ended soon after its start."""
        return next(run.quick_ends for run in self._runs if run.child.name == name)

    def complete(self, child: Child) -> int:
        """Run `child` to its end while watching the others; return its exit code.

        Raises StopRequestedError, after having stopped it.
        """
        run = _Run(child, child.start())
        try:
            self.watch_until(lambda: not run.is_running)
        finally:
            self._stop_together([run])
        return run.process.returncode

    def watch_until(self, is_done: Callable[[], bool]) -> None:
        """Watch until `is_done()`; raises StopRequestedError when somebody asks to stop before."""
        while not is_done():
            if self.is_stop_requested():
                raise StopRequestedError
            for run in self._runs:
                self._look_after(run)
            time.sleep(POLL_SECONDS)

    def _look_after(self, run: _Run) -> None:
        now = time.monotonic()
        if run.start_again_at is None:
            if run.process.poll() is not None:
                self._plan_start(run, now)
        elif now >= run.start_again_at:
            run.process, run.started_at, run.start_again_at = run.child.start(), now, None

    def _plan_start(self, run: _Run, now: float) -> None:
        kill_rest(run.process)
        if now - run.started_at >= STEADY_SECONDS:
            run.quick_ends = 0
        pause = min(self._first_pause * 2**run.quick_ends, LONGEST_PAUSE_SECONDS)
        run.quick_ends += 1
        run.start_again_at = now + pause
        how = describe_end(run.process.returncode)
        self._say(f"The {run.child.name} ended by itself ({how}); started again in {pause:g} s.")

    def stop(self) -> None:
        """Stop all children, layer by layer from the highest, and wait for their ends."""
        for layer in sorted({run.child.layer for run in self._runs}, reverse=True):
            self._stop_together([run for run in self._runs if run.child.layer == layer])
        self._runs.clear()

    def _stop_together(self, runs: list[_Run]) -> None:
        for run in runs:
            run.process.send_signal(run.child.stop_signal)
        longest = max(run.child.patience for run in runs)
        self._wait_for_ends(runs, longest, is_impatient=lambda: self._is_hurried)
        for run in runs:
            run.process.send_signal(run.child.hurry_signal)
        self._wait_for_ends(runs, LAST_PATIENCE_SECONDS)
        for run in runs:
            run.process.kill()
            run.process.wait()
            kill_rest(run.process)

    def _wait_for_ends(
        self,
        runs: list[_Run],
        seconds: float,
        *,
        is_impatient: Callable[[], bool] = lambda: False,
    ) -> None:
        deadline = time.monotonic() + seconds
        while any(run.is_running for run in runs):
            if is_impatient() or time.monotonic() > deadline:
                return
            time.sleep(POLL_SECONDS)
