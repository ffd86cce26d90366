"""A child's declaration at the desk: child and guardian beside the registry (guides C02, O02)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.audit.access import Access
from vssid.audit.commands import ONE_LOOK, open_record
from vssid.kernel.clock import format_date, utc_now, vietnam_today
from vssid.kernel.phones import display_phone
from vssid.people.models import Person, Relation
from vssid.people.rules import age_on
from vssid.registration import children
from vssid.registration.models import Declaration
from vssid.registration.queries import ID_LABELS
from vssid.registration.risks import is_one_household
from vssid.web.officer.comparing import Comparison, Line, deaths_of, line, line_to_check, paper_line
from vssid.web.ui.access import OfficerRequest

PHOTOS: Mapping[str, Promise] = {
    "portrait": gettext_lazy("Ảnh chân dung của con"),
    "front": gettext_lazy("Giấy khai sinh hoặc giấy tờ giám hộ"),
}
RELATIONS: Mapping[str, Promise] = {
    Relation.FATHER.value: gettext_lazy("Cha"),
    Relation.MOTHER.value: gettext_lazy("Mẹ"),
    Relation.GUARDIAN.value: gettext_lazy("Người giám hộ theo pháp luật"),
}


@dataclass(frozen=True, slots=True)
class Family:
    """What the case of a child shows besides: who declares, and who acts for the child already.

    `entry` is the registry's entry of who declares; `relations`: what each of `others` is.
    """

    entry: Person | None
    relation: str
    guardian: str
    others: tuple[str, ...]
    relations: tuple[str, ...]


def look(
    request: OfficerRequest, declaration: Declaration
) -> tuple[Person | None, Comparison, Family]:
    """The child as the registry knows it, beside the guardian; both looks are written down."""
    found = children.family(
        child=_access(request, declaration, declaration.number),
        guardian=_access(request, declaration, declaration.guardian_number),
        on=vietnam_today(utc_now()),
    )
    guardian = found.guardian
    family = Family(
        entry=guardian,
        relation=str(RELATIONS[declaration.relation]),
        guardian=guardian.full_name if guardian else declaration.guardian_number,
        others=tuple(f"{name}, {RELATIONS[relation]}" for name, relation in found.others),
        relations=tuple(relation for _name, relation in found.others),
    )
    return found.child, _compare(declaration, found.child, guardian), family


def _access(request: OfficerRequest, declaration: Declaration, number: str) -> Access:
    return open_record(
        by=request.desk.actor,
        subject=number,
        purpose=f"declaration {declaration.code}",
        once_in=ONE_LOOK,
        with_read=True,
    )


def _compare(declaration: Declaration, child: Person | None, guardian: Person | None) -> Comparison:
    paper = ID_LABELS.get(declaration.id_kind, _("Giấy tờ"))
    phone = display_phone(guardian.phone) if guardian and guardian.phone else ""
    lines = (
        line(_("Mã số con"), declaration.number, child.number if child else ""),
        line(_("Họ tên con"), declaration.full_name, child.full_name if child else ""),
        Line(_("Ngày sinh con"), "–", _birth(child), "unknown"),
        Line(
            _("Người khai"),
            str(RELATIONS[declaration.relation]),
            guardian.full_name if guardian else "",
            "unknown",
        ),
        line(
            _("Mã số người khai"),
            declaration.guardian_number,
            guardian.number if guardian else "",
        ),
        paper_line(
            _("%(paper)s người khai") % {"paper": paper},
            declaration.id_kind,
            declaration.id_number,
            guardian,
        ),
        line_to_check(_("Điện thoại"), display_phone(declaration.phone), phone),
        _household(child, guardian),
    )
    deaths = deaths_of(child, guardian)
    return Comparison(lines=lines, is_known=child is not None, deaths=deaths)


def _birth(child: Person | None) -> str:
    if child is None:
        return ""
    age = age_on(child.birth_date, child.birth_date_precision, vietnam_today(utc_now()))
    born = format_date(child.birth_date)
    return _("%(born)s, %(age)s tuổi") % {"born": born, "age": age}


def _household(child: Person | None, guardian: Person | None) -> Line:
    """Two that are known and differ are a risk, and look like one (`risks`)."""
    one, other = (person.household_code if person else "" for person in (guardian, child))
    verdicts = {True: "same", False: "differs", None: "unknown"}
    return Line(_("Hộ gia đình"), one or "–", other, verdicts[is_one_household(child, guardian)])
