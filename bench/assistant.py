"""Asks the assistant what people ask, and counts: `make eval-assistant`.

The questions stand in tests/support/questions/, typed as people type, with the id of the answer
they should get. All of them have been looked at by now and tuned on: they hold what was reached.
How it fares with people whom nobody has listened to is told by the first asking of the sets that
were written blind: 67.7 % of `typed_blind.tsv` before the likelihood and the many wordings and
96.8 % after, then 95.4 %, 89.7 % and 89.6 % of the three parts of `typed_wide.tsv` and 93.3 % of
`typed_last.tsv`. Of 172 questions to decline 8 were answered when they were first asked.
"""

import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import django

from vssid.support.answers.assistant import understand

QUESTIONS = Path(__file__).resolve().parents[1] / "tests" / "support" / "questions"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: what was wanted, what was said, how it was understood, how long it took."""

    text: str
    wanted: str
    kind: str
    ids: tuple[str, ...]
    milliseconds: float

    @property
    def is_right(self) -> bool:
        """The first answer given, or the first one offered, is the one that was wanted."""
        return self.kind in {"answer", "choice"} and self.ids[:1] == (self.wanted,)

    @property
    def is_false(self) -> bool:
        """Something was answered that should not have been."""
        return self.kind == "answer" and self.ids[:1] != (self.wanted,)


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
        "to decline": read("declined.tsv"),
        "to decline, more": read("declined_more.tsv"),
        "to decline, again": read("declined_again.tsv"),
        "to decline, blind": read("declined_blind.tsv"),
        "to decline, wide": read("declined_wide.tsv"),
        "to decline, last": read("declined_last.tsv"),
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
        f"{name:18} {total:4} questions  {first}  false answers {false:3}  offered {offered:3}  "
        f"median {statistics.median(times):.1f} ms  p95 {times[int(0.95 * total)]:.1f} ms"
    )
    for one in outcomes if details else []:
        if one.is_false or (one.wanted and not one.is_right):
            print(f"    {one.wanted or '-':22} {one.kind:9} {' '.join(one.ids):50} {one.text}")


def main() -> None:
    """Print every set; `-v` names what went wrong."""
    django.setup()
    ask([("", "xin chào bạn"), ("", "mở thẻ")])
    for name, questions in sets().items():
        report(name, ask(questions), details="-v" in sys.argv)


if __name__ == "__main__":
    main()
