"""What is left of a record when somebody else sees it."""

from dataclasses import fields, replace
from typing import Any

import pytest

from tests.insurance.building import (
    AN,
    BINH,
    CLERK,
    a_benefit,
    a_cost,
    a_life,
    a_paper,
    a_period,
    a_person,
    a_visit,
    an_entry,
    stored,
)  # fmt: skip
from vssid.audit.actors import Actor
from vssid.audit.commands import open_record
from vssid.insurance import queries
from vssid.insurance.discretion import (
    benefits_as,
    contributions_as,
    headings_as,
    identity_as,
    is_guarded,
    medical_book_as,
)
from vssid.people.visibility import Sight

FULL, PLAIN, NOTHING = Sight.FULL, Sight.PLAIN, Sight.NOTHING


@pytest.mark.parametrize(
    "code", ["B20", "b24.9", "A50", "A64", "F00", "F32.1", "F99", "O80", "Z21", "Z30", "T74", "Y05",
             "X99", "", "??", "F", "một"],
)  # fmt: skip
def test_private_diseases_and_what_cannot_be_read_are_guarded(code: str) -> None:
    assert is_guarded(code)


@pytest.mark.parametrize(
    "code", ["J00", "A49", "A65", "B19", "B25", "E99", "G00", "N95", "P00", "T73", "Z19", "Z40"]
)
def test_other_diseases_are_not(code: str) -> None:
    assert not is_guarded(code)


@pytest.fixture
def access(db: None) -> Any:
    """The key to a record that has something everywhere."""
    visit, benefit = a_visit(), a_benefit()
    person = a_person(id_kind="cccd", id_number=f"00{AN}")
    stored(
        a_life(
            person,
            periods=[a_period()],
            benefits=[benefit],
            benefit_entries=[an_entry(benefit)],
            visits=[visit, a_visit(disease_code="F32", disease_name="Trầm cảm")],
            visit_costs=[a_cost(visit)],
            papers=[a_paper(visit)],
        )
    )
    return open_record(by=Actor.citizen(AN), subject=AN, purpose="own record")


def _changed(before: Any, after: Any) -> set[str]:
    return {
        one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name)
    }


def test_personal_details_lose_phone_and_paper_then_the_address(access: Any) -> None:
    whole = queries.home(access).identity
    assert identity_as(whole, FULL) == whole
    assert _changed(whole, identity_as(whole, PLAIN)) == {"id_number", "phone"}
    assert _changed(whole, identity_as(whole, NOTHING)) == {"id_number", "phone", "address"}


def test_contributions_lose_the_pay_alone(access: Any) -> None:
    whole = queries.contribution_history(access, "bhxh")
    plain = contributions_as(whole, PLAIN)
    assert contributions_as(whole, FULL) == whole
    assert _changed(whole.periods[0], plain.periods[0]) == {"salary", "wage"}
    assert contributions_as(whole, NOTHING).periods == ()


def test_benefits_lose_amounts_and_accounts_alone(access: Any) -> None:
    (read,) = queries.benefits(access, "ngan-han")
    whole = (replace(read, months=3, impairment_percent=12),)
    (plain,) = benefits_as(whole, PLAIN)
    assert benefits_as(whole, FULL) == whole
    lost = {"amount", "account_number", "bank", "entries", "months", "impairment_percent"}
    assert _changed(whole[0], plain) == lost
    assert benefits_as(whole, NOTHING) == ()


@pytest.mark.parametrize(
    ("regime", "is_named"),
    [("Ốm đau", True), ("Thai sản", False), ("Trợ cấp một lần khi sinh con", False)],
)
def test_benefit_of_a_birth_is_as_private_as_the_visit(
    access: Any, regime: str, *, is_named: bool
) -> None:
    (whole,) = queries.benefits(access, "ngan-han")
    granted = [replace(whole, regime=regime)]
    assert benefits_as(granted, FULL)[0].regime == regime
    assert benefits_as(granted, PLAIN)[0].regime == (regime if is_named else "")


_DETAILS = {"department", "disease_code", "disease_name", "costs", "papers"}
_PLACE = {"facility_code", "facility_name"}
_BILL = {"paid_on", "total", "insurance_paid", "co_paid"}


@pytest.mark.parametrize(
    ("visits", "details", "ordinary", "guarded"),
    [
        (FULL, FULL, set(), set()),
        (FULL, PLAIN, set(), _DETAILS | _PLACE),
        (PLAIN, PLAIN, _PLACE, _DETAILS | _PLACE),
        (PLAIN, NOTHING, _DETAILS | _PLACE | _BILL, _DETAILS | _PLACE | _BILL),
    ],
)
def test_visits_lose_what_for_and_where(
    access: Any, visits: Sight, details: Sight, ordinary: set[str], guarded: set[str]
) -> None:
    whole = queries.medical_book(access)
    shown = medical_book_as(whole, visits, details)
    by_code = {one.disease_code: one for one in whole.visits}
    pairs = {one.disease_code: _changed(one, other)
             for one, other in zip(whole.visits, shown.visits, strict=True)}  # fmt: skip
    assert set(by_code) == {"J00", "F32"}
    assert pairs["J00"] == ordinary
    # This visit has no bill and no papers to lose.
    assert pairs["F32"] == guarded - {"costs", "papers"}


@pytest.mark.parametrize(
    ("visits", "details", "places"),
    [
        (FULL, FULL, 2),
        (FULL, PLAIN, 1),
        (PLAIN, PLAIN, 0),
        (PLAIN, NOTHING, 0),
        (NOTHING, NOTHING, 0),
    ],
)
def test_list_of_all_years_has_the_places_that_the_book_shows(
    access: Any, visits: Sight, details: Sight, places: int
) -> None:
    shown = headings_as(queries.visits(access), visits, details)
    assert len([one for one in shown if one.facility_name]) == places
    assert ("Trầm cảm" in {one.disease_name for one in shown}) is (details is FULL)


def test_medical_book_that_is_not_shown_has_no_years_either(access: Any) -> None:
    empty = medical_book_as(queries.medical_book(access), NOTHING, NOTHING)
    assert (empty.visits, empty.years) == ((), ())


# --- reading and the look -----------------------------------------------------------------------


@pytest.mark.django_db
def test_every_reading_writes_the_look_with_it(django_assert_num_queries: Any) -> None:
    stored(a_life(), a_life(a_person(BINH)))
    for read in (
        queries.home, queries.cards, queries.working_life, queries.funds_with_periods,
        queries.kinds_with_benefits, queries.medical_book,
        lambda key: queries.contribution_history(key, "bhxh"),
        lambda key: queries.benefits(key, "bhtn"),
    ):  # fmt: skip
        key = open_record(
            by=CLERK, subject=BINH, purpose="test", details={"part": str(id(read))}, with_read=True
        )
        with django_assert_num_queries(1) as ran:
            read(key)
        assert ran.captured_queries[0]["sql"].count("INSERT INTO audit_event") == 1
