"""The addresses of the estimates."""

from django.urls import URLPattern, path

from vssid.web.citizen.estimates import views
from vssid.web.citizen.record.reader import RecordView, own

# Address, view, name.
_PAGES: tuple[tuple[str, RecordView[...], str], ...] = (
    ("uoc-tinh/", views.start, "estimates"),
    ("uoc-tinh/mot-lan/", views.one_time, "estimate-one-time"),
    ("uoc-tinh/huu-tri/", views.pension, "estimate-pension"),
    ("uoc-tinh/thai-san/", views.maternity, "estimate-maternity"),
    ("uoc-tinh/om-dau/", views.sickness, "estimate-sickness"),
    ("uoc-tinh/that-nghiep/", views.unemployment, "estimate-unemployment"),
    ("uoc-tinh/bhyt-ho-gia-dinh/", views.household, "estimate-household"),
)

urlpatterns: list[URLPattern] = [
    path(address, own(view, has_amounts=True), name=name) for address, view, name in _PAGES
]
