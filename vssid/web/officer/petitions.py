"""One petition on one screen: the line then and today, answer, forward, note, merge, close."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import pgettext

from vssid.audit.commands import ONE_LOOK, open_record, record_look
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.reference import queries as reference
from vssid.staff import queries as staff
from vssid.staff.rules import can_answer
from vssid.support import catalogue, queries, rules
from vssid.support.commands import moving, working
from vssid.support.errors import PetitionUnknownError
from vssid.support.models import Act, Petition, State
from vssid.support.papers import JPEG
from vssid.support.quoting import Compared
from vssid.support.rules import Side
from vssid.web.officer.petition_forms import AnswerForm, CloseForm, ForwardForm, NoteForm
from vssid.web.ui import desk_session
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render

_DO, _INSERT, _TEXT = "viec", "chen", "mau"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the forms of the page; `problem` belongs to none of them."""

    problem: str = ""
    status: int = 200
    forms: dict[str, PlainForm] = field(default_factory=dict)


@officer(may=can_answer)
def petition(request: OfficerRequest, code: str) -> HttpResponse:
    """One petition; looking at it is written down, and its person reads who looked."""
    found = petition_within(request, code)
    return _draw(request, found) if found else _unknown()


@officer(may=can_answer)
def take(request: OfficerRequest, code: str) -> HttpResponse:
    """«Nhận xử lý»."""
    return _press(request, code, moving.take_petition)


@officer(may=can_answer)
def take_over(request: OfficerRequest, code: str) -> HttpResponse:
    """«Nhận thay»: what a colleague works on."""
    return _press(request, code, working.take_over_petition)


@officer(may=can_answer)
def answer(request: OfficerRequest, code: str) -> HttpResponse:
    """Answers; the person is told that there is an answer (guides O05)."""
    if request.method == "POST" and request.POST.get(_DO) == _INSERT:
        return _insert(request, code)

    def send(found: Petition, data: dict[str, Any]) -> None:
        moving.answer_petition(
            petition=found, words=data["answer"], by=request.desk.officer, now=utc_now()
        )

    return _submit(request, code, "answering", AnswerForm(request.POST), send, "tra-loi")


@officer(may=can_answer)
def forward(request: OfficerRequest, code: str) -> HttpResponse:
    """Sends it to the office that can answer; the day of the answer stays."""

    def send(found: Petition, data: dict[str, Any]) -> None:
        moving.forward_petition(
            petition=found,
            office=data["office"],
            words=data["reason"],
            by=request.desk.officer,
            now=utc_now(),
        )

    return _submit(request, code, "forwarding", ForwardForm(request.POST), send, "chuyen")


@officer(may=can_answer)
def close(request: OfficerRequest, code: str) -> HttpResponse:
    """Closes what was answered."""

    def send(found: Petition, data: dict[str, Any]) -> None:
        moving.close_petition(
            petition=found, words=data["closing"], by=request.desk.officer, now=utc_now()
        )

    return _submit(request, code, "closing", CloseForm(request.POST), send, "dong")


@officer(may=can_answer)
def note(request: OfficerRequest, code: str) -> HttpResponse:
    """A note among officers."""

    def send(found: Petition, data: dict[str, Any]) -> None:
        working.note_petition(
            petition=found, words=data["note"], by=request.desk.officer, now=utc_now()
        )

    return _submit(request, code, "noting", NoteForm(request.POST), send)


@officer(may=can_answer)
def merge(request: OfficerRequest, code: str) -> HttpResponse:
    """Puts it together with another one of the same sender."""
    into = petition_within(request, request.POST.get("vao", ""))

    def put_together(*, petition: Petition, **who: Any) -> None:
        if into is None:
            raise PetitionUnknownError
        working.merge_petition(petition=petition, into=into, **who)

    return _press(request, code, put_together, "gop")


@officer(may=can_answer)
def paper(request: OfficerRequest, code: str, paper: UUID) -> HttpResponse:
    """A paper that came with a petition; a look at it is written down, once in an hour."""
    found = petition_within(request, code)
    try:
        content, media_type = queries.paper(found, paper) if found else (b"", "")
    except (ObjectDoesNotExist, FileErasedError, FileMissingError):
        content, media_type = b"", ""
    if found is None or not content:
        return HttpResponse(status=404)
    record_look(
        by=request.desk.actor,
        act="petition.paper",
        subject=found.number,
        details={"petition": found.code, "paper": paper.hex},
        once_in=ONE_LOOK,
    )
    sent = HttpResponse(content, content_type=media_type)
    sent["Cache-Control"] = NEVER_KEPT
    if media_type != JPEG:
        sent["Content-Disposition"] = f'attachment; filename="{paper.hex[:8]}.pdf"'
    return sent


def petition_within(request: OfficerRequest, code: str) -> Petition | None:
    """The petition of a code, when it lies at this office or below it."""
    try:
        found = queries.by_code(code[:40])
    except PetitionUnknownError:
        return None
    office = request.desk.office
    is_ours = found.office == office or reference.is_below(found.office, office)
    return found if is_ours else None


