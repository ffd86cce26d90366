"""What the photos of an identity paper say by themselves: its QR code and its MRZ.

Takes seconds and a core: for the worker, never for a page that somebody waits for.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings

from vssid.kernel.id_qr import IdQr, parse_id_qr
from vssid.registration.identity.mrz import Mrz, parse_mrz

SECONDS_PER_PHOTO = 15
_PROGRAM = "vssid.registration.identity.examining"
# Each takes a core for seconds and up to half a gigabyte: one at once in a process.
_EXAMINING = threading.BoundedSemaphore(1)


@dataclass(frozen=True, slots=True)
class Texts:
    """What the codes hold, letter by letter: what is stored, encrypted, and shown to nobody."""

    qr: str = ""
    mrz: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a paper says; None where its photos have no such code, or none that is sure.

    `was_cut_short`: the photos could not be looked at in the time and memory there is. `against`:
    the numbers of further codes of the same kind that say something else: photos of two papers.
    """

    qr: IdQr | None = None
    mrz: Mrz | None = None
    texts: Texts = field(default=Texts(), repr=False)
    was_cut_short: bool = False
    against: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was read."""
        return self.qr is None and self.mrz is None

    @property
    def birth_date(self) -> date | None:
        """The day of birth where the paper tells it, and not two different ones."""
        if self.against:
            return None
        days = {code.birth_date for code in (self.qr, self.mrz) if code and code.birth_date}
        return days.pop() if len(days) == 1 else None


def understand(texts: Texts, *, today: date) -> Reading:
    """The reading that stored texts stand for; a text that does not count is dropped."""
    qr, mrz = parse_id_qr(texts.qr, today=today), parse_mrz(texts.mrz, today=today)
    return Reading(
        qr=qr if isinstance(qr, IdQr) else None,
        mrz=mrz if isinstance(mrz, Mrz) else None,
        texts=Texts(
            qr=texts.qr if isinstance(qr, IdQr) else "",
            mrz=texts.mrz if isinstance(mrz, Mrz) else "",
        ),
    )


def of_photos(texts: Sequence[Texts], *, today: date) -> Reading:
    """What the photos of one paper say, read one by one; a second paper among them is told."""
    each = [understand(one, today=today) for one in texts]
    qrs = list(dict.fromkeys(one.qr for one in each if one.qr))
    mrzs = list(dict.fromkeys(one.mrz for one in each if one.mrz))
    return Reading(
        qr=next(iter(qrs), None),
        mrz=next(iter(mrzs), None),
        texts=Texts(
            qr=_first(one.texts.qr for one in each), mrz=_first(one.texts.mrz for one in each)
        ),
        against=(*(code.number for code in qrs[1:]), *(code.number for code in mrzs[1:])),
    )


def with_scan(reading: Reading, scan: IdQr | None) -> Reading:
    """What the photos say; where no QR was read on them, with the one that a scanner read."""
    return replace(reading, qr=scan) if scan and reading.qr is None else reading


def read_paper(photos: Sequence[bytes], *, today: date) -> Reading:
    """Read the photos of one paper, front and back or the page of a passport (stored JPEGs).

    Runs in a process of its own with limits of time and memory, without secrets. Never raises for
    what the photos hold.
    """
    seconds = SECONDS_PER_PHOTO * max(1, len(photos))
    asked = {
        "seconds": seconds,
        "today": today.isoformat(),
        "sizes": [len(photo) for photo in photos],
    }
    said = json.dumps(asked).encode() + b"\n" + b"".join(photos)
    with _EXAMINING:
        answers = _examined(said, seconds)
    if answers is None or len(answers) != len(photos):
        return Reading(was_cut_short=True)
    return of_photos(answers, today=today)


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _examined(said: bytes, seconds: int) -> list[Texts] | None:
    try:
        answer = subprocess.run(  # noqa: S603 - our own program, no argument from outside
            [sys.executable, "-m", _PROGRAM],
            input=said,
            cwd=settings.BASE_DIR,
            env={"LANG": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # The system counts computing, this one counts waiting.
            timeout=2 * seconds,
            check=True,
        )
        found: list[dict[str, Any]] = json.loads(answer.stdout)
        return [Texts(qr=str(one["qr"]), mrz=str(one["mrz"])) for one in found]
    except (subprocess.SubprocessError, OSError, ValueError, KeyError, TypeError):
        return None
