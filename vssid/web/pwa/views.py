"""The service worker: which pages work without a network, and the files they need."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse

from vssid.web.ui.access import public

PAGES = ("citizen:smart_otp_codes",)
"""Routes of pages that know nobody. A personal page never belongs here."""

FILES = (
    "ui/ui.css",
    "ui/menu.js",
    "ui/emblem.svg",
    "ui/favicon.svg",
    "ui/weave.svg",
    "citizen/smart_otp.css",
    "citizen/smart_otp.js",
)
"""Every static file that these pages ask for."""


@public
def worker(request: HttpRequest) -> HttpResponse:
    """What is kept, by its names of this release, and the worker that keeps it.

    Any change of the list or of the release is a change of this text, by which browsers notice.
    """
    shell = {
        "pages": [reverse(route) for route in PAGES],
        "files": [static(name) for name in FILES],
    }
    text = json.dumps([settings.VSSID_RELEASE, shell])
    shell["version"] = hashlib.sha256(text.encode()).hexdigest()[:16]  # type: ignore[assignment]
    code = static("pwa/worker.js")
    answer = HttpResponse(
        f"self.SHELL = {json.dumps(shell)};\nimportScripts({json.dumps(code)});\n",
        content_type="text/javascript; charset=utf-8",
    )
    answer["Cache-Control"] = "no-cache"
    return answer
