"""«Ai đã xem dữ liệu của tôi»: who, what, why, when, in words."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from tests.architecture.source import callee, calls, modules, nodes, tree
from tests.factories import CLERK, HONG, KHOA, a_declaration, an_account, an_officer
from tests.web.visiting import at_desk, at_home, text_of
from vssid.accounts.models import CodePurpose
from vssid.audit import commands as audit
from vssid.audit.actors import Actor, ActorKind
from vssid.audit.commands import ONE_LOOK, Decision, open_record, record_event, withhold_looks
from vssid.audit.models import Event
from vssid.audit.queries import Look
from vssid.kernel.clock import utc_now
from vssid.registration.rules import display_code
from vssid.web.citizen.account import looks
from vssid.web.citizen.account.look_words import ACTS, PAPERS, REASONS, in_words
from vssid.web.officer import account_facts
from vssid.web.officer import accounts as desk_of_accounts

pytestmark = pytest.mark.django_db

LOOKS, ALL = "/tai-khoan/ai-da-xem/", "/tai-khoan/ai-da-xem/?xem=tat-ca"

# Their subject is an officer, a directory or nobody.
NOT_ABOUT_PEOPLE = re.compile(
    r"(officer|facility-key)\.[a-z-]+|(employers|guardianships|households)\.write"
    r"|reference\.(hours|load|reorganise)|desk\.search|directory\.import|news\.[a-z-]+"
)
WRITERS = {"record_event", "record_look", "open_record", "record_case"}


# --- every act has words --------------------------------------------------------------------------


def _texts(node: ast.expr, within: ast.FunctionDef, path: Path) -> set[str]:
    """The texts that an expression may be: written there, assigned before, or passed in."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return _texts(node.body, within, path) | _texts(node.orelse, within, path)
    assert isinstance(node, ast.Name), (path, ast.unparse(node))
    names = [one.arg for one in (*within.args.args, *within.args.kwonlyargs)]
    if node.id in names:
        return _passed(within, node.id, path)
    found: set[str] = set()
    for one in ast.walk(within):
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == node.id:
            found |= _texts(one.value, within, path)
    return found


def _passed(function: ast.FunctionDef, name: str, path: Path) -> set[str]:
    positional = [one.arg for one in function.args.args]
    found: set[str] = set()
    for caller in (one for one in nodes(path) if isinstance(one, ast.FunctionDef)):
        for call in (one for one in ast.walk(caller) if isinstance(one, ast.Call)):
            if callee(call) != function.name or caller is function:
                continue
            by_name = [word.value for word in call.keywords if word.arg == name]
            place = positional.index(name) if name in positional else -1
            by_place = call.args[place : place + 1] if place >= 0 else []
            for value in (*by_name, *by_place):
                found |= _texts(value, caller, path)
    return found


def _acts_in(path: Path) -> Iterator[str]:
    for function in (one for one in ast.walk(tree(path)) if isinstance(one, ast.FunctionDef)):
        for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
            if callee(call) not in WRITERS:
                continue
            named = [word.value for word in call.keywords if word.arg == "act"]
            if not named and callee(call) == "open_record":
                yield "record.look"
                continue
            (act,) = named
            found = _texts(act, function, path)
            assert found or function.name in WRITERS, (path, ast.unparse(act))
            yield from found


def _acts() -> set[str]:
    return {act for path in modules("vssid") for act in _acts_in(path)}


def test_every_act_about_a_person_has_words_and_no_words_are_left_over() -> None:
    wanted = {act for act in _acts() if not NOT_ABOUT_PEOPLE.fullmatch(act)}
    assert {"record.look", "declaration.refuse", "passkey.add"} <= wanted
    assert {"without words": wanted - set(ACTS), "never written": set(ACTS) - wanted} == {
        "without words": set(),
        "never written": set(),
    }


