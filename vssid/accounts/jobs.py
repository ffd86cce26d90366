"""Jobs of the accounts that a worker does soon."""

from uuid import UUID

from procrastinate.contrib.django import app

QUEUE = "accounts"


def defer_reset_code(*, ticket: str, code_id: UUID) -> None:
    """Let a worker send the code of a reset, in the caller's transaction.

    The ticket is sealed: the table of jobs tells nobody whose number was typed.
    """
    task = app.configure_task("vssid.accounts.tasks.send_reset_code", queue=QUEUE)
    task.defer(ticket=ticket, code_id=str(code_id))
