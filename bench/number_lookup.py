"""Measures whether looking a number up takes as long for whoever is found or not.

    python -m bench.number_lookup

A thousand pairs each, asked in turns in a chance order, of somebody who is found beside nobody, and
of somebody of whom all but one field agrees beside nobody.
"""

import json
import sys
from collections.abc import Sequence

from bench import ground

PAIRS, MOST_APART = 1000, 0.05


def main(_argv: Sequence[str] = ()) -> int:
    """Print the medians; 1 when they are further apart than 5 %."""
    with ground.prepared() as prepared:
        medians = json.loads(prepared.program(["-m", "bench.number_pairs", str(PAIRS)]))
    apart = {}
    print(f"Number look-up, medians of {PAIRS} pairs, the whole request")
    for name, (one, nobody) in medians.items():
        apart[name] = abs(one - nobody) / nobody
        print(f"  {name:24} {one:7.2f} ms   nobody {nobody:7.2f} ms   {apart[name]:.1%} apart")
    return int(max(apart.values()) > MOST_APART)


if __name__ == "__main__":
    sys.exit(main())
