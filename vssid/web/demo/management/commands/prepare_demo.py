"""Sets the demo up in one process, as the owner of the database; a second run does little."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from vssid.kernel.clock import utc_now
from vssid.web.demo import seeding


class Command(BaseCommand):
    """`manage.py prepare_demo --address http://127.0.0.1:8000/`."""

    help = "Migrates, grants, loads the directories, gathers static files, seeds invented people."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address that the introduction names."""
        parser.add_argument("--address", default="http://127.0.0.1:8000/")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what is not done yet and write the introduction down."""
        call_command("migrate", interactive=False, verbosity=0)
        call_command("grant_app_role")
        call_command("compile_texts")
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_reference", stdout=self.stdout)
        if not seeding.is_seeded():
            seeding.seed(now=utc_now())
            self.stdout.write("Invented people, officers and accounts are in place.")
        people = settings.VAR_DIR / "demo-people.txt"
        people.write_text(seeding.introduction(options["address"]), encoding="utf-8")
