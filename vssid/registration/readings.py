"""What was read from the photos of a draft or a declaration, as far as it was by now."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from vssid.files import queries as files
from vssid.kernel.clock import vietnam_today
from vssid.kernel.uuid7 import made_at
from vssid.registration.identity.reading import Reading, Texts, of_photos

PATIENCE: Final = timedelta(seconds=45)
"""How long after a photo came somebody may be asked to wait for its reading."""


@dataclass(frozen=True, slots=True)
class PaperRead:
    """The paper of one person. `is_unread`: a photo of it waits for the worker; `is_awaited`: it
    came just now, so that somebody may be asked to wait for it.
    """

    reading: Reading
    is_unread: bool = False
    is_awaited: bool = False

    @property
    def is_given_up(self) -> bool:
        """Whether a photo is still unread and nobody is asked to wait for it any more."""
        return self.is_unread and not self.is_awaited

    def is_of(self, id_number: str) -> bool:
        """Whether the paper that was read bears this number."""
        qr, mrz = self.reading.qr, self.reading.mrz
        read = {qr.number, qr.old_number} if qr else set()
        read |= {mrz.number, mrz.personal_number} if mrz else set()
        return bool(id_number) and id_number in read


NOTHING: Final = PaperRead(Reading())


def note_of(texts: Texts) -> bytes:
    """What is kept beside a photo."""
    return json.dumps({"qr": texts.qr, "mrz": texts.mrz}).encode()


def read_of(photos: Sequence[UUID | None], *, now: datetime) -> PaperRead:
    """What the photos of one paper, front and back, say together; in one statement."""
    return from_notes([one for one in photos if one], files.notes(photos), now=now)


def from_notes(photos: Sequence[UUID], notes: Mapping[UUID, bytes], *, now: datetime) -> PaperRead:
    """The same from notes that are at hand; a photo without one was not read."""
    texts = [_texts(notes[photo]) for photo in photos if photo in notes]
    missing = [photo for photo in photos if photo not in notes]
    return PaperRead(
        reading=of_photos(texts, today=vietnam_today(now)),
        is_unread=bool(missing),
        is_awaited=any(made_at(photo) > now - PATIENCE for photo in missing),
    )


def _texts(note: bytes) -> Texts:
    said = json.loads(note)
    return Texts(qr=str(said["qr"]), mrz=str(said["mrz"]))
