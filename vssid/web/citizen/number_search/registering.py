"""From a number that was found whole to its registration, filled in (guides R16)."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from vssid.accounts import tokens
from vssid.kernel.clock import utc_now
from vssid.kernel.identifiers import parse_identity
from vssid.people.number_search.rules import Found, Wanted, Way
from vssid.registration.commands import drafts
from vssid.registration.errors import TooManyDraftsError
from vssid.registration.rules import Step
from vssid.web.citizen.registration.drafts import draft_of, remember
from vssid.web.citizen.registration.steps import address_of
from vssid.web.ui.access import visitor

FOUND = "tim-duoc"
_PURPOSE = "number-search-found"
_LATE_SECONDS = 30 * 60


def seal_prefill(found: Found, wanted: Wanted) -> str:
    """What the form will hold, sealed; empty unless the number was told whole."""
    if not found.is_whole:
        return ""
    held = {"number": found.number, "full_name": wanted.full_name}
    if wanted.way is Way.PERSON:
        paper = parse_identity(wanted.id_number)
        held |= {"id_kind": paper.kind.value, "id_number": paper.number}
    content = {"answers": held, "at": int(utc_now().timestamp())}
    return tokens.seal(_PURPOSE, json.dumps(content).encode())


@visitor
def register(request: HttpRequest) -> HttpResponse:
    """Begin a declaration with the number filled in; one that was begun before is not touched."""
    held = json.loads(tokens.unseal(_PURPOSE, request.POST.get(FOUND, "")) or b"{}")
    now = utc_now()
    if not held or now.timestamp() - held["at"] > _LATE_SECONDS:
        return HttpResponseRedirect(reverse("citizen:number-search"))
    begun = draft_of(request)
    if begun is not None and not begun.is_filed and begun.answers.number:
        return HttpResponseRedirect(reverse("citizen:register"))
    try:
        draft = drafts.start_draft(now=now, address=request.META.get("REMOTE_ADDR", ""))
    except TooManyDraftsError:
        # Its page says so, and what to do.
        return HttpResponseRedirect(reverse("citizen:register-kind"))
    drafts.save_answers(draft_id=draft.id, changes=held["answers"], now=now)
    answer = HttpResponseRedirect(address_of(Step.PERSON))
    remember(answer, draft.id)
    return answer