def test_events_are_written_under_no_other_name() -> None:
    aliased = [
        path
        for path in modules("vssid")
        for one in nodes(path)
        if isinstance(one, ast.alias) and one.name in WRITERS and one.asname
    ]
    assert aliased == []
    assert any(callee(call) in WRITERS for path in modules("vssid") for call in calls(path))


def test_every_reason_of_the_desk_has_words() -> None:
    assert {f"account {reason}" for reason, _ in desk_of_accounts._REASONS} <= set(REASONS)
    assert {paper for paper, _ in account_facts.PAPERS} <= set(PAPERS)


@pytest.mark.parametrize("kind", ActorKind)
def test_every_kind_of_actor_has_words(kind: ActorKind) -> None:
    look = Look(uuid4(), utc_now(), kind, "x7", "00114", "record.look", "", {})
    shown = in_words(look, owner=HONG.number, officers={})
    assert shown.who
    assert not shown.is_own


def test_act_that_nobody_knows_any_more_is_still_shown() -> None:
    look = Look(uuid4(), utc_now(), ActorKind.SYSTEM, "x", "", "gone.long-ago", "why", {})
    assert in_words(look, owner=HONG.number, officers={}).what == "Việc khác trong tài khoản"


# --- the page -------------------------------------------------------------------------------------


def _by_officer(times: int = 1) -> None:
    officer = an_officer(user_name="canbo7")
    for _ in range(times):
        open_record(
            by=Actor.officer(officer.user_name, officer.office),
            subject=HONG.number,
            purpose="account question",
        )


def _shown(client: Client, address: str = LOOKS) -> str:
    """The list without the tabs and the explanation below it."""
    return text_of(client.get(address)).split("Tất cả", 1)[1].split("Những gì được ghi lại?")[0]


def test_a_look_says_who_what_why_and_when() -> None:
    client = at_home()
    _by_officer()
    said = _shown(client)
    for text in ("Xem hồ sơ của bạn", "Phan Văn Lộc, BHXH cơ sở Thanh Trì", "Bạn hỏi tại quầy"):
        assert text in said
    assert f"{utc_now() + timedelta(hours=7):%d/%m/%Y}" in said


@pytest.mark.parametrize(
    "happened_at",
    [
        "0001-01-01T00:00:00+07:00",
        "1990-01-01T00:00:00+07:00",
        "9999-12-31T23:59:59-07:00",
        "2999-01-01T00:00:00+00:00",
        "2026-11-28T08:00:00",
        "hôm qua",
        7,
    ],
)
def test_moment_that_cannot_be_is_shown_as_that_of_the_report(happened_at: object) -> None:
    client = at_home()
    record_event(
        by=Actor.facility("key 1", "01001"),
        act="card.check",
        subject=HONG.number,
        reason="card offline",
        details={"happened_at": happened_at},
    )
    assert f"{utc_now() + timedelta(hours=7):%d/%m/%Y}" in _shown(client)


def test_own_acts_are_shown_among_all_only() -> None:
    client = at_home()
    assert "Đăng nhập" not in _shown(client)
    said = _shown(client, ALL)
    assert "Đăng nhập" in said
    assert "Bạn" in said


def test_sent_code_says_what_for() -> None:
    client = at_home()
    details = {"purpose": CodePurpose.PASSWORD.value}
    record_event(
        by=Actor.citizen(HONG.number), act="code.send", subject=HONG.number, details=details
    )
    assert "Gửi mã OTP: Đổi mật khẩu" in _shown(client, ALL)


def test_sign_in_says_on_which_device() -> None:
    assert "Đăng nhập: Firefox trên Linux" in _shown(at_home(), ALL)


def test_nobody_else_looked_is_said_kindly(monkeypatch: pytest.MonkeyPatch) -> None:
    client = at_home()
    monkeypatch.setattr(looks, "looks_at", lambda **_what: [])
    assert "Chưa có ai khác xem dữ liệu của bạn" in _shown(client)
    assert "Chưa có gì được ghi lại" in _shown(client, ALL)


