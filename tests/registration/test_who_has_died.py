"""Nobody acts for somebody who has died: no account is made in their name."""

from datetime import date

import pytest

from tests.factories import a_declaration, a_person, an_officer, received
from vssid.accounts.models import Account
from vssid.kernel.clock import utc_now
from vssid.people.models import Person
from vssid.registration import errors
from vssid.registration.commands.deciding import approve_declaration
from vssid.registration.commands.second_officer import propose_approval
from vssid.registration.models import State

pytestmark = pytest.mark.django_db


def test_declaration_of_who_has_died_is_neither_proposed_nor_approved() -> None:
    a_person()
    officer = an_officer()
    whole = received(a_declaration(), officer)
    Person.objects.update(died_on=date(2026, 2, 1))
    with pytest.raises(errors.PersonDiedError, match="đã mất ngày 01/02/2026"):
        approve_declaration(declaration=whole, by=officer, now=utc_now())
    with pytest.raises(errors.PersonDiedError):
        propose_approval(declaration=whole, by=officer, now=utc_now())
    assert not Account.objects.exists()
    Person.objects.update(died_on=None)
    approved = approve_declaration(declaration=whole, by=officer, now=utc_now())
    assert approved.state == State.APPROVED
