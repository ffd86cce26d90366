"""Brings a directory from a CSV file that is checked as a whole."""

from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import translation

from vssid.audit.actors import Actor
from vssid.kernel.errors import CodedError
from vssid.reference.exchange import commands
from vssid.reference.exchange.comparing import Comparison, Kind
from vssid.reference.exchange.decoding import decode
from vssid.reference.exchange.queries import report_on
from vssid.reference.exchange.reporting import Report, write_report
from vssid.reference.exchange.sheets import SHEETS, Sheet

_NAMED: Final = 20


class Command(BaseCommand):
    """`manage.py import_directory facilities list.csv`, then the same with `--apply`."""

    help = "Says what a file would change in a directory; with --apply, changes it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The directory, the file (docs/directories.md), and whether to carry it out."""
        parser.add_argument("directory", choices=sorted(SHEETS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true")
        parser.add_argument(
            "--without-demo", action="store_true", help="remove demo entries the file has not"
        )
        parser.add_argument(
            "--report", type=Path, help="a CSV file for every fault, warning and change"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check the file, say what it changes, and change it if that is asked for."""
        sheet = SHEETS[options["directory"]]
        if options["without_demo"] and sheet.name == "agencies":
            raise CommandError("Agencies end by a reorganisation: leave out --without-demo.")
        # The shell speaks English, as every other command does; the screens speak to people.
        with translation.override("en"):
            self._check(sheet, **options)

    def _check(self, sheet: Sheet, **options: Any) -> None:
        path, without_demo = options["file"], options["without_demo"]
        report, rows = report_on(_text_of(path), sheet, without_demo=without_demo)
        if options["report"]:
            _write(report, options["report"])
        for fault in (*report.faults, *report.warnings):
            self.stderr.write(f"{path}:{fault.line}: {fault.sentence}")
        if report.faults:
            count = len(report.faults)
            raise CommandError(f"Nothing was changed: the file has {count} fault(s).")
        try:
            compared = commands.apply_rows(
                sheet=sheet,
                rows=rows,
                by=Actor.system("import_directory"),
                without_demo=without_demo,
                keep=options["apply"],
            )
        except DatabaseError as error:
            raise CommandError(f"Nothing was changed: {error}") from error
        self._say(compared)
        if not options["apply"]:
            self.stdout.write("Nothing was changed. Run it with --apply to change it.")

    def _say(self, compared: Comparison) -> None:
        for kind in (Kind.NEW, Kind.CHANGED):
            codes = compared.codes(kind)
            named = " ".join(codes[:_NAMED]) + (" …" if len(codes) > _NAMED else "")
            self.stdout.write(f"{kind}: {len(codes)} {named}".rstrip())
        self.stdout.write(f"unchanged: {compared.unchanged}")
        if removed := compared.counts[Kind.DEMO_REMOVED]:
            self.stdout.write(f"demo entries removed: {removed}")


def _text_of(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
    except CodedError as error:
        raise CommandError(f"{path}: {error}") from error


def _write(report: Report, path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            write_report(report, file)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
