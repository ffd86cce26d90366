"""Opens, renews and ends the account of a health facility, which checks cards."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.reference import lookups
from vssid.staff import queries
from vssid.staff.commands import officers
from vssid.staff.errors import FacilityUnknownError
from vssid.staff.models import Officer, Role

_BY = Actor.system("facility_account")


class Command(BaseCommand):
    """`manage.py facility_account open quay1.dongda 01001 "Nguyễn Văn An"`."""

    help = "Accounts of health facilities: open or renew prints a first password; end closes."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, with which account."""
        acts = parser.add_subparsers(dest="what", required=True)
        opening = acts.add_parser("open", help="a new account, with a first password")
        opening.add_argument("user_name")
        opening.add_argument("facility", help="the facility's code, 5 characters")
        opening.add_argument("full_name")
        for what, said in (("renew", "a lost password or phone: as new"), ("end", "close it")):
            acts.add_parser(what, help=said).add_argument("user_name")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, or say why not."""
        name = options["user_name"].lower()
        try:
            if options["what"] == "open":
                password = _open(name, options["facility"].upper(), options["full_name"])
            elif options["what"] == "renew":
                password = officers.renew_facility_account(
                    officer=_account(name), by=_BY, now=utc_now()
                )
            else:
                officers.end_facility_account(officer=_account(name), by=_BY, now=utc_now())
                password = "ended"  # noqa: S105 - a word
        except CodedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{name}: {password}")


def _open(name: str, facility: str, full_name: str) -> str:
    now = utc_now()
    if lookups.facility_with_contract(facility, vietnam_today(now)) is None:
        raise FacilityUnknownError(code=facility)
    new = officers.NewOfficer(name, full_name, Role.FACILITY, facility)
    return officers.open_officer(officer=new, by=_BY, now=now)[1]


def _account(name: str) -> Officer:
    found = queries.facility_account(name)
    if found is None:
        raise CommandError(f"No account of a health facility is called {name}.")
    return found
