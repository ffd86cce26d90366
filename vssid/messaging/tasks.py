"""What the worker does for the outbox."""

from uuid import UUID

from procrastinate.contrib.django import app

from vssid.kernel.clock import utc_now
from vssid.messaging import commands, jobs


@app.task(name="vssid.messaging.tasks.deliver_message", queue=jobs.QUEUE)
def deliver_message(message_id: str) -> None:
    """Deliver one message of the outbox; one that must wait is brought back by the sweep."""
    commands.deliver(message_id=UUID(message_id), now=utc_now())


@app.periodic(cron="* * * * * */5")
@app.task(name="vssid.messaging.tasks.sweep_outbox", queue=jobs.QUEUE, queueing_lock="sweep")
def sweep_outbox(timestamp: int) -> None:
    """Every five seconds: messages that lost their job or whose pause is over."""
    commands.sweep(now=utc_now())


@app.periodic(cron="* * * * * */20")
@app.task(name="vssid.messaging.tasks.retry_stalled", queue=jobs.QUEUE, queueing_lock="stalled")
async def retry_stalled(timestamp: int) -> None:
    """Every twenty seconds: jobs whose worker was killed go to another one."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
