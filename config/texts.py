"""Collects the texts of code and pages for translation: what `make texts` runs.

The Vietnamese sentence is the key; each other language has its catalogue in
config/locale/<language>/LC_MESSAGES/django.po. A sentence that changed has to be translated anew:
nothing is guessed from similar ones.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "config" / "locale"
FOLDERS = ("config", "vssid")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
WIDTH = 100

# Without dates and names, which would change in every commit.
_HEADER = r"""# VssID, {language}: collected by `make texts`, translated by hand.
msgid ""
msgstr ""
"Language: {language}\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: {plural}\n"

"""


def collect() -> Catalog:
    """Every text that is marked for translation, without the places where it stands."""
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call] # Babel's
    found = Catalog(charset="utf-8")
    for folder in FOLDERS:
        messages = extract_from_dir(ROOT / folder, methods, options, keywords=KEYWORDS)
        for _path, _line, text, _comments, context in messages:
            found.add(text, context=context)
    return found


def catalogue(language: str) -> Catalog:
    """What is translated so far."""
    with _path(language).open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, translated: Catalog) -> None:
    """Write a catalogue in a stable order, so that changes read well."""
    with _path(language).open("wb") as file:
        file.write(_HEADER.format(language=language, plural=translated.plural_forms).encode())
        write_po(
            file,
            translated,
            width=WIDTH,
            no_location=True,
            omit_header=True,
            sort_output=True,
            ignore_obsolete=True,
        )


def untranslated(translated: Catalog) -> Iterator[Message]:
    """What still has no words in the other language."""
    for message in translated:
        words = message.string if isinstance(message.string, list | tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(words)):
            yield message


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _languages() -> list[str]:
    return sorted(path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/django.po"))


def main() -> int:
    """Bring every catalogue up to date and name what is missing; 1 when something is."""
    found, missing = collect(), 0
    for language in _languages():
        translated = catalogue(language)
        translated.update(found, no_fuzzy_matching=True)
        write(language, translated)
        for message in untranslated(translated):
            missing += 1
            sys.stdout.write(f"{language}: {message.id}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
