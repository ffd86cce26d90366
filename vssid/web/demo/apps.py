"""Registers the screens with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The screens «demo»."""

    name = "vssid.web.demo"
    label = "web_demo"
