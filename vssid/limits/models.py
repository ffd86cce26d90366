"""Counters of the limiter."""

from typing import ClassVar

from django.db import models

from vssid.kernel.privacy import Privacy


class Bucket(models.Model):
    """How often one thing was done by one key in the running window.

    `key` is a keyed hash: the table tells neither numbers nor phones nor addresses.
    """

    pk = models.CompositePrimaryKey("name", "key")
    name = models.CharField(max_length=40)
    key = models.CharField(max_length=64, db_collation="C")
    count = models.PositiveIntegerField()
    window_ends_at = models.DateTimeField()

    privacy: ClassVar = {
        "name": Privacy.INTERNAL,
        "key": Privacy.INTERNAL,
        "count": Privacy.INTERNAL,
        "window_ends_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"
