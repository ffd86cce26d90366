"""What joins the two sides: the deadline both see, the phone at the approval (guides R13)."""

import pytest

from tests.factories import HONG, KHOA, a_declaration, a_person, an_account, an_officer, received
from vssid.accounts.errors import PhoneTakenError
from vssid.accounts.models import Account
from vssid.kernel.clock import format_datetime, utc_now
from vssid.messaging.models import Message
from vssid.registration import queries
from vssid.registration.commands import deciding
from vssid.registration.commands.second_officer import propose_approval
from vssid.registration.models import Declaration, State

pytestmark = pytest.mark.django_db


def test_complete_dossier_is_told_once_with_the_deadline_that_the_desk_sees() -> None:
    officer = an_officer()
    declaration = a_declaration(KHOA)
    for _ in range(2):
        declaration = received(declaration, officer)
    notices = Message.objects.filter(template="declaration.complete")
    assert {one.channel for one in notices} == {"sms", "email"}
    due = queries.answer_due(declaration)
    assert due is not None
    assert {one.data["due"] for one in notices} == {format_datetime(due)}
    assert len(notices) == 2


def test_phone_that_meanwhile_serves_another_adult_is_not_approved() -> None:
    officer, second = an_officer(), an_officer()
    a_person(KHOA)
    declaration = received(a_declaration(KHOA, phone=HONG.phone), officer)
    declaration = propose_approval(declaration=declaration, by=officer, now=utc_now())
    an_account(HONG)
    with pytest.raises(PhoneTakenError):
        deciding.approve_declaration(declaration=declaration, by=second, now=utc_now())
    assert Declaration.objects.get().state == State.RECEIVED
    assert not Account.objects.filter(pk=KHOA.number).exists()
