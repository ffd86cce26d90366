"""Closing an account: it goes, the record stays with the agency (guides A08)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from vssid.accounts import rules
from vssid.accounts.commands import codes, sharing
from vssid.accounts.commands.exports import end_exports
from vssid.accounts.models import Account, CodePurpose, DisownLink, OneTimeCode, PasskeyOwner
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.files import commands as files
from vssid.files.errors import FileMissingError
from vssid.kernel.identifiers import mask_number
from vssid.kernel.uuid7 import uuid7
from vssid.messaging import commands as messaging

_BINDING = "close"


def send_closing_code(*, number: str, now: datetime) -> None:
    """Send (again) the code that confirms closing.

    Raises ChangesHeldError, CodeTooSoonError, CodesExhaustedError.
    """
    account = Account.objects.get(person_id=number)
    rules.check_changes_not_held(account.changes_held_until, now)
    request = codes.CodeRequest(
        purpose=CodePurpose.CLOSE,
        subject=number,
        binding=_BINDING,
        phone=account.phone,
        template="code.close",
        data={"number": mask_number(number)},
    )
    codes.issue_code(request=request, by=Actor.citizen(number), now=now)


def close_account(*, number: str, typed: str, now: datetime) -> None:
    """Delete the account with everything below it; phone and email are told a last time.

    Sessions, devices, passkeys, SmartOTP and earlier passwords go with it, the portrait is erased;
    the record, its declarations and the audit events stay. The number may register again. Locks
    the account's row. Raises ChangesHeldError, WrongCodeError, CodeSpentError, CodeLateError.
    """
    proof = codes.try_code(
        purpose=CodePurpose.CLOSE, subject=number, binding=_BINDING, typed=typed, now=now
    )
    by = Actor.citizen(number)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=number)
        rules.check_changes_not_held(account.changes_held_until, now)
        codes.use_code(proof=proof, now=now)
        sharing.end_shares_of(number=number, by=by, now=now)
        _erase_portrait(account, by)
        end_exports(number=number, now=now)
        record_event(by=by, act="account.close", subject=number)
        _tell(account)
        # Key tables and codes carry the number without a foreign key: no cascade reaches them.
        for model in (DisownLink, PasskeyOwner):
            model.objects.filter(number=number).delete()
        OneTimeCode.objects.filter(subject=number).delete()
        account.delete()


def _erase_portrait(account: Account, by: Actor) -> None:
    if account.portrait is None:
        return
    try:
        files.erase_file(file_id=account.portrait, by=by)
    except FileMissingError:
        # A photo that is not there any more must not keep the account alive.
        return


def _tell(account: Account) -> None:
    letter = messaging.Letter(
        "account.closed",
        {"number": mask_number(account.person_id), "hotline": settings.VSSID_HOTLINE},
    )
    messaging.notify(
        phone=account.phone, email=account.email, letter=letter, key=f"account.closed.{uuid7()}"
    )
