"""Opens the account of an office's first head, of an operator or an editor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.reference import queries as reference
from vssid.staff.commands import officers
from vssid.staff.models import Role


class Command(BaseCommand):
    """`manage.py open_officer truong.thanhtri "Tạ Thị Ngân" head 00114`."""

    help = "Opens an officer's account and prints its first password, which holds for a day."

    def add_arguments(self, parser: CommandParser) -> None:
        """User name, full name, role, agency code."""
        parser.add_argument("user_name")
        parser.add_argument("full_name")
        # Health facilities are no agencies: `facility_account` opens theirs.
        parser.add_argument("role", choices=[one for one in Role.values if one != Role.FACILITY])
        parser.add_argument("office")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Open it, or say why not."""
        if reference.office(options["office"]) is None:
            raise CommandError(f"No agency in service has the code {options['office']}.")
        new = officers.NewOfficer(
            options["user_name"].lower(),
            options["full_name"],
            Role(options["role"]),
            options["office"],
        )
        try:
            made, password = officers.open_officer(
                officer=new, by=Actor.system("open_officer"), now=utc_now()
            )
        except CodedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made.user_name}: {password}")
