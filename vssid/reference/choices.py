"""What the queries answer with: small values for lists, labels and the map."""

from dataclasses import dataclass


def label_of(code: str, name: str, former_name: str) -> str:
    """«[00114] BHXH cơ sở Thanh Trì (trước đây: BHXH huyện Thanh Trì)»."""
    former = f" (trước đây: {former_name})" if former_name else ""
    return f"[{code}] {name}{former}"


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """A line of a list of areas; the label shows the code, «020 - Huyện Thanh Trì» (guides R03)."""

    code: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    """A line of a list of agencies: «[001] BHXH TP Hà Nội» (guides R05)."""

    code: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An agency with what a person needs to reach it.

    `phone` is never empty: `phone_is_hotline` says that it is the hotline because the office's own
    is not known. `parent_code` and `parent_name` are empty for a provincial agency. `is_derived`
    marks demo data. Latitude and longitude are degrees, WGS 84. `took_over`: labels of the agencies
    that ended and whose work, or a part of it, is done here now.
    """

    code: str
    level: str
    name: str
    former_name: str
    address: str
    phone: str
    phone_is_hotline: bool
    latitude: float | None
    longitude: float | None
    parent_code: str
    parent_name: str
    is_derived: bool
    took_over: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """«[00114] BHXH cơ sở Thanh Trì (trước đây: BHXH huyện Thanh Trì)»."""
        return label_of(self.code, self.name, self.former_name)


@dataclass(frozen=True, slots=True)
class FacilityView:
    """A health facility; `commune` and `province` are names of today."""

    code: str
    name: str
    kind: str
    level: str
    address: str
    commune: str
    province: str
    latitude: float | None
    longitude: float | None
    has_contract: bool
    may_issue_leave: bool
    is_derived: bool


@dataclass(frozen=True, slots=True)
class EmployerView:
    """An organisation that pays contributions; `is_closed` as of today."""

    code: str
    name: str
    address: str
    wage_region: int
    is_closed: bool