def test_looks_at_others_are_not_shown() -> None:
    client = at_home()
    an_account(KHOA)
    open_record(by=CLERK, subject=KHOA.number, purpose="x")
    assert "Xem hồ sơ của bạn" not in _shown(client)


def test_pages_of_thirty_lead_to_the_older_ones_and_back() -> None:
    client = at_home()
    _by_officer(times=31)
    first = client.get(LOOKS)
    assert text_of(first).count("Xem hồ sơ của bạn") == 30
    older = re.findall(r'href="([^"]+truoc=[^"]+)"', first.content.decode())
    second = client.get(older[0])
    assert text_of(second).count("Xem hồ sơ của bạn") == 1
    assert f'href="{LOOKS}"' in second.content.decode()
    assert "truoc=" not in second.content.decode()


@pytest.mark.parametrize("before", ["nonsense", "018f0000-0000-7000-8000-000000000000", "'"])
def test_page_that_nobody_made_begins_at_the_newest(before: str) -> None:
    client = at_home()
    _by_officer()
    assert "Xem hồ sơ của bạn" in _shown(client, f"{LOOKS}?truoc={before}")


def test_withheld_looks_stay_out_and_the_page_says_that_there_may_be_some() -> None:
    client = at_home()
    now = utc_now()
    decision = Decision(
        number="12/QĐ-CA",
        from_at=now - timedelta(days=1),
        until=now + timedelta(days=3),
        actor="canbo7",
    )
    withhold_looks(
        subject=HONG.number, decision=decision, by=Actor.officer("giamsat", "001"), now=now
    )
    _by_officer()
    said = _shown(client)
    assert "Xem hồ sơ của bạn" not in said
    assert "12/QĐ-CA" not in said
    assert "một số lượt xem có thể được thông báo sau" in text_of(client.get(LOOKS))


def test_case_opened_at_the_desk_is_one_look_however_often_it_is_drawn() -> None:
    declaration = a_declaration()
    code = display_code(declaration.code)
    desk, other = at_desk(an_officer()), at_desk(an_officer(full_name="Lê Thị Thu"))
    for _ in range(3):
        assert desk.get(f"/can-bo/ho-so/{code}/").status_code == 200
        assert desk.get(f"/can-bo/ho-so/{code}/anh/front/").status_code == 200
    other.get(f"/can-bo/ho-so/{code}/")
    seen = Event.objects.filter(subject=HONG.number)
    assert seen.filter(act="record.look").count() == 2
    assert seen.filter(act="declaration.photo").count() == 1
    said = _shown(at_home())
    assert f"Phan Văn Lộc, BHXH cơ sở Thanh Trì. Tờ khai đăng ký {code}" in said
    assert "Lê Thị Thu, BHXH cơ sở Thanh Trì" in said


def test_look_an_hour_later_is_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    by, now = Actor.officer("canbo7", "00114"), utc_now()
    for later in (timedelta(0), ONE_LOOK / 2, ONE_LOOK, ONE_LOOK):
        monkeypatch.setattr(audit, "utc_now", lambda later=later: now + later)
        open_record(by=by, subject=HONG.number, purpose="x", once_in=ONE_LOOK)
    assert Event.objects.filter(act="record.look").count() == 2


def test_look_of_another_office_or_for_another_reason_is_another_one() -> None:
    an_account()
    for office, purpose in (("00114", "x"), ("00103", "x"), ("00114", "y"), ("00114", "x")):
        by = Actor.officer("canbo7", office)
        open_record(by=by, subject=HONG.number, purpose=purpose, once_in=ONE_LOOK)
    assert Event.objects.filter(act="record.look").count() == 3


def test_tab_of_others_lists_looks_only() -> None:
    client = at_home()
    record_event(by=Actor.system("demo"), act="account.open", subject=HONG.number)
    assert "Mở tài khoản" not in _shown(client)
    assert "Mở tài khoản" in _shown(client, ALL)
