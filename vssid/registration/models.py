"""The declaration (Mẫu số 01): a visitor's draft, and what was filed from it."""

from datetime import UTC, datetime
from typing import ClassVar, Final

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7
from vssid.people.fields import NumberField
from vssid.people.models import Relation


class State(models.TextChoices):
    """Where a filed declaration stands."""

    FILED = "filed", _("Chờ nộp bản ký")
    RECEIVED = "received", _("Đủ hồ sơ, chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")
    REFUSED = "refused", _("Chưa được duyệt")
    REPLACED = "replaced", _("Đã thay bằng tờ khai khác")
    LAPSED = "lapsed", _("Đã hết hạn")


OPEN = (State.FILED, State.RECEIVED)
DECIDED = (State.APPROVED, State.REFUSED)

NOT_RECEIVED: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Where a declaration without its paper stands in the order of the queue: behind all others."""

_IS_OPEN: Final = models.Q(state__in=["filed", "received"])


def _in_order() -> tuple[models.F | Coalesce, ...]:
    """The order of a queue: complete dossiers first, then the oldest."""
    return (
        models.F("office"),
        Coalesce("received_at", models.Value(NOT_RECEIVED)),
        models.F("filed_at"),
        models.F("id"),
    )


class HelpKind(models.TextChoices):
    """What the desk does to an account for its owner (guides O04)."""

    PASSWORD = "password", _("Cấp lại mật khẩu")
    PHONE = "phone", _("Đổi số điện thoại")


class HelpState(models.TextChoices):
    """Where such help stands; one that nobody confirmed in time counts as over."""

    WAITING = "waiting", _("Chờ người thứ hai")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    RETURNED = "returned", _("Đã trả lại")


class Draft(models.Model):
    """What a visitor has filled in so far; the key lies in their cookie.

    `answers` holds the fields of registration.answers. `declaration` is set once it was filed, so
    that a second «Ghi nhận» finds what the first one made. `corrects` is the code of the refused or
    lapsed declaration that it was filled from (guides R15). `guardian_number`: it is for a child,
    and belongs to that guardian's account instead of a cookie; `front` is then the birth
    certificate, or the paper that names the guardian.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    answers = models.JSONField(default=dict)
    portrait = models.UUIDField(null=True)
    front = models.UUIDField(null=True)
    back = models.UUIDField(null=True)
    confirmed_number = models.CharField(max_length=10, blank=True, default="")
    confirmed_phone = models.CharField(max_length=16, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True)
    picture_passed_at = models.DateTimeField(null=True)
    corrects = models.CharField(max_length=12, blank=True, default="")
    guardian_number = models.CharField(max_length=10, blank=True, default="")
    declaration_number = models.CharField(max_length=10, blank=True, default="")
    declaration = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "answers": Privacy.IDENTITY,
        "portrait": Privacy.IDENTITY,
        "front": Privacy.IDENTITY,
        "back": Privacy.IDENTITY,
        "confirmed_number": Privacy.KEY,
        "confirmed_phone": Privacy.CONTACT,
        "confirmed_at": Privacy.INTERNAL,
        "picture_passed_at": Privacy.INTERNAL,
        "corrects": Privacy.KEY,
        "guardian_number": Privacy.KEY,
        "declaration_number": Privacy.KEY,
        "declaration": Privacy.INTERNAL,
        "created_at": Privacy.INTERNAL,
        "updated_at": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["updated_at"], name="registration_draft_age"),
            models.Index(
                fields=["guardian_number"],
                name="registration_draft_of_guardian",
                condition=~models.Q(guardian_number=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Declaration(models.Model):
    """A filed declaration. At most one uncontested one is open per BHXH number.

    A child's (`guardian_number` is set) stands beside it: one is open per child and guardian, so
    that both parents may file. `number` and `full_name` are the child's, `relation` what the
    guardian is to them; paper, address, phone and email are the guardian's, and `front` is the
    birth certificate or the paper that names the guardian (guides C02).

    The number is what was declared: it need not be in the registry, so it is no foreign key.
    `corrects` is the code of the declaration that this one mends (guides R15); `reminded_on_day`
    counts days from filing: the last of the reminders that went out, 0 before the first.
    `name_key` is the name as it is searched for; `filed_by` the officer who filled it in at the
    desk. Who works on it stands in `claimed_by` until somebody else takes it, freely after
    `claimed_until`. `proposed_by` is the first of two officers; nobody approves what they proposed.
    `note` is what one officer last told the next. `email_proven_at`: its owner used the link sent
    there. `right_number` was read from the ID in hand, and waits for the second officer's consent.
    """

    pk = models.CompositePrimaryKey("number", "id")
    number = NumberField()
    id = models.UUIDField(default=uuid7, editable=False)
    code = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FILED)
    is_contested = models.BooleanField(default=False)
    full_name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=200, blank=True, default="")
    id_kind = models.CharField(max_length=10)
    id_number = models.CharField(max_length=20)
    address_era = models.CharField(max_length=8)
    address_province = models.CharField(max_length=2)
    address_district = models.CharField(max_length=3, blank=True, default="")
    address_commune = models.CharField(max_length=5)
    address_street = models.CharField(max_length=255)
    phone = models.CharField(max_length=16)
    email = models.CharField(max_length=254, blank=True, default="")
    email_proven_at = models.DateTimeField(null=True)
    office = models.CharField(max_length=5)
    portrait = models.UUIDField()
    front = models.UUIDField()
    back = models.UUIDField(null=True)
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=40, blank=True, default="")
    claimed_by = models.CharField(max_length=40, blank=True, default="")
    claimed_until = models.DateTimeField(null=True)
    proposed_by = models.CharField(max_length=40, blank=True, default="")
    proposed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")
    note_by = models.CharField(max_length=40, blank=True, default="")
    right_number = models.CharField(max_length=10, blank=True, default="")
    right_number_by = models.CharField(max_length=40, blank=True, default="")
    right_number_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=40, blank=True, default="")
    refusal_reason = models.CharField(max_length=500, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    corrects = models.CharField(max_length=12, blank=True, default="")
    reminded_on_day = models.PositiveSmallIntegerField(default=0)
    guardian_number = models.CharField(max_length=10, blank=True, default="")
    relation = models.CharField(max_length=8, choices=Relation, blank=True, default="")

    privacy: ClassVar = {
        "number": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "code": Privacy.KEY,
        "state": Privacy.INTERNAL,
        "is_contested": Privacy.INTERNAL,
        "full_name": Privacy.IDENTITY,
        "name_key": Privacy.IDENTITY,
        "id_kind": Privacy.IDENTITY,
        "id_number": Privacy.IDENTITY,
        "address_era": Privacy.CONTACT,
        "address_province": Privacy.CONTACT,
        "address_district": Privacy.CONTACT,
        "address_commune": Privacy.CONTACT,
        "address_street": Privacy.CONTACT,
        "phone": Privacy.CONTACT,
        "email": Privacy.CONTACT,
        "email_proven_at": Privacy.INTERNAL,
        "office": Privacy.INTERNAL,
        "portrait": Privacy.IDENTITY,
        "front": Privacy.IDENTITY,
        "back": Privacy.IDENTITY,
        "filed_at": Privacy.INTERNAL,
        "filed_by": Privacy.INTERNAL,
        "claimed_by": Privacy.INTERNAL,
        "claimed_until": Privacy.INTERNAL,
        "proposed_by": Privacy.INTERNAL,
        "proposed_at": Privacy.INTERNAL,
        "note": Privacy.IDENTITY,
        "note_by": Privacy.INTERNAL,
        "right_number": Privacy.KEY,
        "right_number_by": Privacy.INTERNAL,
        "right_number_at": Privacy.INTERNAL,
        "received_at": Privacy.INTERNAL,
        "decided_at": Privacy.INTERNAL,
        "decided_by": Privacy.INTERNAL,
        "refusal_reason": Privacy.IDENTITY,
        "ended_at": Privacy.INTERNAL,
        "corrects": Privacy.KEY,
        "reminded_on_day": Privacy.INTERNAL,
        "guardian_number": Privacy.KEY,
        "relation": Privacy.IDENTITY,
    }

    class Meta:
        indexes = [
            models.Index(*_in_order(), name="registration_queue", condition=_IS_OPEN),
            models.Index(
                *_in_order(),
                name="registration_contested_queue",
                condition=_IS_OPEN & models.Q(is_contested=True),
            ),
            models.Index(
                *_in_order(),
                name="registration_second_queue",
                condition=_IS_OPEN & ~models.Q(proposed_by="", right_number=""),
            ),
            models.Index(
                models.F("claimed_by"),
                *_in_order()[1:],
                name="registration_own_queue",
                condition=_IS_OPEN & ~models.Q(claimed_by=""),
            ),
            models.Index(fields=["id_number"], name="registration_id_number"),
            models.Index(fields=["office", "filed_at"], name="registration_filed"),
            models.Index(
                fields=["office", "decided_at"],
                name="registration_decided",
                condition=models.Q(decided_at__isnull=False),
            ),
            # Whose paper is still to come is asked every ten minutes.
            models.Index(
                fields=["filed_at"],
                name="registration_awaits_paper",
                condition=models.Q(state="filed"),
            ),
            models.Index(
                fields=["guardian_number", "filed_at"],
                name="registration_of_guardian",
                condition=~models.Q(guardian_number=""),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(
                    state__in=["filed", "received"], is_contested=False, guardian_number=""
                ),
                name="registration_one_open_declaration",
            ),
            models.UniqueConstraint(
                fields=["number", "guardian_number"],
                condition=models.Q(state__in=["filed", "received"]) & ~models.Q(guardian_number=""),
                name="registration_one_open_per_guardian",
            ),
            models.CheckConstraint(
                name="registration_guardian_is_whole",
                condition=models.Q(guardian_number="", relation="")
                | models.Q(guardian_number__regex=r"^[0-9]{10}$", relation__in=Relation.values)
                & ~models.Q(number=models.F("guardian_number")),
            ),
            models.CheckConstraint(
                name="registration_state_known", condition=models.Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="registration_decision_is_whole",
                condition=models.Q(state__in=["approved", "refused"], decided_at__isnull=False)
                & ~models.Q(decided_by="")
                | models.Q(decided_at__isnull=True, decided_by="")
                & ~models.Q(state__in=["approved", "refused"]),
            ),
            models.CheckConstraint(
                name="registration_refusal_has_reason",
                condition=models.Q(state="refused") & ~models.Q(refusal_reason="")
                | ~models.Q(state="refused") & models.Q(refusal_reason=""),
            ),
            models.CheckConstraint(
                name="registration_approval_follows_receipt",
                condition=~models.Q(state__in=["received", "approved"])
                | models.Q(received_at__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_end_has_time",
                condition=models.Q(state__in=["filed", "received"], ended_at__isnull=True)
                | ~models.Q(state__in=["filed", "received"]) & models.Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_number_shape",
                condition=models.Q(number__regex=r"^[0-9]{10}$"),
            ),
            models.CheckConstraint(
                name="registration_claim_is_whole",
                condition=models.Q(claimed_by="", claimed_until__isnull=True)
                | ~models.Q(claimed_by="") & models.Q(claimed_until__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_proposal_is_whole",
                condition=models.Q(proposed_by="", proposed_at__isnull=True)
                | ~models.Q(proposed_by="") & models.Q(proposed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_right_number_is_whole",
                condition=models.Q(right_number="", right_number_by="", right_number_at=None)
                | models.Q(right_number__regex=r"^[0-9]{10}$", right_number_at__isnull=False)
                & ~models.Q(right_number_by="")
                & ~models.Q(right_number=models.F("number")),
            ),
            models.CheckConstraint(
                name="registration_two_officers",
                condition=~models.Q(state="approved")
                | ~models.Q(proposed_by=models.F("decided_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class AccountHelp(models.Model):
    """Help with an account that one officer proposed and another confirms or returns (guides O04).

    `phone` (E.164) is the new one, whose code was typed at the counter; empty for a password.
    `paper` is the original ID that was compared. At most one of a kind waits per number.
    """

    pk = models.CompositePrimaryKey("number", "id")
    number = NumberField()
    id = models.UUIDField(default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=HelpKind.choices)
    office = models.CharField(max_length=5)
    phone = models.CharField(max_length=16, blank=True, default="")
    paper = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=HelpState.choices, default=HelpState.WAITING)
    proposed_by = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=40, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")

    privacy: ClassVar = {
        "number": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "kind": Privacy.INTERNAL,
        "office": Privacy.INTERNAL,
        "phone": Privacy.CONTACT,
        "paper": Privacy.INTERNAL,
        "state": Privacy.INTERNAL,
        "proposed_by": Privacy.INTERNAL,
        "proposed_at": Privacy.INTERNAL,
        "decided_by": Privacy.INTERNAL,
        "decided_at": Privacy.INTERNAL,
        "note": Privacy.IDENTITY,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["office", "proposed_at"],
                name="registration_help_waiting",
                condition=models.Q(state="waiting"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "kind"],
                condition=models.Q(state="waiting"),
                name="registration_one_help_of_a_kind",
            ),
            models.CheckConstraint(
                name="registration_help_known",
                condition=models.Q(kind__in=HelpKind.values, state__in=HelpState.values),
            ),
            models.CheckConstraint(
                name="registration_help_by_two",
                condition=~models.Q(state="confirmed")
                | ~models.Q(proposed_by=models.F("decided_by")),
            ),
            models.CheckConstraint(
                name="registration_help_is_whole",
                condition=models.Q(state="waiting", decided_at__isnull=True, decided_by="")
                | ~models.Q(state="waiting")
                & models.Q(decided_at__isnull=False)
                & ~models.Q(decided_by=""),
            ),
            models.CheckConstraint(
                name="registration_help_phone",
                condition=models.Q(kind="phone") & ~models.Q(phone="")
                | models.Q(kind="password", phone=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class DeclarationCode(models.Model):
    """The key table that leads from a printed code to the person's row."""

    code = models.CharField(max_length=12, primary_key=True, db_collation="C")
    number = NumberField()
    declaration = models.UUIDField()

    privacy: ClassVar = {
        "code": Privacy.KEY,
        "number": Privacy.KEY,
        "declaration": Privacy.INTERNAL,
    }

    def __str__(self) -> str:
        return self.code


class GuardianshipDispute(models.Model):
    """Who acts for a child is disputed: all its guardianships are frozen until an officer decides.

    `reported_by` is a guardian's number, `marked_by` an officer's user name; one of both is set.
    `office` decides; `reason` is what all guardians are told then. `note` is what the office that
    handed it over told this one.
    """

    pk = models.CompositePrimaryKey("child_number", "id")
    child_number = NumberField()
    id = models.UUIDField(default=uuid7, editable=False)
    office = models.CharField(max_length=5)
    words = models.CharField(max_length=1000)
    reported_by = models.CharField(max_length=10, blank=True, default="")
    marked_by = models.CharField(max_length=40, blank=True, default="")
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=40, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    note = models.CharField(max_length=500, blank=True, default="")
    note_by = models.CharField(max_length=40, blank=True, default="")

    privacy: ClassVar = {
        "child_number": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "office": Privacy.INTERNAL,
        "words": Privacy.IDENTITY,
        "reported_by": Privacy.KEY,
        "marked_by": Privacy.INTERNAL,
        "opened_at": Privacy.INTERNAL,
        "decided_at": Privacy.INTERNAL,
        "decided_by": Privacy.INTERNAL,
        "reason": Privacy.IDENTITY,
        "note": Privacy.IDENTITY,
        "note_by": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["office", "opened_at"],
                name="registration_open_disputes",
                condition=models.Q(decided_at__isnull=True),
            ),
            # A dispute's address names its id alone.
            models.Index(fields=["id"], name="registration_dispute_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["child_number"],
                condition=models.Q(decided_at__isnull=True),
                name="registration_one_open_dispute",
            ),
            models.CheckConstraint(
                name="registration_dispute_is_somebodys",
                condition=models.Q(reported_by="") & ~models.Q(marked_by="")
                | models.Q(marked_by="") & ~models.Q(reported_by=""),
            ),
            models.CheckConstraint(
                name="registration_dispute_decision_is_whole",
                condition=models.Q(decided_at__isnull=True, decided_by="", reason="")
                | models.Q(decided_at__isnull=False)
                & ~models.Q(decided_by="")
                & ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_number} {self.opened_at:%Y-%m-%d}"
