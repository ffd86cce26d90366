"""Writes a directory as CSV."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vssid.reference.exchange.sheets import SHEETS
from vssid.reference.exchange.writing import write


class Command(BaseCommand):
    """`manage.py export_directory facilities list.csv`; without a file, to the terminal."""

    help = "Writes a directory as the CSV file that import_directory reads."

    def add_arguments(self, parser: CommandParser) -> None:
        """The directory, the file, and whether demo entries are left out."""
        parser.add_argument("directory", choices=sorted(SHEETS))
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--without-demo", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it, and say how many entries there were."""
        sheet, path = SHEETS[options["directory"]], options["file"]
        if path is None:
            write(sheet, sys.stdout, without_demo=options["without_demo"])
            return
        with path.open("w", encoding="utf-8", newline="") as file:
            count = write(sheet, file, without_demo=options["without_demo"])
        self.stdout.write(f"{sheet.name}: {count} entries written to {path}")
