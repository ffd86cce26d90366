"""The outbox, and the demo phone's inbox."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7


class Channel(models.TextChoices):
    """How a message travels."""

    SMS = "sms", "SMS"
    EMAIL = "email", "Email"


class Kind(models.TextChoices):
    """What a repeated delivery would mean: a code goes out at most once, a notice at least once."""

    CODE = "code", _("Mã xác nhận")
    NOTICE = "notice", _("Thông báo")


class State(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", _("Chờ gửi")
    HANDING_OVER = "handing-over", _("Đang chuyển")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Không gửi được")
    EXPIRED = "expired", pgettext_lazy("message", "Quá hạn")


class Message(models.Model):
    """One message to one address, written in the transaction of its cause.

    `secret` (a code, a first password) is encrypted and erased once delivered, failed or expired.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    address = models.CharField(max_length=254)
    template = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    secret = models.BinaryField(null=True)
    idempotency_key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=14, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "channel": Privacy.INTERNAL,
        "kind": Privacy.INTERNAL,
        "address": Privacy.CONTACT,
        "template": Privacy.INTERNAL,
        "data": Privacy.IDENTITY,
        "secret": Privacy.SECRET,
        "idempotency_key": Privacy.KEY,
        "state": Privacy.INTERNAL,
        "created_at": Privacy.INTERNAL,
        "expires_at": Privacy.INTERNAL,
        "next_try_at": Privacy.INTERNAL,
        "handed_over_at": Privacy.INTERNAL,
        "done_at": Privacy.INTERNAL,
        "attempts": Privacy.INTERNAL,
        "error": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="messaging_waiting",
                condition=models.Q(state__in=["queued", "handing-over"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="messaging_done_keeps_no_secret",
                condition=models.Q(state__in=["queued", "handing-over"])
                | models.Q(secret__isnull=True),
            ),
            models.CheckConstraint(
                name="messaging_state_known", condition=models.Q(state__in=State.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.template} {self.state}"


class DemoMessage(models.Model):
    """What arrived on the demo phone. Only demo settings fill this table."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    idempotency_key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField()
    arrived_at = models.DateTimeField()

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "idempotency_key": Privacy.KEY,
        "channel": Privacy.INTERNAL,
        "address": Privacy.CONTACT,
        "subject": Privacy.IDENTITY,
        "text": Privacy.SECRET,
        "arrived_at": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [models.Index(fields=["address", "-arrived_at"], name="messaging_demo_inbox")]

    def __str__(self) -> str:
        return f"{self.channel} {self.address}"
