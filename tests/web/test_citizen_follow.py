"""«Theo dõi tờ khai» on the screen: the way in, how a case stands, and mending it."""

from datetime import timedelta
from typing import Any

import pytest
from captcha.models import CaptchaStore
from django.test import Client

from tests.factories import (
    HAI_BA_TRUNG,
    HONG,
    KHOA,
    RIVAL,
    THANH_TRI,
    a_declaration,
    a_draft,
    a_person,
    an_officer,
    another_code,
    last_code,
    received,
)
from tests.web.visiting import text_of, typed_in, with_draft
from vssid.accounts.models import OneTimeCode
from vssid.kernel.clock import format_date, format_datetime, utc_now, vietnam_today
from vssid.messaging.models import Message
from vssid.reference.queries import office_name
from vssid.registration import queries, rules
from vssid.registration.commands import deciding, following, handing_over
from vssid.registration.models import Declaration
from vssid.registration.reasons import REASONS
from vssid.web.citizen.registration.following import COOKIE

pytestmark = pytest.mark.django_db
FOLLOW, CASE = "/dang-ky/theo-doi/", "/dang-ky/theo-doi/ho-so/"
REASON = {one.code: one.sentence for one in REASONS}
DAY = timedelta(days=1)


def _ask(client: Client, code: str) -> Any:
    key = typed_in(client.get(FOLLOW))["ma_hinh"]
    signs = CaptchaStore.objects.get(hashkey=key).response
    return client.post(FOLLOW, {"code": code, "ma_hinh": key, "ma_kiem_tra": signs})


def _work(answer: Any) -> str:
    """Let the worker send; the ticket of the page."""
    ticket = typed_in(answer)["ve"]
    subject = following.asked(ticket=ticket, now=utc_now()).subject
    live = OneTimeCode.objects.get(subject=subject, ended_at=None)
    following.send_follow_code(ticket=ticket, code_id=live.id, now=utc_now())
    return ticket


def _following(declaration: Declaration) -> Client:
    """The browser of who typed the OTP."""
    client = Client()
    ticket = _work(_ask(client, declaration.code))
    answer = client.post(FOLLOW, {"ve": ticket, "code": last_code(declaration.phone)})
    assert answer["Location"] == CASE
    return client


def _refused(reason: str, **changes: Any) -> Declaration:
    return deciding.refuse_declaration(
        declaration=a_declaration(**changes), reason=reason, by=an_officer(), now=utc_now()
    )


# --- the way in -----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["TK-7F3K-92QD", "tk7f3k92qd"])
def test_code_of_the_papers_qr_stands_in_its_field(typed: str) -> None:
    page = Client().get(f"{FOLLOW}{typed}/")
    assert typed_in(page)["code"] == "TK-7F3K-92QD"


def test_address_without_a_code_leaves_the_field_empty() -> None:
    assert typed_in(Client().get(f"{FOLLOW}abc/"))["code"] == ""


@pytest.mark.parametrize("typed", ["", "TK-123", "x" * 400])
def test_what_is_no_code_is_explained_and_sends_nothing(typed: str) -> None:
    answer = _ask(Client(), typed)
    assert answer.status_code == 422
    assert "TK-7F3K-92QD" in text_of(answer)
    assert not OneTimeCode.objects.exists()


def test_wrong_picture_code_sends_nothing_and_keeps_what_was_typed() -> None:
    client = Client()
    key = typed_in(client.get(FOLLOW))["ma_hinh"]
    answer = client.post(FOLLOW, {"code": "TK-7F3K-92QD", "ma_hinh": key, "ma_kiem_tra": "x"})
    assert answer.status_code == 422
    assert typed_in(answer)["code"] == "TK-7F3K-92QD"
    assert not OneTimeCode.objects.exists()


def test_unknown_code_is_answered_alike_at_every_step() -> None:
    declaration = a_declaration()
    known = _ask(Client(), declaration.code)
    Message.objects.all().delete()
    unknown = _ask(Client(), "TK00000000")
    assert text_of(known) == text_of(unknown)
    wrong = [
        Client().post(FOLLOW, {"ve": _work(page), "code": "000001"}) for page in (known, unknown)
    ]
    assert {page.status_code for page in wrong} == {422}
    assert text_of(wrong[0]) == text_of(wrong[1])


def test_page_of_the_otp_does_not_say_whose_phone() -> None:
    said = _ask(Client(), a_declaration().code).content.decode()
    assert HONG.phone[-3:] not in text_of(_ask(Client(), "TK00000001"))
    assert "0912" not in said


