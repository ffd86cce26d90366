"""Housekeeping of the picture codes."""

from procrastinate.contrib.django import app

from vssid.web.ui import checks


@app.periodic(cron="*/15 * * * *")
@app.task(name="vssid.web.ui.tasks.forget_pictures", queue="housekeeping", queueing_lock="pictures")
def forget_pictures(timestamp: int) -> None:
    """Every quarter of an hour: picture codes that nobody answered."""
    checks.forget_pictures()
