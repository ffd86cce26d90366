"""Addresses that belong to no face: the picture code, health, metrics."""

from captcha.views import captcha_image
from django.urls import path

from vssid.web.ui import health
from vssid.web.ui.access import public

urlpatterns = [
    path("ma-kiem-tra/hinh/<slug:key>/", public(captcha_image), {"scale": 1}, "captcha-image"),
    path("ma-kiem-tra/hinh/<slug:key>@2/", public(captcha_image), {"scale": 2}, "captcha-image-2x"),
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
]
