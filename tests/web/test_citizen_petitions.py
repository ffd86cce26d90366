"""«Trợ giúp» and petitions without an account on the screen: nothing lost, nothing told (U05)."""

from typing import Any

import pytest
from captcha.models import CaptchaStore
from django.test import Client

from tests.factories import HA_NOI, HONG, a_session, an_officer, drawn, last_code
from tests.support.guests import PHONE, WORDS, a_guest_petition
from tests.support.reporting import a_record, report
from tests.web.visiting import text_of, typed_in, upload, with_session
from vssid.accounts.models import OneTimeCode
from vssid.kernel.clock import utc_now
from vssid.limits.models import Bucket
from vssid.messaging.models import Message
from vssid.staff.models import Role
from vssid.support.commands import following, moving
from vssid.support.models import Petition, PetitionFile, State
from vssid.support.rules import display_code

pytestmark = pytest.mark.django_db

HELP, LIST, WRITE, FOLLOW = (
    "/ho-tro/",
    "/ho-tro/phan-anh/",
    "/ho-tro/phan-anh/viet/",
    "/ho-tro/phan-anh/theo-doi/",
)
TYPED = {
    "category": "phuc-vu",
    "words": WORDS,
    "full_name": "Lê Văn Khách",
    "phone": "0912 000 077",
    "provincial_agency": HA_NOI,
    "office": HA_NOI,
}


def _picture(client: Client, page: str) -> dict[str, str]:
    key = typed_in(client.get(page))["ma_hinh"]
    signs = CaptchaStore.objects.get(hashkey=key).response
    return {"ma_hinh": key, "ma_kiem_tra": signs}


def _write(client: Client, **changes: Any) -> Any:
    return client.post(WRITE, {**TYPED, **_picture(client, WRITE), **changes})


def _sent(client: Client, **changes: Any) -> Petition:
    page = _write(client, **changes)
    sealed = typed_in(page)["ve"]
    answer = client.post(WRITE, {"ve": sealed, "code": last_code(PHONE)})
    petition = Petition.objects.get()
    assert answer["Location"] == f"{_page(petition)}?moi=1"
    return petition


def _page(petition: Petition) -> str:
    return f"{FOLLOW}{display_code(petition.code)}/"


def _answered(petition: Petition) -> Petition:
    by = an_officer(Role.SUPPORT, HA_NOI)
    return moving.answer_petition(petition=petition, words="Đã nhắc quầy.", by=by, now=utc_now())


# --- help -----------------------------------------------------------------------------------------


def test_u05_help_shows_hotline_hours_email_and_petitions_signed_out() -> None:
    said = text_of(Client().get(HELP))
    for text in ("1900 9068", "Đang mở", "cả ngày lẫn đêm", "hotro@example.com", "Không cần tài"):
        assert text in said


def test_hours_of_weekdays_are_written_out(settings: Any) -> None:
    settings.VSSID_HOTLINE_HOURS = [(1, 5, "07:30", "17:30"), (6, 6, "07:30", "11:30")]
    said = text_of(Client().get(HELP))
    assert "Thứ Hai – Thứ Sáu 07:30 – 17:30; Thứ Bảy 07:30 – 11:30." in said


def test_way_in_is_open_and_says_how_long_an_answer_takes() -> None:
    said = text_of(Client().get(LIST))
    for text in ("Viết phản ánh", "Theo dõi bằng mã", "Tài khoản VssID", "3 ngày làm việc"):
        assert text in said


# --- writing --------------------------------------------------------------------------------------


def test_u05_form_then_code_then_the_petition_with_its_code() -> None:
    client = Client()
    petition = _sent(client)
    said = text_of(client.get(f"{_page(petition)}?moi=1"))
    for text in (display_code(petition.code), "Đã gửi phản ánh", WORDS, "Bước 1/4"):
        assert text in said


def test_code_page_shows_everything_once_more_and_leads_back_with_all_of_it() -> None:
    client = Client()
    page = _write(client)
    for text in (WORDS, "Lê Văn Khách", "BHXH TP Hà Nội", "0912 000 077"):
        assert text in text_of(page)
    back = client.post(WRITE, {"ve": typed_in(page)["ve"], "viec": "sua"})
    assert WORDS in text_of(back)
    assert typed_in(back)["full_name"] == "Lê Văn Khách"
    assert not Petition.objects.exists()


