"""Compiles the translations (config/locale/*/LC_MESSAGES/django.po) for gettext."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


def compile_texts(folder: Path) -> list[Path]:
    """Write a .mo beside each .po that is newer; returns what was written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        # Several programs may begin at once, each with a part of its own.
        part = target.with_suffix(f".mo.part-{os.getpid()}")
        with part.open("wb") as out:
            write_mo(out, catalogue)
        part.replace(target)
        written.append(target)
    return written


class Command(BaseCommand):
    """`manage.py compile_texts`."""

    help = "Compiles the translations that changed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Compile what is newer than its result."""
        for folder in settings.LOCALE_PATHS:
            compile_texts(Path(folder))
