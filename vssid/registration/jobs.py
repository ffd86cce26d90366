"""Jobs of registration that a worker does soon."""

from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

QUEUE = "accounts"
READING = "reading"


def defer_follow_code(*, ticket: str, code_id: UUID, channel: str) -> None:
    """Let a worker send the OTP that opens a case by «sms» or «email», in the caller's transaction.

    The ticket is sealed: the table of jobs tells nobody which code was typed.
    """
    task = app.configure_task("vssid.registration.tasks.send_follow_code", queue=QUEUE)
    task.defer(ticket=ticket, code_id=str(code_id), channel=channel)


def defer_reading(*, photo: UUID) -> None:
    """Let a worker read a photo of an identity paper, in the caller's transaction.

    Reading takes a core for seconds: so many at once as the settings allow, the others wait in the
    table and not in a worker, which has messages to send.
    """
    task = app.configure_task(
        "vssid.registration.tasks.read_photo",
        queue=READING,
        lock=f"reading-{photo.int % settings.VSSID_PHOTO_READERS}",
        priority=-1,
    )
    task.defer(photo=str(photo))
