"""Loads areas, agencies, facilities, collection points; a second run does nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from vssid.audit.actors import Actor
from vssid.reference import commands


class Command(BaseCommand):
    """`manage.py load_reference`."""

    help = "Loads areas, agencies, facilities and collection points from the installed data set."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load what is not loaded yet and say what was done."""
        for result in commands.load_reference(by=Actor.system("load_reference")):
            done = "loaded" if result.is_changed else "unchanged"
            self.stdout.write(f"{result.name}: {result.rows} rows, {done}")
