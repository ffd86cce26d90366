"""Brings a directory from a CSV file that is checked as a whole."""

from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from vssid.audit.actors import Actor
from vssid.reference.exchange import commands
from vssid.reference.exchange.reading import read
from vssid.reference.exchange.sheets import SHEETS

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

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check the file, say what it changes, and change it if that is asked for."""
        sheet, path = SHEETS[options["directory"]], options["file"]
        if options["without_demo"] and sheet.name == "agencies":
            raise CommandError("Agencies end by a reorganisation: leave out --without-demo.")
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The file {path} cannot be read as UTF-8: {error}") from error
        known = sheet.model._default_manager.values_list("pk", flat=True)
        rows, faults = read(text, sheet, known)
        for fault in faults:
            self.stderr.write(f"{path}:{fault.line}: {fault.sentence}")
        if faults:
            raise CommandError(f"Nothing was changed: the file has {len(faults)} fault(s).")
        try:
            outcome = commands.apply_rows(
                sheet=sheet,
                rows=rows,
                by=Actor.system("import_directory"),
                without_demo=options["without_demo"],
                keep=options["apply"],
            )
        except DatabaseError as error:
            raise CommandError(f"Nothing was changed: {error}") from error
        self._say(outcome)
        if not options["apply"]:
            self.stdout.write("Nothing was changed. Run it with --apply to change it.")

    def _say(self, outcome: commands.Outcome) -> None:
        for word, codes in (("new", outcome.added), ("changed", outcome.changed)):
            named = " ".join(codes[:_NAMED]) + (" …" if len(codes) > _NAMED else "")
            self.stdout.write(f"{word}: {len(codes)} {named}".rstrip())
        self.stdout.write(f"unchanged: {outcome.unchanged}")
        if outcome.demo_removed:
            self.stdout.write(f"demo entries removed: {outcome.demo_removed}")
