"""The service worker: which pages work without a network, and the files they need."""

import hashlib
import json
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse

from vssid.web.ui.access import public

PAGES = ("citizen:smart_otp_codes", "citizen:offline")
"""Routes of pages that know nobody. A personal page never belongs here."""

FILES = (
    "ui/ui.css",
    "ui/whose.css",
    "ui/language.css",
    "ui/menu.js",
    "ui/emblem.svg",
    "ui/favicon.svg",
    "ui/weave.svg",
    "pwa/apple-touch-icon.png",
    "citizen/smart_otp.css",
    "citizen/smart_otp.js",
    "pwa/offline.js",
    # Of the card (pwa/cards.js).
    "ui/card.js",
    "citizen/card_pass.css",
    "ui/session.js",
    "pwa/keep.js",
)
"""Every static file that these pages ask for, and the cards."""

DOORS = ("citizen:home", "citizen:sign_in", "citizen:closed")
"""Routes that only who is signed out is shown: everybody else is led past them."""

OTHERS = ("/can-bo/", "/quan-tri/", "/api/", "/demo/")
"""Where other people than the citizen work: none of the worker's business."""

CARDS_KEPT_ANEW_AFTER = timedelta(minutes=10)


@public
def worker(request: HttpRequest) -> HttpResponse:
    """What is kept, by its names of this release, and the worker that keeps it.

    Any change of the list or of the release is a change of this text, by which browsers notice.
    """
    shell: dict[str, object] = {
        "pages": [reverse(route) for route in PAGES],
        "files": [static(name) for name in FILES],
        "cards": {
            "list": reverse("citizen:offline-cards"),
            "signIn": reverse("citizen:sign_in"),
            "doors": [reverse(route) for route in DOORS],
            "signOut": reverse("citizen:sign_out"),
            "state": reverse("citizen:session"),
            "fallback": reverse("citizen:offline"),
            "seconds": CARDS_KEPT_ANEW_AFTER.total_seconds(),
            "others": OTHERS,
        },
    }
    text = json.dumps([settings.VSSID_RELEASE, shell])
    shell["version"] = hashlib.sha256(text.encode()).hexdigest()[:16]
    # The cards' part listens first: it answers for the pages of whoever is signed in.
    codes = ", ".join(json.dumps(static(name)) for name in ("pwa/cards.js", "pwa/worker.js"))
    answer = HttpResponse(
        f"self.SHELL = {json.dumps(shell)};\nimportScripts({codes});\n",
        content_type="text/javascript; charset=utf-8",
    )
    answer["Cache-Control"] = "no-cache"
    return answer
