"""«Không phải tôi?»: the owner cuts off a sign-in that was not theirs (guides A07)."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.accounts.opening import started, taken_over
from tests.factories import (
    HONG,
    KHOA,
    PASSWORD,
    AuditingFailedError,
    all_at_once,
    an_account,
    an_origin,
    check_credentials,
    fail_auditing,
    secret_of,
)
from vssid.accounts import errors
from vssid.accounts.commands import disowning, resets, sessions
from vssid.accounts.commands.disown_links import make_link
from vssid.accounts.models import (
    Account,
    CodePurpose,
    DisownLink,
    KnownDevice,
    OneTimeCode,
    Passkey,
    PasskeyOwner,
    SmartOtp,
)
from vssid.accounts.queries import NotSignedIn, SignedIn, session_of
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.kernel import passkeys as webauthn
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Channel, Message

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
STRANGER = an_origin("Chrome trên Windows", address="198.51.100.4")


def _code() -> str:
    """What the newest notice links to."""
    newest = Message.objects.filter(template="account.device-changed").order_by("-id")[0]
    return secret_of(newest)["link"].rstrip("/").rpartition("/")[2]


def _break_in(now: datetime) -> tuple[Account, sessions.Started, sessions.Started, str]:
    """An owner whose session a stranger took over: both sessions, and the code of the notice."""
    account = an_account(KHOA)
    mine = started(account, now)
    theirs = taken_over(account, now, STRANGER)
    return account, mine, theirs, _code()


def _locked_at() -> datetime | None:
    return Account.objects.get().locked_at


def test_link_says_what_it_is_about_without_the_whole_number() -> None:
    now = utc_now()
    _account, _mine, _theirs, code = _break_in(now)
    found = disowning.disowned(code=code, now=now)
    assert found is not None
    assert (found.device, found.started_at, found.is_live) == ("Chrome trên Windows", now, True)
    assert found.number != KHOA.number
    assert KHOA.number not in str(found)


def test_looking_at_a_link_changes_nothing() -> None:
    now = utc_now()
    _account, _mine, theirs, code = _break_in(now)
    disowning.disowned(code=code, now=now)
    assert isinstance(session_of(theirs.cookie, now), SignedIn)
    assert _locked_at() is None


@pytest.mark.parametrize("shape", ["{}", " {} "])
def test_code_may_be_typed_in_capitals(shape: str) -> None:
    now = utc_now()
    *_, code = _break_in(now)
    assert disowning.disowned(code=shape.format(code.upper()), now=now) is not None


def test_stranger_is_out_at_once_and_told_why() -> None:
    now = utc_now()
    _account, _mine, theirs, code = _break_in(now)
    disowning.disown(code=code, now=now)
    assert session_of(theirs.cookie, now) == NotSignedIn("disowned", KHOA.number)
    found = disowning.disowned(code=code, now=now)
    assert found is not None
    assert (found.is_live, found.is_disowned) == (False, True)
    assert Event.objects.filter(act="session.disown", subject=KHOA.number).count() == 1


def test_whoever_is_signed_in_by_then_is_out_as_well() -> None:
    now = utc_now()
    account, _mine, theirs, code = _break_in(now)
    again = started(account, now, an_origin("Edge trên Windows"))
    disowning.disown(code=code, now=now)
    assert session_of(again.cookie, now) == NotSignedIn("disowned", KHOA.number)
    assert session_of(theirs.cookie, now) == NotSignedIn("disowned", KHOA.number)


def test_strangers_device_is_forgotten_and_the_owners_is_not() -> None:
    now = utc_now()
    _account, mine, _theirs, code = _break_in(now)
    disowning.disown(code=code, now=now)
    assert list(KnownDevice.objects.values_list("id", flat=True)) == [mine.device]


def test_device_that_came_after_the_stranger_is_forgotten_too() -> None:
    now = utc_now()
    account, mine, _theirs, code = _break_in(now)
    later = now + timedelta(minutes=1)
    started(account, later, an_origin("Edge trên Windows"))
    disowning.disown(code=code, now=later)
    assert list(KnownDevice.objects.values_list("id", flat=True)) == [mine.device]


def test_account_stays_locked_until_there_is_a_new_password() -> None:
    now = utc_now()
    account, _mine, _theirs, code = _break_in(now)
    disowning.disown(code=code, now=now)
    with pytest.raises(errors.AccountLockedError):
        check_credentials(number=KHOA.number, password=PASSWORD, origin=STRANGER, now=now)
    resets.reset_by_desk(number=KHOA.number, by=Actor.officer("loc", "00114"), now=now)
    assert _locked_at() is None
    account.refresh_from_db()
    assert isinstance(session_of(started(account, now).cookie, now), SignedIn)


def test_owner_is_told_by_phone_and_email_how_to_open_it_again() -> None:
    now = utc_now()
    *_, code = _break_in(now)
    disowning.disown(code=code, now=now)
    told = Message.objects.filter(template="account.locked")
    assert {(one.channel, one.address) for one in told} == {
        (Channel.SMS, KHOA.phone),
        (Channel.EMAIL, KHOA.email),
    }


def test_second_press_changes_nothing_also_after_the_account_was_opened_again() -> None:
    now = utc_now()
    account, _mine, _theirs, code = _break_in(now)
    disowning.disown(code=code, now=now)
    resets.reset_by_desk(number=KHOA.number, by=Actor.officer("loc", "00114"), now=now)
    account.refresh_from_db()
    again = started(account, now)
    before = (Message.objects.count(), Event.objects.count())
    disowning.disown(code=code, now=now + DAY)
    assert isinstance(session_of(again.cookie, now), SignedIn)
    assert _locked_at() is None
    assert (Message.objects.count(), Event.objects.count()) == before


@pytest.mark.django_db(transaction=True)
def test_double_press_locks_and_tells_once() -> None:
    now = utc_now()
    *_, code = _break_in(now)
    found = all_at_once([lambda: disowning.disown(code=code, now=now)] * 12)
    assert found == [None] * 12
    assert Message.objects.filter(template="account.locked").count() == 2
    assert Event.objects.filter(act="session.disown").count() == 1


@pytest.mark.parametrize("code", ["", "a" * 16, "A" * 5000, "ă" * 16, "0198000001", "%00"])
def test_code_that_is_not_ours_is_refused(code: str) -> None:
    now = utc_now()
    _account, _mine, theirs, _ours = _break_in(now)
    assert disowning.disowned(code=code, now=now) is None
    with pytest.raises(errors.DisownLinkError, match="1900 9068"):
        disowning.disown(code=code, now=now)
    assert isinstance(session_of(theirs.cookie, now), SignedIn)


def test_link_works_for_seven_days() -> None:
    now = utc_now()
    *_, code = _break_in(now)
    assert disowning.disowned(code=code, now=now + 7 * DAY - timedelta(seconds=1)) is not None
    assert disowning.disowned(code=code, now=now + 7 * DAY) is None
    with pytest.raises(errors.DisownLinkError):
        disowning.disown(code=code, now=now + 7 * DAY)


def test_expired_links_are_deleted() -> None:
    now = utc_now()
    _break_in(now)
    assert disowning.forget_expired(now=now + 6 * DAY) == 0
    assert disowning.forget_expired(now=now + 7 * DAY) == 1
    assert not DisownLink.objects.exists()


def test_link_of_one_account_leaves_another_alone() -> None:
    now = utc_now()
    *_, code = _break_in(now)
    other = started(an_account(HONG), now)
    disowning.disown(code=code, now=now)
    assert isinstance(session_of(other.cookie, now), SignedIn)
    assert Account.objects.get(pk=HONG.number).locked_at is None


def _passkey(account: Account, name: str, made_at: datetime) -> UUID:
    credential = name.encode()
    made = Passkey.objects.create(
        account=account,
        credential_id=credential,
        public_key=b"key",
        handle=b"handle",
        sign_count=0,
        name=name,
        made_at=made_at,
    )
    PasskeyOwner.objects.create(
        credential=webauthn.credential_key(credential), number=account.person_id
    )
    return made.id


def test_stranger_cannot_come_back_by_what_they_made_meanwhile() -> None:
    now = utc_now()
    account, _mine, _theirs, code = _break_in(now)
    _passkey(account, "owner's", now - DAY)
    _passkey(account, "stranger's", now)
    SmartOtp.objects.create(
        account=account, secret=b"x", device="Chrome trên Windows", last_step=0, made_at=now
    )
    OneTimeCode.objects.create(
        subject=KHOA.number,
        purpose=CodePurpose.PASSWORD,
        binding=b"x",
        digest=b"x",
        created_at=now,
        expires_at=now + DAY,
        tries_left=5,
    )
    disowning.disown(code=code, now=now)
    assert [one.name for one in Passkey.objects.all()] == ["owner's"]
    assert PasskeyOwner.objects.count() == 1
    assert not SmartOtp.objects.exists()
    assert not OneTimeCode.objects.filter(ended_at__isnull=True).exists()


def test_nothing_is_cut_off_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    now = utc_now()
    _account, _mine, theirs, code = _break_in(now)
    fail_auditing(monkeypatch, disowning)
    with pytest.raises(AuditingFailedError):
        disowning.disown(code=code, now=now)
    assert isinstance(session_of(theirs.cookie, now), SignedIn)
    assert _locked_at() is None


@pytest.mark.parametrize(("since", "left"), [(-DAY, "x@example.com"), (timedelta(), "")])
def test_email_that_was_changed_since_is_forgotten(since: timedelta, left: str) -> None:
    now = utc_now()
    account, _mine, _theirs, code = _break_in(now)
    Account.objects.update(email="x@example.com", email_since=now + since)
    disowning.disown(code=code, now=now)
    account.refresh_from_db()
    assert account.email == left
    told = Message.objects.filter(template="account.locked").values_list("address", flat=True)
    assert set(told) == {KHOA.phone, left} - {""}
    assert Event.objects.filter(act="email.remove").exists() is not bool(left)


def test_phone_that_was_changed_since_gives_way_to_the_one_before() -> None:
    now = utc_now()
    account, _mine, theirs, code = _break_in(now)
    for old, new in ((KHOA.phone, "+84987654321"), ("+84987654321", "+84987654322")):
        make_link(number=KHOA.number, session_id=theirs.session.id, now=now, phone_before=old)
        now += timedelta(seconds=1)
        Account.objects.update(phone=new)
    disowning.disown(code=code, now=now)
    account.refresh_from_db()
    assert account.phone == KHOA.phone
    assert Event.objects.filter(act="phone.restore").count() == 1
    told = Message.objects.filter(template="account.locked").values_list("address", flat=True)
    assert KHOA.phone in told


def test_phone_that_was_changed_before_stays() -> None:
    now = utc_now()
    account = an_account(KHOA)
    mine = started(account, now - DAY)
    make_link(
        number=KHOA.number,
        session_id=mine.session.id,
        now=now - DAY,
        phone_before="+84987654321",
    )
    taken_over(account, now, STRANGER)
    disowning.disown(code=_code(), now=now)
    account.refresh_from_db()
    assert account.phone == KHOA.phone


def test_phone_before_is_not_taken_back_from_another_adult() -> None:
    now = utc_now()
    account, _mine, theirs, code = _break_in(now)
    an_account(HONG)
    make_link(number=KHOA.number, session_id=theirs.session.id, now=now, phone_before=HONG.phone)
    disowning.disown(code=code, now=now)
    account.refresh_from_db()
    assert account.phone == KHOA.phone
    assert account.locked_at == now
