"""For whom passkeys are made on this page's host, and how they travel in forms."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from vssid.kernel.errors import CodedError, TooManyError
from vssid.kernel.passkeys import Party, name_for_address, relying_party
from vssid.web.ui.pages import NEVER_KEPT

# The fields of the form that ui/passkey.js fills in.
TICKET, ANSWER = "ve", "tra_loi"
_NAME = "VssID"


def party_of(request: HttpRequest) -> Party | None:
    """The party that this page's passkeys are made for; None at an address of digits."""
    # Behind a proxy that speaks TLS the request itself comes without.
    scheme = "https" if settings.VSSID_SECURE_COOKIES else request.scheme
    return relying_party(
        scheme=scheme or "http",
        host=request.get_host(),
        name=_NAME,
        domain=settings.VSSID_PASSKEY_DOMAIN,
    )


def named_host(request: HttpRequest) -> str | None:
    """The same host by a name that may have passkeys: `localhost` for this machine's address."""
    return name_for_address(request.get_host())


def asked(options: dict[str, object], ticket: str) -> JsonResponse:
    """What ui/passkey.js hands to the browser, and the ticket that it sends back."""
    return _answer({"options": options, "ticket": ticket}, 200)


def not_asked(problem: CodedError) -> JsonResponse:
    """Why the browser is not asked: ui/passkey.js shows the sentence."""
    return _answer({"problem": str(problem)}, 429 if isinstance(problem, TooManyError) else 422)


def _answer(content: dict[str, object], status: int) -> JsonResponse:
    answer = JsonResponse(content, status=status)
    answer["Cache-Control"] = NEVER_KEPT
    return answer
