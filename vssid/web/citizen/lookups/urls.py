"""The addresses of the look-ups, below /tra-cuu/."""

from django.urls import path

from vssid.web.citizen.lookups import mapping, views
from vssid.web.citizen.lookups.kinds import LOOK_UPS

urlpatterns = [
    path("tra-cuu/", views.index, name="lookup"),
    *(
        path(f"tra-cuu/{slug}/", views.search, {"slug": slug}, name=f"lookup-{slug}")
        for slug in LOOK_UPS
    ),
    *(
        path(f"tra-cuu/{slug}/ban-do/", mapping.on_map, {"slug": slug}, name=f"lookup-{slug}-map")
        for slug, look_up in LOOK_UPS.items()
        if look_up.on_map
    ),
    *(
        path(
            f"tra-cuu/{slug}/<str:code>/", views.entry, {"slug": slug}, name=f"lookup-{slug}-entry"
        )
        for slug in LOOK_UPS
    ),
]
