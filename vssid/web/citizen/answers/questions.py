"""«Câu hỏi thường gặp»: by topic, by search, and each answer at its own address (guides U05)."""

from textwrap import shorten

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.text import clean
from vssid.support.answers import saying
from vssid.support.answers.assistant import find_questions, is_known
from vssid.support.answers.bank import TOPICS, bank
from vssid.support.answers.commands import count_search, rate_answer
from vssid.support.answers.errors import TooManyQuestionsError
from vssid.support.answers.saying import Said
from vssid.web.citizen.answers import words
from vssid.web.citizen.answers.own import own_lines
from vssid.web.ui import refusals, senders
from vssid.web.ui.access import CitizenRequest, public_knowing
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

LONGEST = 200
_LONGEST_DESCRIBED = 300
_SEARCH, _RATED = "tim", "cam-on"
_HELPFUL = {"co": True, "khong": False}


@public_knowing
def topics(request: CitizenRequest) -> HttpResponse:
    """Every question by topic; with `?tim=`, those that are near to what was typed."""
    wanted = clean(request.GET.get(_SEARCH, "")[: 4 * LONGEST])[:LONGEST]
    problem, status = "", 200
    if wanted:
        try:
            browser, line = senders.browser(request), senders.line(request)
            count_search(browser=browser, line=line, now=utc_now())
        except TooManyQuestionsError as error:
            refusals.note(request, error.code)
            problem, status = str(error), error.status
    english = words.is_english()
    found = find_questions(wanted) if wanted and not problem else ()
    page = Page(title=_("Câu hỏi thường gặp"), tab="help", back=reverse("citizen:help"))
    return render(
        request,
        "citizen/answers/topics.html",
        page,
        status=status,
        wanted=wanted,
        problem=problem,
        found=[(one, saying.title_of(one, english=english)) for one in found],
        topics=[] if wanted else _topics(english=english),
    )


@public_knowing
def question(request: CitizenRequest, question: str) -> HttpResponse:
    """One question with its answer, its source and the next step."""
    if not is_known(question):
        raise Http404
    english = words.is_english()
    found = saying.said(question, english=english, today=vietnam_today(utc_now()))
    page = Page(
        title=found.title,
        tab="help",
        back=reverse("citizen:questions"),
        description="" if _RATED in request.GET else _described(found),
    )
    return render(
        request,
        "citizen/answers/question.html",
        page,
        said=found,
        topic=words.topic_name(found.topic),
        links=words.ways_on(request, found.links),
        source=words.sources(found),
        own=own_lines(request, bank().questions[question].record),
        related=saying.related(question, english=english),
        rated=request.GET.get(_RATED, ""),
        hand_over=words.hand_over(request),
    )


@public_knowing
def rate(request: CitizenRequest, question: str) -> HttpResponse:
    """«Có hữu ích không?»: counted without anybody, and thanked for."""
    address = reverse("citizen:question", kwargs={"question": question})
    helpful = _HELPFUL.get(request.POST.get("huu_ich", ""))
    if not is_known(question):
        raise Http404
    if request.method != "POST" or helpful is None:
        return HttpResponseRedirect(address)
    line = request.META.get("REMOTE_ADDR", "")
    rate_answer(question=question, helpful=helpful, address=line, now=utc_now())
    return HttpResponseRedirect(f"{address}?{_RATED}={request.POST['huu_ich']}#danh-gia")


def _described(found: Said) -> str:
    """What search engines show of an answer: how it begins."""
    return shorten(" ".join(found.paragraphs), _LONGEST_DESCRIBED, placeholder="…")


def _topics(*, english: bool) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Of each topic its key, name, icon and questions."""
    return [
        (
            topic,
            words.topic_name(topic),
            words.TOPICS[topic][1],
            [(one.id, saying.title_of(one.id, english=english)) for one in bank().of_topic(topic)],
        )
        for topic in TOPICS
    ]
