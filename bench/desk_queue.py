"""Fills two queues of the prepared database and times their pages: what `bench.desk` runs on it.

    python -m bench.desk_queue ROUNDS

Prints one JSON object: by name of the page, the median milliseconds of the short and the long one.
"""

import json
import sys
import time
from collections.abc import Callable
from statistics import median

from django.db import connection

import config.wsgi  # noqa: F401 - importing it sets Django up, before models are imported
from vssid.kernel.clock import utc_now
from vssid.registration import desk

FEW, MANY = 100, 100_000
OFFICES = {FEW: "99901", MANY: "99902"}
"""Codes that no agency has."""

_MADE = {
    "number": "'{digit}' || lpad(n::text, 9, '0')",
    "id": "gen_random_uuid()",
    "code": "'{digit}' || lpad(n::text, 9, '0')",
    "office": "'{office}'",
    "state": "CASE WHEN n %% 2 = 0 THEN 'received' ELSE 'filed' END",
    "received_at": "CASE WHEN n %% 2 = 0 THEN d.filed_at - n * interval '1 second' END",
    "filed_at": "d.filed_at - n * interval '2 seconds'",
}


def fill(count: int, office: str) -> None:
    """So many open declarations at an office, copied from the demo's waiting one."""
    columns = [field.column for field in desk.Declaration._meta.concrete_fields]
    values = [
        _MADE.get(name, f"d.{name}").format(digit=office[-1], office=office) for name in columns
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO registration_declaration ({', '.join(columns)})"  # noqa: S608 - our own
            f" SELECT {', '.join(values)} FROM generate_series(1, %s) n,"
            " (SELECT * FROM registration_declaration LIMIT 1) d",
            [count],
        )


def ask_after(office: str, skipped: int) -> Callable[[], object]:
    """The question for the page behind so many cases."""
    now = utc_now()
    wanted = desk.Wanted((office,), desk.Part.ALL, "")
    after = desk.page(wanted, now=now, size=skipped)[1] if skipped else None
    return lambda: desk.page(wanted, now=now, after=after)


def medians(few: Callable[[], object], many: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of both, asked in turns."""
    times: list[list[float]] = [[], []]
    for _ in range(rounds):
        for kept, ask in zip(times, (few, many), strict=True):
            began = time.perf_counter()
            ask()
            kept.append((time.perf_counter() - began) * 1000)
    return [median(one) for one in times]


def main() -> None:
    """Fill, measure and print."""
    for count, office in OFFICES.items():
        fill(count, office)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registration_declaration")
    rounds = int(sys.argv[1])
    found = {
        name: medians(
            *(ask_after(office, count * part // 4) for count, office in OFFICES.items()), rounds
        )
        for name, part in (("first", 0), ("middle", 2), ("late", 3))
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
