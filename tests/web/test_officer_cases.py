"""The desk's screens around a case: who holds it, two officers, handing over, the next one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    CLERK,
    HA_NOI,
    HAI_BA_TRUNG,
    HONG,
    KHOA,
    RIVAL,
    THANH_TRI,
    a_declaration,
    a_person,
    an_account,
    an_officer,
    received,
)
from tests.registration.children import NGOC, TODAY, a_child, a_child_declaration, parents
from tests.registration.desk_people import duyen, far, lan, minh
from tests.web.visiting import at_desk, text_of, typed_in
from vssid.accounts.models import Account
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.people.commands import open_guardianship
from vssid.reference import queries as reference
from vssid.registration.commands import account_help, claiming, deciding
from vssid.registration.findings import Finding, Severity
from vssid.registration.models import AccountHelp, Declaration, HelpState, State
from vssid.registration.rules import display_code
from vssid.staff.models import Officer, Role
from vssid.web.officer import cases

pytestmark = pytest.mark.django_db
REASON = "Người khai đang ở quầy của tôi."


def _address(declaration: Declaration, rest: str = "") -> str:
    return f"/can-bo/ho-so/{display_code(declaration.code)}/{rest}"


def _ready(by: Officer, number: str = HONG.number) -> Declaration:
    """A complete dossier that nobody holds."""
    declaration = received(a_declaration(number=number), by)
    return claiming.release_case(declaration=declaration, by=by)


# --- who holds it ---------------------------------------------------------------------------------


def test_free_case_offers_to_be_taken_on_and_then_to_be_decided() -> None:
    a_person()
    declaration, client = a_declaration(), at_desk(lan())
    page = text_of(client.get(_address(declaration)))
    assert "Chưa ai xử lý" in page
    assert "Từ chối với lý do này" not in page
    answer = client.post(_address(declaration, "nhan-xu-ly/"))
    page = text_of(client.get(answer["Location"]))
    assert "Bạn đang xử lý, giữ đến" in page
    assert "Từ chối với lý do này" in page


def test_case_that_another_officer_holds_says_who_and_is_taken_with_a_reason_only() -> None:
    declaration = a_declaration()
    claiming.claim_case(declaration=declaration, by=lan(), now=utc_now())
    client = at_desk(minh())
    page = text_of(client.get(_address(declaration)))
    assert "Đỗ Thị Lan đang xử lý" in page
    assert "Từ chối với lý do này" not in page
    refused = client.post(_address(declaration, "nhan-xu-ly/"), {"ghi-chu": "ok"})
    assert refused.status_code == 409
    assert 'value="ok"' in refused.content.decode()
    client.post(_address(declaration, "nhan-xu-ly/"), {"ghi-chu": REASON})
    assert Declaration.objects.get().claimed_by == "minh"
    assert REASON in text_of(client.get(_address(declaration)))


def test_two_officers_at_once_the_second_decides_nothing_and_keeps_what_was_typed() -> None:
    declaration = a_declaration()
    claiming.claim_case(declaration=declaration, by=lan(), now=utc_now())
    words = {"words": "Ảnh mặt sau bị lóa."}
    answer = at_desk(minh()).post(_address(declaration, "tu-choi/"), words)
    assert answer.status_code == 409
    assert "Đỗ Thị Lan đang xử lý tờ khai này đến" in text_of(answer)
    assert "Ảnh mặt sau bị lóa." in answer.content.decode()
    assert Declaration.objects.get().state == State.FILED


@pytest.mark.parametrize("what", ["duyet/", "trinh/", "tu-choi/", "nhan-xu-ly/", "nhan-ban-ky/"])
def test_lapsed_case_is_decided_no_more_and_says_so(what: str) -> None:
    declaration = a_declaration()
    deciding.lapse_overdue(now=utc_now() + timedelta(days=11))
    sent = {"compared": "1", "words": "Ảnh giấy tờ mờ."}
    answer = at_desk(lan()).post(_address(declaration, what), sent)
    assert answer.status_code == 409
    assert "không còn chờ xử lý (Đã hết hạn)" in text_of(answer)
    assert Declaration.objects.get().state == State.LAPSED


def test_intake_notes_the_paper_and_leaves_the_case_to_who_decides() -> None:
    declaration, client = a_declaration(), at_desk(duyen())
    answer = client.post(_address(declaration, "nhan-ban-ky/"))
    assert "Đã ghi nhận đủ hồ sơ" in text_of(client.get(answer["Location"]))
    kept = Declaration.objects.get()
    assert (kept.state, kept.claimed_by) == (State.RECEIVED, "")


def test_case_goes_back_to_the_queue() -> None:
    declaration, client = a_declaration(), at_desk(lan())
    client.post(_address(declaration, "nhan-xu-ly/"))
    client.post(_address(declaration, "tra-hang-doi/"))
    assert Declaration.objects.get().claimed_by == ""


# --- the next one ---------------------------------------------------------------------------------


def test_after_a_decision_the_next_case_opens_already_held() -> None:
    officer = lan()
    first, second = _ready(officer), _ready(officer, "0198000033")
    client = at_desk(officer)
    answer = client.post("/can-bo/bat-dau/")
    assert answer["Location"] == _address(first)
    answer = client.post(_address(first, "tu-choi/"), {"reasons": ["portrait-wrong"]})
    assert answer["Location"].startswith(_address(second))
    page = text_of(client.get(answer["Location"]))
    assert f"Đã từ chối tờ khai {display_code(first.code)}" in page
    assert "Bạn đang xử lý" in page
    answer = client.post(_address(second, "tu-choi/"), {"reasons": ["portrait-wrong"]})
    assert answer["Location"].startswith("/can-bo/?xong=tu-choi")


def test_decision_pressed_twice_goes_on_to_the_same_next_case() -> None:
    a_person()
    officer = lan()
    first, second = _ready(officer), _ready(officer, "0198000033")
    client, sent = at_desk(officer), {"compared": "1"}
    answers = [client.post(_address(first, "duyet/"), sent) for _ in range(2)]
    assert {one["Location"] for one in answers} == {
        _address(second, f"?xong=duyet&ma={display_code(first.code)}")
    }
    answers = [client.post(_address(second, "tu-choi/"), {"words": "Ảnh mờ."}) for _ in range(2)]
    assert len({one["Location"] for one in answers}) == 1
    assert Event.objects.filter(act="declaration.approve").count() == 1
    assert Event.objects.filter(act="declaration.refuse").count() == 1


def test_decision_of_another_officer_or_of_a_while_ago_is_said() -> None:
    a_person()
    officer = lan()
    declaration, client = _ready(officer), at_desk(officer)
    client.post(_address(declaration, "duyet/"), {"compared": "1"})
    other = at_desk(minh()).post(_address(declaration, "duyet/"), {"compared": "1"})
    assert other.status_code == 409
    assert client.post(_address(declaration, "tu-choi/"), {"words": "Ảnh mờ."}).status_code == 409
    Declaration.objects.update(decided_at=utc_now() - timedelta(minutes=1))
    late = client.post(_address(declaration, "duyet/"), {"compared": "1"})
    assert late.status_code == 409
    assert "không còn chờ xử lý" in text_of(late)


def test_nothing_to_begin_with_is_said() -> None:
    client = at_desk(lan())
    answer = client.post("/can-bo/bat-dau/")
    assert "Không còn hồ sơ đủ giấy tờ nào" in text_of(client.get(answer["Location"]))
    assert client.get("/can-bo/bat-dau/")["Location"] == "/can-bo/"


# --- two officers ---------------------------------------------------------------------------------


def test_risky_case_is_proposed_and_confirmed_by_another() -> None:
    a_person()
    declaration = a_declaration(phone="+84912000066")
    first, second = at_desk(lan()), at_desk(minh())
    first.post(_address(declaration, "nhan-xu-ly/"))
    page = text_of(first.get(_address(declaration)))
    assert "Cần hai cán bộ, vì: Số điện thoại khác với cơ sở dữ liệu" in page
    assert "Trình người thứ hai" in page
    alone = first.post(_address(declaration, "duyet/"), {"compared": "1"})
    assert alone.status_code == 409
    assert "cần hai cán bộ" in text_of(alone)
    assert first.post(_address(declaration, "trinh/")).status_code == 422
    answer = first.post(_address(declaration, "trinh/"), {"compared": "1"})
    assert "Đã trình tờ khai" in text_of(first.get(answer["Location"]))
    assert "Bạn là người trình" in text_of(first.get(_address(declaration)))
    own = first.post(_address(declaration, "duyet/"), {"compared": "1"})
    assert own.status_code == 409
    assert "không tự xác nhận được" in text_of(own)

    assert "Chờ người thứ hai" in text_of(second.get("/can-bo/?loc=nguoi-thu-hai"))
    second.post(_address(declaration, "nhan-xu-ly/"))
    assert "Đỗ Thị Lan đã đối chiếu và trình" in text_of(second.get(_address(declaration)))
    second.post(_address(declaration, "duyet/"), {"compared": "1"})
    assert Declaration.objects.get().state == State.APPROVED


def test_proposed_case_is_returned_with_a_word() -> None:
    a_person()
    declaration = a_declaration(phone="+84912000066")
    first, second = at_desk(lan()), at_desk(minh())
    first.post(_address(declaration, "trinh/"), {"compared": "1"})
    refused = second.post(_address(declaration, "tra-lai/"), {"ghi-chu": ""})
    assert refused.status_code == 409
    second.post(_address(declaration, "tra-lai/"), {"ghi-chu": "Chữ ký chưa giống."})
    page = text_of(first.get(_address(declaration)))
    assert "Ghi chú của Bùi Văn Minh" in page
    assert "Chữ ký chưa giống." in page


def test_findings_stand_beside_what_was_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    a_person()
    found = (Finding("Số CCCD", "001190000011", "001190000012", Severity.BAD),)
    monkeypatch.setattr(cases, "findings_of", lambda *_given, **_named: found)
    page = text_of(at_desk(lan()).get(_address(a_declaration())))
    assert "Số CCCD 001190000011 001190000012 Khác" in page
    assert "Ảnh giấy tờ khác với tờ khai" in page


# --- handing over ---------------------------------------------------------------------------------


def test_case_is_handed_to_a_colleague_who_finds_it_among_their_own() -> None:
    declaration, client = a_declaration(), at_desk(lan())
    colleague = duyen()
    page = text_of(client.get(_address(declaration, "giao/")))
    assert "Mai Thị Duyên (Tiếp nhận)" in page
    assert "Đỗ Thị Lan (" not in page
    sent = {"cach": "dn", "dn-colleague": "duyen", "dn-note": REASON}
    answer = client.post(_address(declaration, "giao/"), sent)
    assert "Đã giao tờ khai" in text_of(client.get(answer["Location"]))
    theirs = at_desk(colleague)
    assert display_code(declaration.code) in text_of(theirs.get("/can-bo/?loc=cua-toi"))
    assert REASON in text_of(theirs.get(_address(declaration)))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"cach": "dn", "dn-note": REASON}, "Xin chọn đồng nghiệp nhận hồ sơ."),
        ({"cach": "dn", "dn-colleague": "xa", "dn-note": REASON}, "Xin chọn một người trong danh"),
        ({"cach": "cq", "cq-office": "Nowhere", "cq-note": REASON}, "Không có cơ quan này"),
        ({"cach": "cq", "cq-office": "00114", "cq-note": REASON}, "Tờ khai đang ở cơ quan này"),
        ({"cach": "cq", "cq-office": "00103", "cq-note": "ok"}, "ít nhất 5 ký tự"),
    ],
)
def test_hand_over_that_is_not_right_is_explained(sent: dict[str, str], said: str) -> None:
    declaration, officer = a_declaration(), lan()
    far()
    answer = at_desk(officer).post(_address(declaration, "giao/"), sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert Declaration.objects.get().office == THANH_TRI


def test_case_is_sent_to_another_office() -> None:
    declaration = a_declaration()
    client, address = at_desk(lan()), _address(declaration, "giao/")
    sent = {"cach": "cq", "cq-office": "Tây Hồ", "cq-note": REASON}
    asked = client.post(address, sent)
    place = reference.known_office(HAI_BA_TRUNG)
    assert f"Chuyển đến {place.label}?" in text_of(asked)
    assert typed_in(asked)["cq-office"] == "Tây Hồ"
    assert Declaration.objects.get().office == THANH_TRI, "it is asked before it goes"
    other = client.post(address, {**sent, "dung-noi": "00101"})
    assert f"Chuyển đến {place.label}?" in text_of(other), "another one was confirmed"
    done = client.post(address, {**sent, "dung-noi": typed_in(asked)["dung-noi"]})
    assert Declaration.objects.get().office == HAI_BA_TRUNG
    assert f"đến {place.name} kèm ghi chú" in text_of(client.get(done["Location"]))


# --- the queue and the search ---------------------------------------------------------------------


def test_queue_is_filtered_and_unknown_filters_show_all() -> None:
    declaration, client = a_declaration(), at_desk(lan())
    code = display_code(declaration.code)
    for part, is_there in (("cho-ban-ky", True), ("du-ho-so", False), ("x", True)):
        assert (code in text_of(client.get("/can-bo/", {"loc": part}))) is is_there


def test_queue_goes_on_to_the_next_page_and_back_to_the_beginning() -> None:
    officer, now = lan(), utc_now()
    for n in range(27):
        a_declaration(KHOA, number=f"01980003{n:02d}", now=now - timedelta(minutes=n))
    client = at_desk(officer)
    page = client.get("/can-bo/").content.decode()
    assert "27 tờ khai đang chờ." in page
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    second = client.get("/can-bo/" + following[1].replace("&amp;", "&"))
    assert len(re.findall(r"/can-bo/ho-so/TK-", second.content.decode())) == 2
    assert "Về đầu danh sách" in text_of(second)


def test_province_chooses_an_office_below_or_all_of_them() -> None:
    declaration = a_declaration()
    code = display_code(declaration.code)
    client = at_desk(an_officer(office=HA_NOI))
    assert code not in text_of(client.get("/can-bo/"))
    assert code in text_of(client.get("/can-bo/", {"co-quan": THANH_TRI}))
    assert code in text_of(client.get("/can-bo/", {"co-quan": "tat-ca"}))
    assert code not in text_of(client.get("/can-bo/", {"co-quan": HAI_BA_TRUNG}))
    other = at_desk(an_officer(office=HAI_BA_TRUNG))
    assert code not in text_of(other.get("/can-bo/", {"co-quan": THANH_TRI}))


@pytest.mark.parametrize("typed", [HONG.number, HONG.id_number, "hồng ánh", "NGUYEN THI HONG"])
def test_one_case_found_by_number_or_name_opens_at_once(typed: str) -> None:
    declaration = a_declaration()
    answer = at_desk(lan()).post("/can-bo/tim/", {"ma": typed})
    assert answer["Location"] == _address(declaration)


def test_several_cases_of_a_name_are_listed() -> None:
    first, second = a_declaration(), a_declaration(RIVAL, number="0198000033")
    client = at_desk(lan())
    answer = client.post("/can-bo/tim/", {"ma": "hong anh"})
    page = text_of(client.get(answer["Location"]))
    assert display_code(first.code) in page
    assert display_code(second.code) in page
    assert "2 tờ khai ở cơ quan này khớp" in page


def test_number_and_name_find_nothing_of_another_office_but_the_code_does() -> None:
    declaration = a_declaration()
    client = at_desk(far())
    for typed in (HONG.number, "hong anh", HONG.id_number):
        client.post("/can-bo/tim/", {"ma": typed})
        assert client.get("/can-bo/tim/")["Location"] == "/can-bo/?khong-thay=1"
    answer = client.post("/can-bo/tim/", {"ma": display_code(declaration.code)})
    assert answer["Location"] == _address(declaration)


def test_search_is_written_down_without_what_was_looked_for() -> None:
    a_declaration()
    client = at_desk(lan())
    client.post("/can-bo/tim/", {"ma": "hong anh"})
    client.post("/can-bo/tim/", {"ma": "079190000000"})
    client.post("/can-bo/tim/", {"ma": "!"})
    said = Event.objects.filter(act="desk.search").order_by("at")
    assert [one.details for one in said] == [
        {"kind": "name", "found": 1}, {"kind": "identity", "found": 0},
    ]  # fmt: skip
    assert {one.subject for one in said} == {""}


def test_number_in_an_address_is_not_looked_for() -> None:
    a_declaration()
    answer = at_desk(lan()).get("/can-bo/tim/", {"ma": HONG.number})
    assert answer["Location"] == "/can-bo/?khong-thay=1"


def test_contested_case_names_code_and_office_of_its_rival() -> None:
    own, rival = a_declaration(), a_declaration(RIVAL)
    page = text_of(at_desk(lan()).get(_address(own)))
    assert display_code(rival.code) in page
    assert RIVAL.full_name not in page


def test_hold_that_is_over_is_nobodys() -> None:
    declaration, officer = a_declaration(), lan()
    client = at_desk(officer)
    client.post(_address(declaration) + "nhan-xu-ly/")
    assert "Bạn đang xử lý" in text_of(client.get(_address(declaration)))
    Declaration.objects.update(claimed_until=utc_now() - timedelta(seconds=1))
    page = text_of(client.get(_address(declaration)))
    assert "Bạn đang xử lý" not in page
    assert "Chưa ai xử lý" in page


# --- one request, four queries --------------------------------------------------------------------


def _statements(client: Client, address: str) -> int:
    """How many statements a whole request costs, when it also keeps the screen awake."""
    session = client.session
    seen = (utc_now() - timedelta(seconds=30)).timestamp()
    session["desk"] = {**session["desk"], "seen": seen}
    session.save()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    assert client.session["desk"]["seen"] > seen
    return len(caught)


def test_case_opens_with_four_statements_session_officer_and_lock_included() -> None:
    a_person()
    declaration, officer = a_declaration(), lan()
    client = at_desk(officer)
    claiming.claim_case(declaration=declaration, by=officer, now=utc_now())
    assert _statements(client, _address(declaration)) <= 4
    assert _statements(client, _address(declaration)) <= 4
    look = Event.objects.get(act="record.look")
    assert (look.subject, look.actor) == (HONG.number, officer.user_name)


def test_case_of_a_child_opens_with_four_statements_and_both_looks() -> None:
    parents()
    a_child()
    open_guardianship(
        guardian=KHOA.number, child=NGOC.number, relation="father", on=TODAY, by=CLERK
    )
    declaration, client = a_child_declaration(), at_desk(lan())
    for _ in range(2):
        assert _statements(client, _address(declaration)) <= 4
    looks = Event.objects.filter(act="record.look").order_by("subject")
    assert sorted(one.subject for one in looks) == sorted([HONG.number, NGOC.number])
    assert {one.reason for one in looks} == {f"declaration {declaration.code}"}


def test_queue_opens_with_four_statements() -> None:
    a_declaration()
    client = at_desk(lan())
    assert _statements(client, "/can-bo/") <= 4
    assert _statements(client, "/can-bo/?loc=tranh-chap") <= 4


# --- help with accounts ---------------------------------------------------------------------------


def _waiting(by: Officer) -> AccountHelp:
    an_account()
    made = account_help.give_password(number=HONG.number, paper="cccd", by=by, now=utc_now())
    assert made is not None
    return made


def test_o04_help_waits_in_the_list_and_is_confirmed_by_another() -> None:
    first, second = lan(), minh()
    waiting = _waiting(first)
    client = at_desk(second)
    assert "Hỗ trợ chờ xác nhận: 1" in text_of(client.get("/can-bo/"))
    page = text_of(client.get("/can-bo/tai-khoan/cho-xac-nhan/"))
    assert "Cấp lại mật khẩu" in page
    assert HONG.number not in page
    address = f"/can-bo/tai-khoan/cho-xac-nhan/{waiting.id}/"
    page = text_of(client.get(address))
    assert "Đỗ Thị Lan" in page
    assert HONG.full_name in page
    assert Event.objects.filter(act="record.look", reason="account second").count() == 1
    answer = client.post(f"{address}dong-y/")
    assert "Đã xác nhận" in text_of(client.get(answer["Location"]))
    assert Account.objects.get().must_change_password


def test_o04_own_help_cannot_be_confirmed_and_can_be_taken_back() -> None:
    officer = lan()
    address = f"/can-bo/tai-khoan/cho-xac-nhan/{_waiting(officer).id}/"
    client = at_desk(officer)
    assert "Bạn là người trình" in text_of(client.get(address))
    refused = client.post(f"{address}dong-y/")
    assert refused.status_code == 409
    assert "không tự xác nhận được" in text_of(refused)
    assert client.post(f"{address}tra-lai/", {"ghi-chu": "x"}).status_code == 409
    client.post(f"{address}tra-lai/", {"ghi-chu": "Người đến đã về."})
    assert AccountHelp.objects.get().state == HelpState.RETURNED


def test_o04_help_of_another_office_is_not_shown() -> None:
    address = f"/can-bo/tai-khoan/cho-xac-nhan/{_waiting(lan()).id}/"
    client = at_desk(far())
    for rest in ("", "dong-y/", "tra-lai/"):
        answer: Any = client.post(address + rest) if rest else client.get(address)
        assert answer["Location"] == "/can-bo/tai-khoan/cho-xac-nhan/"
    assert AccountHelp.objects.get().state == HelpState.WAITING


def test_o04_account_page_says_what_waits() -> None:
    officer = lan()
    _waiting(officer)
    client = at_desk(officer)
    client.post("/can-bo/tai-khoan/", {"number": HONG.number, "reason": "forgotten-password"})
    page = text_of(client.get("/can-bo/tai-khoan/ho-so/"))
    assert "Cấp lại mật khẩu: đang chờ người thứ hai từ" in page


# --- figures --------------------------------------------------------------------------------------


def test_head_sees_the_days_figures_as_a_chart_and_a_table() -> None:
    officer = an_officer(Role.HEAD)
    declaration = received(a_declaration(), officer)
    later = utc_now() + timedelta(seconds=1)
    deciding.refuse_declaration(declaration=declaration, reason="Ảnh mờ.", by=officer, now=later)
    a_declaration(KHOA)
    answer = at_desk(officer).get("/can-bo/so-lieu/")
    page = text_of(answer)
    assert "Mới ghi nhận 2" in page
    assert "Đã trả lời 1 0 duyệt, 1 từ chối" in page
    assert answer.content.decode().count('<rect class="bar-') == 2
    assert len(re.findall(r'<tr role="row"><td', answer.content.decode())) == 14
