"""Starts and ends programs so that none outlives the process that started it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from config.local import launch as launcher


def launch(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    output: IO[bytes] | int | None = None,
    directory: Path | None = None,
    death_signal: int = signal.SIGTERM,
    own_session: bool = True,
) -> subprocess.Popen[bytes]:
    """Start `command`; it gets `death_signal` when this process ends, however it ends.

    `output` takes what it says, errors included. In its own session it does not hear the Ctrl-C
    of the terminal, so that it can be stopped in its turn. Only for the main thread: the kernel
    ties the death signal to the thread that starts the program.
    """
    words = [
        sys.executable,
        "-I",
        "-S",
        launcher.__file__,
        str(int(death_signal)),
        str(os.getpid()),
    ]
    return subprocess.Popen(
        [*words, *command],
        env=dict(environment),
        stdin=subprocess.DEVNULL if own_session else None,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        cwd=directory,
        start_new_session=own_session,
    )


def end(
    process: subprocess.Popen[bytes],
    number: int,
    patience: float,
    *,
    last_resort: int = signal.SIGKILL,
    again_after: float | None = None,
) -> None:
    """Send signal `number`, wait up to `patience` seconds, then send `last_resort`, and wait.

    With `again_after` it is sent anew as often: a program that only just starts may miss one.
    """
    deadline = time.monotonic() + patience
    while (left := deadline - time.monotonic()) > 0:
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(min(left, again_after or left))
            return
    process.send_signal(last_resort)
    process.wait()


def kill_rest(process: subprocess.Popen[bytes]) -> None:
    """Kill what an ended process of its own session has left running in it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def describe_end(code: int) -> str:
    """Return how a process ended, from its exit code, in a word or two."""
    return signal.Signals(-code).name if code < 0 else f"code {code}"


def end_with_make() -> None:
    """Below `make`, have this process told to stop when make is killed."""
    if "MAKELEVEL" in os.environ:
        launcher.ask_for_death_signal(signal.SIGTERM)
