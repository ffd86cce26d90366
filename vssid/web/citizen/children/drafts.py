"""Which draft a guardian is filling in for a child: the one of their account."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from vssid.registration import children
from vssid.registration.queries import DraftView
from vssid.registration.rules import ChildStep
from vssid.web.ui.access import CitizenRequest, View, citizen


class ChildRequest(CitizenRequest):
    """A request of a guardian who has begun a child's form."""

    draft: DraftView


def with_child_draft(view: Callable[..., HttpResponse]) -> View:
    """For the steps: `request.draft` is the guardian's own, on whatever device it was begun."""

    @wraps(view)
    def checked(request: ChildRequest, *args: object, **kwargs: object) -> HttpResponse:
        draft = children.child_draft(request.citizen.number)
        if draft is None:
            return HttpResponseRedirect(reverse("citizen:child"))
        request.draft = draft
        return view(request, *args, **kwargs)

    return citizen()(checked)


def address_of(step: ChildStep) -> str:
    """Where a step of a child's form lives."""
    return reverse(f"citizen:children-{step.name.lower()}")


def mending_address(draft: DraftView) -> str:
    """Where mending begins: at the field that was refused, else at what is still missing.

    A lapsed one has nothing to mend: complete, it only waits for «Ghi nhận».
    """
    missing, faults = children.missing_child_step(draft), draft.faults
    begins_here = next((one for one in faults if one.step is ChildStep.CHILD), None)
    if begins_here is not None:
        return f"{address_of(ChildStep.CHILD)}#{begins_here.field}"
    if missing is not None or draft.own_words:
        return address_of(missing or ChildStep.CHILD)
    return address_of(ChildStep.REVIEW)
