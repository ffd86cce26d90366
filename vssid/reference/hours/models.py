"""Opening hours as rows: of one agency, of all below a province, or of all (an empty code)."""

from typing import ClassVar

from django.db import models

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7


def _in_order() -> models.Q:
    return models.Q(opens__lt=models.F("closes"))


class WeeklyHours(models.Model):
    """A span of a weekday (ISO, 1 is Monday) in Vietnam's time, from a first to a last date.

    A day of the week may have several spans. `valid_to` is inclusive; empty = open.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_code = models.CharField(max_length=5, blank=True, default="", db_collation="C")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    privacy: ClassVar = dict.fromkeys(
        ("id", "agency_code", "weekday", "opens", "closes", "valid_from", "valid_to"),
        Privacy.PUBLIC,
    )

    class Meta:
        verbose_name_plural = "weekly hours"
        constraints = [
            models.CheckConstraint(
                name="reference_hours_weekday", condition=models.Q(weekday__range=(1, 7))
            ),
            models.CheckConstraint(name="reference_hours_in_order", condition=_in_order()),
            models.CheckConstraint(
                name="reference_hours_validity_in_order",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_code or '*'} {self.weekday} {self.opens}-{self.closes}"


class SpecialDay(models.Model):
    """Days unlike their weekdays: closed, or open in a span; days that swap work have several."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_code = models.CharField(max_length=5, blank=True, default="", db_collation="C")
    first_day = models.DateField()
    last_day = models.DateField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    reason = models.CharField(max_length=100)

    privacy: ClassVar = dict.fromkeys(
        ("id", "agency_code", "first_day", "last_day", "opens", "closes", "reason"), Privacy.PUBLIC
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reference_special_day_open_or_closed",
                condition=models.Q(opens=None, closes=None)
                | models.Q(opens__isnull=False, closes__isnull=False) & _in_order(),
            ),
            models.CheckConstraint(
                name="reference_special_day_in_order",
                condition=models.Q(last_day__gte=models.F("first_day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_code or '*'} {self.first_day} {self.reason}"
