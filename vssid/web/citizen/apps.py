"""Registers the screens with Django."""

from django.apps import AppConfig


class CitizenConfig(AppConfig):
    """The screens «citizen»."""

    name = "vssid.web.citizen"
    label = "web_citizen"
