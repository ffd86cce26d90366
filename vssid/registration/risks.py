"""Which approvals two officers make together: values in, reasons out."""

from collections.abc import Collection
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.kernel.text import fold
from vssid.people.models import Person, Relation
from vssid.registration.findings import Finding, Severity
from vssid.registration.models import Declaration
from vssid.registration.standing import Standing, standing


class Risk(StrEnum):
    """Why one officer alone is not enough."""

    DESK = "desk"
    CONTESTED = "contested"
    PHONE = "phone"
    IDENTITY = "identity"
    NAME = "name"
    READING = "reading"
    UNREAD = "unread"
    GUARDIAN = "guardian"
    HOUSEHOLD = "household"
    HOUSEHOLD_UNKNOWN = "household-unknown"
    SAME_RELATION = "same-relation"
    SECOND_GUARDIAN = "second-guardian"


WORDS: dict[Risk, Promise | str] = {
    Risk.DESK: _("Cán bộ khai thay tại quầy"),
    Risk.CONTESTED: _("Có tờ khai khác cho cùng mã số"),
    Risk.PHONE: _("Số điện thoại khác với cơ sở dữ liệu"),
    Risk.IDENTITY: _("Số giấy tờ khác với cơ sở dữ liệu"),
    Risk.NAME: _("Họ tên khác với cơ sở dữ liệu"),
    Risk.READING: _("Ảnh giấy tờ khác với tờ khai"),
    Risk.UNREAD: _("Ảnh giấy tờ chưa được máy đọc"),
    Risk.GUARDIAN: _("Người giám hộ không phải cha mẹ"),
    Risk.HOUSEHOLD: _("Con và người khai không cùng hộ gia đình"),
    Risk.HOUSEHOLD_UNKNOWN: _("Chưa rõ con và người khai có cùng hộ gia đình không"),
    Risk.SAME_RELATION: _("Con đã có người giám hộ cùng quan hệ với người khai"),
    Risk.SECOND_GUARDIAN: _("Con đã có người giám hộ khác"),
}


def risks(
    declaration: Declaration,
    person: Person | None,
    findings: Collection[Finding] = (),
    *,
    is_unread: bool = False,
    guardian: Person | None = None,
    others: Collection[str] = (),
) -> tuple[Risk, ...]:
    """What speaks for a second look at a declaration; `person` is the registry's entry.

    A name that differs in accents or spaces only is none, nor a paper that stands beside the
    registry's, nor what the registry does not know; a former paper is one. `is_unread`: nothing has
    read the photos of an adult's paper, and nobody is asked to wait for it any more. Of a child,
    phone and ID are the guardian's, whose own entry is `guardian`; `others`: what those who act for
    it already are to it. A household that is not known speaks for nobody.
    """
    found = _of_registry(declaration, person)
    if declaration.filed_by:
        found.add(Risk.DESK)
    if declaration.is_contested:
        found.add(Risk.CONTESTED)
    if any(one.severity is Severity.BAD for one in findings):
        found.add(Risk.READING)
    if is_unread and not declaration.guardian_number:
        found.add(Risk.UNREAD)
    if declaration.guardian_number and person:
        found |= _of_family(declaration.relation, person, guardian, others)
    return tuple(risk for risk in Risk if risk in found)


def has_second_officer(office: str) -> bool:
    """Whether an office works by two: each does, but those too small that a setting names."""
    return office not in settings.VSSID_OFFICES_WITHOUT_SECOND


def _of_registry(declaration: Declaration, person: Person | None) -> set[Risk]:
    """What the registry has otherwise: of a child only the name is its own."""
    if person is None:
        return set()
    found = set()
    if person.full_name and _letters(declaration.full_name) != _letters(person.full_name):
        found.add(Risk.NAME)
    if declaration.guardian_number:
        return found
    if person.phone and declaration.phone != person.phone:
        found.add(Risk.PHONE)
    paper = standing(declaration.id_kind, declaration.id_number, person)
    if paper in {Standing.OTHER, Standing.FORMER}:
        found.add(Risk.IDENTITY)
    return found


def _of_family(
    relation: str, child: Person, guardian: Person | None, others: Collection[str]
) -> set[Risk]:
    found = {Risk.GUARDIAN} if relation == Relation.GUARDIAN else set()
    if others:
        found.add(Risk.SAME_RELATION if relation in others else Risk.SECOND_GUARDIAN)
    is_one = is_one_household(child, guardian)
    if is_one is None:
        found.add(Risk.HOUSEHOLD_UNKNOWN)
    elif not is_one:
        found.add(Risk.HOUSEHOLD)
    return found


def is_one_household(child: Person | None, guardian: Person | None) -> bool | None:
    """Whether child and guardian live together; None when the registry does not know of both."""
    one, other = (person.household_code if person else "" for person in (child, guardian))
    return one == other if one and other else None


def _letters(name: str) -> str:
    return fold(name).replace(" ", "")
