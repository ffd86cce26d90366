"""Declaration and registry side by side, differences marked (guides O02)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vssid.kernel.clock import format_date
from vssid.kernel.phones import display_phone
from vssid.kernel.text import fold
from vssid.people.models import Person
from vssid.reference import queries as reference
from vssid.registration.answers import Answers
from vssid.registration.models import Declaration
from vssid.registration.queries import ID_LABELS
from vssid.registration.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class Line:
    """One field: as declared, as the registry has it. `verdict`: same | differs | near | unknown.

    «near» is a name that differs in accents or spaces only, or a former paper; `mark` says so where
    it is not the first.
    """

    label: str
    declared: str
    registered: str
    verdict: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All lines; `is_known` says whether the number is in the registry at all.

    `deaths`: who of the persons concerned has died, and when, as sentences.
    """

    lines: tuple[Line, ...]
    is_known: bool
    deaths: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything that must agree does not."""
        return any(line.verdict == "differs" for line in self.lines)


def compare(declared: Declaration | Answers, person: Person | None) -> Comparison:
    """What is declared, filed or still on the form, beside the registry's entry of its number."""
    id_label = ID_LABELS[declared.id_kind]
    address = reference.address_text(
        declared.address_era,
        declared.address_province,
        declared.address_district,
        declared.address_commune,
        declared.address_street,
    )
    known_address = _address(person) if person else ""
    phone = display_phone(person.phone) if person and person.phone else ""
    lines = (
        line(_("Mã số BHXH"), declared.number, person.number if person else ""),
        line(_("Họ và tên"), declared.full_name, person.full_name if person else ""),
        Line(_("Ngày sinh"), "–", format_date(person.birth_date) if person else "", "unknown"),
        paper_line(f"{_('Số')} {id_label}", declared.id_kind, declared.id_number, person),
        _phone_line(declared.phone, phone),
        line_to_check(_("Địa chỉ"), address, known_address),
    )
    return Comparison(lines=lines, is_known=person is not None, deaths=deaths_of(person))


def deaths_of(*people: Person | None) -> tuple[str, ...]:
    """A sentence for each of them that has died."""
    return tuple(
        _("Theo cơ sở dữ liệu, %(name)s đã mất ngày %(day)s")
        % {"name": one.full_name, "day": format_date(one.died_on)}
        for one in people
        if one is not None and one.died_on is not None
    )


def paper_line(label: str, id_kind: str, id_number: str, person: Person | None) -> Line:
    """The number of a paper beside the one that the registry names (`standing`)."""
    registered = person.id_number if person else ""
    match standing(id_kind, id_number, person):
        case Standing.FORMER:
            paper = f"{ID_LABELS[person.id_kind]} {registered}" if person else registered
            now = _("giấy tờ cũ; hiện nay %(paper)s") % {"paper": paper}
            return Line(label, id_number, now, "near", _("Giấy tờ cũ"))
        case Standing.CURRENT:
            return Line(label, id_number, id_number, "same")
        case Standing.OTHER:
            return Line(label, id_number, registered, "differs")
    return Line(label, id_number or "–", registered, "unknown")


def line(label: str, declared: str, registered: str) -> Line:
    """One field that must agree."""
    if not registered:
        verdict = "unknown"
    elif declared.casefold() == registered.casefold():
        verdict = "same"
    elif fold(declared).replace(" ", "") == fold(registered).replace(" ", ""):
        verdict = "near"
    else:
        verdict = "differs"
    return Line(label, declared, registered, verdict)


def _phone_line(phone: str, registered: str) -> Line:
    """Another phone than the registry's may be right, but two officers look at it (`risks`)."""
    declared = display_phone(phone)
    verdict = "unknown" if not registered else ("same" if declared == registered else "differs")
    return Line(_("Điện thoại"), declared, registered, verdict)


def line_to_check(label: str, declared: str, registered: str) -> Line:
    """What may rightly differ: people move."""
    is_same = fold(declared) == fold(registered)
    return Line(label, declared, registered, "same" if is_same else "unknown")


def _address(person: Person) -> str:
    return reference.address_text(
        person.address_era,
        person.address_province,
        person.address_district,
        person.address_commune,
        person.address_street,
    )
