"""The email of a declaration is proven by a link that only its owner receives.

Proven, it opens the case for who lost the phone. Notices go there proven or not (guides R14, R15).
"""

import json
from datetime import datetime

from django.conf import settings
from django.db import transaction

from vssid.accounts import tokens
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.messaging import commands as messaging
from vssid.messaging.models import Channel
from vssid.registration import errors, rules
from vssid.registration.models import Declaration, DeclarationCode

_KIND = "declaration-email"


def ask_to_prove(*, declaration: Declaration) -> None:
    """Send the link to the email of a filed declaration, if it has one.

    In the caller's transaction. The link is the proof, so it is the letter's secret.
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
            {"declaration": rules.display_code(declaration.code)},
            {"proof": f"{settings.VSSID_PUBLIC_URL}/dang-ky/theo-doi/email/{sealed}/"},
        ),
        key=f"declaration.email.{declaration.id}",
    )


def named_by(*, proof: str) -> Declaration:
    """The declaration whose email a link proves. Raises EmailProofUnknownError."""
    content = json.loads(tokens.unseal(_KIND, proof) or b"{}")
    key = DeclarationCode.objects.filter(code=content.get("code", "")).first()
    if key is not None:
        declaration = Declaration.objects.get(number=key.number, id=key.declaration)
        if declaration.email == content["email"]:
            return declaration
    raise errors.EmailProofUnknownError


def prove_email(*, proof: str, now: datetime) -> Declaration:
    """Note that the link was opened by who reads that email; a second time changes nothing.

    Locks the declaration. Raises EmailProofUnknownError.
    """
    named = named_by(proof=proof)
    with transaction.atomic():
        locked = Declaration.objects.select_for_update().get(number=named.number, id=named.id)
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
