"""Draws a page: a template, its frame, and who is signed in."""

import hashlib
import math
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language

from vssid.accounts import tokens
from vssid.accounts.queries import SignedIn
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.web.ui import refusals
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.folding import in_language
from vssid.web.ui.found import Found, found
from vssid.web.ui.languages import offers_english, switch
from vssid.web.ui.page import Page, ShellPerson

PRIVATE = "private, no-cache"
NEVER_KEPT = "private, no-store"
_ICON = "pwa/icon-512.png"
SESSION_COOKIE = settings.VSSID_COOKIE_PREFIX + "phien"


def render(
    request: HttpRequest, template: str, page: Page, *, status: int = 200, **context: object
) -> HttpResponse:
    """The page as an answer.

    Templates get `page`, `person`, `officer`, `lang`, `csrf_input`, `here`: the page's address,
    `is_open`: whether it is shown signed out too, `listing`: what a page says of itself to search
    engines, if they may list it, `switch` to the other language, and `has_kept`: whether its form
    begins with what was typed before the session ended.
    """
    citizen: SignedIn | None = getattr(request, "citizen", None)
    language = get_language() or settings.LANGUAGE_CODE
    # Straight to Jinja: Django's wrapper would look the template and its processors up each time.
    jinja = in_language(engines["pages"].env, language)  # type: ignore[attr-defined]
    html = jinja.get_template(template).render(
        {
            "page": page,
            "person": _shell_person(citizen),
            "officer": getattr(request, "desk", None),
            "lang": language,
            "here": request.path,
            "is_open": getattr(request, "is_open", False),
            "has_kept": _has_kept(request, context.get("form")),
            "listing": _found(request, page, language, status),
            "switch": switch(request, language=language, status=status),
            "csrf_input": format_html(
                '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
            ),
            **context,
        }
    )
    # Half of a character pair cannot be sent: it becomes «?» and the page is shown all the same.
    answer = HttpResponse(html.encode(errors="replace"), status=status)
    answer["Cache-Control"] = PRIVATE
    return answer


def render_form(
    request: HttpRequest, template: str, page: Page, form: PlainForm, **context: object
) -> HttpResponse:
    """A page around one form: 422 with its sentences, 429 with the wait when it was too often."""
    refusals.note(request, *form.refusals)
    answer = render(request, template, page, form=form, status=form.status, **context)
    if form.wait is not None:
        answer["Retry-After"] = str(math.ceil(form.wait.total_seconds()))
    return answer


def etag_of(request: HttpRequest, citizen: SignedIn, now: datetime) -> str:
    """Changes with record, session, password, language, release, the form key and the day."""
    text = "|".join(
        [
            str(citizen.record_version),
            citizen.session_id.hex,
            citizen.password_set_at.isoformat(),
            get_language() or "",
            settings.VSSID_RELEASE,
            request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
            vietnam_today(now).isoformat(),
            request.get_full_path(),
        ]
    )
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def owner_mark(citizen: SignedIn) -> str:
    """By which a phone tells whose session it keeps something of; says nothing by itself."""
    return tokens.keyed_mark(citizen.session_id.hex)


def etag_of_open(request: HttpRequest, *parts: object) -> str:
    """Of an open page: changes with `parts`, the reader's session, the language, the day."""
    cookies = (SESSION_COOKIE, settings.CSRF_COOKIE_NAME)
    kept = [request.COOKIES.get(name, "") for name in cookies]
    return etag_of_file(request, *parts, *kept, offers_english(request), vietnam_today(utc_now()))


def etag_of_file(request: HttpRequest, *parts: object) -> str:
    """Of what is the same for everybody: changes with `parts`, the language, the release."""
    known = (get_language() or "", settings.VSSID_RELEASE, request.get_full_path())
    text = "|".join(str(part) for part in (*parts, *known))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _found(request: HttpRequest, page: Page, language: str, status: int) -> Found | None:
    if status != HTTPStatus.OK or hasattr(request, "citizen"):
        return None
    return found(request, page, language=language, icon=static(_ICON))


def _has_kept(request: HttpRequest, form: object) -> bool:
    kept: dict[str, str] = getattr(request, "kept", {})
    return isinstance(form, PlainForm) and not form.fields.keys().isdisjoint(kept)


def _shell_person(citizen: SignedIn | None) -> ShellPerson | None:
    if citizen is None:
        return None
    photo = "/quan-ly-ca-nhan/anh/" if citizen.portrait else None
    return ShellPerson(
        number=citizen.number,
        full_name=citizen.full_name,
        photo_url=photo,
        mark=owner_mark(citizen),
    )
