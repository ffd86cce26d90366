"""Records the decision to keep looks from the person looked at: `docs/operations.md`, «Audit»."""

from argparse import ArgumentParser
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vssid.audit.actors import Actor
from vssid.audit.commands import Decision, withhold_looks
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError


class Command(BaseCommand):
    """`manage.py withhold_looks 0198000001 --decision 12/QĐ --until 2027-01-31 --office 00114`."""

    help = "Keeps looks of an office or an officer from the person looked at, for a term."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """On whom, by which decision, until when, whose looks, and who records it."""
        parser.add_argument("number", help="the BHXH number of the person looked at")
        parser.add_argument("--decision", required=True, help="the number of the decision")
        parser.add_argument("--until", required=True, type=_day, help="the last day, 2027-01-31")
        parser.add_argument("--from", type=_day, dest="first", help="looks since; without it: now")
        parser.add_argument("--office", default="", help="agency code whose looks are withheld")
        parser.add_argument("--actor", default="", help="user name whose looks are withheld")
        parser.add_argument("--by", required=True, help="user name of whoever records it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Record it, or say why not."""
        now = utc_now()
        decision = Decision(
            number=options["decision"],
            from_at=_at(options["first"], time.min) if options["first"] else now,
            until=_at(options["until"], time.max),
            office=options["office"],
            actor=options["actor"],
        )
        by = Actor.officer(options["by"], "")
        try:
            hold = withhold_looks(subject=options["number"], decision=decision, by=by, now=now)
        except CodedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Withheld until {timezone.localtime(hold.until):%Y-%m-%d %H:%M}.")


def _day(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=timezone.get_default_timezone())


def _at(day: datetime, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=day.tzinfo)
