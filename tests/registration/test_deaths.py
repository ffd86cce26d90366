"""Nothing is approved for somebody who does not live any more."""

from datetime import date

import pytest

from tests.factories import a_declaration, a_person, an_officer, received
from vssid.accounts.models import Account
from vssid.kernel.clock import utc_now
from vssid.people.models import Person
from vssid.registration import errors
from vssid.registration.commands import deciding, second_officer
from vssid.registration.models import State

pytestmark = pytest.mark.django_db


def test_declaration_of_who_has_died_is_neither_proposed_nor_approved() -> None:
    a_person()
    officer, now = an_officer(), utc_now()
    whole = received(a_declaration(), officer)
    Person.objects.update(died_on=date(2026, 2, 1))
    with pytest.raises(errors.PersonDiedError, match="đã mất ngày 01/02/2026"):
        deciding.approve_declaration(declaration=whole, by=officer, now=now)
    with pytest.raises(errors.PersonDiedError):
        second_officer.propose_approval(declaration=whole, by=officer, now=now)
    assert not Account.objects.exists()
    Person.objects.update(died_on=None)
    approved = deciding.approve_declaration(declaration=whole, by=officer, now=now)
    assert approved.state == State.APPROVED
