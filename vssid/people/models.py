"""Insured persons and what leads to them. A person is their BHXH number.

Tables keyed by a person's number may be spread over machines by it; the key tables (IdNumber,
Household) and a guardian's children lead to numbers elsewhere, so they carry no foreign key.
"""

from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7
from vssid.people.fields import NUMBER_PATTERN, NumberField


class Sex(models.TextChoices):
    """As on the card."""

    MALE = "M"
    FEMALE = "F"


class IdKind(models.TextChoices):
    """Which paper proves who the person is; NONE for a small child."""

    NONE = ""
    CCCD = "cccd"
    CMND = "cmnd"
    PASSPORT = "passport"


class Person(models.Model):
    """An insured person. `record_version` grows with every change of anything about them."""

    number = NumberField(primary_key=True)
    full_name = models.CharField(max_length=255)
    sort_key = models.TextField(db_collation="C")
    search_key = models.TextField(db_collation="C")
    sex = models.CharField(max_length=1, choices=Sex)
    birth_date = models.DateField()
    birth_date_precision = models.CharField(max_length=4, default="day")
    id_kind = models.CharField(max_length=8, choices=IdKind, blank=True, default="")
    id_number = models.CharField(max_length=20, blank=True, default="", db_collation="C")
    nationality = models.CharField(max_length=3, default="VNM")
    ethnicity = models.CharField(max_length=40, blank=True, default="")
    phone = models.CharField(max_length=16, blank=True, default="", db_collation="C")
    email = models.EmailField(blank=True, default="")
    address_era = models.CharField(max_length=6, default="2025")
    address_province = models.CharField(max_length=8, blank=True, default="", db_collation="C")
    address_district = models.CharField(max_length=8, blank=True, default="", db_collation="C")
    address_commune = models.CharField(max_length=8, blank=True, default="", db_collation="C")
    address_street = models.CharField(max_length=255, blank=True, default="")
    household_code = models.CharField(max_length=20, blank=True, default="", db_collation="C")
    is_invented = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)
    record_version = models.PositiveIntegerField(default=1)
    # The numbers of all papers that lead here (IdNumber), where a read brought them along.
    papers: tuple[str, ...] = ()

    privacy: ClassVar[dict[str, Privacy]] = {
        "number": Privacy.KEY,
        "full_name": Privacy.IDENTITY,
        "sort_key": Privacy.IDENTITY,
        "search_key": Privacy.IDENTITY,
        "sex": Privacy.IDENTITY,
        "birth_date": Privacy.IDENTITY,
        "birth_date_precision": Privacy.IDENTITY,
        "id_kind": Privacy.IDENTITY,
        "id_number": Privacy.KEY,
        "nationality": Privacy.IDENTITY,
        "ethnicity": Privacy.IDENTITY,
        "phone": Privacy.CONTACT,
        "email": Privacy.CONTACT,
        "address_era": Privacy.INTERNAL,
        "address_province": Privacy.CONTACT,
        "address_district": Privacy.CONTACT,
        "address_commune": Privacy.CONTACT,
        "address_street": Privacy.CONTACT,
        "household_code": Privacy.KEY,
        "is_invented": Privacy.INTERNAL,
        "died_on": Privacy.IDENTITY,
        "record_version": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_number_is_ten_digits", condition=Q(number__regex=NUMBER_PATTERN)
            ),
            models.CheckConstraint(name="person_has_a_name", condition=~Q(full_name="")),
            models.CheckConstraint(name="person_sex", condition=Q(sex__in=Sex.values)),
            models.CheckConstraint(
                name="person_birth_date_precision",
                condition=Q(birth_date_precision__in=["day", "year"]),
            ),
            models.CheckConstraint(
                name="person_id_fits_its_kind",
                condition=Q(id_kind="", id_number="")
                | Q(id_kind="cccd", id_number__regex=r"^[0-9]{12}$")
                | Q(id_kind="cmnd", id_number__regex=r"^([0-9]{9}|[0-9]{12})$")
                | Q(id_kind="passport", id_number__regex=r"^[A-Z0-9]{5,20}$"),
            ),
            models.CheckConstraint(
                name="person_phone_is_e164",
                condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"),
            ),
            models.CheckConstraint(
                name="person_address_fits_its_era",
                condition=Q(address_era="2025", address_district="") | Q(address_era="legacy"),
            ),
            models.CheckConstraint(
                name="person_dies_after_birth",
                condition=Q(died_on__isnull=True) | Q(died_on__gte=F("birth_date")),
            ),
        ]
        indexes = [
            # The desk's search by name and birth date; who is of a household (guides U01).
            models.Index(fields=["search_key", "birth_date"], name="person_search"),
            models.Index(
                fields=["household_code"],
                name="person_household",
                condition=~Q(household_code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class IdNumber(models.Model):
    """Key table: the number of an identity paper leads to the person's number.

    One paper may belong to one number only; a person may have several papers over time.
    """

    id_number = models.CharField(max_length=20, primary_key=True, db_collation="C")
    number = NumberField()

    privacy: ClassVar[dict[str, Privacy]] = {"id_number": Privacy.KEY, "number": Privacy.KEY}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="id_number_number_is_ten_digits", condition=Q(number__regex=NUMBER_PATTERN)
            ),
        ]
        indexes = [
            # Which papers lead to a person: compared at the desk, and taken along by their owner.
            models.Index(fields=["number"], name="id_number_number"),
        ]

    def __str__(self) -> str:
        return self.number


class Household(models.Model):
    """Key table: a household's code leads to its head."""

    code = models.CharField(max_length=20, primary_key=True, db_collation="C")
    head_number = NumberField()

    privacy: ClassVar[dict[str, Privacy]] = {"code": Privacy.KEY, "head_number": Privacy.KEY}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="household_head_is_ten_digits", condition=Q(head_number__regex=NUMBER_PATTERN)
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SearchKey(models.Model):
    """Key table: what people know of themselves leads to their number (guides U01).

    `key` is made by `number_search.keys`. About three rows a person; spread by the key, so that a
    look-up asks one machine for the numbers and only those of the numbers for the persons.
    """

    pk = models.CompositePrimaryKey("key", "number")
    key = models.UUIDField(editable=False)
    number = NumberField()

    privacy: ClassVar[dict[str, Privacy]] = {"key": Privacy.KEY, "number": Privacy.KEY}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="search_key_number_is_ten_digits", condition=Q(number__regex=NUMBER_PATTERN)
            ),
        ]
        indexes = [
            # A person who is written anew loses the keys of before.
            models.Index(fields=["number"], name="search_key_number"),
        ]

    def __str__(self) -> str:
        return self.number


