"""Says an answer: its words on a day, in a language, with where it comes from and the next step."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from vssid.support.answers.bank import Elsewhere, Question, bank
from vssid.support.answers.figures import figures

_GUIDE_ROW: Final = re.compile(r"[RCAIUOW][0-9]{2}")
_IN_ENGLISH: Final = (
    ("Luật BHXH", "Social Insurance Law"),
    ("Luật BHYT", "Health Insurance Law"),
    ("Luật Việc làm", "Employment Law"),
    ("Bộ luật Lao động", "Labour Code"),
    ("Luật ", "Law "),
    ("NĐ ", "Decree "),
    ("TT ", "Circular "),
    ("QĐ ", "Decision "),
    ("NQ ", "Resolution "),
    ("CV ", "Letter "),
    (" ngày ", " of "),
    ("Điều", "Article"),
    (" đến ", " to "),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A next step."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as a screen shows it. `laws` are named as they are, `screens` lead there.

    `from_guides`: it says what the guides of VssID say.
    """

    id: str
    topic: str
    title: str
    paragraphs: tuple[str, ...]
    links: tuple[Link, ...]
    laws: tuple[str, ...]
    screens: tuple[Link, ...]
    from_guides: bool


def said(id_: str, *, english: bool, today: date) -> Said:
    """The answer to a question of the bank. Raises KeyError for one that it does not have."""
    return _said(bank().questions[id_], english, today)


def title_of(id_: str, *, english: bool) -> str:
    """The question itself."""
    question = bank().questions[id_]
    return question.ask_en if english else question.ask


def hint_elsewhere(id_: str, *, english: bool) -> str:
    """Who does what is not done here; empty for an unknown id."""
    found: Elsewhere | None = bank().elsewhere.get(id_)
    if found is None:
        return ""
    return found.answer_en if english else found.answer


@lru_cache(maxsize=512)
def _said(question: Question, english: bool, today: date) -> Said:  # noqa: FBT001 - a cache key
    text = question.answer_en if english else question.answer
    filled = text.format_map(figures(today))
    laws, screens, from_guides = _sources(question.source, english=english)
    return Said(
        id=question.id,
        topic=question.topic,
        title=question.ask_en if english else question.ask,
        paragraphs=tuple(filled.splitlines()),
        links=tuple(link(address, english=english) for address in question.links),
        laws=laws,
        screens=screens,
        from_guides=from_guides,
    )


def link(address: str, *, english: bool) -> Link:
    """The address with its label."""
    vietnamese, translated = bank().links[address]
    return Link(translated if english else vietnamese, address)


def _sources(text: str, *, english: bool) -> tuple[tuple[str, ...], tuple[Link, ...], bool]:
    laws: list[str] = []
    screens: list[Link] = []
    from_guides = False
    for source in (part.strip() for part in text.split(";")):
        if source.startswith("/"):
            screens.append(link(source, english=english))
        elif _GUIDE_ROW.fullmatch(source):
            from_guides = True
        else:
            laws.append(_translated(source) if english else source)
    return tuple(laws), tuple(screens), from_guides


def _translated(law: str) -> str:
    for vietnamese, english in _IN_ENGLISH:
        law = law.replace(vietnamese, english)
    return law


def related(id_: str, *, english: bool, most: int = 4) -> Sequence[tuple[str, str]]:
    """Ids and titles of the questions around one, of the same topic."""
    of_topic = [one.id for one in bank().of_topic(bank().questions[id_].topic)]
    at = of_topic.index(id_)
    around = sorted(
        (one for one in of_topic if one != id_), key=lambda one: _far(of_topic, one, at)
    )
    return [(one, title_of(one, english=english)) for one in around[:most]]


def _far(of_topic: Sequence[str], one: str, at: int) -> int:
    return abs(of_topic.index(one) - at)
