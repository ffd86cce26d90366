"""What the worker does for petitions, by the clock and soon after a request."""

from uuid import UUID

from procrastinate.contrib.django import app

from vssid.kernel.clock import utc_now
from vssid.support import jobs
from vssid.support.commands import following, moving, overdue

QUEUE = "housekeeping"


@app.periodic(cron="41 * * * *")
@app.task(name="vssid.support.tasks.close_quiet", queue=QUEUE, queueing_lock="close-quiet")
def close_quiet(timestamp: int) -> None:
    """Every hour: answered petitions that nobody wrote back to."""
    moving.close_quiet(now=utc_now())


# 7:35 in Vietnam: the heads find it when the desk opens.
@app.periodic(cron="35 0 * * *")
@app.task(name="vssid.support.tasks.remind_heads", queue=QUEUE, queueing_lock="remind-heads")
def remind_heads(timestamp: int) -> None:
    """Every morning: petitions whose day has passed."""
    overdue.remind_heads(now=utc_now())


@app.task(name="vssid.support.tasks.send_follow_code", queue=jobs.QUEUE)
def send_follow_code(ticket: str, code_id: str) -> None:
    """Send the OTP that opens a petition, if there is one of that code."""
    following.send_follow_code(ticket=ticket, code_id=UUID(code_id), now=utc_now())