class Relation(models.TextChoices):
    """What the guardian is to the child."""

    FATHER = "father"
    MOTHER = "mother"
    GUARDIAN = "guardian"


class Guardianship(models.Model):
    """Who acts for a child or ward, from a day until a day (open: until further notice).

    `frozen_at`: disputed; until an officer has decided it opens nothing.
    """

    pk = models.CompositePrimaryKey("guardian_id", "id")
    guardian = models.ForeignKey(
        Person, models.PROTECT, db_column="number", db_index=False, related_name="guardianships"
    )
    id = models.UUIDField(default=uuid7, editable=False)
    child_number = NumberField()
    # Copied, so that the guardian's home reads the guardian's machine only.
    child_name = models.CharField(max_length=255)
    relation = models.CharField(max_length=8, choices=Relation)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "guardian": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "child_number": Privacy.KEY,
        "child_name": Privacy.IDENTITY,
        "relation": Privacy.IDENTITY,
        "from_date": Privacy.INTERNAL,
        "to_date": Privacy.INTERNAL,
        "frozen_at": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="guardianship_child_is_ten_digits",
                condition=Q(child_number__regex=NUMBER_PATTERN),
            ),
            models.CheckConstraint(
                name="guardianship_of_somebody_else", condition=~Q(child_number=F("guardian"))
            ),
            models.CheckConstraint(
                name="guardianship_relation", condition=Q(relation__in=Relation.values)
            ),
            models.CheckConstraint(
                name="guardianship_ends_after_it_begins",
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
            ),
            models.UniqueConstraint(
                name="guardianship_open_once",
                fields=["guardian", "child_number"],
                condition=Q(to_date__isnull=True),
            ),
        ]
        indexes = [
            # Notices about a child go to the guardian's phone (guides C06).
            models.Index(fields=["child_number"], name="guardianship_child"),
            # Whom to tell that somebody tried an address that is not theirs.
            models.Index(fields=["id"], name="guardianship_id"),
        ]

    def __str__(self) -> str:
        return f"{self.guardian_id} -> {self.child_number}"


