"""The addresses of the record: one's own, and the same pages over somebody else's."""

from collections.abc import Iterator
from typing import Final

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from vssid.accounts.passages import PassageKind
from vssid.people.visibility import Part
from vssid.web.citizen.record import card_pass, medical, offline, refused, views
from vssid.web.citizen.record.reader import RecordView, of_other, own

# Address, view, name, and what part of the record it shows; None: the way in.
_PAGES: tuple[tuple[str, RecordView[...], str, Part | None], ...] = (
    ("quan-ly-ca-nhan/", views.overview, "overview", None),
    ("the-bhyt/", views.card, "card", Part.CARD),
    ("the-bhyt/xem/", views.card_full, "card-full", Part.CARD),
    ("qua-trinh-tham-gia/", views.first_fund, "history-start", Part.CONTRIBUTIONS),
    ("qua-trinh-tham-gia/<slug:fund>/", views.history, "history", Part.CONTRIBUTIONS),
    ("thong-tin-huong/", views.first_benefit, "benefits-start", Part.BENEFITS),
    ("thong-tin-huong/<slug:kind>/", views.benefits, "benefits", Part.BENEFITS),
    ("so-kham-chua-benh/", medical.medical_book, "medical-book", Part.MEDICAL_BOOK),
    ("so-kham-chua-benh/<int:year>/", medical.medical_book, "medical-book-year", Part.MEDICAL_BOOK),
)


class NumberConverter(StringConverter):
    """A BHXH number, or a personal one."""

    regex = refused.A_NUMBER


class RestConverter(StringConverter):
    """Whatever follows, or nothing."""

    regex = ".*"


register_converter(NumberConverter, "bhxh")
register_converter(RestConverter, "rest")
_TRIED_BELOW: Final = (
    "quan-ly-ca-nhan",
    "the-bhyt",
    "qua-trinh-tham-gia",
    "thong-tin-huong",
    "so-kham-chua-benh",
    "giay-xac-nhan",
    "uoc-tinh",
)
"""Where somebody may write a number behind the address of their own page."""
_BELOW: Final = {PassageKind.CHILD: "con", PassageKind.SHARE: "xem-ho"}


def _of_others() -> Iterator[URLPattern]:
    for kind, below in _BELOW.items():
        for address, view, name, part in _PAGES:
            yield path(
                f"{below}/<uuid:{kind.value}>/{address}",
                of_other(view, kind, part),
                name=f"{kind.value}-{name}",
            )
        # A number where an id belongs: somebody tries a record by guessing.
        yield path(
            f"{below}/<bhxh:number>/<rest:page>",
            refused.by_number,
            name=f"{kind.value}-by-number",
        )


def _numbers() -> Iterator[URLPattern]:
    for below in _TRIED_BELOW:
        address = f"{below}/<bhxh:number>/<rest:page>"
        yield path(address, refused.by_number, name=f"{below}-by-number")


urlpatterns: list[URLPattern] = [
    *_numbers(),
    path("the-bhyt/ma-xac-thuc/", card_pass.fresh_own(card_pass.card_pass), name="card-pass"),
    path("the-bhyt/ma-xac-thuc/moi/", card_pass.next_pass, name="next-pass"),
    path(
        "con/<uuid:child>/the-bhyt/ma-xac-thuc/",
        of_other(card_pass.card_pass, PassageKind.CHILD, Part.CARD),
        name="child-card-pass",
    ),
    path(
        "con/<uuid:child>/the-bhyt/ma-xac-thuc/moi/",
        card_pass.next_pass,
        name="child-next-pass",
    ),
    path("the-bhyt/ngoai-tuyen/", offline.offline_cards, name="offline-cards"),
    path("ngoai-tuyen/", offline.offline, name="offline"),
    *(path(address, own(view), name=name) for address, view, name, _part in _PAGES),
    *_of_others(),
]
