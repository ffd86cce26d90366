"""What the worker does for petitions by the clock."""

from procrastinate.contrib.django import app

from vssid.kernel.clock import utc_now
from vssid.support.commands import moving

QUEUE = "housekeeping"


@app.periodic(cron="41 * * * *")
@app.task(name="vssid.support.tasks.close_quiet", queue=QUEUE, queueing_lock="close-quiet")
def close_quiet(timestamp: int) -> None:
    """Every hour: answered petitions that nobody wrote back to."""
    moving.close_quiet(now=utc_now())
