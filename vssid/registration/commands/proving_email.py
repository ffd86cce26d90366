"""The email of a declaration is proven by a link that only its owner receives, and by the number.

Proven, it opens the case for who lost the phone. Whoever owns a mistyped address gets the link too,
so the letter tells nothing of the declaration and the page asks for its BHXH number. Notices go
there proven or not (guides R14, R15).
"""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from vssid.accounts import tokens
from vssid.accounts.errors import wait_in_words
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.limits import commands as limits
from vssid.messaging import commands as messaging
from vssid.messaging.models import Channel
from vssid.registration import errors, queries, rules
from vssid.registration.models import Declaration

_KIND = "declaration-email"
_OF_HOUR = limits.Limit("email-proof.hour", 5, timedelta(hours=1))
# Other letters show a number with its middle hidden: what is left to guess takes longer than this.
_OF_LINK = limits.Limit("email-proof.link", 20, timedelta(days=30))


def ask_to_prove(*, declaration: Declaration) -> None:
    """Send the link to the email of a filed declaration, if it has one.

    In the caller's transaction. The link is half of the proof, so it is the letter's secret.
    """
    if not declaration.email or declaration.guardian_number:
        return
    content = {"code": declaration.code, "email": declaration.email}
    sealed = tokens.seal(_KIND, json.dumps(content).encode())
    messaging.send_notice(
        channel=Channel.EMAIL,
        address=declaration.email,
        letter=messaging.Letter(
            "declaration.email",
            {},
            {"proof": f"{settings.VSSID_PUBLIC_URL}/dang-ky/theo-doi/email/{sealed}/"},
        ),
        key=f"declaration.email.{declaration.id}",
    )


def named_by(*, proof: str, now: datetime) -> Declaration:
    """The declaration whose email a link proves, until its paper is due.

    Raises EmailProofUnknownError, for a link that is over as well.
    """
    content = json.loads(tokens.unseal(_KIND, proof) or b"{}")
    declaration = queries.with_code(content.get("code", "")).first()
    if declaration is None or declaration.email != content["email"]:
        raise errors.EmailProofUnknownError
    if now >= rules.paper_due(declaration.filed_at, settings.VSSID_PAPER_DUE):
        raise errors.EmailProofUnknownError
    return declaration


def prove_email(*, proof: str, number: str, now: datetime) -> Declaration:
    """Note that who reads that email knows the declaration's number; again it changes nothing.

    Counts the tries of a link. Locks the declaration. Raises EmailProofUnknownError,
    EmailNumberDiffersError, EmailProofsExhaustedError.
    """
    named = named_by(proof=proof, now=now)
    for limit in (_OF_HOUR, _OF_LINK):
        wait = limits.hit(limit=limit, key=str(named.id), now=now)
        if wait is not None:
            raise errors.EmailProofsExhaustedError(wait=wait, wait_words=wait_in_words(wait))
    if number != named.number:
        raise errors.EmailNumberDiffersError
    with transaction.atomic():
        locked = Declaration.objects.select_for_update().filter(number=number, id=named.id).first()
        if locked is None:
            # Its number was corrected at this moment, so the typed one is not its number any more.
            raise errors.EmailNumberDiffersError
        if locked.email_proven_at is None:
            locked.email_proven_at = now
            locked.save(update_fields=["email_proven_at"])
            record_event(
                by=Actor.visitor(locked.id),
                act="declaration.prove-email",
                subject=locked.number,
                details={"code": locked.code},
            )
    return locked
