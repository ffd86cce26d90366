"""Registers the app with Django."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """The app «answers»."""

    name = "vssid.support.answers"
    label = "answers"
    default_auto_field = "django.db.models.BigAutoField"
