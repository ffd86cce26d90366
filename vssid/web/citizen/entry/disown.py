"""«Không phải tôi?»: where the link in the notice of a sign-in leads."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from vssid.accounts import errors
from vssid.accounts.commands import disowning
from vssid.kernel.clock import utc_now
from vssid.web.ui.access import public
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render


@public
def disown(request: HttpRequest, code: str) -> HttpResponse:
    """Shows which sign-in it is about and what the button does; the button locks the account.

    Who holds the link need not be signed in: it went to the owner's phone and email. Looking
    changes nothing, because programs that read messages follow their links.
    """
    now = utc_now()
    if request.method == "POST":
        try:
            disowning.disown(code=code, now=now)
        except errors.DisownLinkError:
            return _draw(request, None, status=404)
        return HttpResponseRedirect(request.path)
    found = disowning.disowned(code=code, now=now)
    return _draw(request, found, status=200 if found else 404)


def _draw(request: HttpRequest, found: disowning.Disownable | None, *, status: int) -> HttpResponse:
    answer = render(
        request,
        "citizen/entry/disown.html",
        Page(title=_("Không phải tôi?")),
        found=found,
        refusal=str(errors.DisownLinkError(hotline=settings.VSSID_HOTLINE)),
        action=request.path,
        status=status,
    )
    answer["Cache-Control"] = NEVER_KEPT
    return answer