def test_wrong_code_is_said_at_its_field_and_the_letter_stays() -> None:
    client = Client()
    page = _write(client)
    wrong = f"{(int(last_code(PHONE)) + 1) % 1_000_000:06}"
    answer = client.post(WRITE, {"ve": typed_in(page)["ve"], "code": wrong})
    assert answer.status_code == 422
    assert WORDS in text_of(answer)
    answer = client.post(WRITE, {"ve": typed_in(answer)["ve"], "code": last_code(PHONE)})
    assert answer.status_code == 302


def test_button_pressed_twice_is_one_petition() -> None:
    client = Client()
    sent = {"ve": typed_in(_write(client))["ve"], "code": last_code(PHONE)}
    first, second = client.post(WRITE, sent), client.post(WRITE, sent)
    assert first["Location"].startswith(second["Location"])
    assert Petition.objects.count() == 1


def test_broken_letter_leads_to_the_form_in_words() -> None:
    answer = Client().post(WRITE, {"ve": "abc", "code": "000000"})
    assert answer.status_code == 422
    assert "Viết phản ánh" in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"category": ""}, "Xin chọn phản ánh về việc gì"),
        ({"category": "sai-sot"}, "trong danh sách"),
        ({"words": " "}, "Xin viết nội dung phản ánh"),
        ({"words": "a\0b"}, "Xin viết rõ hơn"),
        ({"full_name": "123"}, "Họ và tên"),
        ({"phone": "024 3861 1234"}, "di động"),
        ({"office": ""}, "Xin chọn cơ quan BHXH tiếp nhận"),
        ({"office": "99999"}, "cơ quan"),
        ({"ma_kiem_tra": "sai"}, "Mã kiểm tra chưa đúng"),
    ],
)
def test_bad_input_is_answered_and_nothing_typed_is_lost(
    changes: dict[str, str], said: str
) -> None:
    answer = _write(Client(), **changes)
    assert answer.status_code == 422
    assert said in text_of(answer)
    if "words" not in changes:
        assert WORDS in text_of(answer)
    assert not OneTimeCode.objects.exists()


@pytest.mark.parametrize(("length", "back"), [(2001, 2001), (9000, 9000), (1_000_000, 10_000)])
def test_long_text_is_refused_and_comes_back_whole_but_for_a_huge_one(
    length: int, back: int
) -> None:
    answer = _write(Client(), words="x" * length)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "tối đa 2000 ký tự" in text_of(answer)
    assert "x" * back in html
    assert "x" * (back + 1) not in html
    assert "Lê Văn Khách" in html


def test_script_in_a_petition_is_text_everywhere() -> None:
    client = Client()
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    petition = _sent(client, words=evil)
    html = client.get(_page(petition)).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert" in html


def test_picture_travels_from_the_form_to_the_petition_and_a_bad_one_is_told() -> None:
    client = Client()
    bad = _write(client, photo=upload(b"%PDF-1.7 %%EOF"))
    assert bad.status_code == 422
    assert WORDS in text_of(bad)
    assert 'name="pdf"' not in bad.content.decode()
    petition = _sent(client, photo=upload(drawn("front")))
    paper = PetitionFile.objects.get()
    address = f"{_page(petition)}tep/{paper.id}/"
    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert Client().get(address).status_code == 302


def test_lists_of_offices_follow_the_province_and_keep_what_is_typed() -> None:
    answer = Client().post(WRITE, {**TYPED, "office": "", "cap-nhat": "1"})
    assert answer.status_code == 200
    assert "00114" in answer.content.decode()
    assert WORDS in text_of(answer)


def test_address_may_choose_the_category_and_brings_no_words() -> None:
    page = Client().get(WRITE, {"words": "Thẻ của tôi đâu?", "category": "the-bhyt"})
    assert "Thẻ của tôi đâu?" not in text_of(page)
    assert '<option value="the-bhyt" selected>' in page.content.decode()


def test_link_of_the_assistant_brings_the_question_along() -> None:
    sent = {"words": "Thẻ của tôi đâu?", "tu": "tro-ly"}
    page = Client().post(f"{WRITE}?category=the-bhyt", sent)
    assert "Thẻ của tôi đâu?" in text_of(page)
    assert '<option value="the-bhyt" selected>' in page.content.decode()


def test_who_is_signed_in_sends_at_once() -> None:
    client = with_session(a_session(a_record()))
    page = client.get(WRITE)
    assert "ma_hinh" not in typed_in(page)
    answer = client.post(WRITE, {**TYPED, "phieu": typed_in(page)["phieu"]})
    petition = Petition.objects.get()
    assert answer["Location"] == f"{LIST}{display_code(petition.code)}/?moi=1"
    assert (petition.number, petition.sender, petition.category) == (
        HONG.number, HONG.number, "phuc-vu",
    )  # fmt: skip
    assert "Thái độ, giờ giấc" in text_of(client.get(LIST))


