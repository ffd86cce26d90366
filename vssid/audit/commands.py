"""The only writers of audit events and of holds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from django.db import connection, transaction

from vssid.audit.access import Access, make_access
from vssid.audit.actors import Actor
from vssid.audit.errors import HoldDecisionError, HoldScopeError, HoldTermError
from vssid.audit.holds import LOOKS, longest
from vssid.audit.models import Event, Hold
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7


@dataclass(frozen=True, slots=True)
class Decision:
    """A written decision to keep looks from the person looked at.

    `number` is that of the document; looks from `from_at` on are withheld until `until`: those of
    an office (agency code), of one actor (`Actor.name`), or of one actor at one office.
    """

    number: str
    from_at: datetime
    until: datetime
    office: str = ""
    actor: str = ""


# The whole row but what the database fills in. One prepared text: an event is written with every
# act, and the ORM would take longer over it than PostgreSQL.
_WRITTEN = [field.attname for field in Event._meta.concrete_fields if not field.has_db_default()]
_WRITE = f"""
INSERT INTO audit_event ({", ".join(_WRITTEN)})
VALUES ({", ".join(f"%({name})s" for name in _WRITTEN)})
"""  # noqa: S608 - the columns of our own model


def record_event(
    *,
    by: Actor,
    act: str,
    subject: str = "",
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> Event:
    """Write one event in the caller's transaction; a failure undoes the act it tells of.

    `act` is a stable dotted name («declaration.approve»); `subject` a BHXH number or an id;
    `details` holds codes and ids, never names, phones or secrets.
    """
    event = Event(
        at=utc_now(),
        actor_kind=by.kind,
        actor=by.name,
        office=by.office,
        act=act,
        subject=subject,
        reason=reason[:500],
        details=dict(details or {}),
    )
    values = {name: getattr(event, name) for name in _WRITTEN}
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, {**values, "details": json.dumps(event.details)})
    return event


ONE_LOOK: Final = timedelta(hours=1)
"""A page of somebody else's data that is drawn again within it is the same look."""


def record_look(
    *,
    by: Actor,
    act: str,
    subject: str,
    reason: str = "",
    details: Mapping[str, object] | None = None,
    once_in: timedelta,
) -> None:
    """Write down a look, unless the very same one was written less than `once_in` ago.

    A page that is drawn again is one look: whoever reads who saw their data must find their way.
    Raises ValueError for an act that is not one of `holds.LOOKS`.
    """
    if act not in LOOKS:
        raise ValueError(f"{act!r} is no look")
    known = Event.objects.filter(
        subject=subject,
        at__gt=utc_now() - once_in,
        actor_kind=by.kind,
        actor=by.name,
        office=by.office,
        act=act,
        reason=reason[:500],
        details=dict(details or {}),
    )
    # A page with nothing to spare asks only when it may be drawn again.
    if not (once_in and known.exists()):
        record_event(by=by, act=act, subject=subject, reason=reason, details=details)


_TYPES: Final = {"id": "uuid", "at": "timestamptz", "details": "jsonb"}
_SAME: Final = ("subject", "actor_kind", "actor", "office", "act", "reason", "details")
_LOOK = f"""
looked AS (
  INSERT INTO audit_event ({", ".join(_WRITTEN)})
  SELECT {", ".join(f"%(look_{name})s::{_TYPES.get(name, 'varchar')}" for name in _WRITTEN)}
  WHERE NOT EXISTS (
    SELECT FROM audit_event known
    WHERE known.at > %(look_since)s::timestamptz
      AND {
    " AND ".join(f"known.{name} = %(look_{name})s::{_TYPES.get(name, 'varchar')}" for name in _SAME)
}
  )
)"""  # noqa: S608 - the columns of our own model


def open_record(
    *,
    by: Actor,
    subject: str,
    purpose: str,
    act: str = "record.look",
    details: Mapping[str, object] | None = None,
    once_in: timedelta = timedelta(),
    with_read: bool = False,
) -> Access:
    """The key to the record of `subject`, with the look written down.

    An owner's own looks are covered by the event of their sign-in (docs/adr/0004); everybody
    else's are written one by one, the very same one only once in `once_in`.
    `with_read`: the look is written by the statement that reads (`with_look`), in its
    round trip, so that neither happens without the other.
    """
    if by == Actor.citizen(subject):
        return make_access(subject=subject, actor=by, purpose=purpose)
    if with_read:
        look = _look_row(by, act, subject, purpose, details or {}, once_in)
        return make_access(subject=subject, actor=by, purpose=purpose, look=look)
    record_look(by=by, act=act, subject=subject, reason=purpose, details=details, once_in=once_in)
    return make_access(subject=subject, actor=by, purpose=purpose)


