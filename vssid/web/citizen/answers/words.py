"""The words around answers: topics, links that exist, sources."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vssid.support.answers.places import Found
from vssid.support.answers.saying import Link, Said, link
from vssid.web.citizen.lookups.results import reason_of
from vssid.web.ui.access import CitizenRequest

TOPICS: Final[dict[str, tuple[str | Promise, str]]] = {
    "registering": (gettext_lazy("Đăng ký tài khoản"), "user-plus"),
    "signing-in": (gettext_lazy("Đăng nhập và mật khẩu"), "key-round"),
    "family": (gettext_lazy("Con và cha mẹ"), "users"),
    "card": (gettext_lazy("Thẻ BHYT"), "id-card"),
    "contributions": (gettext_lazy("Quá trình đóng"), "history"),
    "benefits": (gettext_lazy("Chế độ hưởng"), "hand-coins"),
    "medical": (gettext_lazy("Sổ khám chữa bệnh"), "book-heart"),
    "personal-data": (gettext_lazy("Thông tin cá nhân"), "shield-check"),
    "finding": (gettext_lazy("Tìm cơ quan, nơi khám, mã số"), "search"),
    "help": (gettext_lazy("Liên hệ và trợ giúp"), "life-buoy"),
}

SUGGESTED: Final = (
    "forgot-password",
    "card-valid",
    "total-time",
    "one-time-who",
    "find-office",
    "phone-changed",
)
"""What is asked most, as chips to press."""

_SIGN_IN: Final = "/dang-nhap/"


def is_english() -> bool:
    """Whether the page is read in English."""
    return get_language() == "en"


def topic_name(topic: str) -> str:
    """The topic in the language of the page."""
    return str(TOPICS[topic][0])


def ways_on(request: CitizenRequest, links: Iterable[Link]) -> list[Link]:
    """The links whose page is there, one each; of one that is not, what lies above it.

    Who is signed in is not led to signing in.
    """
    found = {existing(one.address): one for one in links}
    if hasattr(request, "citizen"):
        found.pop(_SIGN_IN, None)
    return [Link(one.label, address) for address, one in found.items()]


@lru_cache(maxsize=256)
def existing(address: str) -> str:
    """The address, or the nearest one above it that this release has."""
    while address != "/":
        try:
            resolve(address)
        except Resolver404:
            address = address.rstrip("/").rpartition("/")[0] + "/"
        else:
            return address
    return address


def hand_over(request: CitizenRequest) -> list[Link]:
    """Whom to turn to when an answer is not known or not right."""
    english = is_english()
    hotline = settings.VSSID_HOTLINE
    call = Link(_("Gọi tổng đài %(phone)s") % {"phone": hotline}, f"tel:{hotline.replace(' ', '')}")
    rest = [
        link("/ho-tro/phan-anh/", english=english),
        link("/tra-cuu/co-quan-bhxh/", english=english),
    ]
    return [call, *ways_on(request, rest)]


def call_for_life() -> Link:
    """The number that sends help when a life is in danger."""
    return Link(_("Gọi cấp cứu 115"), "tel:115")


def sources(found: Said) -> str:
    """Where an answer comes from, as one line under it."""
    parts = list(found.laws)
    parts += [_("màn hình «%(name)s»") % {"name": one.label} for one in found.screens]
    if found.from_guides:
        parts.append(_("hướng dẫn sử dụng VssID"))
    return "; ".join(parts)


def sign_in_to(address: str) -> str:
    """The sign-in that leads back to an address."""
    return f"{reverse('citizen:sign_in')}?tiep={address}"


def remark_on(place: Found) -> str:
    """Why a place was told whose name does not say so, and what it does not do; else empty."""
    reason = reason_of(place.of, place.code)
    said = [reason[:1].upper() + reason[1:]] if reason else []
    return ". ".join([*said, *([] if place.has_contract else [_("Không có hợp đồng BHYT")])])
