"""Each record page is one statement, complete, in order, and of nobody else."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.insurance.building import (
    AN,
    BINH,
    CHI,
    CLERK,
    a_benefit,
    a_card,
    a_cost,
    a_life,
    a_paper,
    a_period,
    a_person,
    a_visit,
    an_entry,
    key_to,
    stored,
)
from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.insurance import queries
from vssid.kernel.clock import utc_now
from vssid.kernel.months import Month, MonthSpan
from vssid.people.commands import open_guardianship

pytestmark = pytest.mark.django_db

PAGES: list[Callable[[Access], Any]] = [
    queries.home,
    queries.cards,
    lambda access: queries.contribution_history(access, "bhxh"),
    lambda access: queries.benefits(access, "ngan-han"),
    lambda access: queries.medical_book(access, 2025),
    queries.medical_book,
    queries.funds_with_periods,
    queries.kinds_with_benefits,
    queries.working_life,
]


def _everything(number: str) -> Any:
    visit, benefit = a_visit(number), a_benefit(number)
    return a_life(
        a_person(number),
        cards=[a_card(number)],
        periods=[a_period(number)],
        benefits=[benefit],
        benefit_entries=[an_entry(benefit)],
        visits=[visit],
        visit_costs=[a_cost(visit)],
        papers=[a_paper(visit)],
    )


@pytest.mark.parametrize("read", PAGES)
def test_page_is_read_in_one_statement(
    read: Callable[[Access], Any], django_assert_num_queries: Any
) -> None:
    stored(_everything(AN))
    with django_assert_num_queries(1):
        read(key_to())


@pytest.mark.parametrize("read", PAGES)
def test_record_of_another_person_never_shows(read: Callable[[Access], Any]) -> None:
    stored(_everything(AN), a_life(a_person(BINH, full_name="Trần Bình", phone="")))
    shown = repr(read(key_to(BINH)))
    assert AN not in shown
    assert "Thử nghiệm" not in shown


@pytest.mark.parametrize("read", PAGES)
def test_person_with_nothing_has_empty_pages(read: Callable[[Access], Any]) -> None:
    stored(a_life())
    assert "Details(" not in repr(read(key_to()))


def test_record_is_not_read_without_the_key_of_audit() -> None:
    with pytest.raises(TypeError):
        queries.home(Access(AN, Actor.citizen(AN), "looking", object()))


def test_number_of_nobody_has_no_home_no_cards_and_no_working_life() -> None:
    for read in (queries.home, queries.cards, queries.working_life):
        with pytest.raises(queries.UnknownPerson):
            read(key_to(CHI))


def test_home_says_who_it_is_and_what_counts() -> None:
    withdrawal = a_benefit(
        kind="mot-lan",
        regime="BHXH một lần",
        from_date=date(2019, 3, 1),
        to_date=date(2020, 2, 29),
    )
    stored(
        a_life(
            cards=[a_card(valid_from=date(2025, 1, 1), valid_to=None), a_card()],
            periods=[
                a_period(from_month=201903, to_month=202002, employer_name="Công ty cũ"),
                a_period(fund="bhyt"),
                a_period(),
            ],
            benefits=[withdrawal],
        )
    )
    home = queries.home(key_to())
    assert (home.identity.full_name, home.identity.phone) == ("Nguyễn Thị An", "+84912345678")
    assert home.identity.address.startswith("Số 5, ngõ 12")
    assert [card.valid_from for card in home.cards] == [date(2026, 1, 1), date(2025, 1, 1)]
    assert home.cards[1].valid_to is None
    assert [period.from_month for period in home.periods] == [201903, 202501]
    assert home.settled == (MonthSpan(Month(2019, 3), Month(2020, 2)),)


def test_home_shows_the_children_of_today() -> None:
    stored(a_life(), a_life(a_person(BINH, full_name="Trần Bình", phone="")))
    opened = open_guardianship(
        guardian=AN, child=BINH, relation="mother", on=utc_now().date(), by=CLERK
    )
    (child,) = queries.home(key_to()).family
    assert (child.id, child.number, child.full_name) == (opened.id, BINH, "Trần Bình")
    opened.from_date, opened.to_date = date(2020, 1, 1), date(2020, 2, 1)
    opened.save()
    assert queries.home(key_to()).family == ()


@pytest.mark.parametrize(
    ("address", "written"),
    [
        (
            {"address_commune": "00004"},
            "Số 5, ngõ 12, Phường Ba Đình, Thành phố Hà Nội",
        ),
        (
            {
                "address_era": "legacy",
                "address_district": "001",
                "address_commune": "00001",
                "address_street": "",
            },
            "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội",
        ),
    ],
)
def test_address_is_written_with_the_names_of_its_own_era(
    address: dict[str, str], written: str
) -> None:
    stored(a_life(a_person(**address), cards=[a_card()]))
    assert queries.home(key_to()).identity.address == written
    assert queries.cards(key_to()).holder.address == written


def test_cards_come_newest_first_with_their_holder() -> None:
    stored(a_life(cards=[a_card(valid_from=date(2025, 1, 1)), a_card()]))
    book = queries.cards(key_to())
    assert book.holder.birth_date == date(1990, 5, 12)
    assert [card.valid_from for card in book.cards] == [date(2026, 1, 1), date(2025, 1, 1)]
    assert book.cards[0].five_year_date == date(2020, 4, 1)


def test_history_is_of_one_fund_and_newest_first() -> None:
    stored(
        a_life(
            periods=[
                a_period(from_month=202001, to_month=202012),
                a_period(),
                a_period(fund="bhtn"),
            ]
        )
    )
    periods = queries.contribution_history(key_to(), "bhxh").periods
    assert [period.from_month for period in periods] == [202501, 202001]
    newest = periods[0]
    assert (newest.occupation, newest.position) == ("Công nhân may", "Công nhân")
    assert (newest.workplace, newest.salary, newest.wage) == ("Hà Nội", 6_000_000, 6_500_000)
    assert len(queries.contribution_history(key_to(), "bhtn").periods) == 1
    assert queries.contribution_history(key_to(), "bhyt").periods == ()


def test_withdrawn_months_are_told_of_bhxh_only() -> None:
    withdrawal = a_benefit(
        kind="mot-lan",
        regime="BHXH một lần",
        from_date=date(2025, 1, 1),
        to_date=date(2025, 12, 31),
    )
    at_retirement = a_benefit(kind="mot-lan", regime="Trợ cấp một lần khi nghỉ hưu")
    periods = [a_period(), a_period(fund="bhtn")]
    stored(a_life(periods=periods, benefits=[withdrawal, at_retirement]))
    settled = (MonthSpan(Month(2025, 1), Month(2025, 12)),)
    assert queries.contribution_history(key_to(), "bhxh").settled == settled
    assert queries.contribution_history(key_to(), "bhtn").settled == ()


def test_benefits_are_of_one_kind_with_their_own_entries() -> None:
    old, new = a_benefit(from_date=date(2024, 1, 2)), a_benefit()
    pension = a_benefit(kind="hang-thang", regime="Lương hưu", to_date=None)
    entries = [
        an_entry(new, amount=1),
        an_entry(new, amount=2, from_date=date(2025, 4, 1)),
        an_entry(old, amount=3),
        an_entry(pension, kind="adjustment", note="Tăng 8 %"),
    ]
    stored(a_life(benefits=[old, new, pension], benefit_entries=entries))
    shown = queries.benefits(key_to(), "ngan-han")
    assert [benefit.id for benefit in shown] == [new.id, old.id]
    assert [[entry.amount for entry in benefit.entries] for benefit in shown] == [[2, 1], [3]]
    (monthly,) = queries.benefits(key_to(), "hang-thang")
    assert (monthly.to_date, monthly.entries[0].note) == (None, "Tăng 8 %")


def test_medical_book_has_each_visit_with_its_own_bill_and_papers() -> None:
    first = a_visit()
    second = a_visit(
        entered_at=datetime(2025, 8, 1, 1, tzinfo=UTC), left_at=datetime(2025, 8, 9, tzinfo=UTC)
    )
    costs = [
        a_cost(first, line=2, name="Thuốc"),
        a_cost(first),
        a_cost(second, name="Giường bệnh"),
    ]
    stored(a_life(visits=[first, second], visit_costs=costs, papers=[a_paper(second)]))
    book = queries.medical_book(key_to(), 2025)
    assert [visit.id for visit in book.visits] == [second.id, first.id]
    assert [[cost.name for cost in visit.costs] for visit in book.visits] == [
        ["Giường bệnh"],
        ["Khám bệnh", "Thuốc"],
    ]
    cost = book.visits[1].costs[0]
    assert (cost.quantity, cost.amount, cost.insurance_paid) == (Decimal("1.50"), 200_000, 160_000)
    assert [len(visit.papers) for visit in book.visits] == [1, 0]
    assert book.visits[0].papers[0].issued_on == date(2025, 6, 2)


def test_year_of_a_visit_is_the_year_in_vietnam() -> None:
    new_year = datetime(2024, 12, 31, 17, 0, tzinfo=UTC)
    before = datetime(2024, 12, 31, 16, 59, tzinfo=UTC)
    stored(
        a_life(
            visits=[
                a_visit(entered_at=new_year, left_at=new_year),
                a_visit(entered_at=before, left_at=new_year),
            ]
        )
    )
    for year, entered_at in ((2025, new_year), (2024, before)):
        book = queries.medical_book(key_to(), year)
        assert [visit.entered_at for visit in book.visits] == [entered_at]
        assert book.years == (2025, 2024)


def test_medical_book_without_a_year_opens_at_the_latest_visit() -> None:
    stored(a_life(visits=[a_visit()]), a_life(a_person(BINH)))
    book = queries.medical_book(key_to())
    assert (book.year, len(book.visits)) == (2025, 1)
    empty = queries.medical_book(key_to(BINH))
    assert (empty.years, empty.visits) == ((), ())
    assert empty.year >= 2026
    assert queries.medical_book(key_to(), 2019).visits == ()


def test_ways_in_name_what_there_is_and_nothing_else() -> None:
    periods = [a_period(), a_period(from_month=202401, to_month=202412), a_period(fund="bhyt")]
    stored(a_life(periods=periods, benefits=[a_benefit(kind="mot-lan")]), _everything(BINH))
    assert queries.funds_with_periods(key_to()) == {"bhxh", "bhyt"}
    assert queries.kinds_with_benefits(key_to()) == {"mot-lan"}


def test_working_life_holds_both_funds_and_what_was_used_up() -> None:
    stored(
        a_life(
            a_person(sex="M", birth_date=date(1970, 1, 1), birth_date_precision="year"),
            cards=[
                a_card(group_code="GD", card_number=f"GD401{AN}", valid_to=date(2026, 3, 31)),
                a_card(valid_to=date(2026, 12, 31)),
            ],
            periods=[
                a_period(from_month=201903, to_month=202002, wage_region=2),
                a_period(kind="voluntary", currency="USD"),
                a_period(fund="bhtn", salary=9_000_000),
                a_period(fund="bhyt"),
            ],
            benefits=[
                a_benefit(
                    kind="mot-lan",
                    regime="BHXH một lần",
                    from_date=date(2019, 3, 1),
                    to_date=date(2020, 2, 29),
                ),
                a_benefit(kind="bhtn", regime="Trợ cấp thất nghiệp", months=5),
                a_benefit(),
            ],
        )
    )
    life = queries.working_life(key_to())
    assert (life.birth_date, life.birth_date_precision, life.sex) == (date(1970, 1, 1), "year", "M")
    assert [(one.from_month, one.kind, one.currency) for one in life.social] == [
        (202501, "voluntary", "USD"),
        (201903, "compulsory", "VND"),
    ]
    assert life.social[1].wage_region == 2
    assert [(one.from_month, one.salary) for one in life.jobs] == [(202501, 9_000_000)]
    assert life.settled == (MonthSpan(Month(2019, 3), Month(2020, 2)),)
    assert [(one.from_date, one.months) for one in life.drawn] == [(date(2025, 3, 3), 5)]
    assert life.household_until == date(2026, 3, 31)


def test_working_life_of_who_never_paid_is_empty() -> None:
    stored(a_life())
    life = queries.working_life(key_to())
    assert (life.social, life.jobs, life.settled, life.drawn) == ((), (), (), ())
    assert life.household_until is None
