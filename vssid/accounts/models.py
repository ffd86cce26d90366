"""Citizens' accounts. An account is a person's: its key is their number."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7
from vssid.people.models import Person


class Account(models.Model):
    """An e-transaction account, made by an officer's approval."""

    person = models.OneToOneField(
        Person, primary_key=True, db_column="number", on_delete=models.PROTECT
    )
    phone = models.CharField(max_length=16)
    email = models.CharField(max_length=254, blank=True, default="")
    address_era = models.CharField(max_length=8)
    address_province = models.CharField(max_length=2)
    address_district = models.CharField(max_length=3, blank=True, default="")
    address_commune = models.CharField(max_length=5)
    address_street = models.CharField(max_length=255)
    portrait = models.UUIDField(null=True)
    password = models.CharField(max_length=128)
    password_set_at = models.DateTimeField()
    must_change_password = models.BooleanField(default=True)
    activated_at = models.DateTimeField()

    privacy: ClassVar = {
        "person": Privacy.KEY,
        "phone": Privacy.CONTACT,
        "email": Privacy.CONTACT,
        "address_era": Privacy.CONTACT,
        "address_province": Privacy.CONTACT,
        "address_district": Privacy.CONTACT,
        "address_commune": Privacy.CONTACT,
        "address_street": Privacy.CONTACT,
        "portrait": Privacy.IDENTITY,
        "password": Privacy.SECRET,
        "password_set_at": Privacy.INTERNAL,
        "must_change_password": Privacy.INTERNAL,
        "activated_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return self.person_id


class PastPassword(models.Model):
    """Hashes of earlier passwords: none of the last five may come back."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account = models.ForeignKey(
        Account, db_column="number", db_index=False, on_delete=models.CASCADE
    )
    id = models.UUIDField(default=uuid7, editable=False)
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    privacy: ClassVar = {
        "account": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "password": Privacy.SECRET,
        "set_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.account_id} {self.set_at:%Y-%m-%d}"


class EndReason(models.TextChoices):
    """Why a session ended."""

    SIGNED_OUT = "signed-out", _("Đã thoát")
    TAKEN_OVER = "taken-over", _("Đã đăng nhập trên thiết bị khác")
    EXPIRED = "expired", _("Hết thời gian")


class Session(models.Model):
    """One device signed in. At most one is live per account: the partial unique index holds it."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account = models.ForeignKey(
        Account, db_column="number", db_index=False, on_delete=models.CASCADE
    )
    id = models.UUIDField(default=uuid7, editable=False)
    token_digest = models.BinaryField()
    device = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True, default="")

    privacy: ClassVar = {
        "account": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "token_digest": Privacy.SECRET,
        "device": Privacy.IDENTITY,
        "started_at": Privacy.INTERNAL,
        "last_seen_at": Privacy.INTERNAL,
        "ended_at": Privacy.INTERNAL,
        "end_reason": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_one_live_session",
            ),
            models.CheckConstraint(
                name="accounts_session_end_has_reason",
                condition=models.Q(ended_at__isnull=True, end_reason="")
                | models.Q(ended_at__isnull=False, end_reason__in=EndReason.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.device}"


class CodePurpose(models.TextChoices):
    """What a one-time code confirms. A code for one purpose opens nothing else."""

    REGISTRATION = "registration", _("Tờ khai đăng ký")
    PASSWORD = "password", _("Đổi mật khẩu")
    DEVICE = "device", _("Thiết bị mới")


class OneTimeCode(models.Model):
    """A code sent to a phone. One is live per subject and purpose.

    `subject` is a BHXH number, or a draft's id before a number is proven.
    """

    pk = models.CompositePrimaryKey("subject", "id")
    subject = models.CharField(max_length=36, db_collation="C")
    id = models.UUIDField(default=uuid7, editable=False)
    purpose = models.CharField(max_length=16, choices=CodePurpose.choices)
    binding = models.BinaryField()
    digest = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()
    ended_at = models.DateTimeField(null=True)

    privacy: ClassVar = {
        "subject": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "purpose": Privacy.INTERNAL,
        "binding": Privacy.SECRET,
        "digest": Privacy.SECRET,
        "created_at": Privacy.INTERNAL,
        "expires_at": Privacy.INTERNAL,
        "tries_left": Privacy.INTERNAL,
        "ended_at": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "purpose"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_one_live_code",
            ),
            models.CheckConstraint(
                name="accounts_code_purpose_known",
                condition=models.Q(purpose__in=CodePurpose.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"
