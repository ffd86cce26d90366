"""What a phone keeps for where there is no network: the cards, and a page that leads to them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.queries import NotSignedIn, look_at_session
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people.queries import children_seen
from vssid.people.visibility import Part
from vssid.web.ui.access import SESSION_COOKIE, public
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, owner_mark, render


@public
def offline(request: HttpRequest) -> HttpResponse:
    """«Không có mạng»: knows nobody; its script finds the cards that this phone kept."""
    return render(request, "citizen/offline.html", Page(title=_("Không có mạng")))


@public
def offline_cards(request: HttpRequest) -> HttpResponse:
    """The pages of the cards to keep, and until when (seconds since 1970); 401 signed out.

    One's own and the children's, until they are of age; never one that is shared: a share that was
    ended must be gone (docs/adr/0017).

    Keeps no session awake: it is asked by the worker, not by a person.
    """
    now = utc_now()
    session = look_at_session(request.COOKIES.get(SESSION_COOKIE, ""), now)
    if isinstance(session, NotSignedIn):
        answer = JsonResponse({}, status=401)
    else:
        own = {"href": reverse("citizen:card-full"), "name": session.full_name}
        children = [
            {
                "href": reverse("citizen:child-card-full", kwargs={"child": one.guardianship.id}),
                "name": one.guardianship.child_name,
            }
            for one in children_seen(session.number, vietnam_today(now))
            if one.sights[Part.CARD]
        ]
        until = int(session.latest_end.timestamp())
        answer = JsonResponse(
            {"owner": owner_mark(session), "until": until, "pages": [own, *children]}
        )
    answer["Cache-Control"] = NEVER_KEPT
    answer["Vary"] = "Cookie"
    return answer
