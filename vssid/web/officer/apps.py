"""Registers the screens with Django."""

from django.apps import AppConfig


class OfficerConfig(AppConfig):
    """The screens «officer»."""

    name = "vssid.web.officer"
    label = "web_officer"
