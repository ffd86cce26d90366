"""The bank of answers: files of this folder, read once and checked when they are.

`bank/<topic>.toml` holds the questions of a topic, `asked/<topic>.tsv` further ways in which people
ask them, a line each, as `asked/elsewhere.tsv` does of what others do. `links.toml` holds labels of
the addresses they lead to, `elsewhere.toml` what people ask although others do it, `words.toml`
how they type, `manners.toml` what they say without asking anything.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from vssid.support.answers.errors import BankError

_FOLDER: Final = Path(__file__).parent

TOPICS: Final = (
    "registering",
    "signing-in",
    "family",
    "card",
    "contributions",
    "benefits",
    "medical",
    "personal-data",
    "finding",
    "help",
)
"""In the order in which they are shown."""

RECORDS: Final = frozenset(
    {"", "time", "last", "late", "card", "facility", "salary", "visit", "petitions", "number"}
)
"""What of the asker's own record answers a question: time paid, last month, months that an employer
owes, card, the facility of the card, the last salary, the last visit, where their petitions stand,
their number.
"""
DIRECTORIES: Final = frozenset(
    {"", "offices", "facilities", "leave-facilities", "points", "employers"}
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `also`: other ways people ask. `links` are addresses of this site.

    `answer` may hold names in braces, filled in with the figures of the day (answers.figures).
    `source`: laws, rows of the guides (R12) and addresses of screens, separated by «;».
    """

    id: str
    topic: str
    ask: str
    ask_en: str
    also: tuple[str, ...]
    answer: str
    answer_en: str
    links: tuple[str, ...]
    source: str
    record: str = ""
    directory: str = ""

    @property
    def is_of_places(self) -> bool:
        """Whether it is asked with names of places, which may be any words."""
        return self.directory not in {"", "employers"}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What others do: how it is asked, and a hint who does it."""

    id: str
    also: tuple[str, ...]
    answer: str
    answer_en: str


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything that may be answered, and what may not."""

    questions: Mapping[str, Question]
    elsewhere: Mapping[str, Elsewhere]
    links: Mapping[str, tuple[str, str]]
    words: Mapping[str, object]
    manners: Mapping[str, object]

    def of_topic(self, topic: str) -> Sequence[Question]:
        """The questions of a topic, in the order of its file."""
        return [one for one in self.questions.values() if one.topic == topic]


@lru_cache(maxsize=1)
def bank() -> Bank:
    """The bank of this release. Raises BankError naming what is wrong in the files."""
    asked = _asked()
    links = {address: _pair(address, both) for address, both in _read("links.toml").items()}
    questions: dict[str, Question] = {}
    for topic in TOPICS:
        for row in _read(f"bank/{topic}.toml")["question"]:
            found = _question(topic, row, links, asked.pop(row.get("id", ""), ()))
            if found.id in questions:
                raise BankError(f"{found.id} stands twice")
            questions[found.id] = found
    elsewhere = {
        row["id"]: _elsewhere(row, asked.pop(row["id"], ()))
        for row in _read("elsewhere.toml")["elsewhere"]
    }
    if asked:
        raise BankError(f"asked: there is no {sorted(asked)}")
    return Bank(questions, elsewhere, links, _read("words.toml"), _read("manners.toml"))


def _asked() -> dict[str, tuple[str, ...]]:
    """By id, the ways to ask of `asked/`: lines of an id, a tab and a text."""
    found: dict[str, list[str]] = {}
    for name in (*TOPICS, "elsewhere"):
        lines = (_FOLDER / "asked" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        for line in lines:
            id_, _, text = line.partition("\t")
            if not text.strip():
                raise BankError(f"asked/{name}.tsv: «{line}» has no text")
            found.setdefault(id_, []).append(text.strip())
    return {id_: tuple(texts) for id_, texts in found.items()}


def _question(
    topic: str, row: Mapping[str, Any], links: Mapping[str, object], asked: tuple[str, ...]
) -> Question:
    try:
        found = Question(
            id=row["id"],
            topic=topic,
            ask=row["ask"],
            ask_en=row["ask_en"],
            also=(*_lines(row["also"]), *asked),
            answer=row["answer"].strip(),
            answer_en=row["answer_en"].strip(),
            links=tuple(row["links"]),
            source=row["source"],
            record=row.get("record", ""),
            directory=row.get("directory", ""),
        )
    except KeyError as error:
        raise BankError(f"{topic}: {row.get('id', '?')} has no {error.args[0]}") from error
    if unknown := set(found.links) - set(links):
        raise BankError(f"{found.id}: links.toml has no label for {sorted(unknown)}")
    if found.record not in RECORDS or found.directory not in DIRECTORIES:
        raise BankError(f"{found.id}: unknown record or directory")
    if not all((found.ask, found.ask_en, found.answer, found.answer_en, found.links, found.source)):
        raise BankError(f"{found.id}: something is empty")
    return found


def _elsewhere(row: Mapping[str, Any], asked: tuple[str, ...]) -> Elsewhere:
    return Elsewhere(row["id"], (*_lines(row["also"]), *asked), row["answer"], row["answer_en"])


def _pair(address: str, both: object) -> tuple[str, str]:
    if not isinstance(both, list) or len(both) != 2:
        raise BankError(f"links.toml: {address} needs a Vietnamese and an English label")
    return str(both[0]), str(both[1])


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _read(name: str) -> dict[str, Any]:
    with (_FOLDER / name).open("rb") as file:
        return tomllib.load(file)
