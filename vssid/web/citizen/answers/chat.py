"""«Trợ lý»: a conversation of plain forms, answered on this machine (guides U05, W02)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError, TooManyError
from vssid.kernel.text import clean
from vssid.support.answers import reading, saying
from vssid.support.answers.assistant import Kind, Understanding, is_known, understand
from vssid.support.answers.bank import bank
from vssid.support.answers.commands import count_question, rate_answer
from vssid.support.answers.errors import QuestionEmptyError
from vssid.support.answers.others import is_about_others
from vssid.support.answers.phrasing import phrased
from vssid.support.answers.places import Found, find_places, named_place, with_places
from vssid.support.answers.saying import Link
from vssid.web.citizen.answers import conversation, words
from vssid.web.citizen.answers.conversation import Turn
from vssid.web.citizen.answers.own import own_lines
from vssid.web.citizen.record.overview import Answer
from vssid.web.ui import refusals, senders
from vssid.web.ui.access import CitizenRequest, public_knowing
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_TEXT, _CHOSEN, _WRONG = "hoi", "chon", "sai"
_ILL = "medicine"
"""What others do when somebody asks about an illness: its hint names 115 (elsewhere.toml)."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One turn as the page shows it.

    `offered` are (id, title) to choose from; `own` lines of the asker's record, `sign_in` where to
    go to see them; `of_record`: they were shown in an earlier turn and are not repeated;
    `of_others`: somebody else's record is asked about, which the asker's does not answer;
    `unknown_place`: what a directory was asked for and does not have.
    """

    text: str
    kind: str
    title: str = ""
    paragraphs: Sequence[str] = ()
    places: Sequence[tuple[Found, str]] = ()
    unknown_place: str = ""
    own: Sequence[Answer] = ()
    sign_in: str = ""
    of_record: bool = False
    of_others: bool = False
    links: Sequence[Link] = ()
    source: str = ""
    offered: Sequence[tuple[str, str]] = ()
    id: str = ""
    is_wrong: bool = False


@public_knowing
def chat(request: CitizenRequest) -> HttpResponse:
    """The conversation so far; a question that is sent leads back to it."""
    now = utc_now()
    turns = conversation.read(request, now)
    if request.method != "POST":
        return _draw(request, turns)
    try:
        count_question(browser=senders.browser(request), line=senders.line(request), now=now)
        turns = _went_on(request, turns)
    except (TooManyError, QuestionEmptyError) as error:
        return _draw(request, turns, error)
    answer = HttpResponseRedirect(conversation.address())
    conversation.keep(answer, request, turns, now)
    return answer


@public_knowing
def end(request: CitizenRequest) -> HttpResponse:
    """«Xóa cuộc trò chuyện»."""
    answer = HttpResponseRedirect(reverse("citizen:assistant"))
    if request.method == "POST":
        conversation.forget(answer)
    return answer


def _went_on(request: CitizenRequest, turns: list[Turn]) -> list[Turn]:
    """The turns and the new one. Raises QuestionEmptyError."""
    if _WRONG in request.POST and turns:
        return [*turns[:-1], _said_wrong(request, turns[-1])]
    chosen = request.POST.get(_CHOSEN, "")
    if is_known(chosen):
        title = saying.title_of(chosen, english=words.is_english())
        return [*turns, Turn(title, Understanding(Kind.ANSWER, (chosen,)))]
    text = clean(request.POST.get(_TEXT, "")[: reading.LONGEST])
    if not text:
        raise QuestionEmptyError
    return [*turns, Turn(text, with_places(text, understand(text)))]


def _said_wrong(request: CitizenRequest, turn: Turn) -> Turn:
    if turn.understood.kind is Kind.ANSWER and not turn.is_wrong:
        line = request.META.get("REMOTE_ADDR", "")
        id_ = turn.understood.ids[0]
        rate_answer(question=id_, helpful=False, address=line, now=utc_now())
    return Turn(turn.text, turn.understood, is_wrong=True)


def _draw(
    request: CitizenRequest, turns: Sequence[Turn], error: CodedError | None = None
) -> HttpResponse:
    english = words.is_english()
    status = 200
    if error is not None:
        refusals.note(request, error.code)
        status = error.status if isinstance(error, TooManyError) else 422
    answer = render(
        request,
        "citizen/answers/chat.html",
        Page(title=_("Trợ lý"), tab="help", back=reverse("citizen:help")),
        status=status,
        bubbles=[_bubble(request, one, is_last=one is turns[-1]) for one in turns],
        suggested=[(one, saying.title_of(one, english=english)) for one in words.SUGGESTED],
        hand_over=words.hand_over(request),
        call_115=words.call_for_life(),
        problem=str(error) if error else "",
        typed=clean(request.POST.get(_TEXT, "")[: reading.LONGEST]) if error else "",
        longest=reading.LONGEST,
    )
    if isinstance(error, TooManyError):
        answer["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
    return answer


def _bubble(request: CitizenRequest, turn: Turn, *, is_last: bool) -> Bubble:
    """Of an earlier turn the record is not read again; the places it found stay."""
    english, found = words.is_english(), turn.understood
    if found.kind is Kind.ELSEWHERE:
        hint = saying.hint_elsewhere(found.ids[0], english=english)
        urgent = [words.call_for_life()] if found.ids[0] == _ILL else []
        return Bubble(turn.text, found.kind.value, paragraphs=(hint,), links=urgent)
    if found.kind is not Kind.ANSWER:
        offered = [(one, saying.title_of(one, english=english)) for one in found.ids]
        return Bubble(turn.text, found.kind.value, offered=offered, is_wrong=turn.is_wrong)
    question = bank().questions[found.ids[0]]
    said = saying.said(question.id, english=english, today=vietnam_today(utc_now()))
    of_others = bool(question.record) and is_about_others(turn.text)
    own = own_lines(request, question.record) if is_last and not of_others else ()
    places, unknown = _places(turn.text, question.directory)
    return Bubble(
        turn.text,
        found.kind.value,
        title=said.title,
        paragraphs=phrased(said, english=english),
        places=[(one, words.remark_on(one)) for one in places],
        unknown_place=unknown,
        own=own,
        sign_in="" if of_others else _sign_in(request, question.record),
        of_record=bool(question.record) and not is_last and not of_others,
        of_others=of_others,
        links=words.ways_on(request, said.links),
        source=words.sources(said),
        offered=[(one, saying.title_of(one, english=english)) for one in found.ids[1:]],
        id=question.id,
        is_wrong=turn.is_wrong,
    )


def _places(text: str, directory: str) -> tuple[Sequence[Found], str]:
    """The places a text names, or the name that no place has."""
    if not directory:
        return (), ""
    found = find_places(text, directory)
    return found, "" if found else named_place(text)


def _sign_in(request: CitizenRequest, record: str) -> str:
    if not record or hasattr(request, "citizen"):
        return ""
    return words.sign_in_to(reverse("citizen:overview"))
