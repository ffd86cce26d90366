"""«Đăng ký cho con»: one's children, what waits for its paper, and the next child."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people import queries as people
from vssid.people.models import Guardianship
from vssid.registration import children, reasons, rules
from vssid.registration.commands import children as commands
from vssid.registration.commands.correcting import MENDED
from vssid.registration.errors import TooManyDraftsError
from vssid.registration.models import Declaration, State
from vssid.web.citizen.children.guardian import RELATIONS
from vssid.web.citizen.registration.story import Kind, story_of
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_TONES: dict[str, Kind] = {
    State.FILED: "warn",
    State.RECEIVED: "info",
    State.APPROVED: "good",
    State.REFUSED: "bad",
    State.LAPSED: "bad",
}


@dataclass(frozen=True, slots=True)
class Filed:
    """A declaration as the list shows it; `may_mend`: it can be declared again from itself.

    `faults` and `words`: what was wrong with a refused one, from the list and in words.
    """

    declaration: Declaration
    code: str
    state: str
    tone: Kind
    text: str
    faults: tuple[reasons.Reason, ...]
    words: str
    may_mend: bool


@citizen()
def overview(request: CitizenRequest) -> HttpResponse:
    """Children, open declarations with one print job for all, and the way to the next child."""
    return _draw(request)


@citizen()
def start(request: CitizenRequest) -> HttpResponse:
    """«Đăng ký cho con» or «Khai tiếp»: what was begun goes on."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:child"))
    address = request.META.get("REMOTE_ADDR", "")
    try:
        commands.start_child_draft(guardian=request.citizen.number, now=utc_now(), address=address)
    except TooManyDraftsError as error:
        return _draw(request, problem=str(error), status=429)
    return HttpResponseRedirect(reverse("citizen:children-child"))


@citizen()
def discard(request: CitizenRequest) -> HttpResponse:
    """«Bỏ bản khai dở»."""
    if request.method == "POST":
        commands.discard_child_draft(guardian=request.citizen.number)
    return HttpResponseRedirect(reverse("citizen:child"))


def _draw(request: CitizenRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    number, today = request.citizen.number, vietnam_today(utc_now())
    held = list(people.children_of(number, today))
    filed = _filed(number, {one.child_number for one in held})
    page = Page(title=_("Đăng ký cho con"), tab="manage", back=reverse("citizen:overview"))
    return render(
        request,
        "citizen/children/overview.html",
        page,
        status=status,
        problem=problem,
        children=[(one, RELATIONS[one.relation]) for one in held],
        shared=_with_others(held),
        filed=filed,
        papers=sum(one.declaration.state == State.FILED for one in filed),
        draft=children.child_draft(number),
    )


def _filed(number: str, held: set[str]) -> list[Filed]:
    shown, seen = [], set()
    for one in children.declarations_of(number):
        is_newest = one.number not in seen
        seen.add(one.number)
        if one.state == State.APPROVED or not is_newest:
            continue
        story = story_of(one, utc_now())
        shown.append(
            Filed(
                declaration=one,
                code=rules.display_code(one.code),
                state=str(State(one.state).label),
                tone=_TONES.get(one.state, "none"),
                text=story.text,
                faults=reasons.of_text(one.refusal_reason),
                words=reasons.own_words(one.refusal_reason),
                may_mend=one.state in MENDED and one.number not in held,
            )
        )
    return shown


def _with_others(held: list[Guardianship]) -> set[str]:
    """The numbers of children who have another guardian besides: only there is what to dispute."""
    today = vietnam_today(utc_now())
    return {
        one.child_number for one in held if people.guardians_of(one.child_number, today).count() > 1
    }
