"""Measures the search over 60,000 facilities and employers: python -m bench.search.

Damaged names are asked for at a fixed rate, whether or not earlier answers have come, through the
web server as the demo is served. The time of an answer counts from when it should have been asked.
Printed are the times, and the share of questions whose right answer was among the first three, and
the first.
"""

import argparse
import http.client
import json
import re
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from statistics import median, quantiles
from urllib.parse import quote

from bench import ground
from config.local import processes
from config.local.errors import LocalError

CALLERS = 32
AMONG_THE_FIRST = 3
WARM_UP = 40
PATIENCE = 90.0
MOST_MS, LEAST_RIGHT = 30.0, 0.95
_FOUND = re.compile(r'class="found-name"><a href="/tra-cuu/[^/"]+/([^/"]+)/"')
_LOCAL = threading.local()

Question = tuple[str, str, list[str]]


@dataclass(frozen=True)
class Answer:
    """One answer: milliseconds since it was due, whether the right entry was among the first three,
    and whether it was the first.
    """

    milliseconds: float
    is_right: bool
    is_first: bool


def ask(port: int, number: int, question: Question, due: float) -> Answer:
    """Ask when it is due. Raises OSError for any answer but a page."""
    time.sleep(max(0.0, due - time.perf_counter()))
    path, text, right = question
    connection = getattr(_LOCAL, "connection", None)
    if connection is None:
        connection = _LOCAL.connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=PATIENCE
        )
    # Each from an address of its own: what is measured is not the limit.
    sender = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    connection.request(
        "GET", f"{path}?tim={quote(text)}", headers={"X-Forwarded-For": sender, "Host": "127.0.0.1"}
    )
    answer = connection.getresponse()
    page = answer.read().decode()
    if answer.status != http.HTTPStatus.OK:
        raise OSError(f"{path} answered {answer.status}")
    found = _FOUND.findall(page)[:AMONG_THE_FIRST]
    took = (time.perf_counter() - due) * 1000
    return Answer(took, bool(set(found) & set(right)), bool(set(found[:1]) & set(right)))


def warm_up(port: int, asked: Sequence[Question]) -> None:
    """Ask one after the other, each on a connection of its own, so that every worker is asked.

    Each worker builds its two indexes once, when it is first asked.
    """
    for number, question in enumerate(asked):
        ask(port, number, question, time.perf_counter())
        _LOCAL.connection.close()
        _LOCAL.connection = None


def measure(port: int, asked: Sequence[Question], rate: float) -> list[Answer]:
    """Ask all of them, `rate` a second."""
    with ThreadPoolExecutor(CALLERS) as callers:
        begins = time.perf_counter() + 0.5
        waiting = [
            callers.submit(ask, port, number, question, begins + number / rate)
            for number, question in enumerate(asked)
        ]
        return [one.result() for one in waiting]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a bound is not held, or after a sentence why not measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--rate", type=float, default=20.0, help="questions a second")
    parser.add_argument("--questions", type=int, default=800)
    options = parser.parse_args(arguments)
    processes.end_with_make()
    try:
        with ground.prepared() as stand:
            told = stand.program(["-m", "bench.search_names", str(options.questions)])
            open_stand = replace(
                stand, environment={**stand.environment, "VSSID_TRUSTED_PROXIES": "127.0.0.1"}
            )
            asked: list[Question] = [(one[0], one[1], one[2]) for one in json.loads(told)]
            with open_stand.served("config.wsgi:application") as port:
                warm_up(port, asked[:WARM_UP])
                answers = measure(port, asked[WARM_UP:], options.rate)
    except (LocalError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return report(answers, options.rate)


def report(answers: Sequence[Answer], rate: float) -> int:
    """Print the figures; 1 when one is outside its bound."""
    times = sorted(one.milliseconds for one in answers)
    late = quantiles(times, n=20)[-1]
    right = sum(one.is_right for one in answers) / len(answers)
    print(f"Search: 60,000 facilities and employers, {len(answers)} questions, {rate:g} a second")
    print(f"median {median(times):.1f} ms   p95 {late:.1f} ms (bound {MOST_MS:g})", end="   ")
    print(f"slowest {times[-1]:.1f} ms")
    print(
        f"right among the first {AMONG_THE_FIRST}: {right:.1%} (bound {LEAST_RIGHT:.0%})", end="   "
    )
    print(f"right as the first: {sum(one.is_first for one in answers) / len(answers):.1%}")
    return 0 if late < MOST_MS and right >= LEAST_RIGHT else 1


if __name__ == "__main__":
    sys.exit(main())
