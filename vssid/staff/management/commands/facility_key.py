"""Makes, lists and ends the keys with which facilities' programs call the machine API."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.staff import queries
from vssid.staff.commands import facility_keys

_BY = Actor.system("facility_key")


class Command(BaseCommand):
    """`manage.py facility_key open 01001 "HIS, phòng tiếp đón"`."""

    help = "Keys of the machine API: open prints the key once, list shows all, end closes one."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, with which key."""
        acts = parser.add_subparsers(dest="what", required=True)
        opening = acts.add_parser("open", help="a new key, printed once")
        opening.add_argument("facility", help="the facility's code, 5 characters")
        opening.add_argument("name", help="whose key it is, for the list")
        acts.add_parser("list", help="all keys").add_argument("facility", nargs="?", default="")
        acts.add_parser("end", help="close a key").add_argument("key", type=UUID)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, or say why not."""
        try:
            if options["what"] == "open":
                self._open(options["facility"].upper(), options["name"])
            elif options["what"] == "list":
                self._list(options["facility"].upper())
            else:
                facility_keys.end_key(key_id=options["key"], by=_BY, now=utc_now())
                self.stdout.write(f"{options['key']}: ended")
        except CodedError as error:
            raise CommandError(str(error)) from error

    def _open(self, facility: str, name: str) -> None:
        made, text = facility_keys.open_key(facility=facility, name=name, by=_BY, now=utc_now())
        self.stdout.write(f"{made.id} {made.facility} {made.name}\n{text}")

    def _list(self, facility: str) -> None:
        for key in queries.facility_keys(facility):
            state = f"ended {key.ended_at:%Y-%m-%d}" if key.ended_at else "in force"
            self.stdout.write(f"{key.id} {key.facility} {key.name}: {state}")
