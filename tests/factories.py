"""Fixed, invented people and what tests need of them: every function takes what differs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from threading import Barrier
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from factory.declarations import LazyFunction, Sequence
from factory.django import DjangoModelFactory

from vssid.accounts.commands import accounts, credentials, sessions
from vssid.accounts.models import Account
from vssid.accounts.origin import Origin
from vssid.audit.actors import Actor
from vssid.files import commands as files
from vssid.files.models import StoredFile
from vssid.files.pictures import accept_photo
from vssid.insurance.invented import life
from vssid.kernel.clock import utc_now
from vssid.kernel.text import to_gsm_ascii
from vssid.messaging import secrets
from vssid.messaging.models import Kind, Message
from vssid.people.commands import write_people
from vssid.people.models import Person
from vssid.registration.commands import deciding, drafts, filing
from vssid.registration.identity.reading import Texts
from vssid.registration.models import Declaration, Draft
from vssid.registration.readings import note_of
from vssid.staff.models import Officer, Role
from vssid.web.demo import portraits

CLERK = Actor.system("tests")
PASSWORD = "ghe da xanh 47"
THANH_TRI, HAI_BA_TRUNG, HA_NOI = "00114", "00103", "001"
"""An office, another one, and the provincial agency above both."""


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody who registers: what they would type."""

    number: str
    full_name: str
    id_number: str
    phone: str
    email: str = ""


HONG = Citizen("0198000001", "Nguyễn Thị Hồng Ánh", "001190000011", "+84912000001")
KHOA = Citizen("0198000002", "Trần Đăng Khoa", "001090000022", "+84912000002", "khoa@example.com")
# Uses Hồng's number from a phone of their own.
RIVAL = Citizen(HONG.number, "Nguyễn Thị Hồng Anh", "001190000099", "+84912000009")


def a_person(who: Citizen = HONG) -> Person:
    """`who`, as the registry knows them."""
    facts = life.Person(
        number=who.number,
        full_name=who.full_name,
        sex="F",
        birth_date=date(1990, 5, 12),
        birth_date_precision="day",
        id_kind="cccd",
        id_number=who.id_number,
        nationality="VNM",
        ethnicity="Kinh",
        phone=who.phone,
        email=who.email,
        address_era="2025",
        address_province="01",
        address_district="",
        address_commune="00004",
        address_street="Số 5, ngõ 12",
        household_code="",
        is_invented=True,
        died_on=None,
        record_version=1,
    )
    write_people(people=[facts], by=CLERK)
    return Person.objects.get(number=who.number)


class OfficerFactory(DjangoModelFactory[Officer]):
    """An officer who decides at the desk of Thanh Trì."""

    class Meta:
        model = Officer

    user_name = Sequence(lambda count: f"canbo{count}")  # type: ignore[no-untyped-call]
    full_name = "Phan Văn Lộc"
    role = Role.DECISION
    office = THANH_TRI
    password = LazyFunction(lambda: make_password(PASSWORD))  # type: ignore[no-untyped-call]


def an_officer(role: Role = Role.DECISION, office: str = THANH_TRI, **changes: Any) -> Officer:
    """An officer of a role at an office; the password is PASSWORD."""
    return OfficerFactory.create(role=role, office=office, **changes)


def an_account(
    who: Citizen = HONG, *, password: str = PASSWORD, must_change: bool = False
) -> Account:
    """The account of `who`, whom the registry then knows as well."""
    if not Person.objects.filter(number=who.number).exists():
        a_person(who)
    opened, _first = accounts.open_account(
        number=who.number,
        contact=accounts.Contact(who.phone, who.email, "2025", "01", "", "00004", "Số 5, ngõ 12"),
        portrait=None,
        by=CLERK,
        now=utc_now(),
    )
    if not must_change:
        accounts.set_password(number=who.number, password=password, by=CLERK, now=utc_now())
    else:
        Account.objects.filter(pk=who.number).update(password=make_password(password))
    opened.refresh_from_db()
    return opened


def a_session(account: Account, now: datetime | None = None) -> str:
    """Sign the account in on a fresh device; returns the cookie."""
    opened = sessions.start_session(
        account=account, origin=an_origin("Firefox trên Linux"), now=now or utc_now()
    )
    assert isinstance(opened, sessions.Started)
    return opened.cookie


def an_origin(
    name: str = "Chrome trên Android",
    *,
    device: UUID | None = None,
    address: str = "203.0.113.7",
) -> Origin:
    """Somebody at the door, on a device never seen before unless it is said which."""
    return Origin(device=device, name=name, address=address)


def check_credentials(*, number: str, password: str, origin: Origin, now: datetime) -> Account:
    """What the door does with a number and a password."""
    attempt = credentials.begin_attempt(number=number, origin=origin, now=now)
    return credentials.check_credentials(attempt=attempt, password=password, now=now)


