"""Citizens' accounts. An account is a person's: its key is their number."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7
from vssid.people.fields import NumberField
from vssid.people.models import Person


class Account(models.Model):
    """An e-transaction account, made by an officer's approval.

    `locked_at`: its owner locked it («Không phải tôi»); a new password opens it again.
    `changes_held_until`: after a reset, a new phone or another email, exports and further changes
    wait. `email_since`: when the email was put in force; None when it was there from the beginning.
    `address_today`: of an address of the former era, the commune of today where it lies, once its
    owner said so; the address itself is kept as entered.
    """

    person = models.OneToOneField(
        Person, primary_key=True, db_column="number", on_delete=models.PROTECT
    )
    phone = models.CharField(max_length=16)
    email = models.CharField(max_length=254, blank=True, default="")
    email_since = models.DateTimeField(null=True)
    address_era = models.CharField(max_length=8)
    address_province = models.CharField(max_length=2)
    address_district = models.CharField(max_length=3, blank=True, default="")
    address_commune = models.CharField(max_length=5)
    address_street = models.CharField(max_length=255)
    address_today = models.CharField(max_length=5, blank=True, default="")
    portrait = models.UUIDField(null=True)
    password = models.CharField(max_length=128)
    password_set_at = models.DateTimeField()
    must_change_password = models.BooleanField(default=True)
    activated_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    changes_held_until = models.DateTimeField(null=True)

    privacy: ClassVar = {
        "person": Privacy.KEY,
        "phone": Privacy.CONTACT,
        "email": Privacy.CONTACT,
        "email_since": Privacy.INTERNAL,
        "address_era": Privacy.CONTACT,
        "address_province": Privacy.CONTACT,
        "address_district": Privacy.CONTACT,
        "address_commune": Privacy.CONTACT,
        "address_street": Privacy.CONTACT,
        "address_today": Privacy.CONTACT,
        "portrait": Privacy.IDENTITY,
        "password": Privacy.SECRET,
        "password_set_at": Privacy.INTERNAL,
        "must_change_password": Privacy.INTERNAL,
        "activated_at": Privacy.INTERNAL,
        "locked_at": Privacy.INTERNAL,
        "changes_held_until": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            # Whether a phone serves somebody else is asked when one is changed.
            models.Index(fields=["phone"], name="accounts_account_phone"),
            # Whose password will soon be due is asked every day.
            models.Index(fields=["password_set_at", "person"], name="accounts_password_age"),
        ]

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
    RESET = "reset", _("Đã đặt lại mật khẩu")
    DISOWNED = "disowned", _("Chủ tài khoản đã khóa tài khoản")
    DESK = "desk", _("Cơ quan BHXH đã đổi thông tin tài khoản")


class Session(models.Model):
    """One device signed in. At most one is live per account: the partial unique index holds it.

    `proved_at` is when its owner last gave a password, passkey or code: sensitive acts ask again.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account = models.ForeignKey(
        Account, db_column="number", db_index=False, on_delete=models.CASCADE
    )
    id = models.UUIDField(default=uuid7, editable=False)
    token_digest = models.BinaryField()
    device = models.CharField(max_length=80)
    device_id = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    proved_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True, default="")

    privacy: ClassVar = {
        "account": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "token_digest": Privacy.SECRET,
        "device": Privacy.IDENTITY,
        "device_id": Privacy.INTERNAL,
        "started_at": Privacy.INTERNAL,
        "proved_at": Privacy.INTERNAL,
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


class KnownDevice(models.Model):
    """A device its owner signed in on before; its cookie carries `id`, sealed.

    Wrong passwords from elsewhere never lock it out. One device may be known to several accounts.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account = models.ForeignKey(
        Account, db_column="number", db_index=False, on_delete=models.CASCADE
    )
    id = models.UUIDField()
    name = models.CharField(max_length=80)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    privacy: ClassVar = {
        "account": Privacy.KEY,
        "id": Privacy.SECRET,
        "name": Privacy.IDENTITY,
        "first_seen_at": Privacy.INTERNAL,
        "last_seen_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.account_id} {self.name}"


class DisownLink(models.Model):
    """«Không phải tôi?»: the link of a notice, by the keyed hash of its code, to one session.

    `phone_before`: in the notice of a new phone the one that it replaced, to be put back.
    """

    digest = models.CharField(primary_key=True, max_length=64, db_collation="C")
    number = NumberField()
    session_id = models.UUIDField()
    phone_before = models.CharField(max_length=16, blank=True, default="")
    expires_at = models.DateTimeField()

    privacy: ClassVar = {
        "digest": Privacy.SECRET,
        "number": Privacy.KEY,
        "session_id": Privacy.INTERNAL,
        "phone_before": Privacy.CONTACT,
        "expires_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return self.number


class KeptForm(models.Model):
    """What was typed when the session ended, sealed, for the same person to go on with."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account = models.ForeignKey(
        Account, db_column="number", db_index=False, on_delete=models.CASCADE
    )
    id = models.UUIDField(default=uuid7, editable=False)
    path = models.CharField(max_length=500)
    content = models.BinaryField()
    expires_at = models.DateTimeField()

    privacy: ClassVar = {
        "account": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "path": Privacy.INTERNAL,
        "content": Privacy.SECRET,
        "expires_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.account_id} {self.path}"


class SmartOtp(models.Model):
    """The authenticator of an account (RFC 6238). `last_step` is the last one used: no replay."""

    account = models.OneToOneField(
        Account, primary_key=True, db_column="number", on_delete=models.CASCADE
    )
    secret = models.BinaryField()
    device = models.CharField(max_length=80)
    last_step = models.BigIntegerField()
    made_at = models.DateTimeField()

    privacy: ClassVar = {
        "account": Privacy.KEY,
        "secret": Privacy.SECRET,
        "device": Privacy.IDENTITY,
        "last_step": Privacy.INTERNAL,
        "made_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.account_id} {self.device}"


class Passkey(models.Model):
    """A passkey (WebAuthn) of an account: «Đăng nhập bằng vân tay / khuôn mặt».

    `handle` is what the device knows the account by: random, the same for all its passkeys.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account = models.ForeignKey(
        Account, db_column="number", db_index=False, on_delete=models.CASCADE
    )
    id = models.UUIDField(default=uuid7, editable=False)
    credential_id = models.BinaryField()
    public_key = models.BinaryField()
    handle = models.BinaryField()
    sign_count = models.BigIntegerField()
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    privacy: ClassVar = {
        "account": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "credential_id": Privacy.INTERNAL,
        "public_key": Privacy.INTERNAL,
        "handle": Privacy.INTERNAL,
        "sign_count": Privacy.INTERNAL,
        "name": Privacy.IDENTITY,
        "made_at": Privacy.INTERNAL,
        "used_at": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.account_id} {self.name}"


class PasskeyOwner(models.Model):
    """Whose a passkey is, by the hash of its credential id: the first of two steps."""

    credential = models.CharField(primary_key=True, max_length=64, db_collation="C")
    number = NumberField()

    privacy: ClassVar = {"credential": Privacy.INTERNAL, "number": Privacy.KEY}

    def __str__(self) -> str:
        return self.number


class ExportFormat(models.TextChoices):
    """What an export may be written as, in the order in which it is offered."""

    PDF = "pdf", _("PDF")
    CSV = "csv", _("CSV")
    JSON = "json", _("JSON")


class ExportState(models.TextChoices):
    """Where an export stands."""

    WAITING = "waiting", _("Chờ đến lượt")
    WORKING = "working", _("Đang lập")
    READY = "ready", _("Sẵn sàng để tải")
    FETCHED = "fetched", _("Đã tải")
    FAILED = "failed", _("Chưa lập được")
    EXPIRED = "expired", _("Đã xóa")


class ExportStage(models.TextChoices):
    """What a worker is doing for an export."""

    QUEUED = "queued", _("Đang chờ đến lượt")
    READING = "reading", _("Đang đọc hồ sơ của bạn")
    JSON = "json", _("Đang lập tệp JSON")
    CSV = "csv", _("Đang lập các bảng CSV")
    PDF = "pdf", _("Đang lập bản PDF")
    SEALING = "sealing", _("Đang gói và mã hóa")


class ExportReason(models.TextChoices):
    """Why an export failed, or was deleted before its owner fetched it."""

    NO_SPACE = "no-space", _("Kho lưu trữ tạm thời không ghi được tệp")
    TYPESETTING = "typesetting", _("Chưa lập được bản PDF")
    LOST = "lost", _("Máy lập tệp bị ngắt giữa chừng hai lần")
    UNKNOWN = "unknown", _("Hệ thống gặp lỗi khi lập tệp")
    TIME = "time", _("Quá hạn tải")
    ACCOUNT = "account", _("Đã hủy để bảo vệ tài khoản")


class Export(models.Model):
    """A copy of a person's whole record, made by a worker, fetched once (docs/export.md).

    `formats` are joined by commas. `attempts` counts workers that began, `worked_at` is when one
    last told of its progress. `file` is the encrypted ZIP, gone once it was fetched or expired.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account = models.ForeignKey(
        Account, db_column="number", db_index=False, on_delete=models.CASCADE
    )
    id = models.UUIDField(default=uuid7, editable=False)
    formats = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.WAITING)
    stage = models.CharField(max_length=8, choices=ExportStage.choices, default=ExportStage.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    device = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=12, choices=ExportReason.choices, blank=True, default="")
    size = models.PositiveBigIntegerField(null=True)
    file = models.UUIDField(null=True)

    privacy: ClassVar = {
        "account": Privacy.KEY,
        "device": Privacy.IDENTITY,
        **dict.fromkeys(
            (
                *("id", "formats", "state", "stage", "percent", "attempts", "asked_at"),
                *("worked_at", "made_at", "expires_at", "fetched_at", "ended_at", "reason"),
                *("size", "file"),
            ),
            Privacy.INTERNAL,
        ),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(state__in=["waiting", "working", "ready"]),
                name="accounts_one_open_export",
            ),
            models.CheckConstraint(
                name="accounts_export_state_known",
                condition=models.Q(state__in=ExportState.values),
            ),
            models.CheckConstraint(
                name="accounts_export_percent", condition=models.Q(percent__range=(0, 100))
            ),
            models.CheckConstraint(
                name="accounts_export_ready_has_file",
                condition=~models.Q(state="ready")
                | models.Q(file__isnull=False, made_at__isnull=False, expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_export_end_keeps_no_file",
                condition=~models.Q(state__in=["waiting", "working", "failed", "expired"])
                | models.Q(file__isnull=True),
            ),
            models.CheckConstraint(
                name="accounts_export_failure_has_reason",
                condition=~models.Q(state__in=["failed", "expired"]) | ~models.Q(reason=""),
            ),
        ]
        indexes = [
            # What a worker or the clock still has to do something about.
            models.Index(
                fields=["asked_at"],
                name="accounts_export_under_way",
                condition=models.Q(state__in=["waiting", "working"]) | models.Q(file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.state}"


class CodePurpose(models.TextChoices):
    """What a one-time code confirms. A code for one purpose opens nothing else."""

    REGISTRATION = "registration", _("Tờ khai đăng ký")
    PASSWORD = "password", _("Đổi mật khẩu")
    DEVICE = "device", _("Thiết bị mới")
    RESET = "reset", _("Đặt lại mật khẩu")
    EMAIL = "email", _("Đổi email")
    NEW_EMAIL = "new-email", _("Email mới")
    PHONE = "phone", _("Đổi số điện thoại")
    NEW_PHONE = "new-phone", _("Số điện thoại mới")
    SMART_OTP = "smart-otp", _("Thiết lập SmartOTP")
    PASSKEY = "passkey", _("Thêm vân tay, khuôn mặt")
    CLOSE = "close", _("Đóng tài khoản")
    SHARE = "share", _("Cho người khác xem hồ sơ")
    FOLLOW = "follow", _("Theo dõi tờ khai")
    PETITION = "petition", _("Gửi phản ánh")
    NUMBER_SEARCH = "number-search", _("Tìm mã số BHXH")


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
