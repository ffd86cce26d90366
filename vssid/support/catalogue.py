"""What petitions can be about, and the texts that answers begin with: data, not code."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language

from vssid.support.models import Kind

REPORTED: Final = "sai-sot"
"""The category of «Báo sai sót», which comes from a line of the record."""
GAP: Final = "…"
"""Where a text leaves room for the officer's own words."""
FIELDS: Final = ("name", "petition", "office", "phone", "hotline")


@dataclass(frozen=True, slots=True)
class Category:
    """What a petition is about. `days`: working days in which it is answered."""

    code: str
    kind: Kind
    vietnamese: str
    english: str
    days: int

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return self.english if get_language() == "en" else self.vietnamese


@dataclass(frozen=True, slots=True)
class AnswerText:
    """A text that an answer begins with; `categories` see it first."""

    code: str
    title: str
    text: str
    categories: tuple[str, ...]


def categories() -> Mapping[str, Category]:
    """All categories by code, in the order of the form (guides U05)."""
    return _categories(Path(settings.VSSID_PETITION_CATEGORIES), settings.VSSID_PETITION_DUE_DAYS)


def on_form() -> Sequence[Category]:
    """Those that a person chooses from."""
    return [one for one in categories().values() if one.code != REPORTED]


def category(code: str) -> Category | None:
    """One category; None for a code that stands in the file no more."""
    return categories().get(code)


def label_of(code: str, kind: str) -> str:
    """The name of a category; of an unknown one, its kind's."""
    found = category(code)
    return found.label if found else str(Kind(kind).label)


def answer_texts(category_code: str) -> Sequence[AnswerText]:
    """All texts, those for this category first."""
    texts = _answer_texts(Path(settings.VSSID_PETITION_ANSWER_TEXTS))
    return sorted(texts, key=lambda one: category_code not in one.categories)


def filled_in(code: str, data: Mapping[str, str]) -> str:
    """A text with what it names filled in; empty for an unknown one. `data` has all of FIELDS."""
    texts = _answer_texts(Path(settings.VSSID_PETITION_ANSWER_TEXTS))
    found = next((one for one in texts if one.code == code), None)
    return found.text.format_map(dict(data)) if found else ""


@lru_cache(maxsize=4)
def _categories(path: Path, days: int) -> Mapping[str, Category]:
    return {
        code: Category(code, Kind(row["kind"]), row["vi"], row["en"], int(row.get("days", days)))
        for code, row in _read(path).items()
    }


@lru_cache(maxsize=4)
def _answer_texts(path: Path) -> Sequence[AnswerText]:
    return [
        AnswerText(code, row["title"], row["text"].strip(), tuple(row["for"]))
        for code, row in _read(path).items()
    ]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
