"""The addresses of the record: one's own, and the same pages below a child's guardianship."""

from django.urls import URLPattern, path

from vssid.web.citizen.record import card_pass, medical, offline, views
from vssid.web.citizen.record.reader import RecordView, of_child, own

# Address, view, name.
_PAGES: tuple[tuple[str, RecordView[...], str], ...] = (
    ("quan-ly-ca-nhan/", views.overview, "overview"),
    ("the-bhyt/", views.card, "card"),
    ("the-bhyt/xem/", views.card_full, "card-full"),
    ("qua-trinh-tham-gia/", views.first_fund, "history-start"),
    ("qua-trinh-tham-gia/<slug:fund>/", views.history, "history"),
    ("thong-tin-huong/", views.first_benefit, "benefits-start"),
    ("thong-tin-huong/<slug:kind>/", views.benefits, "benefits"),
    ("so-kham-chua-benh/", medical.medical_book, "medical-book"),
    ("so-kham-chua-benh/<int:year>/", medical.medical_book, "medical-book-year"),
)

urlpatterns: list[URLPattern] = [
    path("the-bhyt/ma-xac-thuc/", card_pass.fresh_own(card_pass.card_pass), name="card-pass"),
    path("the-bhyt/ma-xac-thuc/moi/", card_pass.next_pass, name="next-pass"),
    path(
        "con/<uuid:child>/the-bhyt/ma-xac-thuc/",
        of_child(card_pass.card_pass),
        name="child-card-pass",
    ),
    path(
        "con/<uuid:child>/the-bhyt/ma-xac-thuc/moi/",
        card_pass.next_pass,
        name="child-next-pass",
    ),
    path("the-bhyt/ngoai-tuyen/", offline.offline_cards, name="offline-cards"),
    path("ngoai-tuyen/", offline.offline, name="offline"),
    *(path(address, own(view), name=name) for address, view, name in _PAGES),
    *(
        path(f"con/<uuid:child>/{address}", of_child(view), name=f"child-{name}")
        for address, view, name in _PAGES
    ),
]
