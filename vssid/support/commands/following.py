"""A petition is followed without signing in: its code, then an OTP to the phone of who wrote it.

How, and that an unknown code is answered alike, stands in `accounts.commands.following`.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vssid.accounts.commands import codes
from vssid.accounts.commands import following as doors
from vssid.accounts.commands.following import Asked, Followed, Way
from vssid.accounts.errors import CodeLateError, TicketLateError
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.messaging.models import Channel
from vssid.support import jobs, queries, rules
from vssid.support.commands import steps
from vssid.support.errors import PetitionUnknownError
from vssid.support.models import Petition

_KIND = Followed(
    "petition-asked", "petition-opened", letter="code.follow-petition", named="petition"
)


def ask_to_follow(*, code: str, now: datetime) -> str:
    """A ticket for a petition's code (stored form), known or not; `send_code` comes next."""
    return doors.ask_to_follow(kind=_KIND, code=code, now=now)


def asked(*, ticket: str, now: datetime) -> Asked:
    """What a ticket is for. Raises TicketLateError."""
    return doors.asked(kind=_KIND, ticket=ticket, now=now)


def send_code(*, ticket: str, asked_from: str, now: datetime) -> None:
    """Have an OTP (another one) sent to the phone of who wrote the petition.

    Raises what `issue_follow_code` does, alike for an unknown code.
    """
    with transaction.atomic():
        made = doors.issue_follow_code(kind=_KIND, ticket=ticket, asked_from=asked_from, now=now)
        jobs.defer_follow_code(ticket=ticket, code_id=made)


def send_follow_code(*, ticket: str, code_id: UUID, now: datetime) -> None:
    """What the worker does: send the OTP, if there is such a petition; otherwise nothing.

    Locks the OTP's row: a job that runs twice sends once.
    """
    try:
        wish = asked(ticket=ticket, now=now)
        phone = steps.reached_at(petition=queries.by_code(wish.code))[0]
    except (TicketLateError, PetitionUnknownError):
        return
    if phone:
        way = Way(Channel.SMS, phone, rules.display_code(wish.code))
        doors.send_follow_code(kind=_KIND, wish=wish, code_id=code_id, way=way, now=now)


def open_petition_by_code(*, ticket: str, typed: str, now: datetime) -> tuple[str, Petition]:
    """Take the typed-back OTP; returns the pass with which `followed` finds the petition, and it.

    Raises TicketLateError, WrongCodeError, CodeSpentError, CodeLateError, alike for an unknown
    code.
    """
    wish = asked(ticket=ticket, now=now)
    proof = doors.try_follow_code(wish=wish, typed=typed, now=now)
    try:
        petition = queries.by_code(wish.code)
    except PetitionUnknownError:
        raise CodeLateError from None
    with transaction.atomic():
        codes.use_code(proof=proof, now=now)
        record_event(
            by=Actor.visitor(UUID(wish.subject)),
            act="petition.follow",
            subject=petition.number,
            details={"petition": petition.code},
        )
    return pass_for(petition=petition, now=now), petition


def pass_for(*, petition: Petition, now: datetime) -> str:
    """The pass that opens a petition to who proved its phone just now."""
    return doors.pass_for(kind=_KIND, code=petition.code, now=now)


def followed(*, opened: str, now: datetime) -> Petition | None:
    """The petition that a pass opens, for as long as an idle session; None when it is over."""
    code = doors.code_of_pass(kind=_KIND, opened=opened, now=now)
    return queries.by_code(code) if code else None
