"""Officers of an office that ends go to its successors."""

from collections.abc import Mapping
from datetime import datetime

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.reference.reorganising.plans import Plan
from vssid.staff.leaving import officers_of
from vssid.staff.models import Officer, Role


def move_officers(*, plan: Plan, by: Actor, now: datetime) -> Mapping[str, str]:
    """Give each officer of the offices that end their new office; returns it by user name.

    They keep role, password and second factor, and sign in anew. An office may have several heads
    (`rules`), so those of the ended one stay heads. In the caller's transaction; locks the officers
    in the order of their ids; one event for each.
    """
    locked = Officer.objects.select_for_update().filter(office__in=list(plan.endings))
    list(locked.exclude(role=Role.FACILITY).order_by("pk"))
    moved = {}
    for officer, office in officers_of(plan):
        details = {"from": [officer.role, officer.office], "to": [officer.role, office]}
        officer.office, officer.signed_out_at = office, now
        officer.save(update_fields=["office", "signed_out_at"])
        record_event(
            by=by,
            act="officer.assign",
            subject=officer.user_name,
            reason=plan.decision,
            details=details,
        )
        moved[officer.user_name] = office
    return moved
