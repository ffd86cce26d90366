"""Turns into another program, which is signalled as soon as the process that started it is gone.

Started as a file, `python -I -S launch.py SIGNAL PARENT COMMAND…`, so that it costs little. A
supervisor that is killed with SIGKILL cannot stop anything any more: the kernel does it.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
EXIT_ORPHANED = 1
EXIT_NOT_FOUND = 127


def ask_for_death_signal(number: int) -> None:
    """Have the kernel send signal `number` to this process when its parent ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


def main(arguments: list[str]) -> int:
    """Become the command of `arguments` (signal, number of the parent, command…)."""
    death_signal, parent, *command = arguments
    ask_for_death_signal(int(death_signal))
    if os.getppid() != int(parent):
        # The parent ended before the kernel knew of our wish.
        return EXIT_ORPHANED
    try:
        os.execvp(command[0], command)  # noqa: S606 - to become this program is the purpose.
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return EXIT_NOT_FOUND


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