@lru_cache(maxsize=16)
def drawn(kind: str, who: Citizen = HONG) -> bytes:
    """A drawn portrait or paper, as a camera would send it."""
    if kind == "portrait":
        return portraits.portrait(who.number)
    return portraits.paper(kind.upper(), (to_gsm_ascii(who.full_name), who.id_number))


def answers_of(who: Citizen = HONG, **changes: object) -> dict[str, object]:
    """Everything that the form asks `who` for."""
    return {
        "full_name": who.full_name,
        "number": who.number,
        "id_kind": "cccd",
        "id_number": who.id_number,
        "address_era": "2025",
        "address_province": "01",
        "address_commune": "00004",
        "address_street": "Số 5, ngõ 12",
        "phone": who.phone,
        "email": who.email,
        "provincial_agency": HA_NOI,
        "office": THANH_TRI,
        **changes,
    }


def not_read_yet(*photos: UUID | None) -> None:
    """Take back what the worker has read from these photos."""
    StoredFile.objects.filter(pk__in=[one for one in photos if one]).update(note=None)


def a_draft(
    who: Citizen = HONG, *, is_confirmed: bool = True, photos: tuple[str, ...] = drafts.PHOTOS,
    **changes: object,
) -> UUID:  # fmt: skip
    """A draft with everything in it, its phone confirmed."""
    now = utc_now()
    draft = drafts.start_draft(now=now)
    drafts.save_answers(draft_id=draft.id, changes=answers_of(who, **changes), now=now)
    Draft.objects.filter(id=draft.id).update(**{kind: kept_photo(kind, who) for kind in photos})
    if is_confirmed:
        confirm(draft.id, now)
    return draft.id


def kept_photo(kind: str, who: Citizen) -> UUID:
    """A photo as the store has it; checking one takes most of the time, so it is done once."""
    stored = files.store_file(
        content=_accepted(kind, who),
        media_type="image/jpeg",
        purpose=f"declaration.{kind}",
        by=CLERK,
        delete_after=utc_now() + timedelta(days=10),
    )
    if kind != "portrait":
        # The worker has been here, and the drawn paper has no codes.
        files.write_note(file_id=stored.id, note=note_of(Texts()))
    return stored.id


@lru_cache(maxsize=16)
def _accepted(kind: str, who: Citizen) -> bytes:
    return accept_photo(drawn(kind, who)).jpeg


def confirm(draft_id: UUID, now: datetime | None = None) -> None:
    """Mark the phone of a draft as confirmed, without a code."""
    draft = Draft.objects.get(id=draft_id)
    Draft.objects.filter(id=draft_id).update(
        confirmed_number=draft.answers["number"],
        confirmed_phone=draft.answers["phone"],
        confirmed_at=now or utc_now(),
    )


def a_declaration(
    who: Citizen = HONG, *, now: datetime | None = None, **changes: Any
) -> Declaration:
    """What `who` filed."""
    return filing.file_declaration(draft_id=a_draft(who, **changes), now=now or utc_now())


def received(declaration: Declaration, by: Officer) -> Declaration:
    """The same declaration, its paper handed in and compared."""
    return deciding.receive_paper(declaration=declaration, by=by, now=utc_now())


def secret_of(message: Message) -> dict[str, str]:
    """What only the message's addressee reads."""
    assert message.secret is not None
    return secrets.unseal(message.id, bytes(message.secret))


def last_code(phone: str = HONG.phone) -> str:
    """The newest one-time code on its way to a phone."""
    newest = Message.objects.filter(kind=Kind.CODE, address=phone).order_by("-id").first()
    assert newest is not None
    return secret_of(newest)["code"]


def another_code(code: str) -> str:
    """Six digits that are not the code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


T = TypeVar("T")


def all_at_once(calls: list[Callable[[], T]], *, threads: int = 12) -> list[T | Exception]:
    """What each call returned or raised, run on threads with connections of their own."""
    together = Barrier(threads)

    def thread(part: list[Callable[[], T]]) -> list[T | Exception]:
        together.wait(timeout=30)
        try:
            return [_outcome(call) for call in part]
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        parts = pool.map(thread, [calls[first::threads] for first in range(threads)])
        return [outcome for part in parts for outcome in part]


def _outcome(call: Callable[[], T]) -> T | Exception:
    try:
        return call()
    except Exception as error:
        return error


class AuditingFailedError(RuntimeError):
    """Stands for a full disk under the audit table."""


def fail_auditing(monkeypatch: pytest.MonkeyPatch, *modules: Any) -> None:
    """Let every event that these modules write fail."""

    def fail(**_event: object) -> None:
        raise AuditingFailedError

    for module in modules:
        monkeypatch.setattr(module, "record_event", fail)
