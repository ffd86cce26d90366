"""The addresses of installing and of the leaflets."""

from django.urls import path

from vssid.web.citizen.install import views

urlpatterns = [
    path("tai-ung-dung/", views.install, name="install"),
    path("tai-ung-dung/to-roi/", views.leaflets, name="leaflets"),
    path("tai-ung-dung/to-roi/<str:office>.pdf", views.leaflet, name="leaflet"),
]
