"""Picture code, OTP, the last look and «Ghi nhận» on the screen (guides R06–R12)."""

from typing import Any
from uuid import UUID

import pytest
from captcha.models import CaptchaStore
from django.test import Client

from tests.factories import (
    HONG,
    RIVAL,
    a_declaration,
    a_draft,
    an_account,
    another_code,
    drawn,
    last_code,
)
from tests.web.visiting import text_of, typed_in, upload, with_draft
from vssid.accounts import tokens
from vssid.kernel.clock import utc_now
from vssid.kernel.phones import display_phone
from vssid.messaging.models import Message
from vssid.registration import queries
from vssid.registration.commands import drafts
from vssid.registration.models import Declaration
from vssid.web.citizen.registration import drafts as drafts_on_device

pytestmark = pytest.mark.django_db

PERSON = {"full_name": HONG.full_name, "number": HONG.number, "id_number": HONG.id_number}
ADDRESS = {
    "era": "2025",
    "province": "01",
    "commune": "00004",
    "street": "Số 5, ngõ 12",
    "phone": "0912 000 001",
    "email": "",
}
OFFICE = {"provincial_agency": "001", "office": "00114"}


def _empty() -> tuple[Client, UUID]:
    draft = drafts.start_draft(now=utc_now())
    return with_draft(draft.id), draft.id


def _view(draft_id: UUID) -> queries.DraftView:
    found = queries.draft(draft_id)
    assert found is not None
    return found


def _person(client: Client, **changes: Any) -> Any:
    portrait = {"portrait": upload(drawn("portrait"))}
    return client.post("/dang-ky/ban-than/", {**PERSON, **portrait, **changes})


def _pass_picture(client: Client) -> Any:
    page = client.get("/dang-ky/xac-nhan/")
    key = typed_in(page)["ma_hinh"]
    drawn_signs = CaptchaStore.objects.get(hashkey=key).response
    sent = {"ma_hinh": key, "ma_kiem_tra": drawn_signs}
    return client.post("/dang-ky/xac-nhan/", sent)


# --- picture code and OTP -------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "xxxxx", "ăâđêô"])
def test_r06_wrong_picture_code_gives_another_picture_and_sends_nothing(typed: str) -> None:
    client = with_draft(a_draft(is_confirmed=False))
    first = typed_in(client.get("/dang-ky/xac-nhan/"))["ma_hinh"]
    answer = client.post("/dang-ky/xac-nhan/", {"ma_hinh": first, "ma_kiem_tra": typed})
    assert answer.status_code == 422
    assert "mã kiểm tra" in text_of(answer).lower()
    assert typed_in(answer)["ma_hinh"] != first
    assert not Message.objects.exists()


def test_other_picture_is_given_on_request() -> None:
    client = with_draft(a_draft(is_confirmed=False))
    first = typed_in(client.get("/dang-ky/xac-nhan/"))["ma_hinh"]
    answer = client.post("/dang-ky/xac-nhan/", {"new_picture": "1", "ma_hinh": first})
    assert answer.status_code == 200
    assert typed_in(answer)["ma_hinh"] != first


def test_who_can_do_without_the_picture_may_a_few_times_an_hour() -> None:
    found = []
    for count in range(4):
        client = with_draft(a_draft(is_confirmed=False, phone=f"+8491200010{count}"))
        found.append(client.post("/dang-ky/xac-nhan/", {"khong-hinh": "1"}).status_code)
        Message.objects.all().delete()
    assert found == [302, 302, 302, 422]


def test_another_address_of_the_same_line_gets_no_more_tries_without_the_picture() -> None:
    found = []
    for count in range(4):
        client = with_draft(a_draft(is_confirmed=False, phone=f"+8491200010{count}"))
        answer = client.post(
            "/dang-ky/xac-nhan/", {"khong-hinh": "1"}, REMOTE_ADDR=f"2001:db8:1:2::{count}"
        )
        found.append(answer.status_code)
        Message.objects.all().delete()
    assert found == [302, 302, 302, 422]


@pytest.mark.parametrize("solution", ["nonsense", "e30=", "\0"])
def test_proof_of_work_that_is_none_is_explained(solution: str) -> None:
    client = with_draft(a_draft(is_confirmed=False))
    answer = client.post("/dang-ky/xac-nhan/", {"altcha": solution})
    assert answer.status_code == 422
    assert "nhập mã trong hình" in text_of(answer)


def test_r07_wrong_code_says_how_many_tries_are_left() -> None:
    client = with_draft(a_draft(is_confirmed=False))
    _pass_picture(client)
    answer = client.post("/dang-ky/ma-otp/", {"code": another_code(last_code())})
    assert answer.status_code == 422
    assert "bạn còn 4 lần nhập" in text_of(answer)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567"])
