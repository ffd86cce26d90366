"""«Cài đặt VssID» and «Tờ rơi»: open to everybody."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vssid.documents.qr import qr_svg
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.text import clean
from vssid.reference import lookups
from vssid.reference import queries as reference
from vssid.web.citizen.install.leaflet import leaflet_pdf
from vssid.web.citizen.office_hours import hours_shown
from vssid.web.ui.access import public, public_knowing
from vssid.web.ui.origin import public_address
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_LONGEST_SEARCH = 100
_KEPT_A_DAY = "public, max-age=86400"


@public_knowing
def install(request: HttpRequest) -> HttpResponse:
    """How to get the app on Android, iPhone and a computer; the QR leads a phone here."""
    address = public_address(request, reverse("citizen:install"))
    return render(
        request,
        "citizen/install/install.html",
        Page(title=_("Cài đặt VssID"), tab="help", back=reverse("citizen:help")),
        code=qr_svg(address, title=_("Mã QR mở trang này trên điện thoại")),
        address=address,
        play_store=settings.VSSID_PLAY_STORE_URL,
        app_store=settings.VSSID_APP_STORE_URL,
    )


@public_knowing
def leaflets(request: HttpRequest) -> HttpResponse:
    """Finds the office whose leaflet is wanted; a code leads to it at once."""
    wanted = clean(request.GET.get("ten", ""))[:_LONGEST_SEARCH]
    if reference.office(wanted):
        return HttpResponseRedirect(reverse("citizen:leaflet", args=[wanted]))
    return render(
        request,
        "citizen/install/leaflets.html",
        Page(title=_("Tờ rơi của cơ quan"), tab="help", back=reverse("citizen:install")),
        wanted=wanted,
        found=lookups.find_agencies(lookups.Wanted(wanted)).views,
    )


@public
def leaflet(request: HttpRequest, office: str) -> HttpResponse:
    """The leaflet of an office as a PDF to print: the same for everybody."""
    found = reference.office(office)
    if found is None:
        raise Http404
    now = utc_now()
    content = leaflet_pdf(
        office=found,
        hours=hours_shown(found.code, now).week,
        origin=public_address(request, ""),
        language=get_language(),
        made=vietnam_today(now),
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="vssid-{found.code}.pdf"'
    answer["Cache-Control"] = _KEPT_A_DAY
    answer["Vary"] = "Cookie, Accept-Language"
    return answer
