"""What the worker does for the audit: seals every second, signs every minute."""

from typing import Final

from procrastinate.contrib.django import app

from vssid.audit.sealing import commands
from vssid.kernel.clock import utc_now

# Of its own, so that it waits for nobody.
QUEUE: Final = "audit"


@app.periodic(cron="* * * * * */1")
@app.task(name="vssid.audit.tasks.seal", queue=QUEUE, queueing_lock="seal")
def seal(timestamp: int) -> None:
    """Every second: events that were committed since."""
    commands.seal_events()


@app.periodic(cron="* * * * *")
@app.task(name="vssid.audit.tasks.export", queue=QUEUE, queueing_lock="export-heads")
def export(timestamp: int) -> None:
    """Every minute: the signed ends of the chains, when they moved."""
    commands.export_heads(now=utc_now())
