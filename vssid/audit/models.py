"""Audit events, their seals, and what is withheld from whom they tell of.

The application's role may insert and select events, seals and holds, nothing else.
"""

from typing import ClassVar

from django.db import models
from django.db.models import BigIntegerField, Func, Q, TextField
from django.db.models.functions import Cast

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7

# The 64-bit id of the transaction that writes the row, wherever in it the row is written.
_TRANSACTION = Cast(
    Cast(Func(function="pg_current_xact_id", output_field=TextField()), TextField()),
    BigIntegerField(),
)


class Event(models.Model):
    """One act: who, on whom, what, why, when. No foreign keys: it outlives what it tells of."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor = models.CharField(max_length=64)
    office = models.CharField(max_length=8, blank=True, default="")
    act = models.CharField(max_length=64)
    subject = models.CharField(max_length=64, blank=True, default="", db_collation="C")
    reason = models.CharField(max_length=500, blank=True, default="")
    details = models.JSONField(default=dict)
    # Tells the sealer which events may have become visible since it last looked.
    txid = models.BigIntegerField(db_default=_TRANSACTION, editable=False)

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "at": Privacy.INTERNAL,
        "actor_kind": Privacy.INTERNAL,
        "actor": Privacy.IDENTITY,
        "office": Privacy.PUBLIC,
        "act": Privacy.INTERNAL,
        "subject": Privacy.KEY,
        "reason": Privacy.INTERNAL,
        "details": Privacy.INTERNAL,
        "txid": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-at"], name="audit_event_subject"),
            models.Index(fields=["txid"], name="audit_event_txid"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.act} {self.subject}"


class Seal(models.Model):
    """The place of one event in the chain of its shard; no foreign key, so that it stays behind."""

    event = models.UUIDField(primary_key=True, editable=False)
    shard = models.SmallIntegerField()
    position = models.BigIntegerField()
    link = models.BinaryField(max_length=32)

    privacy: ClassVar = {
        "event": Privacy.INTERNAL,
        "shard": Privacy.INTERNAL,
        "position": Privacy.INTERNAL,
        "link": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard", "position"], name="audit_seal_place"),
        ]

    def __str__(self) -> str:
        return f"{self.shard}/{self.position} {self.event}"


class Progress(models.Model):
    """How far the sealer came: one row, and only a help to look at fewer events.

    `server` names the cluster and the database: another one counts transactions anew.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    server = models.CharField(max_length=64)
    sealed_below = models.BigIntegerField()

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "server": Privacy.INTERNAL,
        "sealed_below": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="audit_progress_one_row")]

    def __str__(self) -> str:
        return f"below {self.sealed_below} on {self.server}"


class Hold(models.Model):
    """By a recorded decision, looks at `subject` since `from_at` stay out of their sight.

    Until `until` only; a longer time is a new row. Whose looks: of an office, of one actor, or of
    one actor at one office. `event` is the event that tells of the decision.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.CharField(max_length=64, db_collation="C")
    from_at = models.DateTimeField()
    until = models.DateTimeField()
    office = models.CharField(max_length=8, blank=True, default="")
    actor = models.CharField(max_length=64, blank=True, default="")
    decision = models.CharField(max_length=64)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    event = models.UUIDField()

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "subject": Privacy.KEY,
        "from_at": Privacy.INTERNAL,
        "until": Privacy.INTERNAL,
        "office": Privacy.PUBLIC,
        "actor": Privacy.IDENTITY,
        "decision": Privacy.INTERNAL,
        "recorded_by": Privacy.IDENTITY,
        "recorded_at": Privacy.INTERNAL,
        "event": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [models.Index(fields=["subject", "until"], name="audit_hold_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=models.F("recorded_at")), name="audit_hold_has_a_term"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("from_at")), name="audit_hold_term_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(office="", actor=""), name="audit_hold_says_whose_looks"
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="audit_hold_by_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} until {self.until:%Y-%m-%d} by {self.decision}"
