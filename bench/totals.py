"""Measures the totals of the fullest record there is: python -m bench.totals."""

import sys
import time
from collections.abc import Sequence
from datetime import date
from statistics import median

from vssid.insurance import rules
from vssid.insurance.records import Period
from vssid.kernel.months import Month

YEARS = 40
ROUNDS = 200
MOST_MS = 2.0
TODAY = date(2026, 11, 28)


def forty_years() -> list[Period]:
    """A new pay every quarter, now and then at two employers, some months late."""
    first = Month(1986, 1)
    return [
        Period(
            state="late" if quarter % 40 == 39 else "paid",
            from_month=(first + quarter * 3).yyyymm,
            to_month=(first + quarter * 3 + 2 + quarter % 2).yyyymm,
            employer_name=f"Đơn vị {quarter // 12}",
            kind="voluntary" if quarter % 16 == 15 else "compulsory",
            occupation="",
            position="",
            workplace="",
            currency="VND",
            salary=1_000_000 + quarter * 10_000,
            wage=0,
        )
        for quarter in range(YEARS * 4)
    ]


def milliseconds() -> float:
    """What the totals and the two notices beside them take, the median of many rounds."""
    periods, took = forty_years(), []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        counted = rules.until_now(periods, TODAY)
        rules.contribution_totals(counted)
        rules.unpaid_lately(counted, TODAY)
        rules.has_overlaps(counted)
        took.append((time.perf_counter() - started) * 1000)
    return median(took)


def main(_wanted: Sequence[str] = ()) -> int:
    """Print the figure; 1 when it is above what is promised."""
    found = milliseconds()
    print(f"totals of {YEARS} years: {found:.2f} ms (at most {MOST_MS:g} ms)")
    return int(found > MOST_MS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
