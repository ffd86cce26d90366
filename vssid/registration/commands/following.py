"""The applicant follows a case: the code of the paper, then an OTP to its phone or proven email.

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
from vssid.registration import jobs, queries, rules
from vssid.registration.commands.notices import proven_email, reached_at
from vssid.registration.models import Declaration

_KIND = Followed("follow-asked", "follow-opened", letter="code.follow", named="declaration")


def ask_to_follow(*, code: str, now: datetime) -> str:
    """A ticket for a declaration's code (stored form), known or not; `send_code` comes next."""
    return doors.ask_to_follow(kind=_KIND, code=code, now=now)


def asked(*, ticket: str, now: datetime) -> Asked:
    """What a ticket is for. Raises TicketLateError."""
    return doors.asked(kind=_KIND, ticket=ticket, now=now)


def send_code(
    *, ticket: str, asked_from: str, now: datetime, channel: Channel = Channel.SMS
) -> None:
    """Have an OTP (another one) sent to the phone of the declaration, or to its proven email.

    Raises what `issue_follow_code` does, alike for an unknown code and for one without such an
    email.
    """
    with transaction.atomic():
        made = doors.issue_follow_code(kind=_KIND, ticket=ticket, asked_from=asked_from, now=now)
        jobs.defer_follow_code(ticket=ticket, code_id=made, channel=channel.value)


def send_follow_code(
    *, ticket: str, code_id: UUID, now: datetime, channel: Channel = Channel.SMS
) -> None:
    """What the worker does: send the OTP, if there is somebody to send it to; otherwise nothing.

    Locks the OTP's row: a job that runs twice sends once.
    """
    try:
        wish = asked(ticket=ticket, now=now)
    except TicketLateError:
        return
    declaration = _declaration(wish.code)
    address = _address(declaration, channel) if declaration else ""
    if address:
        way = Way(channel, address, rules.display_code(wish.code))
        doors.send_follow_code(kind=_KIND, wish=wish, code_id=code_id, way=way, now=now)


def open_case(*, ticket: str, typed: str, now: datetime) -> str:
    """Take the typed-back OTP; returns the pass with which `followed` finds the case.

    Raises TicketLateError, WrongCodeError, CodeSpentError, CodeLateError, alike for an unknown
    code.
    """
    wish = asked(ticket=ticket, now=now)
    proof = doors.try_follow_code(wish=wish, typed=typed, now=now)
    declaration = _declaration(wish.code)
    if declaration is None:
        raise CodeLateError
    with transaction.atomic():
        codes.use_code(proof=proof, now=now)
        record_event(
            by=Actor.visitor(UUID(wish.subject)),
            act="declaration.follow",
            subject=declaration.number,
            details={"code": declaration.code},
        )
    return pass_for(declaration=declaration, now=now)


def pass_for(*, declaration: Declaration, now: datetime) -> str:
    """The pass that opens a declaration to who proved its phone or email just now."""
    return doors.pass_for(kind=_KIND, code=declaration.code, now=now)


def followed(*, opened: str, now: datetime) -> Declaration | None:
    """The declaration that a pass opens, for as long as an idle session; None when it is over."""
    code = doors.code_of_pass(kind=_KIND, opened=opened, now=now)
    return _declaration(code) if code else None


def _address(declaration: Declaration, channel: Channel) -> str:
    """Where the OTP goes; empty for an email that is not there or not proven."""
    phone, _email = reached_at(declaration)
    return phone if channel is Channel.SMS else proven_email(declaration)


def _declaration(code: str) -> Declaration | None:
    return queries.with_code(code).first()
