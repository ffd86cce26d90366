"""Reads every drawn photo of an identity paper: python -m bench.reading [--mrz-every 1]

Prints right, none and wrong by kind of code and state of the photo, with the time for a photo.
Fails when fewer readable ones are read than promised, or when a single one is read wrongly.
"""

import argparse
import sys
from collections import Counter
from statistics import median

from tests.registration.identity.judging import Code, Judged, Outcome, Task, judge_all, rate
from tests.registration.identity.specimens import Side, State, all_specimens

PROMISED = {Code.QR: 0.95, Code.MRZ: 0.90}


def main() -> int:
    """Read all, print the table, and say whether the promise holds."""
    parser = argparse.ArgumentParser(description="Read every drawn photo of an identity paper.")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--mrz-every", type=int, default=1, help="the MRZ of one in so many")
    given = parser.parse_args()
    tasks = [
        Task(one, with_mrz=one.side is not Side.CCCD_FRONT and at % given.mrz_every == 0)
        for at, one in enumerate(all_specimens())
    ]
    judged = list(judge_all(tasks, processes=given.processes))
    for code in Code:
        for state in State:
            _print(judged, code, state)
    wrong = [one.specimen for one in judged if one.outcome is Outcome.WRONG]
    for one in wrong:
        print("wrong:", one)
    rates = {code: rate(judged, code, State.READABLE)[0] for code in Code}
    is_kept = all(rates[code] >= PROMISED[code] for code in Code)
    return 0 if is_kept and not wrong else 1


def _print(judged: list[Judged], code: Code, state: State) -> None:
    of = [one for one in judged if one.code is code and one.specimen.state is state]
    found = Counter(one.outcome for one in of)
    share = 100 * found[Outcome.RIGHT] / max(1, len(of))
    counts = "  ".join(f"{outcome} {found[outcome]:3d}" for outcome in Outcome)
    middle = 1000 * median(one.seconds for one in of)
    print(f"{code:3s} {state:10s} {counts}  right {share:5.1f} %  median {middle:5.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
