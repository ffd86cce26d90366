"""`make faults`: at least KILLS seeded `kill -9` of web, worker and database, then the count.

python -m bench.faults [--kills 100] [--seed 1] [--people 4]
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from bench.faults import officer, verdict
from bench.faults.person import GaveUpError, Person, register
from bench.faults.stack import Stack

PAUSE_SECONDS = (1.0, 3.5)
# So many kills may meet a stack that is still getting up; then it is given the time: on a slow disk
# it would else never serve, and nothing would be tried.
IN_A_ROW = 3
QUIET_SECONDS = 150.0
_FREE_PEOPLE = """
SELECT p.number, p.full_name, p.id_number FROM people_person p
WHERE p.id_kind = 'cccd' AND p.died_on IS NULL AND p.birth_date < now() - interval '18 years'
  AND NOT EXISTS (SELECT 1 FROM accounts_account a WHERE a.number = p.number)
  AND NOT EXISTS (SELECT 1 FROM registration_declaration d WHERE d.number = p.number)
ORDER BY p.number
"""


class Town:
    """People who register one after the other, several at a time."""

    def __init__(self, stack: Stack, at_once: int) -> None:
        self.stack = stack
        self.filed: list[str] = []
        self.gave_up: list[str] = []
        self.retries = 0
        self.stop = threading.Event()
        self._lock = threading.Lock()
        with stack.connect() as owner:
            self._waiting = list(owner.execute(_FREE_PEOPLE).fetchall())
            found = owner.execute(
                "SELECT area_code FROM reference_agencyarea "
                "WHERE agency_code = '00114' AND era = '2025' LIMIT 1"
            ).fetchone()
        self._commune = str(found[0]) if found else ""
        self._threads = [threading.Thread(target=self._live) for _ in range(at_once)]

    def begin(self) -> None:
        """Let them start."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Nobody new begins; whoever is in the middle finishes."""
        self.stop.set()
        for thread in self._threads:
            thread.join()

    def _live(self) -> None:
        while not self.stop.is_set():
            with self._lock:
                if not self._waiting:
                    return
                number, name, id_number = map(str, self._waiting.pop(0))
                phone = f"+8491{len(self._waiting):07d}"
            person = Person(self.stack, number, name, id_number, phone)
            try:
                register(person, self._commune)
            except GaveUpError as error:
                self.gave_up.append(str(error))
            else:
                self.filed.append(number)
            self.retries += person.retries


def main() -> int:
    """Run, count, print; 0 when nothing was lost."""
    options = _options()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="vssid-faults-") as name:
        stack = Stack(Path(name))
        try:
            stack.wait_until_ready()
            return _under_fire(stack, options, chance)
        finally:
            print(f"the demo ended with {stack.stop()}")


def _under_fire(stack: Stack, options: argparse.Namespace, chance: random.Random) -> int:
    town = Town(stack, options.people)
    town.begin()
    deciding = [
        threading.Thread(target=officer.work, args=(Person(stack, "", "", "", ""), user, town.stop))
        for user in officer.QUEUES
    ]
    for one in deciding:
        one.start()
    kills = _kill(stack, options.kills, chance)
    town.end()
    for one in deciding:
        one.join()
    print(
        f"seed {options.seed}: kills {dict(kills)}, {len(town.filed)} filed, "
        f"{town.retries} retries, {len(town.gave_up)} gave up"
    )
    found = _wait_for_quiet(stack, town.filed)
    with stack.connect() as owner:
        acts = verdict.acts(owner)
    print(f"at the desk: {acts}")
    for question, count in found.items():
        print(f"{count:6d}  {question}")
    for line in town.gave_up:
        print(f"gave up: {line}")
    lost = any(found.values()) or bool(town.gave_up) or not town.filed or not acts
    print("LOST SOMETHING" if lost else "nothing lost, nothing doubled, nothing stuck")
    return int(lost)


def _kill(stack: Stack, wanted: int, chance: random.Random) -> Counter[str]:
    kills: Counter[str] = Counter()
    while kills.total() < wanted:
        time.sleep(chance.uniform(*PAUSE_SECONDS))
        kind = stack.kill_one(chance)
        if kind:
            kills[kind] += 1
        if kind and kills.total() % IN_A_ROW == 0:
            stack.wait_until_ready()
    return kills


def _wait_for_quiet(stack: Stack, numbers: list[str]) -> dict[str, int]:
    stack.wait_until_ready()
    deadline = time.monotonic() + QUIET_SECONDS
    while True:
        with stack.connect() as owner:
            found = verdict.losses(owner, numbers)
        if not any(found.values()) or time.monotonic() > deadline:
            return found
        time.sleep(1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
