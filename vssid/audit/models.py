"""Audit events. The application's role may insert and select, nothing else."""

from typing import ClassVar

from django.db import models

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7


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
    }

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="audit_event_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.act} {self.subject}"
