"""Measures home and the record pages beside a bare program: python -m bench.pages.

Both are served in the same way in the same run, and are asked in turns, so that a noisy machine
troubles both alike. The medians of all rounds are printed; the share is the median of the rounds'
own shares.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench import ground
from bench.load import CONNECTIONS, answers_per_second
from config.local import processes
from config.local.errors import LocalError

OURS, BARE = "config.wsgi:application", "bench.bare:application"
WARM_UP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Answers per second of one page, round by round."""

    ours: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def share(self) -> float:
        """How much of the bare program's rate is reached."""
        return median(one / other for one, other in zip(self.ours, self.bare, strict=True))


def measure(stand: ground.Ground, rounds: int, seconds: float) -> dict[str, Rates]:
    """The rates of every page, after a warm-up."""
    with stand.served(OURS) as ours, stand.served(BARE) as bare:

        def rate(port: int, path: str, duration: float = seconds) -> float:
            return answers_per_second(port, path, stand.cookie, duration)

        found = {}
        for name, path in stand.pages.items():
            for port in (ours, bare):
                rate(port, path, WARM_UP_SECONDS)
            pairs = [(rate(ours, path), rate(bare, path)) for _ in range(rounds)]
            found[name] = Rates(*zip(*pairs, strict=True))
    return found


def table(found: dict[str, Rates]) -> str:
    """The figures as lines."""
    lines = [f"{'page':<14}{'requests/s':>12}{'bare':>8}{'share':>8}"]
    lines += [
        f"{name:<14}{median(one.ours):>12.0f}{median(one.bare):>8.0f}{one.share:>8.2f}"
        for name, one in found.items()
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 after a sentence why it could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.8, help="of one page in one round")
    options = parser.parse_args(arguments)
    processes.end_with_make()
    try:
        with ground.prepared() as stand:
            print(
                f"Pages: {CONNECTIONS} connections, {ground.WORKERS} workers, "
                f"{ground.THREADS} threads, {options.rounds} rounds of {options.seconds:g} s"
            )
            print(table(measure(stand, options.rounds, options.seconds)), flush=True)
    except (LocalError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
