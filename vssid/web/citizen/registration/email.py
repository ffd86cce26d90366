"""«Xác nhận email»: where the link in the letter to a declaration's email leads."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.clock import utc_now
from vssid.kernel.emails import mask_email
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import parse_insurance_number
from vssid.registration.commands import proving_email
from vssid.registration.errors import EmailProofUnknownError
from vssid.registration.models import Declaration
from vssid.web.ui.access import public
from vssid.web.ui.fields import ParsedField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render


class NumberForm(PlainForm):
    """What the applicant knows, and whoever owns a mistyped address does not."""

    number = ParsedField(
        label=gettext_lazy("Mã số BHXH trong tờ khai"), parse=parse_insurance_number
    )


@public
def prove(request: HttpRequest, proof: str) -> HttpResponse:
    """The number and a button: programs that read letters follow their links."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    try:
        declaration = proving_email.named_by(proof=proof, now=utc_now())
        if form.is_valid():
            number = form.cleaned_data["number"]
            proving_email.prove_email(proof=proof, number=number, now=utc_now())
            return HttpResponseRedirect(request.path)
    except EmailProofUnknownError as error:
        return _draw(request, None, form, str(error))
    except CodedError as error:
        form.refuse("number", error)
    return _draw(request, declaration, form)


def _draw(
    request: HttpRequest, declaration: Declaration | None, form: NumberForm, refusal: str = ""
) -> HttpResponse:
    answer = render(
        request,
        "citizen/registration/prove_email.html",
        Page(title=_("Xác nhận email")),
        email=mask_email(declaration.email) if declaration else "",
        is_proven=declaration is not None and declaration.email_proven_at is not None,
        refusal=refusal,
        action=request.path,
        form=form,
        status=form.status if declaration else 404,
    )
    answer["Cache-Control"] = NEVER_KEPT
    return answer
