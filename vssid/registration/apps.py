"""Registers the app with Django."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """The app «registration»."""

    name = "vssid.registration"
    label = "registration"
    default_auto_field = "django.db.models.BigAutoField"
