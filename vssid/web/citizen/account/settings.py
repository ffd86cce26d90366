"""«Cài đặt»: language, ways of signing in, devices, and putting the app on the home screen."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vssid.web.ui.access import public_knowing
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render


@public_knowing
def settings(request: HttpRequest) -> HttpResponse:
    """What can be set; who is signed in also finds what belongs to the account."""
    return render(request, "citizen/account/settings.html", Page(title=_("Cài đặt")))
