"""What must hold in every life: named checks, each a pure function from a case to its problems.

`problems` runs them all over a family; an empty list means that the lives hold together.
"""

from collections.abc import Callable
from datetime import date

from vssid.insurance.invented.invariants.benefits import (
    check_accident,
    check_maternity,
    check_one_time,
    check_payments,
    check_pension,
    check_pension_increases,
    check_recovery,
    check_sick_leave,
    check_unemployment,
)
from vssid.insurance.invented.invariants.care import (
    check_benefit_share,
    check_card_numbers,
    check_cards_do_not_overlap,
    check_cards_follow_status,
    check_costs_add_up,
    check_diseases_fit,
    check_five_year_date,
    check_papers,
    check_visits_inside_cover,
)
from vssid.insurance.invented.invariants.case import Case
from vssid.insurance.invented.invariants.contributions import (
    check_ceilings,
    check_employers_exist,
    check_funds_together,
    check_late_funds,
    check_minimum_wage,
    check_months_are_past,
    check_no_overlaps,
    check_no_work_in_retirement,
    check_working_age,
)
from vssid.insurance.invented.invariants.people import (
    check_guardians,
    check_household,
    check_identity,
    check_nothing_after_death,
    check_nothing_before_birth,
)
from vssid.insurance.invented.life import Family

Check = Callable[[Case], list[str]]

CHECKS: tuple[Check, ...] = (
    check_identity,
    check_nothing_before_birth,
    check_nothing_after_death,
    check_household,
    check_guardians,
    check_working_age,
    check_months_are_past,
    check_no_overlaps,
    check_no_work_in_retirement,
    check_employers_exist,
    check_minimum_wage,
    check_ceilings,
    check_funds_together,
    check_late_funds,
    check_maternity,
    check_sick_leave,
    check_recovery,
    check_unemployment,
    check_one_time,
    check_pension,
    check_pension_increases,
    check_payments,
    check_accident,
    check_card_numbers,
    check_cards_do_not_overlap,
    check_five_year_date,
    check_cards_follow_status,
    check_visits_inside_cover,
    check_costs_add_up,
    check_benefit_share,
    check_diseases_fit,
    check_papers,
)


def problems(family: Family, today: date) -> list[str]:
    """Everything that does not hold in a family, as «number: check: what»; empty if all does."""
    return [
        f"{life.person.number}: {check.__name__}: {problem}"
        for life in family.lives
        for case in (Case.of(life, family, today),)
        for check in CHECKS
        for problem in check(case)
    ]


__all__ = [
    "CHECKS",
    "Case",
    "Check",
    "check_accident",
    "check_benefit_share",
    "check_card_numbers",
    "check_cards_do_not_overlap",
    "check_cards_follow_status",
    "check_ceilings",
    "check_costs_add_up",
    "check_diseases_fit",
    "check_employers_exist",
    "check_five_year_date",
    "check_funds_together",
    "check_guardians",
    "check_household",
    "check_identity",
    "check_late_funds",
    "check_maternity",
    "check_minimum_wage",
    "check_months_are_past",
    "check_no_overlaps",
    "check_no_work_in_retirement",
    "check_nothing_after_death",
    "check_nothing_before_birth",
    "check_one_time",
    "check_papers",
    "check_payments",
    "check_pension",
    "check_pension_increases",
    "check_recovery",
    "check_sick_leave",
    "check_unemployment",
    "check_visits_inside_cover",
    "check_working_age",
    "problems",
]
