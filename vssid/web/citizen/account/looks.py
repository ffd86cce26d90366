"""«Ai đã xem dữ liệu của tôi»: every look, and everything else done with the account."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.audit.actors import ActorKind
from vssid.audit.queries import looks_at
from vssid.kernel.clock import utc_now
from vssid.staff.queries import names_of
from vssid.web.citizen.account.look_words import in_words
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

PER_PAGE = 30
_SHOWN, _ALL, _BEFORE = "xem", "tat-ca", "truoc"


@citizen()
def looks(request: CitizenRequest) -> HttpResponse:
    """A page of events, newest first: those of others, or all."""
    number = request.citizen.number
    shows_all = request.GET.get(_SHOWN) == _ALL
    before = _before(request)
    found = looks_at(
        subject=number,
        now=utc_now(),
        before=before,
        limit=PER_PAGE + 1,
        others_only=not shows_all,
    )
    page = found[:PER_PAGE]
    officers = names_of({one.actor_name for one in page if one.actor_kind is ActorKind.OFFICER})
    address = reverse("citizen:looks") + (f"?{_SHOWN}={_ALL}" if shows_all else "")
    joined = "&" if shows_all else "?"
    older = f"{address}{joined}{_BEFORE}={page[-1].id}" if len(found) > PER_PAGE else ""
    return render(
        request,
        "citizen/account/looks.html",
        Page(title=_("Ai đã xem dữ liệu của tôi"), tab="manage", back=reverse("citizen:account")),
        looks=[in_words(one, owner=number, officers=officers) for one in page],
        shows_all=shows_all,
        newest=address if before is not None else "",
        older=older,
    )


def _before(request: CitizenRequest) -> UUID | None:
    try:
        return UUID(request.GET.get(_BEFORE, ""))
    except ValueError:
        return None
