"""What the queries answer with: small values for lists, labels and the map."""

from dataclasses import dataclass
from datetime import date


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
    that ended and whose work, or a part of it, is done here now. `commune`: the one of today in
    which it is, empty where that is not known; `province`: that of today.
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
    commune: str = ""
    province: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Its own, of today and before; not of those whose work it took over."""
        return (self.name, self.former_name)

    @property
    def label(self) -> str:
        """«[00114] BHXH cơ sở Thanh Trì (trước đây: BHXH huyện Thanh Trì)»."""
        return label_of(self.code, self.name, self.former_name)


@dataclass(frozen=True, slots=True)
class Heir:
    """Who took over from an entry that ended."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """An entry by its name, and the province of today in which it is, to tell namesakes apart."""

    code: str
    name: str
    province: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """What the entries of all directories have; `province` and `commune` are names of today.

    `is_ended` as of today: `heirs` took over then. `begins`: the first day, while it is still to
    come. `is_demo` marks what stands for no real place. Latitude and longitude are degrees, WGS 84.
    """

    code: str
    name: str
    address: str
    phone: str
    commune: str
    province: str
    latitude: float | None
    longitude: float | None
    valid_from: date | None
    valid_to: date | None
    is_ended: bool
    begins: date | None
    former_names: tuple[str, ...]
    heirs: tuple[Heir, ...]
    is_demo: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Its own, of today and before; not of those whose work it took over."""
        return (self.name, *self.former_names)


@dataclass(frozen=True, slots=True)
class FacilityView(EntryView):
    """A health facility; `has_contract` and `may_issue_leave` as of today."""

    kind: str
    kind_name: str
    level: str
    level_name: str
    has_contract: bool
    contract_from: date | None
    contract_to: date | None
    may_issue_leave: bool


@dataclass(frozen=True, slots=True)
class EmployerView(EntryView):
    """An organisation that pays contributions."""

    tax_code: str
    wage_region: int

    @property
    def is_closed(self) -> bool:
        """Whether it is over as of today."""
        return self.is_ended


@dataclass(frozen=True, slots=True)
class PointView(EntryView):
    """A collection point and what can be paid there; `agency` is the name of its agency."""

    kind_name: str
    agency_code: str
    agency: str
    hours: str
    collects_voluntary: bool
    collects_household: bool
