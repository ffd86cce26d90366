"""Officers. Django's user model: staff only, never citizens."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from vssid.audit.actors import Actor
from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7

FACILITY_CODE = r"^[0-9]{2}[0-9A-Z]{3}$"


class Role(models.TextChoices):
    """What an officer may do."""

    INTAKE = "intake", _("Tiếp nhận")
    DECISION = "decision", _("Xét duyệt")
    HEAD = "head", _("Phụ trách cơ quan")
    SUPPORT = "support", _("Trả lời phản ánh")
    CONTENT = "content", _("Biên tập nội dung")
    OPERATOR = "operator", _("Vận hành")
    FACILITY = "facility", _("Cơ sở KCB")


class Officer(AbstractBaseUser):
    """Somebody who works at an agency. `office` is its code; of a FACILITY, the health facility's.

    `first_password_until`: an issued password opens nothing after it. Sessions begun before
    `signed_out_at` are over: the account was ended, moved or reset.
    """

    user_name = models.CharField(max_length=40, unique=True)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role.choices)
    office = models.CharField(max_length=5)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_set_at = models.DateTimeField(null=True)
    first_password_until = models.DateTimeField(null=True)
    signed_out_at = models.DateTimeField(null=True)

    objects = BaseUserManager["Officer"]()

    USERNAME_FIELD = "user_name"

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "password": Privacy.SECRET,
        "last_login": Privacy.INTERNAL,
        "user_name": Privacy.PUBLIC,
        "full_name": Privacy.PUBLIC,
        "role": Privacy.INTERNAL,
        "office": Privacy.PUBLIC,
        "is_active": Privacy.INTERNAL,
        "must_change_password": Privacy.INTERNAL,
        "password_set_at": Privacy.INTERNAL,
        "first_password_until": Privacy.INTERNAL,
        "signed_out_at": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_role_known", condition=models.Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="staff_facility_has_its_code",
                condition=~models.Q(role=Role.FACILITY) | models.Q(office__regex=FACILITY_CODE),
            ),
        ]
        indexes = [models.Index(fields=["office"], name="staff_officer_office")]

    def __str__(self) -> str:
        return f"{self.user_name} ({self.office})"

    @property
    def actor(self) -> Actor:
        """How events name this officer."""
        if self.role == Role.FACILITY:
            return Actor.facility(self.user_name, self.office)
        return Actor.officer(self.user_name, self.office)


class OfficerDevice(models.Model):
    """A computer on which an officer signed in before; its cookie carries `id`, sealed.

    Wrong passwords from elsewhere never lock it out. A counter's computer is known to several.
    """

    pk = models.CompositePrimaryKey("officer_id", "id")
    officer = models.ForeignKey(Officer, db_index=False, on_delete=models.CASCADE)
    id = models.UUIDField()
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    privacy: ClassVar = {
        "officer": Privacy.INTERNAL,
        "id": Privacy.SECRET,
        "first_seen_at": Privacy.INTERNAL,
        "last_seen_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.officer_id} {self.first_seen_at:%Y-%m-%d}"


class DeskSession(AbstractBaseSession):
    """A session at the desk; whose it is and at which screen stands in its data as well."""

    officer = models.ForeignKey(Officer, null=True, on_delete=models.CASCADE)
    screen = models.UUIDField(null=True)

    privacy: ClassVar = {
        "session_key": Privacy.SECRET,
        "session_data": Privacy.SECRET,
        "expire_date": Privacy.INTERNAL,
        "officer": Privacy.INTERNAL,
        "screen": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.officer_id} until {self.expire_date:%Y-%m-%d %H:%M}"


class LockedScreen(models.Model):
    """A counter screen that was locked. It stays so: who opens it goes on with another one.

    A row of its own, because a session is written back whole by whichever request ends last.
    """

    id = models.UUIDField(primary_key=True)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE)
    locked_at = models.DateTimeField()

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "officer": Privacy.INTERNAL,
        "locked_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.officer_id} {self.locked_at:%Y-%m-%d}"


class OfficerOtp(models.Model):
    """The SmartOTP of an officer (RFC 6238). `last_step` is the last one used: no replay."""

    officer = models.OneToOneField(Officer, primary_key=True, on_delete=models.CASCADE)
    secret = models.BinaryField()
    last_step = models.BigIntegerField()
    made_at = models.DateTimeField()

    privacy: ClassVar = {
        "officer": Privacy.INTERNAL,
        "secret": Privacy.SECRET,
        "last_step": Privacy.INTERNAL,
        "made_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return str(self.officer_id)


class OfficerPasskey(models.Model):
    """A passkey (WebAuthn) of an officer, a second factor besides SmartOTP.

    `credential` is the hash of the credential's id: no two officers share one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="passkeys")
    credential = models.CharField(max_length=64, unique=True, db_collation="C")
    credential_id = models.BinaryField()
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "officer": Privacy.INTERNAL,
        "credential": Privacy.INTERNAL,
        "credential_id": Privacy.INTERNAL,
        "public_key": Privacy.INTERNAL,
        "sign_count": Privacy.INTERNAL,
        "name": Privacy.IDENTITY,
        "made_at": Privacy.INTERNAL,
        "used_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.officer_id} {self.name}"


class FacilityKey(models.Model):
    """The key with which a program of a health facility calls the machine API.

    `digest` is the SHA-256 of its secret half, which is random: nobody finds one from the other.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    facility = models.CharField(max_length=5, db_collation="C")
    name = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "facility": Privacy.PUBLIC,
        "name": Privacy.INTERNAL,
        "digest": Privacy.SECRET,
        "made_at": Privacy.INTERNAL,
        "ended_at": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_facility_key_of_a_facility",
                condition=models.Q(facility__regex=FACILITY_CODE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility} {self.name}"


class ReportedCheck(models.Model):
    """An offline check that a facility reported, by an id of its own: reported again, it is known.

    Whom it was about stands in the event alone.
    """

    pk = models.CompositePrimaryKey("facility", "reference")
    facility = models.CharField(max_length=5, db_collation="C")
    reference = models.CharField(max_length=64, db_collation="C")
    reported_at = models.DateTimeField()

    privacy: ClassVar = {
        "facility": Privacy.PUBLIC,
        "reference": Privacy.INTERNAL,
        "reported_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.facility} {self.reference}"
