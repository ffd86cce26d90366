"""The code without which no passkey is added: a password alone must not make a way in (A01)."""

from datetime import datetime

from vssid.accounts import errors, rules
from vssid.accounts.commands import codes
from vssid.accounts.commands.change_tickets import open_ticket, seal_ticket
from vssid.accounts.models import Account, CodePurpose, Passkey
from vssid.audit.actors import Actor
from vssid.kernel.identifiers import mask_number

_ASKED, _PROVEN = "passkey-asked", "passkey-proven"


def prepare_passkey(*, number: str, now: datetime) -> str:
    """A ticket for adding one, which a code confirms: `send_passkey_code` comes next.

    Raises ChangesHeldError.
    """
    account = Account.objects.get(person_id=number)
    rules.check_changes_not_held(account.changes_held_until, now)
    return seal_ticket(purpose=_ASKED, number=number, text=_newest(number), now=now)


def send_passkey_code(*, number: str, ticket: str, now: datetime) -> None:
    """Send (again) the code to the phone.

    Raises TicketLateError, CodeTooSoonError, CodesExhaustedError.
    """
    newest = check_ticket(number=number, ticket=ticket, now=now)
    request = codes.CodeRequest(
        purpose=CodePurpose.PASSKEY,
        subject=number,
        binding=_binding(newest),
        phone=Account.objects.get(person_id=number).phone,
        template="code.passkey",
        data={"number": mask_number(number)},
    )
    codes.issue_code(request=request, by=Actor.citizen(number), now=now)


def confirm_passkey(*, number: str, ticket: str, typed: str, now: datetime) -> str:
    """Use up the code of the phone, or of SmartOTP; returns the proof with which one is added.

    Raises TicketLateError, WrongCodeError, CodeSpentError, CodeLateError, DeviceClockError.
    """
    newest = check_ticket(number=number, ticket=ticket, now=now)
    proof = codes.try_code(
        purpose=CodePurpose.PASSKEY,
        subject=number,
        binding=_binding(newest),
        typed=typed,
        now=now,
    )
    codes.use_code(proof=proof, now=now)
    return seal_ticket(purpose=_PROVEN, number=number, text=newest, now=now)


def check_ticket(*, number: str, ticket: str, now: datetime) -> str:
    """Whether a ticket still waits for its code; returns what it holds. Raises TicketLateError."""
    return open_ticket(purpose=_ASKED, number=number, ticket=ticket, now=now)


def check_proof(*, number: str, proof: str, now: datetime) -> None:
    """Whether a proof still lets a passkey be added: one, unless others went or came meanwhile.

    Raises TicketLateError.
    """
    newest = open_ticket(purpose=_PROVEN, number=number, ticket=proof, now=now)
    if newest != _newest(number):
        raise errors.TicketLateError


def _binding(newest: str) -> str:
    """Not the ticket: whoever starts again may use the code in hand."""
    return f"add|{newest}"


def _newest(number: str) -> str:
    ids = Passkey.objects.filter(account_id=number).order_by("-id").values_list("id", flat=True)
    return str(ids.first() or "")