def test_code_by_email_is_answered_alike_known_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is a declaration, an email, a proof: the page is the same."""
    said = []
    for code in (a_declaration(KHOA).code, a_declaration().code, "TK00000000"):
        client = Client()
        ticket = typed_in(_ask(client, code))["ve"]
        limits = "vssid.accounts.commands.following.code_limits.count_unproven"
        with monkeypatch.context() as patch:
            patch.setattr(limits, lambda **_given: None)
            patch.setattr(
                "vssid.accounts.commands.following.codes.settings.VSSID_CODE_RESEND_AFTER",
                timedelta(),
            )
            answer = client.post(FOLLOW, {"ve": ticket, "gui-lai": "1", "kenh": "email"})
        assert answer.status_code == 200
        assert typed_in(answer)["qua"] == "email"
        said.append(text_of(answer))
    assert said[0] == said[1] == said[2]
    assert "Nếu tờ khai có email đã xác nhận" in said[0]
    assert "khoa@" not in said[0]


def test_resend_too_early_waits() -> None:
    client = Client()
    ticket = _work(_ask(client, a_declaration().code))
    answer = client.post(FOLLOW, {"ve": ticket, "gui-lai": "1"})
    assert answer.status_code == 429
    assert "Xin chờ" in text_of(answer)


@pytest.mark.parametrize("is_known", [True, False])
def test_otp_of_another_window_is_said_to_serve_only_there(*, is_known: bool) -> None:
    code = a_declaration().code if is_known else "TK00000000"
    _ask(Client(), code)
    answer = _ask(Client(), code)
    assert answer.status_code == 429
    assert "Mã đã gửi trước đó không dùng cho lần này" in text_of(answer)


def test_ticket_of_yesterday_begins_again() -> None:
    declaration = a_declaration()
    ticket = following.ask_to_follow(code=declaration.code, now=utc_now() - DAY)
    answer = Client().post(FOLLOW, {"ve": ticket, "code": "123456"})
    assert answer.status_code == 409
    assert "ma_hinh" in typed_in(answer)


def test_wrong_otp_says_how_many_tries_are_left() -> None:
    client = Client()
    ticket = _work(_ask(client, a_declaration().code))
    answer = client.post(FOLLOW, {"ve": ticket, "code": another_code(last_code())})
    assert answer.status_code == 422
    assert "bạn còn 4 lần nhập" in text_of(answer)


@pytest.mark.parametrize("path", ["", "to-khai.pdf", "sua/", "dong/"])
def test_without_an_otp_nothing_of_a_case_is_seen(path: str) -> None:
    a_declaration()
    stranger = Client()
    stranger.cookies[COOKIE] = "x" * 60
    for client in (Client(), stranger):
        assert client.get(CASE + path)["Location"] == FOLLOW
        assert client.post(CASE + path)["Location"] == FOLLOW


# --- how it stands --------------------------------------------------------------------------------


def test_filed_case_says_what_to_bring_where_and_until_when() -> None:
    declaration = a_declaration()
    page = _following(declaration).get(CASE)
    said = text_of(page)
    for words in ("Chờ bạn nộp bản ký", "Bản chính CMND/CCCD", "Thanh Trì", "Giờ làm việc"):
        assert words in said
    assert format_date(vietnam_today(declaration.filed_at + 10 * DAY)) in said
    assert rules.display_code(declaration.code) in said
    assert "geo:" in page.content.decode()
    assert 'href="/tra-cuu/co-quan-bhxh/00114/"' in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_r13_applicant_reads_the_deadline_that_the_officer_reads() -> None:
    officer = an_officer()
    declaration = received(a_declaration(), officer)
    due = queries.answer_due(declaration)
    assert due is not None
    assert f"chậm nhất lúc {format_datetime(due)}" in text_of(_following(declaration).get(CASE))


def test_r13_late_answer_is_admitted_to_the_applicant() -> None:
    declaration = received(a_declaration(), an_officer())
    Declaration.objects.update(received_at=utc_now() - 2 * DAY, filed_at=utc_now() - 3 * DAY)
    assert "Đã quá hạn trả lời" in text_of(_following(declaration).get(CASE))


def test_approved_case_leads_to_sign_in() -> None:
    a_person()
    officer = an_officer()
    declaration = received(a_declaration(), officer)
    deciding.approve_declaration(declaration=declaration, by=officer, now=utc_now())
    page = _following(declaration).get(CASE)
    assert "Tờ khai đã được duyệt" in text_of(page)
    assert 'href="/dang-nhap/"' in page.content.decode()


def test_refused_case_says_why_and_what_to_do_about_it() -> None:
    declaration = _refused(f"{REASON['paper-unreadable']} Gọi tôi nhé.")
    said = text_of(_following(declaration).get(CASE))
    assert "Xin chụp lại giấy tờ ở nơi đủ sáng" in said
    assert "Cán bộ ghi thêm: Gọi tôi nhé." in said
    assert "Sửa và khai lại" in said


def test_contested_case_says_so_and_nothing_of_the_rival() -> None:
    first = a_declaration()
    a_declaration(RIVAL)
    said = text_of(_following(first).get(CASE))
    assert "Có tờ khai khác cho cùng mã số BHXH" in said
    assert RIVAL.full_name not in said


def test_rival_is_told_on_the_screen_that_their_declaration_is_contested() -> None:
    a_declaration()
    client = with_draft(a_draft(RIVAL))
    client.post("/dang-ky/xem-lai/")
    page = client.get("/dang-ky/da-ghi-nhan/")
    assert "Có tờ khai khác cho cùng mã số BHXH" in text_of(page)


def test_form_is_printed_again() -> None:
    answer = _following(a_declaration()).get(f"{CASE}to-khai.pdf?tai=1")
    assert answer.content.startswith(b"%PDF")
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"


def test_closed_case_is_not_seen_any_more() -> None:
    client = _following(a_declaration())
    assert client.post(f"{CASE}dong/")["Location"] == FOLLOW
    assert client.get(CASE)["Location"] == FOLLOW


# --- mending --------------------------------------------------------------------------------------


def test_r15_mending_begins_at_the_faulty_step_with_everything_else_filled_in() -> None:
    client = _following(_refused(REASON["phone-of-another"]))
    answer = client.post(f"{CASE}sua/")
    assert answer["Location"] == "/dang-ky/dia-chi/"
    page = client.get(answer["Location"])
    assert "Chỗ cần sửa ở bước này" in text_of(page)
    assert "Xin ghi số điện thoại của chính bạn" in text_of(page)
    assert typed_in(page)["street"] == "Số 5, ngõ 12"
    assert "Chỗ cần sửa" not in text_of(client.get("/dang-ky/ban-than/"))


def test_r15_words_of_the_officer_stand_where_mending_begins() -> None:
    client = _following(_refused("Thiếu chữ ký của người khai."))
    answer = client.post(f"{CASE}sua/")
    assert answer["Location"] == "/dang-ky/ban-than/"
    assert "Thiếu chữ ký của người khai." in text_of(client.get(answer["Location"]))


def test_lapsed_case_is_declared_again_from_its_own_answers() -> None:
    declaration = a_declaration()
    deciding.lapse_overdue(now=utc_now() + 12 * DAY)
    client = _following(declaration)
    assert "Khai lại từ tờ khai này" in text_of(client.get(CASE))
    assert client.post(f"{CASE}sua/")["Location"] == "/dang-ky/xac-nhan/"
    assert client.get("/dang-ky/xac-nhan/").status_code == 200


def test_waiting_case_is_not_mended() -> None:
    client = _following(a_declaration())
    answer = client.post(f"{CASE}sua/")
    assert answer.status_code == 409
    assert "không ở tình trạng cần khai lại" in text_of(answer)


def test_looking_at_the_address_of_mending_changes_nothing() -> None:
    assert _following(_refused(REASON["name-differs"])).get(f"{CASE}sua/")["Location"] == CASE


# --- before «Ghi nhận» ----------------------------------------------------------------------------


def test_last_look_says_alike_that_something_does_not_agree() -> None:
    a_person()
    a_person(KHOA)
    said = {
        text_of(with_draft(a_draft(number=number)).get("/dang-ky/xem-lai/")).replace(number, "N")
        for number in (KHOA.number, "0198009999")
    }
    assert len(said) == 1
    assert "chưa khớp với dữ liệu BHXH" in said.pop()


def test_last_look_is_silent_when_everything_agrees() -> None:
    a_person()
    assert "chưa khớp" not in text_of(with_draft(a_draft()).get("/dang-ky/xem-lai/"))


def test_case_that_went_to_other_offices_tells_when_and_where() -> None:
    declaration, officer = a_declaration(), an_officer()
    now = utc_now()
    handing_over.hand_to_office(
        declaration=declaration, office=HAI_BA_TRUNG, note="Gần nhà hơn.", by=officer, now=now
    )
    moved = Declaration.objects.get()
    deciding.take_over_case(declaration=moved, by=officer, now=now)
    page = text_of(_following(declaration).get(CASE))
    there, back = (f"Từ lúc này ở {office_name(one)}" for one in (HAI_BA_TRUNG, THANH_TRI))
    assert page.index("Đã ghi nhận tờ khai") < page.index(there) < page.index(back)
