"""Jobs that wake the worker. A job carries an id and nothing else."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "messaging"


def defer_delivery(message_id: UUID) -> None:
    """Wake a worker for one message, in the caller's transaction.

    The lock lets one worker at a time hold a message, whatever the number of its jobs; one job
    waits for it at most, so that a slow provider does not fill the table of jobs.
    """
    lock = f"message-{message_id}"
    task = app.configure_task(
        "vssid.messaging.tasks.deliver_message", queue=QUEUE, lock=lock, queueing_lock=lock
    )
    try:
        # A savepoint: the refusal of a second job must not undo the caller's work.
        with transaction.atomic():
            task.defer(message_id=str(message_id))
    except AlreadyEnqueued:
        return
