"""«Trợ lý» and «Câu hỏi thường gặp»: answers with source and next step, and what is not known."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from tests.factories import HONG, a_session, an_account
from tests.insurance.building import AN, a_card, a_life, a_period, stored
from tests.web.signing_in import signed_in
from tests.web.visiting import at_home, text_of, with_session
from vssid.accounts.models import Account
from vssid.audit.models import Event
from vssid.support.answers.bank import bank
from vssid.support.answers.models import AnswerRating
from vssid.web.citizen.answers import conversation

pytestmark = pytest.mark.django_db

CHAT, LIST = "/ho-tro/tro-ly/", "/ho-tro/cau-hoi-thuong-gap/"


def _asked(text: str, client: Client | None = None, **fields: str) -> Any:
    """The page after a question."""
    client = client or Client()
    answer = client.post(CHAT, {"hoi": text, **fields})
    assert (answer.status_code, answer["Location"]) == (302, f"{CHAT}#moi-nhat")
    return client.get(CHAT)


def _links(answer: Any) -> list[str]:
    return re.findall(r'class="chip" href="([^"]+)"', answer.content.decode())


# --- the conversation -----------------------------------------------------------------------------


def test_answer_has_its_source_and_the_next_step() -> None:
    answer = _asked("quen mk")
    page = text_of(answer)
    assert "Quên mật khẩu thì làm gì?" in page
    assert "Nguồn: hướng dẫn sử dụng VssID." in page
    assert "/quen-mat-khau/" in _links(answer)


def test_english_page_answers_in_english() -> None:
    client = Client()
    client.cookies["ngon_ngu"] = "en"
    page = text_of(_asked("forgot my password", client))
    assert "I forgot my password" in page
    assert "take your original ID to the nearest office" in page


def test_what_is_not_known_is_said_and_handed_over() -> None:
    answer = _asked("zxcv qwer tyui")
    assert "Câu này tôi không biết" in text_of(answer)
    assert _links(answer) == ["tel:19009068", "/tra-cuu/co-quan-bhxh/"]
    assert 'action="/ho-tro/phan-anh/viet/"' in answer.content.decode()


def test_question_goes_on_into_the_petition_by_a_form() -> None:
    text = "zxcv qwer tyui " * 60
    answer = _asked(text)
    carried = re.search(r'name="words" value="([^"]+)"', answer.content.decode())
    assert carried is not None
    assert carried[1] == text.strip()
    form = Client().post("/ho-tro/phan-anh/viet/", {"words": carried[1], "tu": "tro-ly"})
    assert form.status_code == 200
    assert text.strip() in text_of(form)
    assert "Xin chọn phản ánh về việc gì." not in text_of(form)


def test_question_is_not_taken_from_an_address() -> None:
    form = Client().get("/ho-tro/phan-anh/viet/?words=bi-mat")
    assert "bi-mat" not in form.content.decode().split("<textarea")[1]


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("chào ad", "Bạn cần biết điều gì?"),
        ("alo alo", "Bạn cần biết điều gì?"),
        ("giúp tôi với", "Tôi đây."),
        ("cảm ơn bạn nhiều nhé", "Không có gì"),
        ("tôi muốn tự tử", "hãy gọi 115 hoặc đến cơ sở y tế gần nhất"),
        ("em chán sống quá rồi", "hãy gọi 115 hoặc đến cơ sở y tế gần nhất"),
        ("làm ăn như cứt", "Xin lỗi vì điều đã làm bạn bực"),
    ],
)
def test_people_are_answered_kindly(said: str, answered: str) -> None:
    answer = _asked(said)
    assert answered in text_of(answer)
    assert "Nguồn:" not in text_of(answer)


def test_anger_is_handed_over_and_despair_is_not() -> None:
    assert "tel:19009068" in _links(_asked("làm ăn như cứt"))
    assert _links(_asked("tôi muốn tự tử")) == ["tel:115"]


def test_what_others_do_is_said_to_be_theirs() -> None:
    page = text_of(_asked("đổi bằng lái xe ở đâu"))
    assert "giấy phép lái xe do cơ quan công an giải quyết" in page
    assert "Câu này tôi không biết" in page


def test_close_questions_are_offered_and_chosen_by_a_press() -> None:
    client = Client()
    answer = _asked("tiền", client)
    assert "Ý bạn là câu nào?" in text_of(answer)
    offered = re.findall(r'name="chon" value="([^"]+)"', answer.content.decode())
    assert 2 <= len(offered) <= 3
    client.post(CHAT, {"chon": offered[1]})
    assert bank().questions[offered[1]].ask in text_of(client.get(CHAT))


def test_wrong_answer_is_counted_and_handed_over() -> None:
    client = Client()
    _asked("quen mk", client)
    answer = _asked("", client, sai="1")
    assert "Xin lỗi bạn" in text_of(answer)
    assert "tel:19009068" in _links(answer)
    row = AnswerRating.objects.get()
    assert (row.question, row.helpful, row.not_helpful) == ("forgot-password", 0, 1)


def test_none_of_the_offered_hands_over() -> None:
    client = Client()
    _asked("tiền", client)
    answer = _asked("", client, sai="1")
    assert "tel:19009068" in _links(answer)
    assert 'name="chon"' not in answer.content.decode()


def test_place_that_is_named_is_looked_up() -> None:
    page = text_of(_asked("cơ quan nào ở Thanh Trì"))
    assert "BHXH cơ sở Thanh Trì" in page
    assert "ngõ 673 đường Ngọc Hồi" in page


def test_facility_that_is_named_is_looked_up() -> None:
    assert "Bệnh viện Đa khoa" in text_of(_asked("bệnh viện ở hà nội ở đâu"))


def test_office_that_nobody_has_leads_to_the_look_up() -> None:
    answer = _asked("địa chỉ bhxh xyzabc ở đâu")
    assert 'class="places"' not in answer.content.decode()
    assert "Tôi chưa tìm ra nơi nào tên «xyzabc»" in text_of(answer)


def test_nobody_is_asked_for_a_place_that_was_not_named() -> None:
    assert "Tôi chưa tìm ra" not in text_of(_asked("cơ quan bhxh gần nhất ở đâu"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("bv nao o thanh tri co bhyt", "Thanh Trì"),
        ("bệnh viện ở Thanh Trì có nhận bảo hiểm không ạ", "Thanh Trì"),
        ("bhxh thanh tri so may duong nao", "ngõ 673 đường Ngọc Hồi"),
        ("toi o thanh tri thi ra bao hiem cho nao", "ngõ 673 đường Ngọc Hồi"),
    ],
)
def test_places_are_found_in_many_wordings(text: str, shown: str) -> None:
    html = _asked(text).content.decode()
    places = re.search(r'<ul class="places">(.*?)</ul>', html, re.DOTALL)
    assert places is not None
    assert shown in places[1]


# --- one's own record -----------------------------------------------------------------------------


@pytest.fixture
def worker() -> Client:
    """An, with a card and contributions, signed in."""
    stored(a_life(periods=[a_period()], cards=[a_card()]))
    return signed_in(AN)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("tôi đóng được bao lâu?", "Tổng thời gian tham gia BHXH"),
        ("thẻ của tôi đến bao giờ", "Thẻ BHYT"),
        ("tháng cuối đóng", "Tháng BHXH đóng gần nhất"),
        ("toi dong duoc bn nam", "Tổng thời gian tham gia BHXH"),
        ("tinh dum toi dong duoc may nam", "Tổng thời gian tham gia BHXH"),
        ("the toi con han ko", "Thẻ BHYT"),
        ("bhyt cua em xai toi ngay nao", "Thẻ BHYT"),
        ("cty dong cho toi toi thang may", "Tháng BHXH đóng gần nhất"),
    ],
)
def test_own_record_is_read_to_who_is_signed_in(question: str, shown: str, worker: Client) -> None:
    home = worker.get("/quan-ly-ca-nhan/").content.decode()
    answer = _asked(question, worker)
    own = re.findall(
        r'class="own own-\w+"><a href="([^"]+)"><small>([^<]+)', answer.content.decode()
    )
    assert len(own) == 1
    assert own[0][1] == shown
    assert shown in home
    assert answer["Cache-Control"] == "private, no-cache"


def test_look_at_the_record_is_written_like_any_other(worker: Client) -> None:
    before = Event.objects.count()
    _asked("tôi đóng được bao lâu?", worker)
    assert Event.objects.count() == before
    assert "own record" not in text_of(worker.get(CHAT))


def test_who_is_signed_out_is_told_how_to_see_it() -> None:
    answer = _asked("tôi đóng được bao lâu?")
    assert 'class="own' not in answer.content.decode()
    assert "Muốn tôi đọc từ hồ sơ của chính bạn, xin đăng nhập" in text_of(answer)
    assert 'href="/dang-nhap/?tiep=/quan-ly-ca-nhan/"' in answer.content.decode()


def test_record_is_not_read_before_the_first_password_is_changed(worker: Client) -> None:
    Account.objects.update(must_change_password=True)
    assert 'class="own' not in _asked("tôi đóng được bao lâu?", worker).content.decode()


def test_figures_of_an_earlier_turn_are_not_repeated(worker: Client) -> None:
    _asked("tôi đóng được bao lâu?", worker)
    answer = _asked("quen mk", worker)
    assert 'class="own' not in answer.content.decode()
    assert "Số liệu của bạn không được giữ lại ở đây" in text_of(answer)


# --- what is kept ---------------------------------------------------------------------------------


def test_conversation_is_sealed_in_a_cookie_of_the_session() -> None:
    client = Client()
    _asked("quen mk của Nguyễn Văn Mười", client)
    cookie = client.cookies[conversation.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert "quen" not in cookie.value
    assert "Mười" in text_of(client.get(CHAT))


def test_conversation_is_erased_by_a_press() -> None:
    client = Client()
    _asked("quen mk", client)
    assert client.post(f"{CHAT}xoa/")["Location"] == CHAT
    assert "talk-you" not in client.get(CHAT).content.decode()


def test_asking_to_erase_by_a_link_erases_nothing() -> None:
    client = Client()
    _asked("quen mk", client)
    client.get(f"{CHAT}xoa/")
    assert "talk-you" in client.get(CHAT).content.decode()


def test_conversation_ends_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    _asked("quen mk", client)
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr("vssid.web.citizen.answers.chat.utc_now", lambda: later)
    assert "talk-you" not in client.get(CHAT).content.decode()


def test_conversation_of_somebody_signed_in_ends_with_their_session() -> None:
    account = an_account(HONG)
    client = with_session(a_session(account))
    _asked("quen mk", client)
    client.post("/thoat/")
    assert "talk-you" not in client.get(CHAT).content.decode()


def test_conversation_is_not_taken_into_a_sign_in() -> None:
    visitor = Client()
    _asked("quen mk", visitor)
    client = at_home()
    client.cookies[conversation.COOKIE] = visitor.cookies[conversation.COOKIE].value
    assert "talk-you" not in client.get(CHAT).content.decode()


@pytest.mark.parametrize("value", ["", "nonsense", "A" * 5_000, "é"])
def test_cookie_that_is_not_ours_begins_anew(value: str) -> None:
    client = Client()
    client.cookies[conversation.COOKIE] = value
    answer = client.get(CHAT)
    assert answer.status_code == 200
    assert "talk-you" not in answer.content.decode()


def test_long_conversation_keeps_its_end_and_fits_a_cookie() -> None:
    client = Client()
    for number in range(9):
        _asked(f"{number} quên mật khẩu " + "xa lạ ừ nhỉ đấy ạ " * 30, client)
    assert len(client.cookies[conversation.COOKIE].value) <= 3_600
    page = text_of(client.get(CHAT))
    assert "8 quên mật khẩu" in page
    assert "0 quên mật khẩu" not in page


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "   ", "\x00\x1b", "\u200b\u200b"])
def test_empty_question_gets_its_sentence(typed: str) -> None:
    answer = Client().post(CHAT, {"hoi": typed})
    assert answer.status_code == 422
    assert "Bạn chưa gõ câu hỏi" in text_of(answer)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script> quen mk",
        "{{ 7 * 7 }} quen mk",
        "quen mk\x00\x1b[31m",
        "q" * 900_000,
        "(a+)+$" * 50_000,
    ],
    ids=["script", "template", "control", "huge", "regex"],
)
def test_hostile_question_is_answered_as_text(typed: str) -> None:
    client = Client()
    answer = _asked(typed, client)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "<script>alert" not in html
    assert "\x00" not in html
    assert len(html) < 60_000


def test_half_of_a_character_pair_is_answered() -> None:
    client = Client()
    form = "application/x-www-form-urlencoded"
    assert client.post(CHAT, "hoi=%ED%A0%BD+quen+mk", content_type=form).status_code == 302
    assert "Quên mật khẩu thì làm gì?" in text_of(client.get(CHAT))


def test_question_of_more_than_a_megabyte_is_refused_with_a_sentence() -> None:
    answer = Client(raise_request_exception=False).post(CHAT, {"hoi": "a" * 1_100_000})
    assert answer.status_code in {400, 413}
    assert "</html>" in answer.content.decode()


def test_too_many_questions_of_a_browser_wait_and_lose_nothing(settings: LazySettings) -> None:
    settings.VSSID_ASSISTANT_QUESTIONS_A_MINUTE = 1
    client, other = Client(), Client()
    for one in (client, other):
        one.get(CHAT)
    _asked("quen mk", client)
    answer = client.post(CHAT, {"hoi": "mất thẻ bhyt"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 60
    assert 'value="mất thẻ bhyt"' in answer.content.decode()
    assert "talk-you" in answer.content.decode()
    assert other.post(CHAT, {"hoi": "mất thẻ bhyt"}).status_code == 302
    assert client.get(f"{LIST}?tim=quen").status_code == 200


def test_choice_that_does_not_exist_is_no_answer() -> None:
    assert Client().post(CHAT, {"chon": "khong-co"}).status_code == 422


# --- frequent questions ---------------------------------------------------------------------------


def test_every_question_stands_on_the_list() -> None:
    page = Client().get(LIST).content.decode()
    assert all(f'href="{LIST}{id_}/"' in page for id_ in bank().questions)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("id_", ["card-household-cost", "pension-age", "find-office", "rates"])
def test_answer_has_an_address_of_its_own(id_: str, language: str) -> None:
    client = Client()
    client.cookies["ngon_ngu"] = language
    answer = client.get(f"{LIST}{id_}/")
    question = bank().questions[id_]
    assert answer.status_code == 200
    page = text_of(answer)
    assert (question.ask_en if language == "en" else question.ask) in page
    assert "{" not in page


def test_unknown_question_is_not_found() -> None:
    assert Client().get(f"{LIST}khong-co/").status_code == 404
    assert Client().post(f"{LIST}khong-co/danh-gia/", {"huu_ich": "co"}).status_code == 404


def test_search_without_accents_finds_and_says_when_it_does_not() -> None:
    found = Client().get(f"{LIST}?tim=quen+mat+khau")
    assert f'href="{LIST}forgot-password/"' in found.content.decode()
    nothing = text_of(Client().get(f"{LIST}?tim=qwertyzx"))
    assert "Chưa có câu trả lời cho những từ này" in nothing


def test_helpful_or_not_is_asked_once_and_thanked_for() -> None:
    client = Client()
    answer = client.post(f"{LIST}card-lost/danh-gia/", {"huu_ich": "khong"})
    assert answer["Location"] == f"{LIST}card-lost/?cam-on=khong#danh-gia"
    thanked = client.get(f"{LIST}card-lost/?cam-on=khong")
    assert "Chúng tôi sẽ xem lại câu trả lời này" in text_of(thanked)
    assert "tel:19009068" in _links(thanked)
    assert AnswerRating.objects.get().not_helpful == 1


@pytest.mark.parametrize("fields", [{}, {"huu_ich": "có thể"}])
def test_press_without_a_meaning_counts_nothing(fields: dict[str, str]) -> None:
    Client().post(f"{LIST}card-lost/danh-gia/", fields)
    Client().get(f"{LIST}card-lost/danh-gia/")
    assert not AnswerRating.objects.exists()


def test_answer_shows_the_own_line_to_who_is_signed_in(worker: Client) -> None:
    assert 'class="own own-' in worker.get(f"{LIST}card-valid/").content.decode()
    assert 'class="own' not in Client().get(f"{LIST}card-valid/").content.decode()


@pytest.mark.parametrize("address", ["/", "/ho-tro/"])
def test_assistant_is_offered_from_home_and_help(address: str) -> None:
    assert f'href="{CHAT}"' in Client().get(address).content.decode()


def test_assistant_is_offered_from_the_own_home() -> None:
    assert f'href="{CHAT}"' in at_home().get("/quan-ly-ca-nhan/").content.decode()


def test_pages_are_light() -> None:
    for address in (CHAT, f"{LIST}card-lost/"):
        assert len(Client().get(address).content) < 24 * 1024


@pytest.mark.parametrize(
    "text", ["mẹ tôi đóng bhxh bao lâu rồi", "chong toi dong duoc bao nhieu nam"]
)
def test_record_of_somebody_else_is_not_answered_with_ones_own(text: str) -> None:
    stored(a_life(periods=[a_period()], cards=[a_card()]))
    page = _asked(text, signed_in(AN)).content.decode()
    assert 'class="own' not in page
    assert "tôi chỉ đọc được hồ sơ của chính bạn" in page
