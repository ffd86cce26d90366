"""What a look-up was asked: text, areas, the device's place; read from what anybody may send."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from vssid.kernel.clock import utc_now
from vssid.kernel.text import clean
from vssid.limits import commands as limits
from vssid.reference import queries as reference
from vssid.reference.errors import TooManyLookupsError
from vssid.reference.lookups import Wanted
from vssid.reference.rows import ERA_TODAY, Point
from vssid.web.ui import senders

LONGEST: Final = 100
# Invisible signs go before the rest is measured; whoever sends a megabyte is read no further.
_READ_AT_MOST: Final = 1000
_LONGEST_PAGE: Final = 4
_SOUTH, _NORTH, _WEST, _EAST = 6.0, 23.5, 102.0, 118.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, and a sentence about what could not be used of it."""

    wanted: Wanted
    note: str = ""


def asked(request: HttpRequest) -> Asked:
    """By GET text, areas and page; by POST the device's place besides, which no address shows."""
    sent = request.POST if request.method == "POST" else request.GET
    read = sent.get("tim", "")[:_READ_AT_MOST]
    text = clean(read)
    # A space at the end says that the last word is finished.
    ends = " " if text and read[-1:].isspace() else ""
    province, commune = _areas(sent)
    here = _place(sent) if request.method == "POST" else None
    note = ""
    if len(text) > LONGEST:
        note = _("Câu tìm dài quá, chỉ 100 ký tự đầu được dùng. Xin gõ ngắn lại.")
    elif request.method == "POST" and here is None:
        note = _("Không dùng được vị trí của máy. Xin chọn tỉnh, xã ở trên thay cho vị trí.")
    wanted = Wanted(text[:LONGEST] + ends, province, commune, here, _page(sent))
    return Asked(wanted, note)


def count(request: HttpRequest) -> None:
    """Count one search of a browser and of its line. Raises TooManyLookupsError."""
    minute = timedelta(minutes=1)
    own = limits.Limit("lookup.search", settings.VSSID_LOOKUPS_A_MINUTE, minute)
    shared = limits.Limit("lookup.line", settings.VSSID_LOOKUPS_PER_LINE_MINUTE, minute)
    keys = [(own, senders.browser(request)), (shared, senders.line(request))]
    wait = limits.hit_in_turn(of=keys, now=utc_now())
    if wait is not None:
        raise TooManyLookupsError(wait=wait)


def _areas(sent: QueryDict) -> tuple[str, str]:
    """A province of today and a commune in it; others are as good as none."""
    provinces = {one.code for one in reference.provinces()}
    province = sent.get("tinh", "") if sent.get("tinh", "") in provinces else ""
    communes = {one.code for one in reference.communes(ERA_TODAY, province)} if province else set()
    commune = sent.get("xa", "") if sent.get("xa", "") in communes else ""
    return province, commune


def _place(sent: QueryDict) -> Point | None:
    try:
        place = Point(float(sent.get("vi_do", "")[:20]), float(sent.get("kinh_do", "")[:20]))
    except ValueError:
        return None
    is_inside = _SOUTH <= place.latitude <= _NORTH and _WEST <= place.longitude <= _EAST
    return place if is_inside else None


def _page(sent: QueryDict) -> int:
    text = sent.get("trang", "")
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_PAGE
    return int(text) if is_number else 1
