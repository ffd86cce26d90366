"""Draws a page: a template, its frame, and who is signed in."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.utils.html import format_html
from django.utils.translation import get_language

from vssid.accounts.queries import SignedIn
from vssid.kernel.clock import vietnam_today
from vssid.web.ui.folding import in_language
from vssid.web.ui.page import Page, ShellPerson

PRIVATE = "private, no-cache"
NEVER_KEPT = "private, no-store"


def render(
    request: HttpRequest, template: str, page: Page, *, status: int = 200, **context: object
) -> HttpResponse:
    """The page as an answer. Templates get `page`, `person`, `officer`, `lang`, `csrf_input`."""
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


def etag_of(request: HttpRequest, citizen: SignedIn, now: datetime) -> str:
    """Changes with the record, the session, the language, the release, the form key and the day."""
    text = "|".join(
        [
            str(citizen.record_version),
            citizen.session_id.hex,
            get_language() or "",
            settings.VSSID_RELEASE,
            request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
            vietnam_today(now).isoformat(),
            request.get_full_path(),
        ]
    )
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _shell_person(citizen: SignedIn | None) -> ShellPerson | None:
    if citizen is None:
        return None
    photo = "/quan-ly-ca-nhan/anh/" if citizen.portrait else None
    return ShellPerson(number=citizen.number, full_name=citizen.full_name, photo_url=photo)