# --- following ------------------------------------------------------------------------------------


def _ask(client: Client, code: str) -> Any:
    return client.post(FOLLOW, {"code": code, **_picture(client, FOLLOW)})


def _work(page: Any) -> str:
    ticket = typed_in(page)["ve"]
    subject = following.asked(ticket=ticket, now=utc_now()).subject
    live = OneTimeCode.objects.get(subject=subject, ended_at=None)
    following.send_follow_code(ticket=ticket, code_id=live.id, now=utc_now())
    return ticket


def _following(petition: Petition, phone: str = PHONE) -> Client:
    client = Client()
    Bucket.objects.all().delete()
    ticket = _work(_ask(client, petition.code))
    answer = client.post(FOLLOW, {"ve": ticket, "code": last_code(phone)})
    assert answer["Location"] == _page(petition)
    return client


def test_unknown_code_is_answered_alike_at_every_step() -> None:
    petition = a_guest_petition()
    Bucket.objects.all().delete()
    known, unknown = _ask(Client(), petition.code), _ask(Client(), "PA00000000")
    assert text_of(known) == text_of(unknown)
    wrong = [
        Client().post(FOLLOW, {"ve": _work(page), "code": "000001"}) for page in (known, unknown)
    ]
    assert {page.status_code for page in wrong} == {422}
    assert text_of(wrong[0]) == text_of(wrong[1])


@pytest.mark.parametrize("typed", ["", "PA-123", "x" * 400, "\0"])
def test_what_is_no_code_is_explained_and_sends_nothing(typed: str) -> None:
    answer = _ask(Client(), typed)
    assert answer.status_code == 422
    assert "PA-7F3K-92QD" in text_of(answer)
    assert not OneTimeCode.objects.exists()


def test_u05_answer_is_read_rated_and_the_petition_opened_again() -> None:
    petition = _answered(a_guest_petition())
    client, page = _following(petition), _page(petition)
    assert "Đã nhắc quầy." in text_of(client.get(page))
    answer = client.post(f"{page}danh-gia/", {"co-ich": "chua"})
    assert "chưa giúp được bạn" in text_of(client.get(answer["Location"]))
    by = petition.claimed_by
    assert by
    Petition.objects.update(state=State.CLOSED, closed_at=utc_now())
    shown = client.get(page)
    assert "Mở lại phản ánh" in text_of(shown)
    client.post(page, {"words": "Quầy vẫn đóng.", "phieu": typed_in(shown)["phieu"]})
    petition.refresh_from_db()
    assert (petition.state, petition.is_helpful) == (State.IN_WORK, False)


def test_pass_opens_one_petition_and_leaving_ends_it() -> None:
    first, second = a_guest_petition(), a_guest_petition(phone="+84912000078")
    client = _following(first)
    assert client.get(_page(second))["Location"].startswith(FOLLOW)
    client.post(f"{_page(first)}thoat/")
    assert client.get(_page(first)).status_code == 302


def test_petition_from_an_account_tells_only_where_it_stands() -> None:
    a_record()
    petition = report()
    client = _following(petition, HONG.phone)
    said = text_of(client.get(_page(petition)))
    assert "Đăng nhập để đọc" in said
    assert petition.words not in said
    for rest in ("danh-gia/", "dong/", "tep/0198c0de-0000-7000-8000-000000000000/"):
        assert client.post(f"{_page(petition)}{rest}").status_code == 404
    assert Petition.objects.get().state == State.RECEIVED


def test_signed_in_stranger_does_not_read_a_guests_petition() -> None:
    petition = a_guest_petition()
    client = with_session(a_session(a_record()))
    assert client.get(f"{LIST}{display_code(petition.code)}/").status_code == 404


def test_closing_is_asked_once_more() -> None:
    petition = a_guest_petition()
    client = _following(petition)
    assert "Đóng phản ánh" in text_of(client.get(f"{_page(petition)}dong/"))
    client.post(f"{_page(petition)}dong/")
    petition.refresh_from_db()
    assert petition.state == State.CLOSED
    assert Message.objects.filter(template="petition.closed", address=PHONE).exists()


def test_in_english_the_last_step_of_a_petition_is_closed_and_not_paid() -> None:
    client = Client()
    petition = _sent(client)
    client.cookies["ngon_ngu"] = "en"
    said = text_of(client.get(_page(petition)))
    assert "Closed" in said
    assert "Paid" not in said