def test_code_of_another_shape_costs_no_try(typed: str) -> None:
    client = with_draft(a_draft(is_confirmed=False))
    _pass_picture(client)
    assert client.post("/dang-ky/ma-otp/", {"code": typed}).status_code == 422
    answer = client.post("/dang-ky/ma-otp/", {"code": another_code(last_code())})
    assert "bạn còn 4 lần nhập" in text_of(answer)


def test_code_page_shows_where_it_went_without_the_whole_number() -> None:
    client = with_draft(a_draft(is_confirmed=False))
    _pass_picture(client)
    said = text_of(client.get("/dang-ky/ma-otp/"))
    assert "0912***001" in said
    assert display_phone(HONG.phone) not in said


def test_resend_too_early_is_explained_and_the_first_code_still_counts() -> None:
    client = with_draft(a_draft(is_confirmed=False))
    _pass_picture(client)
    answer = client.post("/dang-ky/ma-otp/gui-lai/")
    assert answer.status_code == 429
    assert "Xin chờ" in text_of(answer)
    assert client.post("/dang-ky/ma-otp/", {"code": last_code()}).status_code == 302


def test_number_with_an_account_is_told_to_sign_in() -> None:
    an_account()
    client = with_draft(a_draft(is_confirmed=False))
    answer = _pass_picture(client)
    assert answer.status_code == 409
    assert "đã có tài khoản" in text_of(answer)
    assert 'href="/dang-nhap/"' in answer.content.decode()


# --- «Ghi nhận» -----------------------------------------------------------------------------------


def test_second_press_and_the_back_button_change_nothing() -> None:
    client = with_draft(a_draft())
    for _ in range(2):
        assert client.post("/dang-ky/xem-lai/")["Location"] == "/dang-ky/da-ghi-nhan/"
    for step in ("ban-than/", "dia-chi/", "xac-nhan/", "xem-lai/", "anh/chan-dung/"):
        assert client.get(f"/dang-ky/{step}")["Location"] == "/dang-ky/da-ghi-nhan/"
    assert _person(client)["Location"] == "/dang-ky/da-ghi-nhan/"
    assert Declaration.objects.count() == 1


def test_number_that_got_an_account_meanwhile_is_explained_at_the_last_step() -> None:
    draft_id = a_draft()
    an_account()
    answer = with_draft(draft_id).post("/dang-ky/xem-lai/")
    assert answer.status_code == 409
    assert "đã có tài khoản" in text_of(answer)


def test_r08_filed_form_says_where_and_until_when() -> None:
    client = with_draft(a_draft())
    client.post("/dang-ky/xem-lai/")
    said = text_of(client.get("/dang-ky/da-ghi-nhan/"))
    assert "Thanh Trì" in said
    assert "TK-" in said
    assert "Nộp chậm nhất ngày" in said


def test_filed_form_is_kept_on_the_device_for_an_hour_or_taken_off_it_at_once() -> None:
    client = with_draft(a_draft())
    client.post("/dang-ky/xem-lai/")
    shown = client.get("/dang-ky/da-ghi-nhan/")
    assert shown.cookies[drafts_on_device.COOKIE]["max-age"] == 3600
    assert "Xóa khỏi máy này" in text_of(shown)
    assert client.post("/dang-ky/da-ghi-nhan/xoa/")["Location"] == "/"
    assert client.get("/dang-ky/da-ghi-nhan/")["Location"] == "/dang-ky/"
    assert "đã ghi nhận" not in text_of(client.get("/dang-ky/"))


def test_photo_that_arrives_after_filing_is_answered_and_changes_nothing() -> None:
    draft_id = a_draft()
    client = with_draft(draft_id)
    begun = client.post("/dang-ky/anh/mat-truoc/gui/", {"size": "10"}).json()
    client.post("/dang-ky/xem-lai/")
    answer = client.post(
        begun["address"], b"0123456789", content_type="application/octet-stream",
        headers={"Upload-Offset": "0"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert answer["Location"] == "/dang-ky/da-ghi-nhan/"


def test_draft_of_one_visitor_is_not_another_visitors() -> None:
    a_declaration(RIVAL)
    stranger = with_draft(drafts.start_draft(now=utc_now()).id)
    assert stranger.get("/dang-ky/to-khai.pdf")["Location"] == "/dang-ky/"
    assert stranger.get("/dang-ky/anh/chan-dung/").status_code == 404


def test_cookie_of_another_purpose_leads_to_no_draft() -> None:
    draft_id, client = a_draft(), Client()
    client.cookies["to_khai"] = tokens.seal("session", draft_id.bytes)
    assert client.get("/dang-ky/xem-lai/")["Location"] == "/dang-ky/"


def test_draft_outlives_the_session_it_was_begun_in() -> None:
    page = with_draft(a_draft(photos=("portrait",))).get("/dang-ky/ban-than/")
    assert typed_in(page)["full_name"] == HONG.full_name
