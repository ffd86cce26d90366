"""A declaration as its paper: Mẫu số 01, or for a child the form that the guardian signs."""

from collections.abc import Sequence

from django.conf import settings

from vssid.kernel.clock import vietnam_today
from vssid.kernel.phones import display_phone
from vssid.people.models import Person, Relation
from vssid.reference import queries as reference
from vssid.registration import queries, rules
from vssid.registration.forms import child, mau_so_01
from vssid.registration.links import follow_address
from vssid.registration.models import Declaration

# Vietnamese by law, whatever language the screens are in.
_RELATIONS = {
    Relation.FATHER.value: "Cha",
    Relation.MOTHER.value: "Mẹ",
    Relation.GUARDIAN.value: "Người giám hộ theo pháp luật",
}
_BIRTH, _NAMED = "giấy khai sinh của con", "giấy tờ công nhận người giám hộ"


def pdf_of(declaration: Declaration) -> bytes:
    """The paper to print and sign. Raises what `as_pdf` of its form raises."""
    if declaration.guardian_number:
        return child.as_pdf([_child_form(declaration)])
    return mau_so_01.as_pdf(queries.form_of(declaration))


def pdf_of_children(declarations: Sequence[Declaration]) -> bytes:
    """The papers of several children in one print job, a page each (guides C03)."""
    return child.as_pdf([_child_form(one) for one in declarations])


def picture_of(declaration: Declaration) -> bytes:
    """The same page as PNG, for the screen."""
    if declaration.guardian_number:
        return child.as_png(_child_form(declaration))
    return mau_so_01.as_png(queries.form_of(declaration))


def _child_form(declaration: Declaration) -> child.ChildForm:
    guardian = Person.objects.get(number=declaration.guardian_number)
    address = (
        declaration.address_era,
        declaration.address_province,
        declaration.address_district,
        declaration.address_commune,
    )
    is_by_law = declaration.relation == Relation.GUARDIAN
    kind = queries.ID_LABELS.get(declaration.id_kind, "")
    return child.ChildForm(
        declaration_code=rules.display_code(declaration.code),
        filed_at=declaration.filed_at,
        hand_in_by=vietnam_today(queries.paper_due(declaration)),
        agency_name=reference.known_office(declaration.office).name,
        full_name=declaration.full_name,
        number=declaration.number,
        relation=_RELATIONS[declaration.relation],
        guardian_name=guardian.full_name,
        guardian_number=guardian.number,
        guardian_paper=f"{declaration.id_number} ({kind})" if kind else "",
        address=reference.address_text(*address, declaration.address_street),
        phone=display_phone(declaration.phone),
        email=declaration.email,
        place=queries.place_of(declaration),
        paper_to_bring=_NAMED if is_by_law else _BIRTH,
        portrait=queries.portrait_of(declaration),
        follow_address=follow_address(declaration.code) if settings.VSSID_PUBLIC_URL else "",
    )
