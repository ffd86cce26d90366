"""A paper's reading beside what a form states and what the registry knows (guides R05, R13).

Nothing is corrected here: each difference is told, and people decide. Values only, no database.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vssid.kernel.errors import InvalidInput
from vssid.kernel.identifiers import IdKind, personal_number_facts
from vssid.registration.identity.mrz import Layout
from vssid.registration.identity.names import Likeness, is_name_of_mrz, likeness
from vssid.registration.identity.reading import Reading


class Field(StrEnum):
    """What differs."""

    NAME = "name"
    BIRTH = "birth"
    SEX = "sex"
    KIND = "kind"
    NUMBER = "number"
    OLD_NUMBER = "old-number"
    NATIONALITY = "nationality"
    EXPIRY = "expiry"


class Beside(StrEnum):
    """What the paper was laid beside: the form, the registry, or another part of itself."""

    FORM = "form"
    REGISTRY = "registry"
    PAPER = "paper"


class Severity(StrEnum):
    """`NOTE` may stay so, `DOUBT` wants a look, `GRAVE` looks like another person or paper."""

    NOTE = "note"
    DOUBT = "doubt"
    GRAVE = "grave"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; both values as people read them (sex as M or F). Personal."""

    field: Field
    beside: Beside
    stated: str
    on_paper: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Stated:
    """What a form or the registry says of a person; what it does not say is empty or None.

    Where only a year of birth is known, `birth_date` is None. `old_numbers`: of earlier papers.
    """

    full_name: str = ""
    id_kind: str = ""
    id_number: str = ""
    old_numbers: tuple[str, ...] = ()
    birth_year: int | None = None
    birth_date: date | None = None
    sex: str = ""
    nationality: str = ""


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a form may be filled in with, for its owner to confirm; empty where not known.

    `full_name` of an MRZ is in capitals without accents: `name_lacks_accents` then asks a person
    with a Vietnamese paper to write it properly.
    """

    full_name: str = ""
    name_lacks_accents: bool = False
    id_kind: str = ""
    id_number: str = ""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the paper says, from its QR code where it has one, otherwise from its MRZ."""

    is_passport: bool
    full_name: str
    is_name_accented: bool
    is_name_cut: bool
    number: str
    personal_number: str
    old_number: str
    birth_year: int | None
    birth_date: date | None
    sex: str
    nationality: str


def compare(
    reading: Reading, *, form: Stated, registry: Stated | None = None, today: date
) -> tuple[Difference, ...]:
    """Every difference: of the paper with itself, with the form, with the registry.

    Takes what was read, in dates of `today` (a paper may have ended). Empty when nothing was read.
    """
    found = list(_within_paper(reading, today))
    facts = _facts(reading)
    if facts is None:
        return ()
    found += _beside(facts, form, Beside.FORM)
    if registry is not None:
        found += _beside(facts, registry, Beside.REGISTRY)
    return tuple(found)


def contradictions_of_number(
    number: str, *, sex: str, birth_year: int | None
) -> tuple[Difference, ...]:
    """What the structure of a 12-digit number says against sex and birth year (NĐ 137/2015).

    `sex` may be empty, `birth_year` None; a number of another kind contradicts nothing.
    """
    try:
        facts = personal_number_facts(number)
    except InvalidInput:
        return ()
    found = []
    if sex and facts.sex != sex:
        found.append(_difference(Field.SEX, Beside.PAPER, facts.sex, sex, Severity.GRAVE))
    if birth_year is not None and facts.birth_year != birth_year:
        stated, printed = str(facts.birth_year), str(birth_year)
        found.append(_difference(Field.BIRTH, Beside.PAPER, stated, printed, Severity.GRAVE))
    return tuple(found)


