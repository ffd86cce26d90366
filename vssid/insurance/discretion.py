"""A record as somebody else may see it: the same values, without what is not for them."""

from collections.abc import Iterable
from dataclasses import replace

from vssid.insurance.records import (
    BenefitDetails,
    ContributionHistory,
    Identity,
    MedicalBook,
    VisitDetails,
    VisitHeading,
)
from vssid.kernel.text import fold
from vssid.people.visibility import Sight

# ICD-10: HIV, venereal diseases, the mind, pregnancy and birth control, violence suffered. What a
# doctor keeps from others first (Luật 64/2006 Đ.8, 30; Luật Trẻ em 102/2016 Đ.6.11; docs/adr/0017).
_GUARDED = (
    ("A50", "A64"), ("B20", "B24"), ("F00", "F99"), ("N96", "N98"), ("O00", "O99"),
    ("T74", "T74"), ("X85", "Y09"), ("Z20", "Z21"), ("Z30", "Z39"),
)  # fmt: skip
_GUARDED_REGIMES = ("thai san", "sinh con", "say thai", "tranh thai", "nuoi con")


def is_guarded(disease_code: str) -> bool:
    """Whether a disease belongs to those that are private before all others.

    A code that cannot be read is taken for one.
    """
    block = disease_code.strip().upper()[:3]
    if len(block) < 3 or not block[1:].isdigit():
        return True
    return any(first <= block <= last for first, last in _GUARDED)


def identity_as(identity: Identity, sight: Sight) -> Identity:
    """PLAIN: without phone and paper of identity; NOTHING: name and number alone are left."""
    if sight is Sight.FULL:
        return identity
    plain = replace(identity, id_number="", phone="")
    return plain if sight is Sight.PLAIN else replace(plain, address="")


def contributions_as(history: ContributionHistory, sight: Sight) -> ContributionHistory:
    """PLAIN: when and where, without what was earned."""
    if sight is Sight.FULL:
        return history
    periods = tuple(replace(one, salary=0, wage=0) for one in history.periods)
    return replace(history, periods=periods if sight is Sight.PLAIN else ())


def benefits_as(benefits: Iterable[BenefitDetails], sight: Sight) -> tuple[BenefitDetails, ...]:
    """PLAIN: which and since when, without amounts, accounts, months drawn and degree of harm.

    What was granted for a pregnancy or a birth is as private there as in the medical book.
    """
    if sight is Sight.FULL:
        return tuple(benefits)
    if sight is Sight.NOTHING:
        return ()
    return tuple(_plain_benefit(one) for one in benefits)


def _plain_benefit(one: BenefitDetails) -> BenefitDetails:
    return replace(
        one,
        regime="" if any(word in fold(one.regime) for word in _GUARDED_REGIMES) else one.regime,
        amount=0,
        account_number="",
        bank="",
        impairment_percent=None,
        months=None,
        entries=(),
    )


def medical_book_as(book: MedicalBook, visits: Sight, details: Sight) -> MedicalBook:
    """`visits` PLAIN: when, not where. `details` PLAIN: guarded diseases without theirs, but for
    what the visit cost in all; NOTHING: without that, too.
    """
    if visits is Sight.NOTHING:
        return replace(book, years=(), visits=())
    return replace(book, visits=tuple(_visit_as(one, visits, details) for one in book.visits))


def headings_as(
    visits: Iterable[VisitHeading], sight: Sight, details: Sight
) -> tuple[VisitHeading, ...]:
    """The same of the list of all years: what has no place cannot be found by it."""
    if sight is Sight.NOTHING:
        return ()
    return tuple(_heading_as(one, sight, details) for one in visits)


def _heading_as(visit: VisitHeading, sight: Sight, details: Sight) -> VisitHeading:
    hides = _hides(details, visit.disease_code)
    if hides:
        visit = replace(visit, disease_code="", disease_name="")
    return replace(visit, facility_name="") if hides or sight is Sight.PLAIN else visit


def _hides(details: Sight, disease_code: str) -> bool:
    return details is Sight.NOTHING or (details is Sight.PLAIN and is_guarded(disease_code))


def _visit_as(visit: VisitDetails, visits: Sight, details: Sight) -> VisitDetails:
    hides = _hides(details, visit.disease_code)
    if hides:
        visit = replace(visit, department="", disease_code="", disease_name="", costs=(), papers=())
    if hides or visits is Sight.PLAIN:
        visit = replace(visit, facility_code="", facility_name="")
    return _unbilled(visit) if details is Sight.NOTHING else visit


def _unbilled(visit: VisitDetails) -> VisitDetails:
    """Without what it cost, and who paid when."""
    return replace(
        visit, paid_on=None, total=0, insurance_paid=0, co_paid=0, self_paid=0, other_source=0
    )
