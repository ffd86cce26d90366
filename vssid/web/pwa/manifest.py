"""The web app manifest: what a phone installs, and where it starts (guides R17)."""

from typing import Final

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.web.ui.access import public

ICONS: Final = (
    ("pwa/icon-192.png", 192, "any"),
    ("pwa/icon-512.png", 512, "any"),
    ("pwa/icon-maskable-512.png", 512, "maskable"),
)
"""File, side in pixels, purpose; the maskable one fills the square, phones cut its corners."""

BLUE: Final = "#0A3F7A"


@public
def manifest(_request: HttpRequest) -> JsonResponse:
    """The manifest, in the visitor's language."""
    shortcuts = (
        (_("Thẻ BHYT"), "citizen:card-full"),
        (_("Mã SmartOTP"), "citizen:smart_otp_codes"),
        (_("Tra cứu"), "citizen:lookup"),
    )
    answer = JsonResponse(
        {
            "id": "/?app=1",
            "name": _("VssID – Bảo hiểm xã hội số"),
            "short_name": "VssID",
            "description": _("Thẻ BHYT, quá trình đóng, chế độ và sổ khám chữa bệnh của bạn."),
            "lang": "vi",
            "dir": "ltr",
            "start_url": f"{reverse('citizen:home')}?app=1",
            "scope": "/",
            "display": "standalone",
            "orientation": "any",
            "background_color": BLUE,
            "theme_color": BLUE,
            "categories": ["government", "health"],
            "icons": [
                {
                    "src": static(file),
                    "sizes": f"{side}x{side}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for file, side, purpose in ICONS
            ],
            "shortcuts": [{"name": name, "url": reverse(route)} for name, route in shortcuts],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
    answer["Cache-Control"] = "public, max-age=3600"
    answer["Vary"] = "Cookie, Accept-Language"
    return answer
