"""What a machine read from the photos of the ID: offered to who fills the form in, and laid beside
what they declared (guides R03, R08). Nothing typed is ever replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from vssid.kernel.clock import vietnam_today
from vssid.registration.identity import comparing, wording
from vssid.registration.identity.comparing import Beside, Prefill, Stated
from vssid.registration.queries import DraftView
from vssid.registration.readings import read_of

# A submit button of this name fills what is still empty, and keeps what was typed.
FILL = "dien"
_FILLED = ("full_name", "id_number")


class Told(StrEnum):
    """What the person is told of the reading; nothing where they have typed all of it."""

    NOTHING = "nothing"
    FIRST = "first"
    AWAITED = "awaited"
    READY = "ready"
    FILLED = "filled"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form may be filled in with. `FIRST`: photos may come before anything is typed."""

    told: Told
    found: Prefill = field(default_factory=Prefill)


@dataclass(frozen=True, slots=True)
class Review:
    """What is said before «Ghi nhận», each difference in a sentence. `is_of_form`: the form may
    have to be mended, and not only the photos; `is_awaited`: one of them came just now and is still
    to be read; `is_read`: all were looked at, and something was read.
    """

    points: tuple[str, ...]
    is_of_form: bool
    is_awaited: bool
    is_read: bool


def offer(draft: DraftView, typed: Mapping[str, Any], *, fills: bool, now: datetime) -> Offer:
    """What to offer to who has typed so much. `fills`: it is filled in at once, not offered."""
    missing = [name for name in _FILLED if not typed.get(name)]
    if not missing:
        return Offer(Told.NOTHING)
    if draft.front is None:
        return Offer(Told.FIRST if len(missing) == len(_FILLED) else Told.NOTHING)
    paper = read_of(draft.papers, now=now)
    found = comparing.prefill(paper.reading)
    if any(getattr(found, name) for name in missing):
        return Offer(Told.FILLED if fills else Told.READY, found)
    return Offer(Told.AWAITED if paper.is_awaited else Told.UNREAD)


def filled(typed: Mapping[str, Any], offered: Offer) -> dict[str, Any]:
    """What was typed, and in the empty fields what was read."""
    read = {name: getattr(offered.found, name) for name in _FILLED}
    return {**typed, **{name: typed.get(name) or text for name, text in read.items()}}


def review(draft: DraftView, now: datetime) -> Review:
    """How the paper differs from what was declared, without anything the registry alone knows."""
    answers, paper = draft.answers, read_of(draft.papers, now=now)
    found = comparing.compare(
        paper.reading,
        form=Stated(answers.full_name, answers.id_kind, answers.id_number),
        today=vietnam_today(now),
    )
    return Review(
        points=tuple(wording.sentence(one) for one in comparing.for_applicant(found)),
        is_of_form=any(one.beside is Beside.FORM for one in found),
        is_awaited=paper.is_awaited,
        is_read=not paper.is_unread and not paper.reading.is_empty,
    )
