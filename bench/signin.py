"""Measures sign-ins beside the raw rate of their hash: python -m bench.signin

First, in turns, how many argon2id hashes a second all cores make, by the reference library and by
the one that compares passwords here, and how many people sign in.
Then ten times more people than fit come at once for some seconds: those let in must be served
soon, the rest wait with their place kept until everybody is in, and the rate must hold.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from statistics import median

from argon2 import PasswordHasher
from argon2.low_level import Type
from nacl.pwhash import argon2id

from bench import ground
from bench.people_at_the_door import Door, Person, SignedIn
from config.local import processes
from config.local.errors import LocalError

OURS = "config.wsgi:application"
CONNECTIONS = 8
TIMES_TOO_MANY = 10
CROWD_CONNECTIONS = 400
# OWASP's parameters, as vssid.accounts.hashing has them.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


@dataclass(frozen=True, slots=True)
class Crowd:
    """What happened when far too many came."""

    people: int
    came_within: float
    rate: float
    slowest: float
    waited: int
    most_waits: int


def raw_rate(seconds: float) -> float:
    """How many hashes of a password all cores make in a second with the reference library."""
    stored = HASHER.hash("a password")
    return _per_second(lambda: HASHER.verify(stored, "a password"), seconds)


def libsodium_rate(seconds: float) -> float:
    """The same with libsodium."""
    stored = HASHER.hash("a password").encode()
    return _per_second(lambda: argon2id.verify(stored, b"a password"), seconds)


def _per_second(hash_once: Callable[[], object], seconds: float) -> float:
    cores = len(os.sched_getaffinity(0))

    def work(until: float) -> int:
        made = 0
        while time.perf_counter() < until:
            hash_once()
            made += 1
        return made

    started = time.perf_counter()
    with ThreadPoolExecutor(cores) as pool:
        made = sum(pool.map(work, [started + seconds] * cores))
    return made / (time.perf_counter() - started)


def sign_ins_per_second(door: Door, people: Iterator[Person], seconds: float) -> float:
    """How many sign in while a handful of connections ask without pause."""
    started = time.perf_counter()
    came = list(islice(people, int(seconds * 200)))
    entered = list(door.let_in(came, until=started + seconds))
    list(door.let_in([]))  # those still at the door
    return len(entered) / (entered[-1].at - started)


def come_all_at_once(port: int, people: Iterator[Person], peak: float, seconds: float) -> Crowd:
    """Ten times more than fit come for so many seconds; returns once everybody is in."""
    count = int(TIMES_TOO_MANY * peak * seconds)
    started = time.perf_counter()
    came = list(islice(people, count))
    count = len(came)
    for place, person in enumerate(came):
        person.due = started + seconds * place / count
    with closing(Door(port, CROWD_CONNECTIONS)) as door:
        entered: list[SignedIn] = list(door.let_in(came))
    return Crowd(
        people=len(entered),
        came_within=seconds,
        rate=len(entered) / (max(one.at for one in entered) - started),
        slowest=max(one.seconds for one in entered),
        waited=sum(one.waited > 0 for one in entered),
        most_waits=max(one.waited for one in entered),
    )


def measure(stand: ground.Ground, rounds: int, seconds: float, rush: float) -> str:
    """The figures as lines."""
    crowd = json.loads(stand.program(["-m", "bench.crowd", "9000"]))
    people = (Person(0.0, number, crowd["password"]) for number in crowd["numbers"])
    with stand.served(OURS) as port:
        with closing(Door(port, CONNECTIONS)) as door:
            sign_ins_per_second(door, people, 2.0)
            turns = [
                (
                    raw_rate(seconds),
                    sign_ins_per_second(door, people, seconds),
                    libsodium_rate(seconds),
                )
                for _ in range(rounds)
            ]
        peak = median(ours for _raw, ours, _sodium in turns)
        found = come_all_at_once(port, people, peak, rush)
    return "\n".join(
        [
            f"raw argon2id hashes/s   {median(raw for raw, _ours, _sodium in turns):8.1f}",
            f"  the same by libsodium {median(sodium for _raw, _ours, sodium in turns):8.1f}",
            f"sign-ins/s              {peak:8.1f}",
            f"share of the raw rate   {median(ours / raw for raw, ours, _sodium in turns):8.2f}",
            f"  of libsodium's        {median(ours / sodium for _raw, ours, sodium in turns):8.2f}",
            f"{found.people} people in {found.came_within:g} s, {TIMES_TOO_MANY} times too many:",
            f"  all got in; {found.waited} saw the waiting page, at most {found.most_waits} times",
            f"  slowest of those let in {found.slowest:8.2f} s",
            f"  sign-ins/s meanwhile    {found.rate:8.1f}",
            f"  share of the peak       {found.rate / peak:8.2f}",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 after a sentence why it could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.signin", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each half of a round")
    parser.add_argument("--rush", type=float, default=4.0, help="seconds for which too many come")
    options = parser.parse_args(arguments)
    processes.end_with_make()
    try:
        with ground.prepared() as stand:
            print(measure(stand, options.rounds, options.seconds, options.rush), flush=True)
    except (LocalError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
