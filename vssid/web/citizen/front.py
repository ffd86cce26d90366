"""The first page: sign-in, registration, and what is open to everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from vssid.accounts.queries import SignedIn, session_of
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.files.queries import read_file
from vssid.kernel.clock import utc_now
from vssid.support.hours import hours
from vssid.web.citizen.entry.session import way_on
from vssid.web.citizen.entry.sign_in import draw_sign_in, is_app, newest
from vssid.web.citizen.registration.start import guide
from vssid.web.ui.access import SESSION_COOKIE, CitizenRequest, citizen, public, public_knowing
from vssid.web.ui.page import Page
from vssid.web.ui.pages import PRIVATE, etag_of_open, render

WELCOMED_COOKIE = settings.VSSID_COOKIE_PREFIX + "da_chao"


@public
def home(request: HttpRequest) -> HttpResponse:
    """Who is signed in goes to their record; the app welcomes once; everybody else signs in here.

    `?app=1` is the start address of the installed app (guides R01).
    """
    cookie = request.COOKIES.get(SESSION_COOKIE, "")
    if cookie and isinstance(session_of(cookie, utc_now()), SignedIn):
        return HttpResponseRedirect(reverse("citizen:overview"))
    if is_app(request) and WELCOMED_COOKIE not in request.COOKIES:
        return guide(request)
    news = newest(utc_now())
    if not is_app(request):
        # Its picture code serves one try: the page is a new one each time.
        return draw_sign_in(request, news=news)
    etag = etag_of_open(request, news)
    answer = get_conditional_response(request, etag=etag) or draw_sign_in(request, news=news)
    answer["ETag"] = etag
    answer["Vary"] = "Cookie"
    answer.setdefault("Cache-Control", PRIVATE)
    return answer


@public_knowing
def help_page(request: HttpRequest) -> HttpResponse:
    """«Trợ giúp»: hotline and its hours, email, every way to help (guides U05)."""
    page = Page(title=_("Trợ giúp"), tab="help")
    opens = hours(settings.VSSID_HOTLINE_HOURS, utc_now())
    return render(request, "citizen/help.html", page, hours=opens, weekdays=_weekdays())


def _weekdays() -> list[str]:
    return [
        _("Thứ Hai"),
        _("Thứ Ba"),
        _("Thứ Tư"),
        _("Thứ Năm"),
        _("Thứ Sáu"),
        _("Thứ Bảy"),
        _("Chủ nhật"),
    ]


@public_knowing
def services(request: HttpRequest) -> HttpResponse:
    """«Dịch vụ công»: what can be done here."""
    page = Page(title=_("Dịch vụ công"), tab="services")
    return render(request, "citizen/services.html", page)


@public_knowing
def language(request: HttpRequest) -> HttpResponse:
    """«Ngôn ngữ»: Vietnamese or English, kept in a cookie; back to the page where it was chosen."""
    if request.method == "POST":
        back = request.POST.get("tro_lai", "")
        answer = HttpResponseRedirect(way_on(back) if back else reverse("citizen:language"))
        chosen = "en" if request.POST.get("ngon_ngu") == "en" else "vi"
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 86400,
            httponly=True,
            secure=settings.VSSID_SECURE_COOKIES,
            samesite="Lax",
        )
        return answer
    page = Page(title=_("Ngôn ngữ"), back="/")
    return render(request, "citizen/language.html", page)


@citizen(before_password_change=True)
def portrait(request: CitizenRequest) -> HttpResponse:
    """The account's picture (guides R04, I01)."""
    try:
        content = read_file(request.citizen.portrait) if request.citizen.portrait else None
    except (FileErasedError, FileMissingError):
        content = None
    if content is None:
        return HttpResponse(status=404)
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-cache"
    return answer
