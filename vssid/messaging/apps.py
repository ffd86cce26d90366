"""Registers the app with Django."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """The app «messaging»."""

    name = "vssid.messaging"
    label = "messaging"
    default_auto_field = "django.db.models.BigAutoField"
