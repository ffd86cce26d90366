"""Registers the app with Django."""

from django.apps import AppConfig


class InsuranceConfig(AppConfig):
    """The app «insurance»."""

    name = "vssid.insurance"
    label = "insurance"
    default_auto_field = "django.db.models.BigAutoField"
