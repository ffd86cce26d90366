"""Declarations of an office that ends go to its successors."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.clock import format_date, format_datetime, vietnam_today
from vssid.reference import queries as reference
from vssid.reference.reorganising.plans import Plan
from vssid.registration import rules
from vssid.registration.commands.disputing import tell_moved
from vssid.registration.commands.notices import tell
from vssid.registration.models import (
    AccountHelp,
    Declaration,
    GuardianshipDispute,
    HelpState,
    State,
)

_BATCH: Final = 500


def move_declarations(*, plan: Plan, by: Actor) -> int:
    """Give every declaration of the offices that ended its new office; returns how many.

    Nobody holds it there, and what was proposed is void; help with accounts that waits and disputes
    about guardianship go to the default successor, as the officers do. Decided ones go along, so
    that they are found where their people are. In transactions of 500: what is moved has its event
    and its notice, and what is not yet still lies at the ended office, where the next run finds it.
    Rows that somebody holds are passed over.
    """
    rows = Declaration.objects.filter(office__in=list(plan.endings)).order_by("number", "id")
    keys = list(rows.values_list("number", "id"))
    batches = (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))
    for ending in plan.endings.values():
        _move_waiting(ending.code, ending.default, plan, by)
    return sum(_move(plan, batch, by) for batch in batches)


def _move_waiting(office: str, heir: str, plan: Plan, by: Actor) -> None:
    """Help with accounts and disputes go where the officers go; of what is open with an event."""
    with transaction.atomic():
        helps = AccountHelp.objects.select_for_update().filter(office=office)
        disputes = GuardianshipDispute.objects.select_for_update().filter(office=office)
        told: dict[str, Any] = {
            "by": by, "reason": plan.decision, "details": {"from": office, "to": heir}
        }  # fmt: skip
        for help_ in helps.filter(state=HelpState.WAITING):
            record_event(act="help.move", subject=help_.number, **told)
        for dispute in disputes.filter(decided_at__isnull=True):
            record_event(act="dispute.move", subject=dispute.child_number, **told)
            dispute.office = heir
            tell_moved(dispute=dispute)
        helps.update(office=heir)
        disputes.update(office=heir)


def _move(plan: Plan, keys: Sequence[tuple[str, UUID]], by: Actor) -> int:
    with transaction.atomic():
        rows = Declaration.objects.select_for_update(skip_locked=True).filter(
            office__in=list(plan.endings),
            number__in={number for number, _ in keys},
            id__in=[declaration_id for _, declaration_id in keys],
        )
        moved: dict[str, list[Declaration]] = {}
        for declaration in rows:
            area = declaration.address_commune or declaration.address_district
            to = plan.heir(declaration.office, declaration.address_era, area)
            _record(declaration, to, plan, by)
            declaration.office = to
            moved.setdefault(to, []).append(declaration)
            _tell(declaration)
        for to, declarations in moved.items():
            Declaration.objects.filter(
                number__in={one.number for one in declarations},
                id__in=[one.id for one in declarations],
            ).update(
                office=to,
                claimed_by="",
                claimed_until=None,
                proposed_by="",
                proposed_at=None,
                right_number="",
                right_number_by="",
                right_number_at=None,
            )
    return sum(map(len, moved.values()))


def _record(declaration: Declaration, to: str, plan: Plan, by: Actor) -> None:
    record_event(
        by=by,
        act="declaration.move",
        subject=declaration.number,
        reason=plan.decision,
        details={"code": declaration.code, "from": declaration.office, "to": to},
    )


def _tell(declaration: Declaration) -> None:
    """Whoever has an open one: where the paper goes now, or who answers."""
    office = reference.known_office(declaration.office)
    data = {"office": office.name, "phone": office.phone}
    occasion = f".{declaration.office}"
    due = rules.answer_due(declaration.received_at, settings.VSSID_DECISION_DUE)
    if declaration.state == State.FILED:
        until = vietnam_today(rules.paper_due(declaration.filed_at, settings.VSSID_PAPER_DUE))
        data["until"] = format_date(until)
        tell(declaration, "declaration.moved", data, occasion=occasion)
    elif declaration.state == State.RECEIVED and due:
        data["due"] = format_datetime(due)
        tell(declaration, "declaration.moved-complete", data, occasion=occasion)
