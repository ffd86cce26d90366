"""What the worker does for files by the clock."""

from procrastinate.contrib.django import app

from vssid.files.uploads.commands import forget_uploads
from vssid.kernel.clock import utc_now

QUEUE = "housekeeping"


@app.periodic(cron="*/15 * * * *")
@app.task(name="vssid.files.tasks.forget", queue=QUEUE, queueing_lock="forget-uploads")
def forget(timestamp: int) -> None:
    """Every quarter of an hour: uploads in parts that were not finished."""
    forget_uploads(now=utc_now())
