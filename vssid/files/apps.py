"""Registers the app with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The app «files»."""

    name = "vssid.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
