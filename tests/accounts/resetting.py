"""Asking for a new password as a visitor does, and what the worker then does."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import HONG, Citizen, an_account, last_code
from vssid.accounts.commands import resets
from vssid.accounts.models import Account
from vssid.accounts.origin import Origin
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Channel

NEW = "mua roi tren pho 8"
UNKNOWN, UNKNOWN_PERSONAL = "0198999999", "001190999999"
STRANGER = Origin(None, "Chrome trên Windows", "203.0.113.7")
NOW = utc_now()


def ask(
    number: str = HONG.number,
    *,
    channel: Channel = Channel.SMS,
    origin: Origin = STRANGER,
    now: datetime = NOW,
) -> str:
    """Ask as a visitor does; returns the ticket."""
    ticket = resets.prepare_reset(number=number, channel=channel, origin=origin, now=now)
    return resets.ask_for_code(ticket=ticket, channel=channel, origin=origin, now=now)


def work(now: datetime = NOW) -> None:
    """Do what waits for a worker."""
    waiting = ProcrastinateJob.objects.filter(task_name="vssid.accounts.tasks.send_reset_code")
    for args in waiting.values_list("args", flat=True):
        resets.send_reset_code(ticket=args["ticket"], code_id=UUID(args["code_id"]), now=now)


def proven_ticket(who: Citizen = HONG, now: datetime = NOW) -> str:
    """Open an account, ask, and type the code rightly; returns the right to a new password."""
    an_account(who)
    ticket = ask(who.number, now=now)
    work(now)
    return resets.prove_reset(ticket=ticket, typed=last_code(who.phone), now=now)


def finish(proven: str, new: str = NEW, now: datetime = NOW) -> None:
    """Set the new password."""
    resets.finish_reset(ticket=proven, new=new, now=now)


def opens(password: str, who: Citizen = HONG) -> bool:
    """Whether a password is the one in force."""
    return check_password(password, Account.objects.get(pk=who.number).password)
