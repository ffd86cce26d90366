"""Which draft a visitor is filling in: its id lies sealed in their cookie."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from vssid.accounts import tokens
from vssid.registration import queries
from vssid.registration.errors import DraftFiledError
from vssid.registration.models import Declaration
from vssid.registration.queries import DraftView
from vssid.web.ui.access import visitor

COOKIE = settings.VSSID_COOKIE_PREFIX + "to_khai"
_PURPOSE = "draft"


class DraftRequest(HttpRequest):
    """A request of a visitor who has a draft."""

    draft: DraftView


class FiledRequest(HttpRequest):
    """A request of a visitor whose declaration is filed."""

    draft: DraftView
    declaration: Declaration


def remember(answer: HttpResponse, draft_id: UUID, lasting: timedelta | None = None) -> None:
    """Let the visitor's browser keep the way back to their draft, as long as it lives or shorter.

    Once filed, the way there is the code on paper: phones and counters are shared.
    """
    answer.set_cookie(
        COOKIE,
        tokens.seal(_PURPOSE, draft_id.bytes),
        max_age=int((lasting or settings.VSSID_DRAFT_LIFETIME).total_seconds()),
        httponly=True,
        secure=settings.VSSID_SECURE_COOKIES,
        samesite="Lax",
    )


def draft_of(request: HttpRequest) -> DraftView | None:
    """The draft that the visitor's cookie leads to, if it still exists."""
    content = tokens.unseal(_PURPOSE, request.COOKIES.get(COOKIE, ""))
    return queries.draft(UUID(bytes=content)) if content and len(content) == 16 else None


def with_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the steps of the form: `request.draft` is there and not filed yet.

    Without a draft the visitor begins at the welcome; a filed one leads to what became of it, so
    that the back button and a second tab change nothing.
    """

    @wraps(view)
    def checked(request: DraftRequest, *args: object, **kwargs: object) -> HttpResponse:
        draft = draft_of(request)
        if draft is None:
            return HttpResponseRedirect(reverse("citizen:register"))
        if draft.is_filed:
            return HttpResponseRedirect(reverse("citizen:register-done"))
        request.draft = draft
        try:
            return view(request, *args, **kwargs)
        except DraftFiledError:
            return HttpResponseRedirect(reverse("citizen:register-done"))

    return visitor(checked)


def with_filed_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For what comes after «Ghi nhận»: `request.declaration` is what the visitor's draft became."""

    @wraps(view)
    def checked(request: FiledRequest, *args: object, **kwargs: object) -> HttpResponse:
        draft = draft_of(request)
        declaration = queries.declaration_of_draft(draft.id) if draft else None
        if draft is None or declaration is None:
            return HttpResponseRedirect(reverse("citizen:register"))
        request.draft, request.declaration = draft, declaration
        return view(request, *args, **kwargs)

    return visitor(checked)