def address_of(found: Petition) -> str:
    """Where the desk reads it."""
    return reverse("officer:petition", kwargs={"code": rules.display_code(found.code)})


def _press(
    request: OfficerRequest, code: str, command: Callable[..., object], what: str = ""
) -> HttpResponse:
    """An act without a form; then the queue when `what` is done, else the petition."""
    found = petition_within(request, code)
    if found is None:
        return _unknown()
    if request.method == "POST":
        try:
            command(petition=found, by=request.desk.officer, now=utc_now())
        except CodedError as error:
            return _draw(request, found, Typed(str(error), 409))
        if what:
            return _next(found, what)
    return HttpResponseRedirect(address_of(found))


def _submit(
    request: OfficerRequest,
    code: str,
    name: str,
    form: PlainForm,
    send: Callable[[Petition, dict[str, Any]], None],
    what: str = "",
) -> HttpResponse:
    """An act with a form, which stands on the page under `name` again when it is refused."""
    found = petition_within(request, code)
    if found is None:
        return _unknown()
    if request.method != "POST":
        return HttpResponseRedirect(address_of(found))
    if form.is_valid():
        try:
            send(found, form.cleaned_data)
        except CodedError as error:
            form.refuse(None, error)
        else:
            return _next(found, what) if what else HttpResponseRedirect(address_of(found))
    return _draw(request, found, Typed(status=422, forms={name: form}))


def _insert(request: OfficerRequest, code: str) -> HttpResponse:
    """«Chèn mẫu»: a text of the catalogue after what stands there already."""
    found = petition_within(request, code)
    if found is None:
        return _unknown()
    office = queries.office_of(found)
    text = catalogue.filled_in(
        request.POST.get(_TEXT, ""),
        {
            "name": found.full_name,
            "petition": rules.display_code(found.code),
            "office": office.name,
            "phone": office.phone,
            "hotline": settings.VSSID_HOTLINE,
        },
    )
    typed = request.POST.get("answer", "").strip()
    form = AnswerForm(initial={"answer": "\n\n".join(filter(None, (typed, text)))})
    return _draw(request, found, Typed(forms={"answering": form}))


def _draw(request: OfficerRequest, found: Petition, typed: Typed | None = None) -> HttpResponse:
    typed = typed or Typed()
    is_there, compared = _comparison(request, found)
    kept = _kept(request)
    forms: dict[str, PlainForm] = {
        "answering": AnswerForm(initial=kept),
        "forwarding": ForwardForm(initial=kept),
        "closing": CloseForm(initial=kept),
        "noting": NoteForm(initial=kept),
        **typed.forms,
    }
    return render(
        request,
        "officer/petition.html",
        Page(title=pgettext("one", "Phản ánh"), back=reverse("officer:petitions"), wide=True),
        petition=queries.whole(found, today=vietnam_today(utc_now()), inside=True),
        is_there=is_there,
        compared=compared,
        may=_may(found),
        is_held=found.claimed_by not in {"", request.desk.officer.user_name},
        texts=[(one.code, one.title) for one in catalogue.answer_texts(found.category)],
        others=_others(request, found),
        problem=typed.problem,
        status=typed.status,
        **forms,
    )


def _others(request: OfficerRequest, found: Petition) -> list[dict[str, object]]:
    """What else the sender wrote here, and into which of it this one may be merged."""
    under = staff.offices_under(request.desk.office)
    return [
        {
            "code": rules.display_code(one.code),
            "title": queries.title_of(one),
            "state": State(one.state),
            "opened_at": one.opened_at,
            "may_take_in": rules.is_open(one.state) and rules.is_open(found.state),
        }
        for one in queries.others_of(found, under)
    ]


def _comparison(request: OfficerRequest, found: Petition) -> tuple[bool, Sequence[Compared]]:
    """The line then and today. The look is written; its person reads it, if somebody is known."""
    if not found.number:
        record_look(
            by=request.desk.actor,
            act="petition.look",
            subject="",
            details={"petition": found.code},
            once_in=ONE_LOOK,
        )
        return True, ()
    access = open_record(
        by=request.desk.actor,
        subject=found.number,
        purpose=f"petition {found.code}",
        once_in=ONE_LOOK,
    )
    return queries.comparison(found, access)


def _may(found: Petition) -> dict[str, bool]:
    """Which moves the office may make now."""
    acts = (Act.TAKE, Act.ANSWER, Act.FORWARD, Act.CLOSE)
    return {act.value: rules.next_state(found.state, act, Side.OFFICE) is not None for act in acts}


def _kept(request: OfficerRequest) -> dict[str, Any]:
    """What was typed here when the screen locked."""
    kept = desk_session.take_kept(request, request.desk.officer, request.path)
    return {name: texts[0] for name, texts in kept.items() if texts}


def _unknown() -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('officer:petitions')}?khong-thay=1")


def _next(found: Petition, what: str) -> HttpResponse:
    code = rules.display_code(found.code)
    return HttpResponseRedirect(f"{reverse('officer:petitions')}?xong={what}&ma={code}")
