"""The addresses of the look-ups, below /tra-cuu/."""

from django.urls import path

from vssid.web.citizen.lookups import views
from vssid.web.citizen.lookups.kinds import LOOK_UPS

urlpatterns = [
    path("tra-cuu/", views.index, name="lookup"),
    *(
        path(f"tra-cuu/{slug}/", views.search, {"slug": slug}, name=f"lookup-{slug}")
        for slug in LOOK_UPS
    ),
    *(
        path(
            f"tra-cuu/{slug}/<str:code>/", views.entry, {"slug": slug}, name=f"lookup-{slug}-entry"
        )
        for slug in LOOK_UPS
    ),
]
