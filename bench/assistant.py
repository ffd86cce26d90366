"""Asks the assistant what people ask, and counts: `make eval-assistant`.

The questions stand in tests/support/questions/, typed as people type, with the id of the answer
they should get. All of them have been looked at by now and tuned on: they hold what was reached.
How it fares with people whom nobody has listened to is told by the first asking of each set that
was written without knowing the bank (`FIRST`), printed beside; a question that the bank had no
entry for counts as missed there. «fresh» and «fresh, more» were asked for the first time with a
bank of 181 and 185 questions, «fourth» with 191 and the wordings of asked/, which its author
did not know either.
"""

import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import django

from vssid.support.answers.assistant import understand

FIRST: Final = {
    "blind": "96.8% (67.7% before the likelihood)",
    "wide": "95.4%, 89.7% and 89.6% of its three parts",
    "last": "93.3%",
    "fresh": "88.0%, false answers 2",
    "fresh, more": "82.0%, false answers 8",
    "third": "94.4% (89.4% before asked/), wrong answers 5",
    "fourth": "88.8%, wrong answers 8; 5 of 160 had no entry",
    "fifth": "94.4% (93.1% before the last 2,300 lines of asked/), wrong answers 3",
    "sixth": "88.1% (of hard words), wrong answers 3",
    "seventh": "92.5%, wrong answers 5",
    "eighth": "92.5%, wrong answers 6; 2 of 160 had no entry",
    "to decline, fifth": "false answers 0",
    "to decline, sixth": "false answers 0",
    "to decline, seventh": "false answers 0",
    "to decline, eighth": "false answers 0",
    "to decline, third": "false answers 1",
    "to decline, fourth": "false answers 0",
    "to decline, fresh": "false answers 1",
    "to decline, fresh more": "false answers 0",
}
"""What came out when a set was asked for the first time, before anybody had looked at it."""

QUESTIONS = Path(__file__).resolve().parents[1] / "tests" / "support" / "questions"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: what was wanted, what was said, how it was understood, how long it took.

    `wanted`: the id of the answer, or those of several that serve as well, separated by commas.
    """

    text: str
    wanted: str
    kind: str
    ids: tuple[str, ...]
    milliseconds: float

    @property
    def is_right(self) -> bool:
        """The first answer given, or the first one offered, is the one that was wanted."""
        return self.kind in {"answer", "choice"} and self.ids[0] in self.wanted.split(",")

    @property
    def is_false(self) -> bool:
        """Something was answered that should not have been."""
        return self.kind == "answer" and self.ids[0] not in self.wanted.split(",")


def read(name: str) -> list[tuple[str, str]]:
    """(wanted id, question) of a file; the id is empty where nothing must be answered."""
    lines = (QUESTIONS / name).read_text(encoding="utf-8").splitlines()
    parted = (line.rpartition("\t") for line in lines if line.strip())
    return [(wanted, text) for wanted, _, text in parted]


def ask(questions: list[tuple[str, str]]) -> list[Outcome]:
    """Every question once."""
    outcomes = []
    for wanted, text in questions:
        began = time.perf_counter()
        found = understand(text)
        took = 1000 * (time.perf_counter() - began)
        outcomes.append(Outcome(text, wanted, found.kind.value, found.ids, took))
    return outcomes


def sets() -> dict[str, list[tuple[str, str]]]:
    """The sets by name, as they came about."""
    typed = read("typed.tsv")
    return {
        "tuned on": [one for at, one in enumerate(typed) if at % 3 != 2],
        "tuned on, more": read("typed_more.tsv"),
        "held back": typed[2::3],
        "written again": read("typed_again.tsv"),
        "blind": read("typed_blind.tsv"),
        "wide": read("typed_wide.tsv"),
        "last": read("typed_last.tsv"),
        "fresh": read("typed_fresh.tsv"),
        "fresh, more": read("typed_fresh_more.tsv"),
        "third": read("typed_third.tsv"),
        "fourth": read("typed_fourth.tsv"),
        "fifth": read("typed_fifth.tsv"),
        "sixth": read("typed_sixth.tsv"),
        "seventh": read("typed_seventh.tsv"),
        "eighth": read("typed_eighth.tsv"),
        "to decline": read("declined.tsv"),
        "to decline, more": read("declined_more.tsv"),
        "to decline, again": read("declined_again.tsv"),
        "to decline, blind": read("declined_blind.tsv"),
        "to decline, wide": read("declined_wide.tsv"),
        "to decline, last": read("declined_last.tsv"),
        "to decline, fresh": read("declined_fresh.tsv"),
        "to decline, fresh more": read("declined_fresh_more.tsv"),
        "to decline, third": read("declined_third.tsv"),
        "to decline, fourth": read("declined_fourth.tsv"),
        "to decline, fifth": read("declined_fifth.tsv"),
        "to decline, sixth": read("declined_sixth.tsv"),
        "to decline, seventh": read("declined_seventh.tsv"),
        "to decline, eighth": read("declined_eighth.tsv"),
    }


def report(name: str, outcomes: list[Outcome], *, details: bool) -> None:
    """One line of figures, and what went wrong."""
    times = sorted(one.milliseconds for one in outcomes)
    total, false = len(outcomes), sum(one.is_false for one in outcomes)
    right = sum(one.is_right for one in outcomes)
    offered = sum(one.kind == "choice" for one in outcomes)
    first = (
        f"top-1 {right / total:6.1%}"
        if outcomes[0].wanted
        else f"declined {1 - false / total:6.1%}"
    )
    print(
        f"{name:22} {total:4} questions  {first}  false answers {false:3}  offered {offered:3}  "
        f"median {statistics.median(times):.1f} ms  p95 {times[int(0.95 * total)]:.1f} ms"
    )
    if name in FIRST:
        print(f"{'':22} when first asked: {FIRST[name]}")
    for one in outcomes if details else []:
        if one.is_false or (one.wanted and not one.is_right):
            print(f"    {one.wanted or '-':22} {one.kind:9} {' '.join(one.ids):50} {one.text}")


def main() -> None:
    """Print every set; `-v` names what went wrong."""
    django.setup()
    ask([("", "xin chào bạn"), ("", "mở thẻ")])
    times: list[float] = []
    for name, questions in sets().items():
        outcomes = ask(questions)
        report(name, outcomes, details="-v" in sys.argv)
        times += [one.milliseconds for one in outcomes]
    times.sort()
    median, p95 = statistics.median(times), times[int(0.95 * len(times))]
    print(f"all {len(times)} questions: median {median:.1f} ms, p95 {p95:.1f} ms")


if __name__ == "__main__":
    main()
