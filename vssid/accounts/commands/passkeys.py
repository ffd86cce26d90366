"""Passkeys of citizens: «Đăng nhập bằng vân tay / khuôn mặt» (guides A01, A07)."""

import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts import errors, rules, tokens
from vssid.accounts.commands import passkey_codes
from vssid.accounts.commands.disown_links import make_link
from vssid.accounts.models import Account, Passkey, PasskeyOwner
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel import passkeys as webauthn
from vssid.kernel.clock import format_date, vietnam_today
from vssid.kernel.identifiers import mask_number
from vssid.kernel.networks import line_of
from vssid.kernel.uuid7 import uuid7
from vssid.limits import commands as limits
from vssid.messaging import commands as messaging

# As long as a browser lets somebody look for their finger.
LIFETIME = timedelta(minutes=5)
MOST = 10
LONGEST_NAME = 40
_HANDLE_BYTES = 32

Purpose = Literal["sign-in", "prove"]

# Its window outlasts every ticket that could bring the challenge back.
_CHALLENGE_USED = limits.Limit("passkey.challenge", 1, 2 * LIFETIME)
# Nobody guesses a signature: this spares the machine.
_WRONG = limits.Limit("passkey.wrong", 100, timedelta(minutes=15))
# Who holds a copy could have the owner's phone ring all day.
_COPY_TOLD = limits.Limit("passkey.copy-told", 1, timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is asked: `options` as JSON, and the sealed `ticket` it sends back."""

    options: dict[str, Any]
    ticket: str


def ask_to_add(*, number: str, proof: str, party: webauthn.Party, now: datetime) -> Asked:
    """Begin adding a passkey; `proof` is what `passkey_codes.confirm_passkey` gave.

    Raises TicketLateError, PasskeysFullError, ChangesHeldError.
    """
    passkey_codes.check_proof(number=number, proof=proof, now=now)
    account = Account.objects.select_related("person").get(person_id=number)
    rules.check_changes_not_held(account.changes_held_until, now)
    mine = list(Passkey.objects.filter(account_id=number).order_by("id"))
    if len(mine) >= MOST:
        raise errors.PasskeysFullError(most=MOST)
    handle = bytes(mine[0].handle) if mine else secrets.token_bytes(_HANDLE_BYTES)
    challenge = webauthn.new_challenge()
    options = webauthn.registration_options(
        party=party,
        holder=webauthn.Holder(handle, mask_number(number), account.person.full_name),
        challenge=challenge,
        known=[bytes(one.credential_id) for one in mine],
        lifetime=LIFETIME,
    )
    return Asked(options, _ticket("add", number, challenge, now, handle))


def add_passkey(
    *,
    number: str,
    session_id: UUID,
    ticket: str,
    answer: str,
    party: webauthn.Party,
    device: str,
    now: datetime,
) -> Passkey:
    """Keep the passkey that a browser made, named after its device; the owner is told.

    The notice disowns the session. Locks the account's row. Raises TicketLateError,
    PasskeyWrongError, PasskeyKnownError, PasskeysFullError, ChangesHeldError.
    """
    challenge, handle = _open_ticket("add", ticket, number, now)
    try:
        made = webauthn.check_registration(answer=answer, party=party, challenge=challenge)
    except webauthn.PasskeyRefusedError as error:
        raise errors.PasskeyWrongError from error
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=number)
        rules.check_changes_not_held(account.changes_held_until, now)
        if Passkey.objects.filter(account=account).count() >= MOST:
            raise errors.PasskeysFullError(most=MOST)
        passkey = _keep(account, made, handle, device, now)
        _record("passkey.add", passkey)
        link = make_link(number=number, session_id=session_id, now=now)
        letter = messaging.Letter("account.passkey-added", {"device": passkey.name}, {"link": link})
        _tell(letter, account, f"passkey.{passkey.id}.added")
    return passkey


def rename_passkey(*, number: str, passkey_id: UUID, name: str) -> None:
    """Call a passkey `name`, of 1 to 40 signs. Raises PasskeyGoneError."""
    with transaction.atomic():
        passkey = _mine(number, passkey_id)
        passkey.name = name[:LONGEST_NAME]
        passkey.save(update_fields=["name"])
        _record("passkey.rename", passkey)


def remove_passkey(*, number: str, passkey_id: UUID) -> None:
    """Take a passkey away: it opens nothing from now on; the owner is told.

    Locks the passkey's row. Raises PasskeyGoneError.
    """
    with transaction.atomic():
        passkey = _mine(number, passkey_id)
        account = Account.objects.get(person_id=number)
        PasskeyOwner.objects.filter(
            credential=webauthn.credential_key(bytes(passkey.credential_id))
        ).delete()
        Passkey.objects.filter(account_id=number, id=passkey_id).delete()
        _record("passkey.remove", passkey)
        _tell(_about("account.passkey-removed", passkey), account, f"passkey.{passkey_id}.removed")


def drop_passkeys(*, account: Account, by: Actor) -> int:
    """Remove every passkey of an account in the caller's transaction; returns how many.

    For whoever has proven the owner in another way, such as the desk; the caller tells the owner.
    """
    mine = list(Passkey.objects.select_for_update().filter(account=account).order_by("id"))
    keys = [webauthn.credential_key(bytes(one.credential_id)) for one in mine]
    PasskeyOwner.objects.filter(credential__in=keys).delete()
    Passkey.objects.filter(account=account, id__in=[one.id for one in mine]).delete()
    for one in mine:
        _record("passkey.remove", one, by=by)
    return len(mine)


def ask_to_use(
    *, purpose: Purpose, party: webauthn.Party, now: datetime, number: str = ""
) -> Asked:
    """Begin signing in (nobody has said who they are) or proving oneself again as `number`."""
    known: list[bytes] = []
    if number:
        ids = Passkey.objects.filter(account_id=number).values_list("credential_id", flat=True)
        known = [bytes(one) for one in ids]
    challenge = webauthn.new_challenge()
    options = webauthn.assertion_options(
        party=party, challenge=challenge, known=known, lifetime=LIFETIME
    )
    return Asked(options, _ticket(purpose, number, challenge, now))


def use_passkey(
    *,
    purpose: Purpose,
    ticket: str,
    answer: str,
    party: webauthn.Party,
    address: str,
    now: datetime,
    number: str = "",
) -> Account:
    """The account whose owner's device answered rightly; of `number` only, when one is given.

    Wrong passwords lock nothing here; an account that its owner locked stays shut. Wrong answers
    are counted for their line, malformed ones not at all: they cost nothing and must not keep
    others out. Locks the passkey's row. Raises TicketLateError, PasskeyWrongError,
    PasskeyTriesError, PasskeyCopiedError, AccountLockedError.
    """
    line = line_of(address)
    pause = limits.wait(limit=_WRONG, key=line, now=now)
    if pause is not None:
        raise errors.PasskeyTriesError(wait=pause)
    claim = _presented(answer)
    try:
        challenge, _handle = _open_ticket(purpose, ticket, number, now)
        passkey = _claimed(claim, number)
        account = _check(passkey, answer, party, challenge, purpose, now)
    except errors.TicketLateError:
        # An answer sent twice comes with a ticket that was used.
        limits.hit(limit=_WRONG, key=line, now=now)
        raise
    except webauthn.PasskeyCopiedError as error:
        _tell_of_copy(passkey, now)
        raise errors.PasskeyCopiedError from error
    except webauthn.PasskeyRefusedError as error:
        limits.hit(limit=_WRONG, key=line, now=now)
        raise errors.PasskeyWrongError from error
    if account.locked_at is not None:
        raise errors.AccountLockedError
    return account


def _keep(
    account: Account, made: webauthn.NewPasskey, handle: bytes, device: str, now: datetime
) -> Passkey:
    _owner, is_new = PasskeyOwner.objects.get_or_create(
        credential=webauthn.credential_key(made.credential_id),
        defaults={"number": account.person_id},
    )
    if not is_new:
        raise errors.PasskeyKnownError
    return Passkey.objects.create(
        account=account,
        id=uuid7(),
        credential_id=made.credential_id,
        public_key=made.public_key,
        handle=handle,
        sign_count=made.sign_count,
        name=device[:LONGEST_NAME],
        made_at=now,
    )


def _presented(answer: str) -> webauthn.Presented:
    try:
        return webauthn.presented(answer)
    except webauthn.PasskeyRefusedError as error:
        raise errors.PasskeyWrongError from error


def _claimed(claim: webauthn.Presented, number: str) -> Passkey:
    """The passkey that an answer says it comes from. Raises webauthn.PasskeyRefusedError."""
    key = webauthn.credential_key(claim.credential_id)
    owner = PasskeyOwner.objects.filter(credential=key).first()
    if owner is None or (number and owner.number != number):
        raise webauthn.PasskeyRefusedError("nobody's or another's")
    # Who has not said who they are is known by the handle as well as by the credential.
    if not number and claim.handle is None:
        raise webauthn.PasskeyRefusedError("no handle")
    found = Passkey.objects.filter(
        account_id=owner.number, credential_id=claim.credential_id
    ).first()
    if found is None:
        raise webauthn.PasskeyRefusedError("removed")
    return found


def _check(
    passkey: Passkey,
    answer: str,
    party: webauthn.Party,
    challenge: bytes,
    purpose: Purpose,
    now: datetime,
) -> Account:
    with transaction.atomic():
        # Two answers at once must not both go past the same counter.
        locked = (
            Passkey.objects.select_for_update()
            .filter(account_id=passkey.account_id, id=passkey.id)
            .first()
        )
        if locked is None:
            raise webauthn.PasskeyRefusedError("removed")
        locked.sign_count = webauthn.check_assertion(
            answer=answer,
            party=party,
            challenge=challenge,
            passkey=webauthn.NewPasskey(
                bytes(locked.credential_id), bytes(locked.public_key), locked.sign_count
            ),
            handle=bytes(locked.handle),
        )
        locked.used_at = now
        locked.save(update_fields=["sign_count", "used_at"])
        _record("passkey.use", locked, purpose=purpose)
        return Account.objects.get(person_id=locked.account_id)


def _mine(number: str, passkey_id: UUID) -> Passkey:
    mine = Passkey.objects.select_for_update().filter(account_id=number, id=passkey_id).first()
    if mine is None:
        raise errors.PasskeyGoneError
    return mine


def _ticket(purpose: str, number: str, challenge: bytes, now: datetime, handle: bytes = b"") -> str:
    content = {
        "number": number,
        "at": now.timestamp(),
        "challenge": b64encode(challenge).decode(),
        "handle": b64encode(handle).decode(),
    }
    return tokens.seal(f"passkey.{purpose}", json.dumps(content).encode())


def _open_ticket(purpose: str, ticket: str, number: str, now: datetime) -> tuple[bytes, bytes]:
    """Challenge and handle of a ticket, which is used up by it. Raises TicketLateError."""
    content = json.loads(tokens.unseal(f"passkey.{purpose}", ticket) or b"{}")
    age = now.timestamp() - content.get("at", 0)
    if content.get("number") != number or age > LIFETIME.total_seconds():
        raise errors.TicketLateError
    if limits.hit(limit=_CHALLENGE_USED, key=content["challenge"], now=now) is not None:
        raise errors.TicketLateError
    return b64decode(content["challenge"]), b64decode(content["handle"])


def _record(act: str, passkey: Passkey, by: Actor | None = None, **details: str) -> None:
    number = passkey.account_id
    record_event(
        by=by or Actor.citizen(number),
        act=act,
        subject=number,
        details={"passkey": str(passkey.id), **details},
    )


def _about(template: str, passkey: Passkey) -> messaging.Letter:
    # Its name may have been typed by anybody: it must not stand in a message of ours.
    return messaging.Letter(template, {"added": format_date(vietnam_today(passkey.made_at))})


def _tell(letter: messaging.Letter, account: Account, key: str) -> None:
    data = {
        "number": mask_number(account.person_id),
        "hotline": settings.VSSID_HOTLINE,
        **letter.data,
    }
    messaging.notify(
        phone=account.phone,
        email=account.email,
        letter=messaging.Letter(letter.template, data, letter.secret),
        key=key,
    )


def _tell_of_copy(passkey: Passkey, now: datetime) -> None:
    with transaction.atomic():
        _record("passkey.copied", passkey)
        if limits.hit(limit=_COPY_TOLD, key=str(passkey.id), now=now) is None:
            account = Account.objects.get(person_id=passkey.account_id)
            key = f"passkey.{passkey.id}.copied.{now:%Y%m%dT%H%M%S}"
            _tell(_about("account.passkey-copied", passkey), account, key)
