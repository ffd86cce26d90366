"""Measures the desk's queue: a page of 100,000 open cases beside one of 100: python -m bench.desk.

Both are asked in turns on one connection; the medians of all rounds are printed, for the first
page, one from the middle and one after three quarters.
"""

import argparse
import json
import sys
from collections.abc import Sequence

from bench import ground
from config.local import processes
from config.local.errors import LocalError


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 after a sentence why it could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    options = parser.parse_args(arguments)
    processes.end_with_make()
    try:
        with ground.prepared() as stand:
            told = stand.program(["-m", "bench.desk_queue", str(options.rounds)])
    except (LocalError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Desk: a page of a queue, {options.rounds} rounds")
    print(f"{'page':<10}{'of 100, ms':>14}{'of 100,000, ms':>18}{'ratio':>8}")
    for name, (few, many) in json.loads(told).items():
        print(f"{name:<10}{few:>14.2f}{many:>18.2f}{many / few:>8.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
