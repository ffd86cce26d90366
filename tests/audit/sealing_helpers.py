"""Events to seal, and what checking them finds."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.audit.models import Event, Seal
from vssid.audit.sealing import commands, heads, verifying, verifying_heads, verifying_holds
from vssid.audit.sealing.findings import Finding, Kind
from vssid.kernel.clock import utc_now

NUMBER = "0198000001"
OTHER = "0198000002"
BY = Actor.officer("canbo.thanhtri", "00114")


def write_events(count: int, subject: str = NUMBER) -> list[Event]:
    """Events about one person, as the application writes them."""
    return [
        record_event(by=BY, act="record.look", subject=subject, reason=f"lần {at}")
        for at in range(count)
    ]


def seal_and_sign(minutes: int = 0) -> Path | None:
    """One run of the sealer, and the head of `minutes` later."""
    commands.seal_events()
    return commands.export_heads(now=utc_now() + timedelta(minutes=minutes))


def chain(subject: str = NUMBER) -> list[Seal]:
    """The seals of the events about `subject`, in their order."""
    events = Event.objects.filter(subject=subject).values_list("id", flat=True)
    return list(Seal.objects.filter(event__in=list(events)).order_by("position"))


def findings(later: timedelta = timedelta(0)) -> list[Finding]:
    """What checking everything finds, as `verify_audit` does it, `later` than now."""
    now = utc_now() + later
    keys = heads.public_keys(settings.VSSID_AUDIT_KEYS)
    with transaction.atomic():
        return [
            *verifying.check_chains(lambda _count: None),
            *verifying_heads.check_heads(
                settings.VSSID_AUDIT_DIR, keys, newest=2**31, seen=verifying_heads.Seen(), now=now
            ),
            *verifying.check_tail(verifying.unsealed_tail(), now=now),
            *verifying_holds.check_holds(),
        ]


def kinds() -> set[Kind]:
    """The kinds of what it finds."""
    return {finding.kind for finding in findings()}
