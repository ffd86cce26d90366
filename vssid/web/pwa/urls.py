"""The addresses of the installed app. The worker lies at the top, so that it serves every page."""

from django.urls import path

from vssid.web.pwa import manifest, views

app_name = "pwa"
urlpatterns = [
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
]
