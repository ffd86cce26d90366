"""Statements of contributions that were issued, and the key table from their codes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vssid.insurance.person_rows import PersonRow
from vssid.kernel.privacy import Privacy
from vssid.people.fields import NumberField


class HistoryStatement(PersonRow):
    """A signed statement as it was issued; what stands here is enough to check one.

    `totals`: months by fund, [paid, late, settled] and of the paid ones [voluntary, before 1995].
    `record_sha256` is over what the statement tells, so that it is seen whether the record says
    something else today. `file` is erased when its time is over or the statement is revoked; the
    row stays.
    """

    code = models.CharField(max_length=16, db_collation="C")
    issued_at = models.DateTimeField()
    issued_to = models.CharField(max_length=64)
    full_name = models.CharField(max_length=255)
    totals = models.JSONField()
    record_version = models.PositiveIntegerField()
    record_sha256 = models.BinaryField(max_length=32)
    file_sha256 = models.BinaryField(max_length=32)
    file = models.UUIDField()
    revoked_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "code": Privacy.KEY,
        "issued_at": Privacy.INTERNAL,
        "issued_to": Privacy.KEY,
        "full_name": Privacy.IDENTITY,
        "totals": Privacy.WORK,
        "record_version": Privacy.INTERNAL,
        "record_sha256": Privacy.INTERNAL,
        "file_sha256": Privacy.INTERNAL,
        "file": Privacy.INTERNAL,
        "revoked_at": Privacy.INTERNAL,
    }

    class Meta:
        app_label = "insurance"
        constraints = [
            models.CheckConstraint(
                name="statement_code_is_whole", condition=Q(code__regex=r"^[0-9B-Z]{16}$")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class StatementCode(models.Model):
    """The key table that leads from a printed code to the person's row."""

    code = models.CharField(max_length=16, primary_key=True, db_collation="C")
    number = NumberField()
    statement = models.UUIDField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "code": Privacy.KEY,
        "number": Privacy.KEY,
        "statement": Privacy.INTERNAL,
    }

    class Meta:
        app_label = "insurance"

    def __str__(self) -> str:
        return self.code
