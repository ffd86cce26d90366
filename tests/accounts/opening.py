"""Opens sessions for the tests of accounts."""

from datetime import datetime

from tests.factories import CLERK, an_origin, last_code
from vssid.accounts.commands import codes, endings, sessions
from vssid.accounts.models import Account, CodePurpose, EndReason
from vssid.accounts.origin import Origin


def started(account: Account, now: datetime, origin: Origin | None = None) -> sessions.Started:
    """A session on a new device unless it is said which, the one before ended by the desk."""
    endings.end_sessions(number=account.person_id, reason=EndReason.DESK, now=now)
    found = sessions.start_session(account=account, origin=origin or an_origin(), now=now)
    assert isinstance(found, sessions.Started)
    return found


def proof_of(
    account: Account, now: datetime, purpose: CodePurpose = CodePurpose.DEVICE
) -> codes.VerifiedCode:
    """A code that the owner typed rightly, not used up yet."""
    request = codes.CodeRequest(
        purpose=purpose,
        subject=account.person_id,
        binding="ticket",
        phone=account.phone,
        template="code.device",
        data={"number": "0198***001"},
    )
    codes.issue_code(request=request, by=CLERK, now=now)
    return codes.try_code(
        purpose=purpose,
        subject=account.person_id,
        binding="ticket",
        typed=last_code(account.phone),
        now=now,
    )


def taken_over(account: Account, now: datetime, origin: Origin | None = None) -> sessions.Started:
    """A session taken over with a code."""
    return sessions.take_over(
        account=account, proof=proof_of(account, now), origin=origin or an_origin(), now=now
    )
