"""What the worker does for declarations by the clock."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from vssid.accounts.commands import codes
from vssid.audit.actors import Actor
from vssid.files import commands as files
from vssid.kernel.clock import utc_now
from vssid.limits import commands as limits
from vssid.messaging.models import Channel
from vssid.registration import jobs
from vssid.registration.commands import (
    deciding,
    drafts,
    following,
    majority,
    reading_papers,
    reminding,
)

QUEUE = "housekeeping"


# From 8:00 to 19:50 in Vietnam: no telephone rings at night for this.
@app.periodic(cron="*/10 1-12 * * *")
@app.task(name="vssid.registration.tasks.lapse", queue=QUEUE, queueing_lock="lapse")
def lapse(timestamp: int) -> None:
    """Every ten minutes by day: declarations whose paper did not come."""
    deciding.lapse_overdue(now=utc_now())


@app.periodic(cron="*/10 1-12 * * *")
@app.task(name="vssid.registration.tasks.remind", queue=QUEUE, queueing_lock="remind")
def remind(timestamp: int) -> None:
    """Every ten minutes by day: whose paper is still to come, on days 7 and 9 (guides R11)."""
    reminding.remind_of_paper(now=utc_now())


# 8:20 in Vietnam: whoever is told can ask somebody at once.
@app.periodic(cron="20 1 * * *")
@app.task(name="vssid.registration.tasks.end_guardianships", queue=QUEUE, queueing_lock="majority")
def end_guardianships(timestamp: int) -> None:
    """Every day: guardianships of children who are or will soon be of age."""
    majority.end_at_majority(now=utc_now())


@app.task(name="vssid.registration.tasks.send_follow_code", queue=jobs.QUEUE)
def send_follow_code(ticket: str, code_id: str, channel: str = Channel.SMS) -> None:
    """Send the OTP that opens a case, if there is such a declaration."""
    following.send_follow_code(
        ticket=ticket, code_id=UUID(code_id), now=utc_now(), channel=Channel(channel)
    )


@app.task(name="vssid.registration.tasks.read_photo", queue=jobs.READING)
def read_photo(photo: str) -> None:
    """Read a photo of an identity paper, in a process of its own."""
    reading_papers.read_photo(photo=UUID(photo), now=utc_now())


@app.periodic(cron="17 * * * *")
@app.task(name="vssid.registration.tasks.clean_up", queue=QUEUE, queueing_lock="clean-up")
def clean_up(timestamp: int) -> None:
    """Every hour: old drafts, codes, counters, and files whose time is over."""
    now = utc_now()
    drafts.delete_old_drafts(now=now)
    # Who typed a code in time may still be choosing the password that it stands for.
    codes.delete_ended_codes(before=now - timedelta(hours=1))
    limits.forget_past(now=now)
    files.erase_expired(now=now, by=Actor.system("clean-up"))
    files.remove_orphans(now=now)
