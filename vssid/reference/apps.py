"""Registers the app with Django."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """The app «reference»."""

    name = "vssid.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"
