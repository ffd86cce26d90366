"""Every address, the often used ones first."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from vssid.web.citizen import urls as citizen
from vssid.web.officer import urls as officer
from vssid.web.officer.directories.views import operations
from vssid.web.pwa import urls as pwa
from vssid.web.ui import urls as ui

urlpatterns: list[URLPattern | URLResolver] = [
    *citizen.urlpatterns,
    path("can-bo/", include(officer)),
    path("quan-tri/", operations, name="operations"),
    path("kiem-tra-the/", include("vssid.web.officer.card_check.urls")),
    path("api/v1/", include("vssid.web.api.urls")),
    *ui.urlpatterns,
    path("", include(pwa)),
]

if settings.VSSID_DEMO:
    urlpatterns.append(path("demo/", include("vssid.web.demo.urls")))

handler400 = "vssid.web.ui.errors.bad_request"
handler403 = "vssid.web.ui.errors.forbidden"
handler404 = "vssid.web.ui.errors.not_found"
handler500 = "vssid.web.ui.errors.server_error"
