"""The fields of Mẫu số 01 as a visitor fills them in (guides R03–R05)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Answers:
    """What is filled in so far; an empty text is a field not reached yet.

    Phone in E.164; `address_era` «2025» or «legacy», area codes as entered; `office` and
    `provincial_agency` are agency codes. `relation`: what the guardian is to the child, of
    people.models.Relation, when it is a child's. `scanned`: the QR of the ID, where an officer
    scanned it at the counter.
    """

    full_name: str = ""
    name_without_accents_is_right: bool = False
    number: str = ""
    id_kind: str = ""
    id_number: str = ""
    address_era: str = ""
    address_province: str = ""
    address_district: str = ""
    address_commune: str = ""
    address_street: str = ""
    phone: str = ""
    email: str = ""
    provincial_agency: str = ""
    office: str = ""
    relation: str = ""
    scanned: str = ""

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Answers":
        """From a draft's JSON; fields of another release are passed over."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})
