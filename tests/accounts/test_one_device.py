"""At most one device is signed in, whatever happens in whatever order, and all at once (A07)."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.accounts.opening import proof_of
from tests.factories import (
    CLERK,
    HONG,
    KHOA,
    a_session,
    all_at_once,
    an_account,
    an_origin,
    check_credentials,
    last_code,
    secret_of,
)
from vssid.accounts import errors
from vssid.accounts.commands import (
    accounts,
    codes,
    disowning,
    endings,
    passwords,
    resets,
    sessions,
)
from vssid.accounts.commands.sessions import SignedInElsewhere, Started
from vssid.accounts.models import Account, EndReason, Session
from vssid.accounts.queries import NotSignedIn, SignedIn, look_at_session, session_of
from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message

MINUTE = timedelta(minutes=1)
IDLE, TOTAL = 30 * MINUTE, 720 * MINUTE
DEVICES = [uuid4() for _ in range(3)]


# --- a simple model, and everything that may happen to it -----------------------------------------


@dataclass(frozen=True)
class Opened:
    """What the model knows of one session; `reason` is empty while nobody ended it."""

    cookie: str
    device: UUID
    session_id: UUID
    link: str
    started_at: datetime
    seen_at: datetime
    reason: str = ""

    def is_over(self, now: datetime) -> bool:
        """Whether its time is over."""
        return now - self.seen_at > IDLE or now - self.started_at > TOTAL


class OneDevice(RuleBasedStateMachine):
    """Sign-in, takeover, sign-out, expiry, password change and reset, disowning."""

    links = Bundle("links")

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.now = utc_now()
        self.password = "mua roi tren pho 0"
        self.changes = 0
        an_account(password=self.password)
        self.is_locked = False
        self.opened: list[Opened] = []

    def teardown(self) -> None:
        """Leave nothing behind."""
        transaction.set_rollback(True)
        self.stack.close()

    # --- what the model says

    def live(self) -> Opened | None:
        """The session that is signed in now."""
        awake = [one for one in self.opened if not one.reason and not one.is_over(self.now)]
        assert len(awake) <= 1
        return awake[0] if awake else None

    def end_all(self, reason: EndReason) -> None:
        """Mark what nobody ended; what was over has expired."""
        for at, one in enumerate(self.opened):
            if not one.reason:
                found = EndReason.EXPIRED if one.is_over(self.now) else reason
                self.opened[at] = replace(one, reason=found.value)

    def add(self, found: Started) -> str:
        """Note a session that was opened; returns the code of its link, empty without one."""
        key = f"device.{found.session.id}.sms"
        told = Message.objects.filter(idempotency_key=key)
        link = secret_of(told[0])["link"].rstrip("/").rpartition("/")[2] if told else ""
        self.opened.append(
            Opened(found.cookie, found.device, found.session.id, link, self.now, self.now)
        )
        return link

    def pass_time(self) -> None:
        """Codes are sent a minute apart."""
        self.now += 2 * MINUTE

    # --- what happens

    @rule(target=links, device=st.sampled_from([None, *DEVICES]))
    def sign_in(self, device: UUID | None) -> object:
        """The right password, on one of three devices or on a new one."""
        origin = an_origin(device=device)
        check = {"number": HONG.number, "password": self.password, "origin": origin}
        if self.is_locked:
            with pytest.raises(errors.AccountLockedError):
                check_credentials(**check, now=self.now)
            return multiple()
        account = check_credentials(**check, now=self.now)
        found = sessions.start_session(account=account, origin=origin, now=self.now)
        live = self.live()
        if live is not None and live.device != device:
            assert isinstance(found, SignedInElsewhere)
            assert found.since == live.started_at
            return multiple()
        assert isinstance(found, Started)
        self.end_all(EndReason.TAKEN_OVER)
        link = self.add(found)
        assert link or live is None
        return link or multiple()

    @rule(target=links, device=st.sampled_from([None, *DEVICES]))
    def take_over(self, device: UUID | None) -> object:
        """A code to the phone."""
        self.pass_time()
        account, origin = Account.objects.get(), an_origin(device=device)
        take = {"account": account, "proof": proof_of(account, self.now), "origin": origin}
        if self.is_locked:
            with pytest.raises(errors.AccountLockedError):
                sessions.take_over(**take, now=self.now)
            return multiple()
        found = sessions.take_over(**take, now=self.now)
        self.end_all(EndReason.TAKEN_OVER)
        return self.add(found)

    @rule(at=st.integers(0, 9))
    def sign_out(self, at: int) -> None:
        """«Thoát» in any of the windows that were opened."""
        for number, one in enumerate(self.opened):
            if number == at:
                endings.sign_out(number=HONG.number, session_id=one.session_id, now=self.now)
                if not one.reason:
                    self.end_all(EndReason.SIGNED_OUT)

    @rule(minutes=st.sampled_from([1, 10, 29, 31, 240, 721]))
    def wait(self, minutes: int) -> None:
        """Time goes by."""
        self.now += minutes * MINUTE

    @rule()
    def open_a_page(self) -> None:
        """Every window asks for a page."""
        for at, one in enumerate(self.opened):
            found = session_of(one.cookie, self.now)
            if isinstance(found, SignedIn) and self.now - one.seen_at > MINUTE:
                self.opened[at] = replace(one, seen_at=self.now)

    @precondition(lambda self: self.live() is not None)
    @rule()
    def extend(self) -> None:
        """One press keeps the live one awake."""
        live = self.live()
        assert live is not None
        sessions.extend(number=HONG.number, session_id=live.session_id, now=self.now)
        self.opened[self.opened.index(live)] = replace(live, seen_at=self.now)

    @precondition(lambda self: self.live() is not None)
    @rule()
    def change_password(self) -> None:
        """Signed in, with the old one and a code: the session goes on, if it lasts that long."""
        begun = self.live()
        self.pass_time()
        self.changes += 1
        new = f"mua roi tren pho {self.changes}"
        ticket = passwords.prepare_change(
            number=HONG.number, old=self.password, new=new, now=self.now
        )
        passwords.send_change_code(number=HONG.number, ticket=ticket, now=self.now)
        assert begun is not None
        finish = {
            "number": HONG.number,
            "session_id": begun.session_id,
            "ticket": ticket,
            "typed": last_code(),
            "now": self.now,
        }
        live = self.live()
        if live is None:
            with pytest.raises(errors.SessionOverError):
                passwords.finish_change(**finish)
            return
        cookie = passwords.finish_change(**finish)
        assert look_at_session(live.cookie, self.now) == NotSignedIn()
        self.opened[self.opened.index(live)] = replace(live, cookie=cookie)
        self.password = new

    @rule()
    def reset_password(self) -> None:
        """At the desk; it opens an account that was locked."""
        self.now += timedelta(days=1)
        self.changes += 1
        by = Actor.officer("loc", "00114")
        resets.reset_by_desk(number=HONG.number, by=by, now=self.now)
        self.end_all(EndReason.DESK)
        self.password = f"mua roi tren pho {self.changes}"
        # The one that the desk sent is read by nobody here.
        accounts.set_password(number=HONG.number, password=self.password, by=CLERK, now=self.now)
        self.is_locked = False

    @rule(link=consumes(links))
    def disown(self, link: str) -> None:
        """The owner presses the link of one of the notices, perhaps an expired one."""
        session = next(one for one in self.opened if one.link == link)
        if self.now >= session.started_at + timedelta(days=7):
            with pytest.raises(errors.DisownLinkError):
                disowning.disown(code=link, now=self.now)
            return
        disowning.disown(code=link, now=self.now)
        if session.reason == EndReason.DISOWNED.value:
            # The press on another link cut it off as well: nothing is locked a second time.
            return
        self.end_all(EndReason.DISOWNED)
        for at, one in enumerate(self.opened):
            if one.link == link:
                self.opened[at] = replace(one, reason=EndReason.DISOWNED.value)
        self.is_locked = True

    # --- what must hold

    @invariant()
    def at_most_one_is_live(self) -> None:
        """In the table."""
        assert Session.objects.filter(ended_at__isnull=True).count() <= 1

    @invariant()
    def every_cookie_is_worth_what_the_model_says(self) -> None:
        """The right one is signed in, all others are told the right reason."""
        for one in self.opened:
            found = look_at_session(one.cookie, self.now)
            reason = one.reason or ("expired" if one.is_over(self.now) else "")
            if reason:
                assert found == NotSignedIn(reason, HONG.number)
            else:
                assert isinstance(found, SignedIn)
                assert found.session_id == one.session_id


@pytest.mark.django_db
def test_whatever_happens_one_device_is_signed_in_and_the_others_know_why(
    settings: LazySettings,
) -> None:
    settings.VSSID_CODES_PER_HOUR = settings.VSSID_CODES_PER_DAY = 10_000
    run_state_machine_as_test(
        OneDevice,
        settings=hypothesis_settings(max_examples=15, stateful_step_count=20, deadline=None),
    )


# --- all at once ----------------------------------------------------------------------------------


class Watcher:
    """Counts the live sessions of some accounts, again and again, while others work."""

    def __init__(self, numbers: list[str]) -> None:
        self.numbers = numbers
        self.seen: list[set[int]] = []
        self.is_done = threading.Event()
        self.thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "Watcher":
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.is_done.set()
        self.thread.join()

    def _watch(self) -> None:
        try:
            while not self.is_done.is_set():
                self.look()
        finally:
            connection.close()

    def look(self) -> None:
        """One statement: how many are live, account by account."""
        live = Session.objects.filter(ended_at__isnull=True).values_list("account_id", flat=True)
        found = list(live)
        self.seen.append({found.count(number) for number in self.numbers})


def _outcomes(found: list[object], kind: type) -> int:
    return sum(isinstance(one, kind) for one in found)


@pytest.mark.django_db(transaction=True)
def test_of_fifty_sign_ins_at_once_one_device_wins() -> None:
    account, now = an_account(), utc_now()
    start: Callable[[], object] = lambda: sessions.start_session(  # noqa: E731
        account=account, origin=an_origin(), now=now
    )
    found = all_at_once([start] * 50)
    assert (_outcomes(found, Started), _outcomes(found, SignedInElsewhere)) == (1, 49)
    assert Session.objects.filter(ended_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_200_takeovers_at_once_with_one_code_for_each_of_two_accounts_win_once_each() -> None:
    people, now = [an_account(), an_account(KHOA)], utc_now()
    for account in people:
        a_session(account, now)
    proofs = {account.person_id: proof_of(account, now) for account in people}

    def take(account: Account) -> Callable[[], Started]:
        return lambda: sessions.take_over(
            account=account, proof=proofs[account.person_id], origin=an_origin(), now=now
        )

    with Watcher(list(proofs)) as watcher:
        found = all_at_once([take(account) for account in people] * 100, threads=40)
    watcher.look()
    assert (_outcomes(found, Started), _outcomes(found, errors.CodeLateError)) == (2, 198)
    assert {frozenset(seen) for seen in watcher.seen} == {frozenset({1})}
    _only_the_last_is_signed_in(found, now)


@pytest.mark.django_db(transaction=True)
def test_200_takeovers_at_once_that_all_succeed_leave_one_signed_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account, now = an_account(), utc_now()
    a_session(account, now)
    proof = proof_of(account, now)
    # As if each had a code of its own: only the account's row stands between them.
    monkeypatch.setattr(codes, "use_code", lambda **_proof: None)

    def take() -> Started:
        return sessions.take_over(account=account, proof=proof, origin=an_origin(), now=now)

    with Watcher([HONG.number]) as watcher:
        found = all_at_once([take] * 200, threads=40)
    watcher.look()
    assert _outcomes(found, Started) == 200
    assert len(watcher.seen) > 1
    assert {frozenset(seen) for seen in watcher.seen} == {frozenset({1})}
    _only_the_last_is_signed_in(found, now)


def _only_the_last_is_signed_in(found: list[object], now: datetime) -> None:
    live = set(Session.objects.filter(ended_at__isnull=True).values_list("id", flat=True))
    for one in found:
        if isinstance(one, Started):
            is_signed_in = isinstance(session_of(one.cookie, now), SignedIn)
            assert is_signed_in == (one.session.id in live)
