"""«Báo không đúng»: a guardian says that another one should not act for the child."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts.passages import PassageKind
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.people import queries as people
from vssid.registration.commands import disputing
from vssid.web.citizen.children.forms import DisputeForm
from vssid.web.citizen.record import refused
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form


@citizen(proven=True)
def report(request: CitizenRequest, child: UUID) -> HttpResponse:
    """What happens then is said first: nobody sees the record until an officer has decided."""
    number, now = request.citizen.number, utc_now()
    held = people.children_of(number, vietnam_today(now)).filter(id=child).first()
    if held is None:
        return refused.by_passage(request, PassageKind.CHILD, child)
    form = DisputeForm(request.POST if request.method == "POST" else None, initial=request.kept)
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            disputing.report_dispute(guardian=number, child=held.child_number, words=words, now=now)
        except CodedError as error:
            form.refuse("words", error)
        else:
            return HttpResponseRedirect(reverse("citizen:child"))
    page = Page(title=_("Báo không đúng"), tab="manage", back=reverse("citizen:child"))
    return render_form(request, "citizen/children/dispute.html", page, form, held=held)
