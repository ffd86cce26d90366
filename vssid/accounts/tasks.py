"""What the worker does for accounts."""

from uuid import UUID

from procrastinate.contrib.django import app

from vssid.accounts import jobs
from vssid.accounts.commands import (
    devices,
    disowning,
    endings,
    exports,
    kept_forms,
    passwords,
    resets,
    sharing,
)
from vssid.kernel.clock import utc_now


@app.task(name="vssid.accounts.tasks.send_reset_code", queue=jobs.QUEUE)
def send_reset_code(ticket: str, code_id: str) -> None:
    """Send the code of one reset, if there is somebody to send it to (guides A06)."""
    resets.send_reset_code(ticket=ticket, code_id=UUID(code_id), now=utc_now())


# 08:30 in Vietnam.
@app.periodic(cron="30 1 * * *")
@app.task(name="vssid.accounts.tasks.warn_of_due", queue="housekeeping", queueing_lock="due")
def warn_of_due(timestamp: int) -> None:
    """Every day: passwords that will soon be six months old (guides A05)."""
    passwords.warn_of_due(now=utc_now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="vssid.accounts.tasks.end_shares", queue="housekeeping", queueing_lock="shares")
def end_shares(timestamp: int) -> None:
    """Every ten minutes: shares whose term is over, or whose owner or reader has died."""
    sharing.end_over(now=utc_now())


@app.periodic(cron="37 * * * *")
@app.task(name="vssid.accounts.tasks.forget", queue="housekeeping", queueing_lock="forget")
def forget(timestamp: int) -> None:
    """Every hour: devices, links, kept forms and sessions whose time is over."""
    now = utc_now()
    devices.forget_unused(now=now)
    disowning.forget_expired(now=now)
    kept_forms.forget_expired(now=now)
    endings.delete_old_sessions(now=now)
    exports.delete_old_exports(now=now)
