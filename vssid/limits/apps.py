"""Registers the app with Django."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """The app «limits»."""

    name = "vssid.limits"
    label = "limits"
    default_auto_field = "django.db.models.BigAutoField"
