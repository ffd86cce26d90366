"""Petitions of an office that ends go to its successors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.reference.reorganising.plans import Plan
from vssid.support import leaving, rules
from vssid.support.commands import steps
from vssid.support.models import Act, Petition

_BATCH: Final = 500
_WORDS: Final = "Cơ quan cũ kết thúc hoạt động theo {decision}; cơ quan này giải quyết tiếp."


def move_petitions(*, plan: Plan, by: Actor, now: datetime) -> int:
    """Give every petition of the offices that ended its new office; returns how many.

    One that waits for the office is forwarded as an officer would, and its sender told; the day of
    the answer stays. In transactions of 500; rows that somebody holds are passed over.
    """
    return sum(_move(plan, batch, by, now) for batch in leaving.batches(plan))


def _move(plan: Plan, keys: Sequence[tuple[str, UUID]], by: Actor, now: datetime) -> int:
    with transaction.atomic():
        rows = list(leaving.of_keys(plan, keys).select_for_update(skip_locked=True))
        for petition, heir in zip(rows, leaving.heirs(plan, rows), strict=True):
            _move_one(petition, heir, plan, by, now)
    return len(rows)


def _move_one(petition: Petition, heir: str, plan: Plan, by: Actor, now: datetime) -> None:
    details = {"petition": petition.code, "from": petition.office, "to": heir}
    petition.office, petition.claimed_by = heir, ""
    forwarded = rules.next_state(petition.state, Act.FORWARD, rules.Side.OFFICE)
    if forwarded:
        petition.state, petition.changed_at = forwarded, now
    petition.save(update_fields=["office", "state", "changed_at", "claimed_by"])
    record_event(
        by=by,
        act="petition.move",
        subject=petition.number,
        reason=plan.decision,
        details=details,
    )
    if rules.is_open(petition.state):
        words = _WORDS.format(decision=plan.decision)
        step = steps.write_step(petition=petition, act=Act.FORWARD, by=by, now=now, words=words)
        if forwarded:
            steps.tell(petition=petition, template="petition.forwarded", step=step)
