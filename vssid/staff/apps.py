"""Registers the app with Django."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """The app «staff»."""

    name = "vssid.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"