def prefill(reading: Reading) -> Prefill:
    """What the form may be filled in with; nothing where QR code and MRZ name two papers."""
    facts = _facts(reading)
    if facts is None or any(True for _ in _between_codes(reading)):
        return Prefill()
    is_card = not facts.is_passport and facts.nationality == "VNM"
    if not facts.is_passport and not is_card:
        return Prefill()
    return Prefill(
        full_name="" if facts.is_name_cut else facts.full_name,
        name_lacks_accents=not facts.is_name_accented and facts.nationality == "VNM",
        id_kind=IdKind.PASSPORT if facts.is_passport else IdKind.CCCD,
        id_number=facts.number,
    )


def for_applicant(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """The same, without anything that the registry alone knows.

    Whoever holds a photo of a stranger's paper must not learn the stranger's data: all that differs
    from the registry becomes one difference without field values.
    """
    told = [one for one in differences if one.beside is not Beside.REGISTRY]
    kept = [one for one in differences if one.beside is Beside.REGISTRY]
    if kept:
        worst = max((one.severity for one in kept), key=list(Severity).index)
        told.append(_difference(Field.NUMBER, Beside.REGISTRY, "", "", worst))
    return tuple(told)


def _facts(reading: Reading) -> _Facts | None:
    qr, mrz = reading.qr, reading.mrz
    if qr is not None:
        return _Facts(
            is_passport=False,
            full_name=qr.full_name,
            is_name_accented=True,
            is_name_cut=False,
            number=qr.number,
            personal_number=qr.number,
            old_number=qr.old_number,
            birth_year=qr.birth_year,
            birth_date=qr.birth_date,
            sex=qr.sex,
            nationality="VNM",
        )
    if mrz is None:
        return None
    is_passport = mrz.layout is Layout.TD3
    return _Facts(
        is_passport=is_passport,
        full_name=mrz.full_name,
        is_name_accented=False,
        is_name_cut=mrz.is_name_cut,
        number=mrz.number if is_passport else mrz.personal_number or mrz.number,
        personal_number=mrz.personal_number,
        old_number=mrz.old_number,
        birth_year=mrz.birth_year,
        birth_date=mrz.birth_date,
        sex=mrz.sex,
        nationality=mrz.nationality,
    )


def _within_paper(reading: Reading, today: date) -> Iterator[Difference]:
    yield from _between_codes(reading)
    facts = _facts(reading)
    if facts and facts.personal_number:
        yield from contradictions_of_number(
            facts.personal_number, sex=facts.sex, birth_year=facts.birth_year
        )
    ends = reading.mrz.expires_on if reading.mrz else None
    if ends is not None and ends < today:
        yield _difference(Field.EXPIRY, Beside.PAPER, _day(today), _day(ends), Severity.DOUBT)


def _between_codes(reading: Reading) -> Iterator[Difference]:
    """QR code and MRZ of one paper, and those of both its photos, say the same, or they are of two
    papers.
    """
    qr, mrz = reading.qr, reading.mrz
    for other in reading.against:
        first = qr.number if qr else mrz.number if mrz else ""
        yield _difference(Field.NUMBER, Beside.PAPER, other, first, Severity.GRAVE)
    if qr is None or mrz is None:
        return
    pairs = [
        (Field.NUMBER, mrz.personal_number, qr.number),
        (Field.SEX, mrz.sex, qr.sex),
        (Field.BIRTH, _born(mrz.birth_year, None), _born(qr.birth_year, None)),
    ]
    if mrz.birth_date and qr.birth_date:
        pairs[-1] = (Field.BIRTH, _day(mrz.birth_date), _day(qr.birth_date))
    for field, one, other in pairs:
        if one and other and one != other:
            yield _difference(field, Beside.PAPER, one, other, Severity.GRAVE)
    if not is_name_of_mrz(
        qr.full_name, mrz.full_name, is_cut=mrz.is_name_cut, any_order=mrz.layout is Layout.TD3
    ):
        yield _difference(Field.NAME, Beside.PAPER, mrz.full_name, qr.full_name, Severity.GRAVE)


def _beside(facts: _Facts, stated: Stated, beside: Beside) -> Iterator[Difference]:
    yield from _names(facts, stated, beside)
    yield from _births(facts, stated, beside)
    if facts.sex and stated.sex and facts.sex != stated.sex:
        yield _difference(Field.SEX, beside, stated.sex, facts.sex, Severity.DOUBT)
    yield from _numbers(facts, stated, beside)
    if stated.nationality and facts.nationality and stated.nationality != facts.nationality:
        yield _difference(
            Field.NATIONALITY, beside, stated.nationality, facts.nationality, Severity.DOUBT
        )


def _names(facts: _Facts, stated: Stated, beside: Beside) -> Iterator[Difference]:
    if not stated.full_name:
        return
    if facts.is_name_accented:
        alike = likeness(stated.full_name, facts.full_name)
    else:
        is_same = is_name_of_mrz(
            stated.full_name,
            facts.full_name,
            is_cut=facts.is_name_cut,
            any_order=facts.is_passport and facts.nationality != "VNM",
        )
        alike = Likeness.SAME if is_same else Likeness.OTHER
    if alike is Likeness.SAME:
        return
    # A name that its paper had to cut off may have been cut in ways that no rule foresees.
    is_grave = alike is Likeness.OTHER and not facts.is_name_cut
    severity = Severity.NOTE if alike is Likeness.ACCENTS else Severity.DOUBT
    yield _difference(
        Field.NAME,
        beside,
        stated.full_name,
        facts.full_name,
        Severity.GRAVE if is_grave else severity,
    )


def _births(facts: _Facts, stated: Stated, beside: Beside) -> Iterator[Difference]:
    if facts.birth_date and stated.birth_date:
        is_same = facts.birth_date == stated.birth_date
    else:
        year = stated.birth_date.year if stated.birth_date else stated.birth_year
        is_same = year is None or facts.birth_year is None or year == facts.birth_year
    if not is_same:
        yield _difference(
            Field.BIRTH,
            beside,
            _born(stated.birth_year, stated.birth_date),
            _born(facts.birth_year, facts.birth_date),
            Severity.GRAVE,
        )


def _numbers(facts: _Facts, stated: Stated, beside: Beside) -> Iterator[Difference]:
    """The number of the paper in hand, or of an earlier paper that the one in hand names."""
    if not stated.id_number:
        return
    printed = {facts.number, facts.personal_number, facts.old_number} - {""}
    known = {stated.id_number, *stated.old_numbers}
    if facts.number not in known and not _is_earlier(facts, known):
        # Passports are renewed under a new number: the registry may hold the one before.
        is_renewed = beside is Beside.REGISTRY and IdKind.PASSPORT in (
            stated.id_kind,
            IdKind.PASSPORT if facts.is_passport else "",
        )
        severity = Severity.DOUBT if is_renewed else Severity.GRAVE
        yield _difference(Field.NUMBER, beside, stated.id_number, facts.number, severity)
    elif beside is Beside.FORM and facts.number != stated.id_number:
        yield _difference(
            Field.KIND, beside, stated.id_number, ", ".join(sorted(printed)), Severity.DOUBT
        )
    nine = {number for number in known if len(number) == 9 and number.isdigit()}
    if facts.old_number and nine and facts.old_number not in nine and facts.number in known:
        yield _difference(
            Field.OLD_NUMBER, beside, ", ".join(sorted(nine)), facts.old_number, Severity.DOUBT
        )


def _is_earlier(facts: _Facts, known: set[str]) -> bool:
    return bool(({facts.personal_number, facts.old_number} - {""}) & known)


def _born(year: int | None, day: date | None) -> str:
    return _day(day) if day else str(year or "")


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _difference(
    field: Field, beside: Beside, stated: str, on_paper: str, severity: Severity
) -> Difference:
    return Difference(field, beside, stated, on_paper, severity)
