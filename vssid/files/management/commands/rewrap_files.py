"""Wraps the keys of all files by the newest master key, so that an old one may go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vssid.files import keys
from vssid.files.commands import rewrap_keys
from vssid.files.errors import FileDamagedError
from vssid.files.queries import keys_in_use

DAMAGED = (
    "Stopped: a file's key cannot be opened. Is its master key still in VSSID_MASTER_KEY? "
    "Files wrapped so far stay so; run this again once it is back."
)


class Command(BaseCommand):
    """`manage.py rewrap_files`: after a new master key was put first."""

    help = "Wraps the keys of files by the master key that stands first; contents stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether only to look."""
        parser.add_argument("--dry-run", action="store_true", help="say how many, change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what each master key wraps, then wrap 200 files in a transaction and count."""
        newest, _key = keys.current()
        used = keys_in_use()
        for key_id, count in used.items():
            self.stdout.write(f"{key_id}: {count} files{' (newest)' if key_id == newest else ''}")
        waiting = sum(count for key_id, count in used.items() if key_id != newest)
        if options["dry_run"]:
            self.stdout.write(f"{waiting} files would be wrapped by {newest}.")
            return
        self._rewrap(waiting)
        self._say_what_is_left(newest)

    def _rewrap(self, waiting: int) -> None:
        done = 0
        try:
            while count := rewrap_keys():
                done += count
                self.stdout.write(f"{done} of {max(done, waiting)}")
        except FileDamagedError as error:
            raise CommandError(DAMAGED) from error

    def _say_what_is_left(self, newest: str) -> None:
        # Rows that somebody held were passed over.
        left = sum(count for key_id, count in keys_in_use().items() if key_id != newest)
        if left:
            raise CommandError(f"{left} files were busy. Run this again.")
        self.stdout.write(f"All files are wrapped by {newest}.")
