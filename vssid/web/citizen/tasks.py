"""What the worker does for the citizens' screens."""

from procrastinate.contrib.django import app

from vssid.accounts import jobs
from vssid.accounts.commands import exports
from vssid.kernel.clock import utc_now
from vssid.web.citizen.export import making


@app.task(name="vssid.web.citizen.tasks.make_export", queue=jobs.EXPORTS)
def make_export(ticket: str) -> None:
    """Make one copy of a person's whole record."""
    making.make_export(ticket=ticket)


@app.periodic(cron="* * * * * */20")
@app.task(name="vssid.web.citizen.tasks.sweep_exports", queue=jobs.EXPORTS, queueing_lock="exports")
def sweep_exports(timestamp: int) -> None:
    """Every twenty seconds: exports that lost their job or worker, and those past their time."""
    exports.sweep_exports(now=utc_now())
