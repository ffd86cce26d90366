"""Petitions for tests: a record with one line of each kind, and somebody who reports one."""

from typing import Any

from tests.factories import HONG, an_account
from tests.insurance.building import a_benefit, a_card, a_life, a_period, a_person, a_visit, stored
from vssid.accounts.models import Account
from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import open_record
from vssid.insurance import queries as insurance
from vssid.insurance.lines import Line, LineKind, line
from vssid.insurance.models import Visit
from vssid.kernel.clock import utc_now
from vssid.support.commands import opening
from vssid.support.models import Kind, Petition
from vssid.support.papers import Parcel, new_parcel

WORDS = "Tháng 03/2025 tôi vẫn đi làm ở công ty."
NUMBER = HONG.number


def a_record(**changes: Any) -> Account:
    """Hồng's account over a record with a card, a period, a benefit and a visit."""
    person = a_person(NUMBER, full_name=HONG.full_name, phone=HONG.phone, **changes)
    stored(
        a_life(
            person,
            cards=[a_card(NUMBER)],
            periods=[a_period(NUMBER)],
            benefits=[a_benefit(NUMBER)],
            visits=[a_visit(NUMBER)],
        )
    )
    return an_account(HONG)


def own_key(number: str = NUMBER) -> Access:
    """The key of the owner."""
    return open_record(by=Actor.citizen(number), subject=number, purpose="test")


def a_line(kind: LineKind = LineKind.PERIOD, number: str = NUMBER) -> Line:
    """The one line of that kind in the record."""
    access = own_key(number)
    rows = {
        LineKind.CARD: lambda: insurance.cards(access).cards[0].id,
        LineKind.PERIOD: lambda: insurance.contribution_history(access, "bhxh").periods[0].id,
        LineKind.BENEFIT: lambda: insurance.benefits(access, "ngan-han")[0].id,
        LineKind.VISIT: lambda: Visit.objects.get(person_id=number).id,
        LineKind.PERSON: lambda: None,
    }
    found = line(access, kind, rows[kind]())
    assert found is not None
    return found


def report(
    quoted: Line | None = None, *, words: str = WORDS, parcel: Parcel | None = None, **changes: Any
) -> Petition:
    """What Hồng reports, about the one period unless another line is given."""
    given: dict[str, Any] = {
        "access": own_key(),
        "kind": Kind.DATA_ERROR,
        "line": quoted or a_line(),
        "wording": opening.Wording(words, "Đã đóng đủ 12 tháng"),
        "parcel": parcel or new_parcel(),
        "by": Actor.citizen(NUMBER),
        "now": utc_now(),
    }
    return opening.open_petition(**{**given, **changes})