def with_look(*, access: Access, statement: str) -> tuple[str, Mapping[str, object]]:
    """A statement that reads a record, made to write down the look as well, and its parameters.

    The same statement for a look that is written already, or is an owner's own.
    """
    if access.look is None:
        return statement, {}
    return _looking(statement), access.look


@lru_cache(maxsize=64)
def _looking(statement: str) -> str:
    head, with_, rest = statement.partition("WITH ")
    others = f",\n{rest}" if with_ and not head.strip() else f"\n{statement}"
    return f"WITH {_LOOK.strip()}{others}"


# One by one by the index of the subject: NOT EXISTS alone might be planned over all events.
_LOOKS = f"""
WITH looked AS (
  INSERT INTO audit_event ({", ".join(_WRITTEN)})
  SELECT {", ".join(f"look.{name}" for name in _WRITTEN)}
  FROM jsonb_to_recordset(%(looks)s::jsonb)
    AS look (
      since timestamptz, {", ".join(f"{name} {_TYPES.get(name, 'varchar')}" for name in _WRITTEN)}
    )
  WHERE NOT (
    SELECT EXISTS (
      SELECT FROM audit_event known
      WHERE known.at > look.since
        AND {" AND ".join(f"known.{name} = look.{name}" for name in _SAME)}
    )
  )
)"""  # noqa: S608 - the columns of our own model


def with_looks(*, accesses: Sequence[Access], statement: str) -> tuple[str, Mapping[str, object]]:
    """The same as `with_look` for a plain SELECT that reads several people's records."""
    looks = [one.look for one in accesses if one.look is not None]
    if not looks:
        return statement, {}
    rows = [{name.removeprefix("look_"): value for name, value in one.items()} for one in looks]
    for row in rows:
        row["details"] = json.loads(str(row["details"]))
    return f"{_LOOKS.strip()}\n{statement}", {"looks": json.dumps(rows, default=str)}


def _look_row(
    by: Actor,
    act: str,
    subject: str,
    reason: str,
    details: Mapping[str, object],
    once_in: timedelta,
) -> Mapping[str, object]:
    now = utc_now()
    row = {
        "id": uuid7(),
        "at": now,
        "actor_kind": by.kind.value,
        "actor": by.name,
        "office": by.office,
        "act": act,
        "subject": subject,
        "reason": reason[:500],
        "details": json.dumps(dict(details)),
    }
    return {"look_since": now - once_in, **{f"look_{name}": row[name] for name in _WRITTEN}}


def withhold_looks(*, subject: str, decision: Decision, by: Actor, now: datetime) -> Hold:
    """Withhold looks at `subject` until the decision's term is over; a renewal is another hold.

    The act itself is an event, which its subject sees when the looks appear. Raises HoldTermError
    for a term that is over or longer than VSSID_LOOKS_WITHHELD_AT_MOST, HoldScopeError without an
    office or actor, HoldDecisionError without a number.
    """
    _check_decision(decision, now)
    with transaction.atomic():
        event = record_event(
            by=by,
            act="looks.withhold",
            subject=subject,
            reason=decision.number.strip(),
            details={
                "from": decision.from_at.isoformat(),
                "until": decision.until.isoformat(),
                "office": decision.office,
                "actor": decision.actor,
            },
        )
        return Hold.objects.create(
            subject=subject,
            from_at=decision.from_at,
            until=decision.until,
            office=decision.office,
            actor=decision.actor,
            decision=decision.number.strip(),
            recorded_by=by.name,
            recorded_at=now,
            event=event.id,
        )


def _check_decision(decision: Decision, now: datetime) -> None:
    if not now < decision.until <= now + longest() or decision.from_at >= decision.until:
        raise HoldTermError(days=longest().days)
    if not decision.office and not decision.actor:
        raise HoldScopeError
    if not decision.number.strip():
        raise HoldDecisionError
