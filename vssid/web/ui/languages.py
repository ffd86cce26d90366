"""The other language: a switch on pages of who is signed out, and the offer to who reads no other.

Vietnamese comes first: nobody is switched by themselves.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from vssid.web.ui.found import LANGUAGE

ENGLISH: Final = "en"
VIETNAMESE: Final = "vi"


@dataclass(frozen=True, slots=True)
class Switch:
    """`to`: the other language; `back`: the page one is on; `is_offered`: it says so in a line."""

    to: str
    back: str
    is_offered: bool


def switch(request: HttpRequest, *, language: str, status: int) -> Switch | None:
    """What a page offers; None on answers to what was sent, where it would lose what was typed."""
    is_page = request.method == "GET" and status == HTTPStatus.OK
    if not is_page or hasattr(request, "citizen") or hasattr(request, "desk"):
        return None
    return Switch(
        to=VIETNAMESE if language == ENGLISH else ENGLISH,
        back=_without_language(request),
        is_offered=language != ENGLISH and offers_english(request),
    )


def offers_english(request: HttpRequest) -> bool:
    """Whether the browser asks for English and for no Vietnamese, and nobody chose so far."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return False
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    wanted = {name.partition("-")[0] for name, weight in asked if weight > 0}
    return ENGLISH in wanted and VIETNAMESE not in wanted


def _without_language(request: HttpRequest) -> str:
    """The page's address; a language that it names would speak against the one chosen."""
    query = request.GET.copy()
    query.pop(LANGUAGE, None)
    return request.path + (f"?{query.urlencode()}" if query else "")
