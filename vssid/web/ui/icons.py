"""The icons of the pages, drawn into them as SVG."""

import re
from functools import cache

from lucide.jinja import lucide
from markupsafe import Markup

# The whole set holds over 1,700 drawings. Only what stands here may be used, so that the same
# thing is always shown by the same picture.
ICONS = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "badge-check",
        "banknote",
        "bell",
        "book",
        "book-heart",
        "bot",
        "briefcase-business",
        "building-2",
        "calendar",
        "calendar-clock",
        "camera",
        "check",
        "chevron-down",
        "chevron-left",
        "chevron-right",
        "circle-alert",
        "circle-check",
        "circle-question-mark",
        "circle-x",
        "clock",
        "columns-2",
        "contact",
        "copy",
        "download",
        "external-link",
        "eye",
        "eye-off",
        "file-check",
        "file-pen-line",
        "file-text",
        "fingerprint-pattern",
        "gavel",
        "gift",
        "hand-coins",
        "hand-heart",
        "hard-hat",
        "heart-pulse",
        "history",
        "hospital",
        "house",
        "id-card",
        "image",
        "inbox",
        "info",
        "key-round",
        "landmark",
        "languages",
        "life-buoy",
        "list-checks",
        "locate-fixed",
        "lock",
        "log-in",
        "log-out",
        "mail",
        "map",
        "map-pin",
        "maximize",
        "menu",
        "message-circle",
        "message-square",
        "messages-square",
        "minus",
        "newspaper",
        "pencil",
        "phone",
        "plus",
        "printer",
        "qr-code",
        "refresh-cw",
        "rotate-cw",
        "route",
        "rss",
        "scan-line",
        "search",
        "send",
        "settings",
        "shield-check",
        "smartphone",
        "stethoscope",
        "store",
        "trash-2",
        "triangle-alert",
        "upload",
        "user-plus",
        "user-round",
        "users",
        "volume-2",
        "volume-x",
        "wallet",
        "wifi-off",
        "x",
        "zoom-in",
        "zoom-out",
    }
)


class UnknownIconError(LookupError):
    """An icon was asked for that is not on the list `ICONS`."""


@cache
def icon(name: str, size: int = 24) -> Markup:
    """The drawing as SVG, `size` pixels square, silent for screen readers: text stands beside it.

    Raises UnknownIconError for a name that is not in `ICONS`.
    """
    if name not in ICONS:
        message = f"The icon {name!r} is not on the list in vssid/web/ui/icons.py."
        raise UnknownIconError(message)
    drawn = lucide(name, size=size, aria_hidden="true", focusable="false", **{"class": "icon"})
    # The words come from a package and hold no person's input.
    return Markup(re.sub(r">\s+<", "><", re.sub(r"\s+/>", "/>", drawn)).strip())  # noqa: S704
