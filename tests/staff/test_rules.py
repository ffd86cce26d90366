"""Which role may do what, and what comes next at the door."""

from itertools import product

import pytest

from vssid.staff import errors, rules
from vssid.staff.models import Role
from vssid.staff.rules import Step


@pytest.mark.parametrize("role", Role)
def test_cases_are_seen_by_intake_decision_and_head(role: Role) -> None:
    assert rules.can_see_cases(role) is (role in {Role.INTAKE, Role.DECISION, Role.HEAD})


@pytest.mark.parametrize("role", Role)
def test_cases_are_decided_by_decision_and_head(role: Role) -> None:
    assert rules.can_decide(role) is (role in {Role.DECISION, Role.HEAD})


@pytest.mark.parametrize("role", Role)
def test_accounts_of_officers_are_managed_by_heads_alone(role: Role) -> None:
    assert rules.can_manage(role) is (role == Role.HEAD)


def test_head_gives_no_role_that_reaches_beyond_an_office() -> None:
    assert not {Role.OPERATOR, Role.CONTENT} & set(rules.GIVEN_BY_HEADS)


@pytest.mark.parametrize("role", ["", "Decision", "unknown"])
def test_unknown_role_may_nothing(role: str) -> None:
    may = (rules.can_enter, rules.can_see_cases, rules.can_decide, rules.can_manage)
    assert not any(one(role) for one in may)


@pytest.mark.parametrize(
    ("has_second", "is_proved", "must_change", "step"),
    [
        (True, False, False, Step.SECOND_FACTOR),
        (True, False, True, Step.SECOND_FACTOR),
        (True, True, True, Step.NEW_PASSWORD),
        (True, True, False, Step.NONE),
        (False, False, True, Step.NEW_PASSWORD),
        (False, False, False, Step.SMART_OTP),
    ],
)
def test_next_step_at_the_door(
    *, has_second: bool, is_proved: bool, must_change: bool, step: Step
) -> None:
    found = rules.next_step(has_second=has_second, is_proved=is_proved, must_change=must_change)
    assert found is step


def test_nobody_gets_in_without_a_second_factor() -> None:
    for is_proved, must_change in product((True, False), repeat=2):
        step = rules.next_step(has_second=False, is_proved=is_proved, must_change=must_change)
        assert step is not Step.NONE


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("ngắn7ký", errors.PasswordLengthError),
        ("x1" * 65, errors.PasswordLengthError),
        ("Canbo.moi-2026", errors.PasswordIsNameError),
        ("password123", errors.PasswordCommonError),
        ("aaaaaaaabb", errors.PasswordCommonError),
    ],
)
def test_weak_password_is_refused(password: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        rules.check_new_password(password, user_name="canbo.moi")


def test_words_put_together_are_a_good_password() -> None:
    rules.check_new_password("cây đa bến nước", user_name="canbo.moi")
