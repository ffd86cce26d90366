"""Registers the machine API with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The face «api»."""

    name = "vssid.web.api"
    label = "web_api"
