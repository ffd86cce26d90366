"""Operators open, renew and end the accounts of health facilities, and their keys."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from tests.factories import CLERK, THANH_TRI, a_person, an_officer
from tests.staff.keys import give_smart_otp
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.staff import rules
from vssid.staff.commands import officers
from vssid.staff.commands.officers import NewOfficer
from vssid.staff.errors import AlreadySoError, NotYourOfficerError, RoleNotGivenError
from vssid.staff.models import FacilityKey, Officer, Role
from vssid.staff.queries import facility_key, has_second_factor, officers_under, workplace_name

pytestmark = pytest.mark.django_db
HOSPITAL = "01001"


def _run(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_account_is_opened_for_a_facility_with_a_first_password() -> None:
    name, _, password = _run(
        "facility_account", "open", "Quay1.BV", "01001", "Hồ Thị Sen"
    ).partition(": ")
    made = Officer.objects.get()
    assert (name, made.role, made.office) == ("quay1.bv", Role.FACILITY, HOSPITAL)
    assert made.check_password(password.strip())
    assert made.must_change_password
    assert "Bệnh viện" in workplace_name(made)
    assert Event.objects.filter(act="officer.open").exists()


@pytest.mark.parametrize("code", ["00114", "99ZZZ", "1"])
def test_account_is_not_opened_for_what_is_no_facility(code: str) -> None:
    with pytest.raises(CommandError, match="không phải của cơ sở"):
        _run("facility_account", "open", "quay1", code, "Hồ Thị Sen")


def test_office_commands_do_not_open_facilities() -> None:
    with pytest.raises(CommandError):
        _run("open_officer", "quay1", "Hồ Thị Sen", "facility", THANH_TRI)


def test_lost_account_begins_anew_and_an_ended_one_comes_back() -> None:
    one = give_smart_otp(an_officer(Role.FACILITY, HOSPITAL, user_name="quay1"))
    assert "ended" in _run("facility_account", "end", "quay1")
    one.refresh_from_db()
    assert not one.is_active
    with pytest.raises(CommandError, match="đã được làm trước đó"):
        _run("facility_account", "end", "quay1")
    password = _run("facility_account", "renew", "quay1").split(": ")[1].strip()
    one.refresh_from_db()
    assert one.is_active
    assert one.check_password(password)
    assert one.signed_out_at is not None
    assert not has_second_factor(one.pk)


@pytest.mark.parametrize("what", ["renew", "end"])
def test_accounts_of_officers_are_out_of_reach(what: str) -> None:
    an_officer(user_name="canbo")
    with pytest.raises(CommandError, match="No account of a health facility"):
        _run("facility_account", what, "canbo")
    officer = Officer.objects.get()
    with pytest.raises(Officer.DoesNotExist):
        officers.end_facility_account(officer=officer, by=CLERK, now=utc_now())


def test_ending_twice_is_refused() -> None:
    one = an_officer(Role.FACILITY, HOSPITAL)
    officers.end_facility_account(officer=one, by=CLERK, now=utc_now())
    with pytest.raises(AlreadySoError):
        officers.end_facility_account(officer=one, by=CLERK, now=utc_now())


def test_heads_neither_see_nor_give_nor_touch_facilities() -> None:
    """An agency may have the same five characters as a facility."""
    head = an_officer(Role.HEAD, HOSPITAL)
    one = an_officer(Role.FACILITY, HOSPITAL)
    assert [view.id for view in officers_under(HOSPITAL)] == [head.pk]
    with pytest.raises(NotYourOfficerError):
        officers.end_officer(officer_id=one.pk, by=head, now=utc_now())
    new = NewOfficer("quay2", "Hồ Thị Sen", Role.FACILITY, THANH_TRI)
    with pytest.raises(RoleNotGivenError):
        officers.hire_officer(officer=new, by=an_officer(Role.HEAD), now=utc_now())


def test_database_refuses_a_facility_without_its_code() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        an_officer(Role.FACILITY, "001")


def test_events_name_the_facility_and_not_an_agency_of_the_same_code() -> None:
    assert an_officer(Role.FACILITY, HOSPITAL).actor.office == "KCB01001"
    assert an_officer(Role.HEAD, HOSPITAL).actor.office == HOSPITAL


def test_facility_may_check_cards_and_nothing_else() -> None:
    assert rules.can_enter(Role.FACILITY)
    assert rules.can_check_cards(Role.FACILITY)
    assert [role for role in Role.values if rules.can_check_cards(role)] == [Role.FACILITY]
    for may in (rules.can_see_cases, rules.can_decide, rules.can_manage):
        assert not may(Role.FACILITY)


def test_key_is_printed_once_listed_and_ended() -> None:
    a_person()
    text = _run("facility_key", "open", "01001", "HIS").split("\n")[1]
    made = FacilityKey.objects.get()
    assert facility_key(text) == made
    assert "in force" in _run("facility_key", "list", "01001")
    assert text not in _run("facility_key", "list")
    assert "ended" in _run("facility_key", "end", str(made.id))
    assert "ended" in _run("facility_key", "list")
    with pytest.raises(CommandError, match="Không có khóa nào"):
        _run("facility_key", "end", str(made.id))
    with pytest.raises(CommandError, match="không phải của cơ sở"):
        _run("facility_key", "open", "00114", "HIS")
