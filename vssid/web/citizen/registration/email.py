"""«Xác nhận email»: where the link in the letter to a declaration's email leads."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from vssid.kernel.clock import utc_now
from vssid.kernel.emails import mask_email
from vssid.registration import rules
from vssid.registration.commands import proving_email
from vssid.registration.errors import EmailProofUnknownError
from vssid.registration.models import Declaration
from vssid.web.ui.access import public
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render


@public
def prove(request: HttpRequest, proof: str) -> HttpResponse:
    """A button that confirms: programs that read letters follow their links."""
    try:
        if request.method == "POST":
            proving_email.prove_email(proof=proof, now=utc_now())
            return HttpResponseRedirect(request.path)
        return _draw(request, proving_email.named_by(proof=proof))
    except EmailProofUnknownError as error:
        return _draw(request, None, str(error))


def _draw(request: HttpRequest, declaration: Declaration | None, refusal: str = "") -> HttpResponse:
    answer = render(
        request,
        "citizen/registration/prove_email.html",
        Page(title=_("Xác nhận email")),
        code=rules.display_code(declaration.code) if declaration else "",
        email=mask_email(declaration.email) if declaration else "",
        is_proven=declaration is not None and declaration.email_proven_at is not None,
        refusal=refusal,
        action=request.path,
        status=200 if declaration else 404,
    )
    answer["Cache-Control"] = NEVER_KEPT
    return answer
