"""The directories: areas of both eras, agencies, facilities, employers, collection points.

Other apps keep plain codes of these rows. Rows are reference data: small, public, replaced by a
load and never changed by a citizen. `valid_from` and `valid_to` are inclusive dates; empty = open.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from vssid.kernel.privacy import Privacy
from vssid.reference.constraints import not_reversed, point_in_vietnam, public
from vssid.reference.hours.models import SpecialDay as SpecialDay
from vssid.reference.hours.models import WeeklyHours as WeeklyHours
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY


class Era(models.TextChoices):
    """3,316 commune codes exist in both eras, so a code means nothing without its era."""

    TODAY = ERA_TODAY, _("Từ 01/07/2025")
    LEGACY = ERA_LEGACY, _("Trước 01/07/2025")


class AreaLevel(models.TextChoices):
    """Districts exist in the legacy era only."""

    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Quận, huyện")
    COMMUNE = "commune", _("Phường, xã")


class SuccessionKind(models.TextChoices):
    """What became of a unit on 1/7/2025."""

    KEPT = "kept", _("Giữ nguyên")
    RENAMED = "renamed", _("Đổi tên")
    MERGED = "merged", _("Nhập")
    SPLIT = "split", _("Chia")


class AgencyLevel(models.TextChoices):
    """A provincial agency, or an office below it (BHXH cơ sở, before 7/2025 BHXH huyện)."""

    PROVINCE = "province", _("BHXH tỉnh, thành phố")
    OFFICE = "office", _("BHXH cơ sở")


class FacilityKind(models.TextChoices):
    """What a facility is, as its name says."""

    STATION = "station", _("Trạm y tế")
    CENTRE = "health-centre", _("Trung tâm y tế")
    HOSPITAL = "hospital", _("Bệnh viện")
    CLINIC = "clinic", _("Phòng khám")


class FacilityLevel(models.TextChoices):
    """Cấp chuyên môn kỹ thuật (Luật KCB 15/2023/QH15 Đ.104)."""

    INITIAL = "initial", _("Cấp ban đầu")
    BASIC = "basic", _("Cấp cơ bản")
    ADVANCED = "advanced", _("Cấp chuyên sâu")


class PointKind(models.TextChoices):
    """Who collects: the agency itself, or an agent under contract with it (đại lý thu)."""

    AGENCY = "agency", _("Điểm thu của cơ quan BHXH")
    POST = "post", _("Đại lý thu: bưu điện")
    COMMUNE = "commune", _("Đại lý thu: UBND phường, xã")
    COMPANY = "company", _("Đại lý thu: tổ chức dịch vụ")


class Area(models.Model):
    """A province, district or commune of one era, under its statistics code."""

    pk = models.CompositePrimaryKey("era", "code")
    era = models.CharField(max_length=6, choices=Era.choices, db_collation="C")
    code = models.CharField(max_length=5, db_collation="C")
    level = models.CharField(max_length=8, choices=AreaLevel.choices)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=60)
    parent_code = models.CharField(max_length=3, blank=True, default="", db_collation="C")
    province_code = models.CharField(max_length=2, db_collation="C")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    sort_key = models.CharField(max_length=200, db_collation="C")

    privacy: ClassVar = public(
        "era", "code", "level", "name", "short_name", "parent_code", "province_code", "latitude",
        "longitude", "valid_from", "valid_to", "sort_key",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reference_area_era_known", condition=models.Q(era__in=Era.values)
            ),
            models.CheckConstraint(
                name="reference_area_code_of_level",
                condition=models.Q(
                    level="province",
                    code__regex=r"^[0-9]{2}$",
                    parent_code="",
                    province_code=models.F("code"),
                )
                | models.Q(
                    level="district",
                    era="legacy",
                    code__regex=r"^[0-9]{3}$",
                    parent_code=models.F("province_code"),
                )
                | models.Q(level="commune", era="legacy", code__regex=r"^[0-9]{5}$")
                & models.Q(parent_code__regex=r"^[0-9]{3}$")
                | models.Q(
                    level="commune",
                    era="2025",
                    code__regex=r"^[0-9]{5}$",
                    parent_code=models.F("province_code"),
                ),
            ),
            models.CheckConstraint(
                name="reference_area_point_in_vietnam", condition=point_in_vietnam()
            ),
            models.CheckConstraint(
                name="reference_area_validity_in_order", condition=not_reversed()
            ),
        ]
        indexes = [models.Index(fields=["era", "parent_code"], name="reference_area_parent")]

    def __str__(self) -> str:
        return f"{self.code} - {self.name}"


class AreaSuccession(models.Model):
    """A unit and one that took over its ground, or a part of it, on a day."""

    pk = models.CompositePrimaryKey("old_era", "old_code", "new_era", "new_code")
    old_era = models.CharField(max_length=6, choices=Era.choices, db_collation="C")
    old_code = models.CharField(max_length=5, db_collation="C")
    new_era = models.CharField(max_length=6, choices=Era.choices, db_collation="C")
    new_code = models.CharField(max_length=5, db_collation="C")
    on_date = models.DateField()
    kind = models.CharField(max_length=8, choices=SuccessionKind.choices)
    is_default = models.BooleanField()

    privacy: ClassVar = public(
        "old_era", "old_code", "new_era", "new_code", "on_date", "kind", "is_default"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reference_succession_one_default",
                fields=["old_era", "old_code"],
                condition=models.Q(is_default=True),
            ),
            models.CheckConstraint(
                name="reference_succession_kind_known",
                condition=models.Q(kind__in=SuccessionKind.values),
            ),
            models.CheckConstraint(
                name="reference_succession_whole_is_default",
                condition=models.Q(kind="split") | models.Q(is_default=True),
            ),
        ]
        indexes = [
            models.Index(fields=["new_era", "new_code"], name="reference_succession_new"),
        ]

    def __str__(self) -> str:
        return f"{self.old_era} {self.old_code} > {self.new_era} {self.new_code}"


class Agency(models.Model):
    """A social insurance agency: 3 digits a province's, 5 an office's.

    `is_derived`: made from administrative units as demo data. `contact_is_public`: its address or
    phone is a publicly known fact; without one the phone stays empty and screens show the hotline.
    """

    code = models.CharField(primary_key=True, max_length=5, db_collation="C")
    level = models.CharField(max_length=8, choices=AgencyLevel.choices)
    name = models.CharField(max_length=100)
    former_name = models.CharField(max_length=100, blank=True, default="")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        db_column="parent_code",
    )
    address = models.CharField(max_length=250, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    contact_is_public = models.BooleanField(default=False)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    is_derived = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=300, db_collation="C")

    privacy: ClassVar = public(
        "code", "level", "name", "former_name", "parent", "address", "phone", "contact_is_public",
        "latitude", "longitude", "valid_from", "valid_to", "is_derived", "sort_key",
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(
                name="reference_agency_code_of_level",
                condition=models.Q(level="province", code__regex=r"^[0-9]{3}$", parent__isnull=True)
                | models.Q(level="office", code__regex=r"^[0-9]{5}$", parent__isnull=False),
            ),
            models.CheckConstraint(
                name="reference_agency_derived_invents_no_phone",
                condition=models.Q(is_derived=False)
                | models.Q(phone="")
                | models.Q(contact_is_public=True),
            ),
            models.CheckConstraint(
                name="reference_agency_point_in_vietnam", condition=point_in_vietnam()
            ),
            models.CheckConstraint(
                name="reference_agency_validity_in_order", condition=not_reversed()
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.code}] {self.name}"


class AgencySuccession(models.Model):
    """An agency that ended and one that took its work over, or a part of it, on a day."""

    pk = models.CompositePrimaryKey("old", "new")
    old = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="successions", db_column="old_code"
    )
    new = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", db_column="new_code"
    )
    on_date = models.DateField()
    is_default = models.BooleanField()
    decision = models.CharField(max_length=200)

    privacy: ClassVar = public("old", "new", "on_date", "is_default", "decision")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reference_agency_one_default_heir",
                fields=["old"],
                condition=models.Q(is_default=True),
            ),
            models.CheckConstraint(
                name="reference_agency_not_its_own_heir", condition=~models.Q(old=models.F("new"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} > {self.new_id}"


class Reorganisation(models.Model):
    """A plan that was applied, under the hash of its rows; unfinished while work is on its way."""

    id = models.CharField(primary_key=True, max_length=64, db_collation="C")
    decision = models.CharField(max_length=200)
    plan = models.JSONField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    privacy: ClassVar = dict.fromkeys(
        ("id", "decision", "plan", "begun_at", "finished_at"), Privacy.INTERNAL
    )

    def __str__(self) -> str:
        return f"{self.decision} {self.begun_at:%Y-%m-%d}"


class AgencyArea(models.Model):
    """An area that an agency serves for a time; an area has one agency at a time.

    `decision`: what a reorganisation that wrote the row rests on; a load leaves such rows alone.
    """

    pk = models.CompositePrimaryKey("agency", "era", "area_code")
    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, related_name="areas", db_column="agency_code"
    )
    era = models.CharField(max_length=6, choices=Era.choices, db_collation="C")
    area_code = models.CharField(max_length=5, db_collation="C")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    decision = models.CharField(max_length=200, blank=True, default="")

    privacy: ClassVar = public("agency", "era", "area_code", "valid_from", "valid_to", "decision")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reference_agency_area_served_once",
                fields=["era", "area_code", "valid_from"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="reference_agency_area_validity_in_order", condition=not_reversed()
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.era} {self.area_code}"


class Facility(models.Model):
    """A health facility (CSKCB), 5 characters, the first two its legacy province.

    The contract has a time of its own within the facility's. `former_names` and `successors` (codes
    of those that took over) are separated by semicolons, here and in the other directories.
    """

    code = models.CharField(primary_key=True, max_length=5, db_collation="C")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=13, choices=FacilityKind.choices)
    level = models.CharField(max_length=8, choices=FacilityLevel.choices)
    address = models.CharField(max_length=250, blank=True, default="")
    commune_code = models.CharField(max_length=5, blank=True, default="", db_collation="C")
    province_code = models.CharField(max_length=2, db_collation="C")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    phone = models.CharField(max_length=20, blank=True, default="")
    has_contract = models.BooleanField(default=True)
    contract_from = models.DateField(null=True, blank=True)
    contract_to = models.DateField(null=True, blank=True)
    may_issue_leave = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    former_names = models.CharField(max_length=500, blank=True, default="")
    successors = models.CharField(max_length=100, blank=True, default="", db_collation="C")
    is_derived = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=400, db_collation="C")

    privacy: ClassVar = public(
        "code", "name", "kind", "level", "address", "commune_code", "province_code", "latitude",
        "longitude", "phone", "has_contract", "contract_from", "contract_to", "may_issue_leave",
        "valid_from", "valid_to", "former_names", "successors", "is_derived", "sort_key",
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "facilities"
        constraints = [
            models.CheckConstraint(
                name="reference_facility_code_shape",
                condition=models.Q(code__regex=r"^[0-9]{2}[0-9A-Z]{3}$"),
            ),
            models.CheckConstraint(
                name="reference_facility_point_in_vietnam", condition=point_in_vietnam()
            ),
            models.CheckConstraint(
                name="reference_facility_validity_in_order", condition=not_reversed()
            ),
            models.CheckConstraint(
                name="reference_facility_contract_in_order",
                condition=not_reversed("contract_from", "contract_to"),
            ),
        ]
        indexes = [
            models.Index(fields=["province_code", "sort_key"], name="reference_facility_province"),
            models.Index(fields=["commune_code"], name="reference_facility_commune"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Employer(models.Model):
    """An organisation that pays contributions; the commune is one of today."""

    code = models.CharField(primary_key=True, max_length=12, db_collation="C")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=250, blank=True, default="")
    commune_code = models.CharField(max_length=5, blank=True, default="", db_collation="C")
    wage_region = models.PositiveSmallIntegerField()
    founded_on = models.DateField(null=True)
    closed_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)
    tax_code = models.CharField(max_length=14, blank=True, default="", db_collation="C")
    phone = models.CharField(max_length=20, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    former_names = models.CharField(max_length=500, blank=True, default="")
    successors = models.CharField(max_length=100, blank=True, default="", db_collation="C")

    privacy: ClassVar = public(
        "code", "name", "address", "commune_code", "wage_region", "founded_on", "closed_on",
        "is_invented", "tax_code", "phone", "latitude", "longitude", "former_names", "successors",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reference_employer_wage_region", condition=models.Q(wage_region__range=(1, 4))
            ),
            models.CheckConstraint(
                name="reference_employer_closed_after_founded",
                condition=models.Q(closed_on__isnull=True)
                | models.Q(founded_on__isnull=True)
                | models.Q(closed_on__gte=models.F("founded_on")),
            ),
            models.CheckConstraint(
                name="reference_employer_point_in_vietnam", condition=point_in_vietnam()
            ),
        ]
        indexes = [models.Index(fields=["commune_code"], name="reference_employer_commune")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CollectionPoint(models.Model):
    """Where voluntary BHXH and household BHYT are paid: a điểm thu or a đại lý thu.

    `agency_code`: the agency it collects for; `hours` as one line for people.
    """

    code = models.CharField(primary_key=True, max_length=12, db_collation="C")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=7, choices=PointKind.choices)
    agency_code = models.CharField(max_length=5, db_collation="C")
    address = models.CharField(max_length=250, blank=True, default="")
    commune_code = models.CharField(max_length=5, blank=True, default="", db_collation="C")
    province_code = models.CharField(max_length=2, db_collation="C")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    phone = models.CharField(max_length=20, blank=True, default="")
    hours = models.CharField(max_length=120, blank=True, default="")
    collects_voluntary = models.BooleanField(default=True)
    collects_household = models.BooleanField(default=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    former_names = models.CharField(max_length=500, blank=True, default="")
    successors = models.CharField(max_length=100, blank=True, default="", db_collation="C")
    is_derived = models.BooleanField(default=False)

    privacy: ClassVar = public(
        "code", "name", "kind", "agency_code", "address", "commune_code", "province_code",
        "latitude", "longitude", "phone", "hours", "collects_voluntary", "collects_household",
        "valid_from", "valid_to", "former_names", "successors", "is_derived",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reference_point_code_shape",
                condition=models.Q(code__regex=r"^[0-9A-Z-]{3,12}$"),
            ),
            models.CheckConstraint(name="reference_point_in_vietnam", condition=point_in_vietnam()),
            models.CheckConstraint(
                name="reference_point_validity_in_order", condition=not_reversed()
            ),
            models.CheckConstraint(
                name="reference_point_collects_something",
                condition=models.Q(collects_voluntary=True) | models.Q(collects_household=True),
            ),
        ]
        indexes = [models.Index(fields=["commune_code"], name="reference_point_commune")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class DataSet(models.Model):
    """What was loaded last into a part of the directory, so that a repeated load does nothing."""

    name = models.CharField(primary_key=True, max_length=20)
    fingerprint = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    privacy: ClassVar = dict.fromkeys(
        ("name", "fingerprint", "row_count", "loaded_at"), Privacy.INTERNAL
    )

    def __str__(self) -> str:
        return self.name
