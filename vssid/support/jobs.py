"""Jobs of petitions that a worker does soon."""

from uuid import UUID

from procrastinate.contrib.django import app

QUEUE = "accounts"


def defer_follow_code(*, ticket: str, code_id: UUID) -> None:
    """Let a worker send the OTP that opens a petition, in the caller's transaction.

    The ticket is sealed: the table of jobs tells nobody which code was typed.
    """
    task = app.configure_task("vssid.support.tasks.send_follow_code", queue=QUEUE)
    task.defer(ticket=ticket, code_id=str(code_id))
