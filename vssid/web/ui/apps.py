"""Registers the screens with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The screens «ui»."""

    name = "vssid.web.ui"
    label = "web_ui"
