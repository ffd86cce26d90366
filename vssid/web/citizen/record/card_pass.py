"""«Mã xác thực»: a QR that is good for minutes, beside the one that stands on the card."""

from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from markupsafe import Markup

from vssid.accounts.queries import NotSignedIn, look_at_session
from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import ONE_LOOK, open_record
from vssid.documents.qr import qr_svg
from vssid.insurance import card_rules, queries
from vssid.insurance.card_pass.keys import issue_pass
from vssid.insurance.records import CardBook, CardDetails
from vssid.kernel.clock import VIETNAM, utc_now, vietnam_today
from vssid.people import queries as people
from vssid.people.visibility import Part
from vssid.web.citizen.record import figures
from vssid.web.citizen.record.reader import Reader
from vssid.web.ui.access import SESSION_COOKIE, CitizenRequest, View, citizen, public
from vssid.web.ui.pages import NEVER_KEPT, render


def fresh_own(view: View) -> View:
    """The page over one's own record, drawn anew each time: what it shows is good for minutes."""

    @wraps(view)
    def shown(request: CitizenRequest, *args: object, **kwargs: object) -> HttpResponse:
        reader = Reader(request.citizen.access, request.citizen.full_name)
        return view(request, reader, *args, **kwargs)

    return citizen()(shown)


def card_pass(request: CitizenRequest, reader: Reader) -> HttpResponse:
    """Both QRs of a card, one at a time; without a card back to the details."""
    book = queries.cards(reader.access)
    card = _card(book)
    if card is None:
        return HttpResponseRedirect(reader.to("card"))
    drawn, clock, seconds = _drawn(book, card)
    answer = render(
        request,
        "citizen/record/card_pass.html",
        reader.page(_("Mã QR của thẻ BHYT")),
        reader=reader,
        face=figures.card_face(book.holder, card),
        card_qr=figures.card_code(book.holder, card),
        pass_qr=drawn,
        clock=clock,
        seconds=seconds,
    )
    answer["Cache-Control"] = NEVER_KEPT
    return answer


@public
def next_pass(request: HttpRequest, child: UUID | None = None) -> HttpResponse:
    """The next QR for a page that stays open; 401 signed out. It keeps no session awake."""
    access = _access(request, child)
    if access is None:
        answer = JsonResponse({}, status=401)
    else:
        book = queries.cards(access)
        card = _card(book)
        if card is None:
            raise Http404
        drawn, clock, seconds = _drawn(book, card)
        answer = JsonResponse({"drawn": drawn, "clock": clock, "seconds": seconds})
    answer["Cache-Control"] = NEVER_KEPT
    answer["Vary"] = "Cookie"
    return answer


def _access(request: HttpRequest, child: UUID | None) -> Access | None:
    """The key to one's own record, or to a child's: drawn again within an hour is one look."""
    now = utc_now()
    session = look_at_session(request.COOKIES.get(SESSION_COOKIE, ""), now)
    if isinstance(session, NotSignedIn) or session.must_change_password:
        return None
    if child is None:
        return session.access
    seen = people.children_seen(session.number, vietnam_today(now))
    found = next((one for one in seen if one.guardianship.id == child), None)
    if found is None or not found.sights[Part.CARD]:
        raise Http404
    return open_record(
        by=Actor.citizen(session.number),
        subject=found.guardianship.child_number,
        purpose="guardian",
        details={"part": Part.CARD.value},
        once_in=ONE_LOOK,
    )


def _card(book: CardBook) -> CardDetails | None:
    return card_rules.card_of_use(book, vietnam_today(utc_now()))


def _drawn(book: CardBook, card: CardDetails) -> tuple[Markup, str, int]:
    """The QR, until when it is good, in Vietnam's time, and in how many seconds that is."""
    now = utc_now()
    text, until = issue_pass(book.holder, card, now)
    drawing = Markup(qr_svg(text))  # noqa: S704 - drawn here, holds digits only
    return drawing, f"{until.astimezone(VIETNAM):%H:%M}", int((until - now).total_seconds())
