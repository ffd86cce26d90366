"""Writes opening hours into a file, and takes them from one that is checked as a whole."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now
from vssid.reference.hours import changes, commands, files
from vssid.reference.hours.files import HoursFile


class Command(BaseCommand):
    """`manage.py opening_hours export`, `… import hours.csv`, then the same with `--apply`."""

    help = "Opening hours of agencies as CSV: export prints them, import replaces them."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do; the file is described in docs/operations.md."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("export", help="prints what counts now")
        taking = acts.add_parser("import", help="says what a file changes; --apply changes it")
        taking.add_argument("file", type=Path)
        taking.add_argument("--apply", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the rows, or check a file, say what it changes and change it if asked to."""
        if options["act"] == "export":
            self.stdout.write(changes.stored(), ending="")
            return
        rows = self._checked(options["file"])
        if not options["apply"]:
            self._say(changes.change_by(rows))
            self.stdout.write("Nothing was changed. Run it with --apply to change it.")
            return
        by = Actor.system("opening_hours")
        self._say(commands.replace_hours(rows=rows, by=by, now=utc_now()))

    def _checked(self, path: Path) -> HoursFile:
        try:
            rows, faults = files.parse(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The file {path} cannot be read: {error}") from error
        faults = faults or changes.check_agencies(rows)
        if faults:
            for fault in faults:
                self.stderr.write(f"{path}:{fault.line}: {fault.sentence}")
            raise CommandError(f"Nothing was changed: the file has {len(faults)} fault(s).")
        return rows

    def _say(self, changed: changes.Change) -> None:
        for line in changed.removed:
            self.stdout.write(f"- {line}")
        for line in changed.added:
            self.stdout.write(f"+ {line}")
        rows = f"{len(changed.removed)} rows go, {len(changed.added)} come."
        self.stdout.write(rows if changed else "The file says what counts already.")
