"""Petitions: what people report, complain of or ask, and every step until they are closed.

A petition is about a person and led by their number. Who writes without an account (guides U05)
leaves the number empty and gives a phone instead, proven by a code.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7
from vssid.people.fields import NumberField
from vssid.support.news.models import Article as Article
from vssid.support.news.models import ArticlePicture as ArticlePicture
from vssid.support.news.models import ArticleVersion as ArticleVersion


class Kind(models.TextChoices):
    """What a petition is."""

    DATA_ERROR = "data-error", _("Báo sai sót")
    COMPLAINT = "complaint", _("Khiếu nại, kiến nghị")
    QUESTION = "question", _("Câu hỏi")


class State(models.TextChoices):
    """Where a petition stands."""

    RECEIVED = "received", _("Đã tiếp nhận")
    FORWARDED = "forwarded", _("Đã chuyển cơ quan khác")
    IN_WORK = "in-work", _("Đang xử lý")
    ANSWERED = "answered", _("Đã trả lời")
    CLOSED = "closed", pgettext_lazy("petition", "Đã đóng")


class Act(models.TextChoices):
    """What a step did."""

    OPEN = "open", _("Gửi phản ánh")
    TAKE = "take", _("Nhận xử lý")
    FORWARD = "forward", _("Chuyển cơ quan khác")
    ANSWER = "answer", _("Trả lời")
    ADD = "add", _("Bổ sung")
    CLOSE = "close", _("Đóng phản ánh")
    REOPEN = "reopen", _("Mở lại")
    RATE = "rate", _("Đánh giá câu trả lời")
    NOTE = "note", _("Ghi chú nội bộ")
    MERGE = "merge", _("Gộp vào phản ánh khác")
    REMIND = "remind", _("Nhắc quá hạn")


INSIDE = (Act.NOTE, Act.REMIND)
"""Steps that only the desk reads."""

OPEN = (State.RECEIVED, State.FORWARDED, State.IN_WORK, State.ANSWERED)
WAITING = (State.RECEIVED, State.FORWARDED, State.IN_WORK)
"""Those that wait for the office; an answered one waits for the person."""

_NUMBER_OR_NONE = r"^([0-9]{10})?$"


class Petition(models.Model):
    """One petition. `number` is whom it is about, `sender` who wrote it: a guardian, or the same.

    `line` names the line of the record it quotes («qua-trinh:<row>»), empty for none; `quote` holds
    that line as it stood when it was reported (support.quoting). At most one petition is open about
    a line. `category` is a code of support.catalogue, empty for what came before there were any.

    `claimed_by` is the user name of the officer who works on it. `answered_at` and `was_late` are
    of the first answer, `is_helpful` of the last one: None until the person says. `double_of` is
    the code of the petition that this one was merged into. `reminded_on`: the head of the office
    was reminded that it is overdue.
    """

    pk = models.CompositePrimaryKey("number", "id")
    number = NumberField(blank=True, default="")
    id = models.UUIDField(default=uuid7, editable=False)
    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    category = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=9, choices=State.choices, default=State.RECEIVED)
    office = models.CharField(max_length=5)
    sender = NumberField(blank=True, default="")
    full_name = models.CharField(max_length=255)
    phone = models.CharField(max_length=16, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    line = models.CharField(max_length=60, blank=True, default="")
    quote = models.JSONField(default=dict)
    words = models.TextField()
    wished = models.CharField(max_length=500, blank=True, default="")
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=40, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    was_late = models.BooleanField(default=False)
    is_helpful = models.BooleanField(null=True)
    double_of = models.CharField(max_length=12, blank=True, default="")
    reminded_on = models.DateField(null=True)

    privacy: ClassVar = {
        "number": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "code": Privacy.KEY,
        "kind": Privacy.INTERNAL,
        "category": Privacy.INTERNAL,
        "state": Privacy.INTERNAL,
        "office": Privacy.INTERNAL,
        "sender": Privacy.KEY,
        "full_name": Privacy.IDENTITY,
        "phone": Privacy.CONTACT,
        "email": Privacy.CONTACT,
        "line": Privacy.INTERNAL,
        "quote": Privacy.HEALTH,
        "words": Privacy.HEALTH,
        "wished": Privacy.HEALTH,
        "opened_at": Privacy.INTERNAL,
        "due_on": Privacy.INTERNAL,
        "changed_at": Privacy.INTERNAL,
        "closed_at": Privacy.INTERNAL,
        "claimed_by": Privacy.INTERNAL,
        "answered_at": Privacy.INTERNAL,
        "was_late": Privacy.INTERNAL,
        "is_helpful": Privacy.INTERNAL,
        "double_of": Privacy.KEY,
        "reminded_on": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            # The queue of an office, one of the look-ups that cross all persons.
            models.Index(
                fields=["office", "due_on"],
                name="support_petition_queue",
                condition=Q(state__in=["received", "forwarded", "in-work", "answered"]),
            ),
            # What else the same phone wrote, and the figures of a time.
            models.Index(
                fields=["phone", "opened_at"],
                name="support_petition_phone",
                condition=~Q(phone=""),
            ),
            models.Index(fields=["opened_at"], name="support_petition_opened"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "line"],
                condition=Q(state__in=["received", "forwarded", "in-work", "answered"])
                & ~Q(line=""),
                name="support_one_open_petition_a_line",
            ),
            models.CheckConstraint(
                name="support_petition_kind_known", condition=Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="support_petition_state_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="support_petition_number_shape",
                condition=Q(number__regex=_NUMBER_OR_NONE, sender__regex=_NUMBER_OR_NONE),
            ),
            models.CheckConstraint(
                name="support_petition_can_be_answered",
                condition=~Q(sender="") | ~Q(phone="") | ~Q(email=""),
            ),
            models.CheckConstraint(
                name="support_petition_closing_has_time",
                condition=Q(state="closed", closed_at__isnull=False)
                | ~Q(state="closed") & Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="support_petition_line_is_of_a_person",
                condition=Q(line="") | ~Q(number=""),
            ),
            models.CheckConstraint(
                name="support_petition_double_is_closed",
                condition=Q(double_of="") | Q(state="closed"),
            ),
            models.CheckConstraint(
                name="support_petition_late_was_answered",
                condition=Q(was_late=False) | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class PetitionStep(models.Model):
    """One step of a petition: when, who, what they did and said, where it stood afterwards.

    `by_kind` and `by_name` are those of the audit's actor. `office` is where the petition lay after
    the step.
    """

    pk = models.CompositePrimaryKey("number", "id")
    number = NumberField(blank=True, default="")
    id = models.UUIDField(default=uuid7, editable=False)
    petition = models.UUIDField()
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_name = models.CharField(max_length=64)
    act = models.CharField(max_length=7, choices=Act.choices)
    state = models.CharField(max_length=9, choices=State.choices)
    office = models.CharField(max_length=5)
    words = models.TextField(blank=True, default="")

    privacy: ClassVar = {
        "number": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "petition": Privacy.INTERNAL,
        "at": Privacy.INTERNAL,
        "by_kind": Privacy.INTERNAL,
        "by_name": Privacy.IDENTITY,
        "act": Privacy.INTERNAL,
        "state": Privacy.INTERNAL,
        "office": Privacy.INTERNAL,
        "words": Privacy.HEALTH,
    }

    class Meta:
        indexes = [
            models.Index(fields=["number", "petition", "id"], name="support_step_of_petition"),
        ]
        constraints = [
            models.CheckConstraint(name="support_step_act_known", condition=Q(act__in=Act.values)),
            models.CheckConstraint(
                name="support_step_state_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="support_step_says_something",
                condition=~Q(act__in=["open", "answer", "forward", "add", "reopen", "note"])
                | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition} {self.act}"


class PetitionFile(models.Model):
    """A paper that came with a step: a photo as we made it anew, or a PDF as it was sent."""

    pk = models.CompositePrimaryKey("number", "id")
    number = NumberField(blank=True, default="")
    id = models.UUIDField(default=uuid7, editable=False)
    petition = models.UUIDField()
    step = models.UUIDField()
    file = models.UUIDField()
    media_type = models.CharField(max_length=40)

    privacy: ClassVar = {
        "number": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "petition": Privacy.INTERNAL,
        "step": Privacy.INTERNAL,
        "file": Privacy.HEALTH,
        "media_type": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["number", "petition"], name="support_file_of_petition"),
        ]
        constraints = [
            models.CheckConstraint(
                name="support_file_is_photo_or_pdf",
                condition=Q(media_type__in=["image/jpeg", "application/pdf"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition} {self.media_type}"


class PetitionCode(models.Model):
    """The key table that leads from a petition's code to its row."""

    code = models.CharField(max_length=12, primary_key=True, db_collation="C")
    number = NumberField(blank=True, default="")
    petition = models.UUIDField()

    privacy: ClassVar = {
        "code": Privacy.KEY,
        "number": Privacy.KEY,
        "petition": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return self.code
