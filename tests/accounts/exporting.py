"""Exports for tests, as far on their way as a test needs them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import HONG, a_session, an_account
from vssid.accounts import tokens
from vssid.accounts.commands import exports
from vssid.accounts.models import Account, Export
from vssid.kernel.clock import utc_now

DEVICE = "Firefox trên Linux"


def asked(
    account: Account, *, formats: Sequence[str] = ("json",), now: datetime | None = None
) -> Export:
    """What the owner asked for, on the device they are signed in on."""
    if not account.session_set.filter(ended_at=None).exists():
        a_session(account)
    export_id = exports.ask_export(
        number=account.pk,
        formats=formats,
        session_id=account.session_set.get(ended_at=None).id,
        device=DEVICE,
        now=now or utc_now(),
    )
    return Export.objects.get(id=export_id)


def ticket_of(export: Export) -> str:
    """What its job carries."""
    return tokens.seal("export", export.account_id.encode() + export.id.bytes)


def begun(export: Export, now: datetime | None = None) -> exports.Work:
    """The same in the hands of a worker."""
    work = exports.begin_export(ticket=ticket_of(export), now=now or utc_now())
    assert work is not None
    return work


def ready(account: Account | None = None, *, content: bytes = b"PK zip", **asking: Any) -> Export:
    """A finished one; its ZIP is `content`."""
    export = asked(account or an_account(HONG), **asking)
    work = begun(export)
    assert exports.finish_export(work=work, content=content, now=asking.get("now") or utc_now())
    export.refresh_from_db()
    return export


def jobs_of(export_id: UUID) -> int:
    """How many jobs wait for or hold an export."""
    return ProcrastinateJob.objects.filter(lock=f"export-{export_id}").count()
