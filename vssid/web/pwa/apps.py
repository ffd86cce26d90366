"""Registers the installed app's own parts with Django."""

from django.apps import AppConfig


class PwaConfig(AppConfig):
    """What works without a network."""

    name = "vssid.web.pwa"
    label = "web_pwa"
