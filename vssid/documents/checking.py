"""Says of a PDF that somebody brings whether we signed it and whether it was changed since."""

import json
import subprocess
import sys
import threading
from base64 import b64encode

from django.conf import settings

from vssid.documents.examining import Examined, Verdict, is_pdf
from vssid.documents.signing import our_certificates, roots

_PROGRAM = "vssid.documents.examining"
# Each takes a core for half a second: two at once in a process, the others wait.
_EXAMINING = threading.BoundedSemaphore(2)


def check_pdf(content: bytes) -> Examined:
    """What a file is: ours and whole, ours but changed, another's, unsigned, no PDF …

    `reason` of a whole one is what `sign_pdf` was given. Size is looked at before anything is
    parsed (`VSSID_CHECKED_PDF_MAX_BYTES`), parsing has its time (`VSSID_CHECKED_PDF_SECONDS`), its
    memory, no secrets and no network. Nothing is stored. Never raises for what the file holds.
    """
    if len(content) > settings.VSSID_CHECKED_PDF_MAX_BYTES:
        return Examined(Verdict.TOO_LARGE)
    if not is_pdf(content):
        return Examined(Verdict.NOT_PDF)
    seconds = settings.VSSID_CHECKED_PDF_SECONDS
    asked = {
        "seconds": seconds,
        "ours": [b64encode(one).decode() for one in our_certificates()],
        "roots": [b64encode(one).decode() for one in roots()],
    }
    with _EXAMINING:
        return _examined(json.dumps(asked).encode() + b"\n" + content, seconds)


def _examined(said: bytes, seconds: int) -> Examined:
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
        found = json.loads(answer.stdout)
        return Examined(Verdict(found["verdict"]), found["reason"])
    except (subprocess.SubprocessError, OSError, ValueError, KeyError):
        return Examined(Verdict.UNREADABLE)
