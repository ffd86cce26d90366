"""How helpful the answers are: counts, without anybody."""

from typing import ClassVar

from django.db import models

from vssid.kernel.privacy import Privacy


class AnswerRating(models.Model):
    """How many found an answer helpful in a month (`YYYYMM`), and how many did not."""

    pk = models.CompositePrimaryKey("question", "month")
    question = models.CharField(max_length=60, db_collation="C")
    month = models.PositiveIntegerField()
    helpful = models.PositiveIntegerField(default=0)
    not_helpful = models.PositiveIntegerField(default=0)

    privacy: ClassVar = {
        "question": Privacy.INTERNAL,
        "month": Privacy.INTERNAL,
        "helpful": Privacy.INTERNAL,
        "not_helpful": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.question} {self.month}"
