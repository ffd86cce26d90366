"""Jobs of the accounts that a worker does soon."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "accounts"
EXPORTS = "exports"


def defer_reset_code(*, ticket: str, code_id: UUID) -> None:
    """Let a worker send the code of a reset, in the caller's transaction.

    The ticket is sealed: the table of jobs tells nobody whose number was typed.
    """
    task = app.configure_task("vssid.accounts.tasks.send_reset_code", queue=QUEUE)
    task.defer(ticket=ticket, code_id=str(code_id))


def defer_export(*, ticket: str, export_id: UUID) -> None:
    """Let a worker make an export, in the caller's transaction.

    The task stands with the screens, which alone know every room whose data it gathers; only its
    name is known here. One job at a time holds an export, and one more waits at most. The ticket
    says whose it is, sealed.
    """
    lock = f"export-{export_id}"
    task = app.configure_task(
        "vssid.web.citizen.tasks.make_export", queue=EXPORTS, lock=lock, queueing_lock=lock
    )
    try:
        # A savepoint: the refusal of a second job must not undo the caller's work.
        with transaction.atomic():
            task.defer(ticket=ticket)
    except AlreadyEnqueued:
        return