SHARED_AT_MOST: Final = timedelta(days=180)
"""For how long one share may last."""


class ShareEnd(models.TextChoices):
    """Why a share ended."""

    OWNER = "owner"
    READER = "reader"
    DECLINED = "declined"
    TERM = "term"
    ACCOUNT = "account"
    DEATH = "death"


class Share(models.Model):
    """An adult lets somebody read parts of their record until a moment; read, never change.

    Led by the reader, like a guardianship: whoever reads finds it on their own machine. It opens
    nothing before the reader accepts it. One that is over by its term opens nothing either, also
    before a task has marked it.
    """

    pk = models.CompositePrimaryKey("reader_id", "id")
    reader = models.ForeignKey(
        Person, models.PROTECT, db_column="number", db_index=False, related_name="shares"
    )
    id = models.UUIDField(default=uuid7, editable=False)
    owner_number = NumberField()
    # Copied, so that each side's list needs no look at the other's machine.
    reader_name = models.CharField(max_length=255)
    owner_name = models.CharField(max_length=255)
    shows_card = models.BooleanField()
    shows_contributions = models.BooleanField()
    shows_benefits = models.BooleanField()
    shows_medical_book = models.BooleanField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=8, choices=ShareEnd, blank=True, default="")

    privacy: ClassVar[dict[str, Privacy]] = {
        "reader": Privacy.KEY,
        "id": Privacy.INTERNAL,
        "owner_number": Privacy.KEY,
        "reader_name": Privacy.IDENTITY,
        "owner_name": Privacy.IDENTITY,
        "shows_card": Privacy.INTERNAL,
        "shows_contributions": Privacy.INTERNAL,
        "shows_benefits": Privacy.INTERNAL,
        "shows_medical_book": Privacy.INTERNAL,
        "made_at": Privacy.INTERNAL,
        "ends_at": Privacy.INTERNAL,
        "accepted_at": Privacy.INTERNAL,
        "ended_at": Privacy.INTERNAL,
        "end_reason": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="share_owner_is_ten_digits", condition=Q(owner_number__regex=NUMBER_PATTERN)
            ),
            models.CheckConstraint(
                name="share_to_somebody_else", condition=~Q(owner_number=F("reader"))
            ),
            models.CheckConstraint(
                name="share_shows_something",
                condition=Q(shows_card=True)
                | Q(shows_contributions=True)
                | Q(shows_benefits=True)
                | Q(shows_medical_book=True),
            ),
            models.CheckConstraint(
                name="share_has_a_term",
                condition=Q(ends_at__gt=F("made_at"))
                & Q(ends_at__lte=F("made_at") + SHARED_AT_MOST),
            ),
            models.CheckConstraint(
                name="share_end_has_reason",
                condition=Q(ended_at__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, end_reason__in=ShareEnd.values),
            ),
            models.CheckConstraint(
                name="share_declined_was_not_accepted",
                condition=~Q(end_reason="declined") | Q(accepted_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="share_live_once",
                fields=["reader", "owner_number"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes = [
            # The owner's list, and what ends with their account.
            models.Index(fields=["owner_number"], name="share_owner"),
            # Whom to tell that somebody tried an address that is not theirs.
            models.Index(fields=["id"], name="share_id"),
            # What is over by its term.
            models.Index(fields=["ends_at"], name="share_term", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.owner_number} -> {self.reader_id}"
