"""«Chia sẻ hồ sơ» on the screens: both sides, the code, one press to end it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.factories import HONG, KHOA, an_account, last_code
from tests.web.others import shared
from tests.web.visiting import at_home, text_of
from vssid.accounts.models import Session
from vssid.kernel.clock import utc_now
from vssid.people.models import Share
from vssid.people.visibility import Part

pytestmark = pytest.mark.django_db

LIST, NEW = "/chia-se/", "/chia-se/moi/"
WISH = {
    "number": KHOA.number, "name": KHOA.full_name, "card": "1", "benefits": "1", "term": "week",
}  # fmt: skip


@pytest.fixture
def hong() -> Client:
    """Hồng's browser; Khoa has an account too."""
    an_account(KHOA)
    return at_home(HONG)


def _mine() -> Share:
    return shared(Part.CARD, owner=HONG.number, reader=KHOA.number, accepted=False)


def _theirs(*, accepted: bool = False) -> Share:
    return shared(Part.CARD, owner=KHOA.number, reader=HONG.number, accepted=accepted)


def _ticket(answer: object) -> str:
    html = answer.content.decode()  # type: ignore[attr-defined]
    found = re.search(r'name="ve" value="([^"]+)"', html)
    assert found
    return found[1]


def test_owner_shares_with_a_code_that_names_the_reader(hong: Client) -> None:
    step = hong.post(NEW, WISH)
    said = text_of(step)
    for text in (KHOA.full_name, "0198***002", "Thẻ BHYT, Thông tin hưởng", "đến "):
        assert text in said
    done = hong.post(NEW, {"ve": _ticket(step), "code": last_code()}, follow=True)
    said = text_of(done)
    assert "Đã gửi lời mời" in said
    assert "Chờ người ấy nhận lời" in said
    assert "Dừng, không cho Trần Đăng Khoa xem nữa" in said


def test_only_the_card_is_chosen_beforehand(hong: Client) -> None:
    html = hong.get(NEW).content.decode()
    boxes = re.findall(r'<input type="checkbox"[^>]*name="([^"]+)"[^>]*?( checked)?>', html)
    checked = {name for name in ("card", "contributions", "benefits", "medical_book")
               if re.search(rf'name="{name}"[^>]* checked', html)}  # fmt: skip
    assert {name for name, _ in boxes} >= {"card", "medical_book"}
    assert checked == {"card"}
    assert re.search(r'name="term" value="day" checked', html)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"number": ""}, "mã số"),
        ({"number": "0198000077"}, "Không có tài khoản VssID nào khớp"),
        ({"name": "Trần Đăng Khôi"}, "Không có tài khoản VssID nào khớp"),
        ({"number": HONG.number, "name": HONG.full_name}, "mã số của chính bạn"),
        ({"card": "", "benefits": ""}, "Chưa chọn phần nào"),
        ({"term": ""}, "Chưa chọn thời hạn"),
        ({"term": "year"}, "thời hạn"),
    ],
)
def test_what_cannot_be_shared_is_said_and_what_was_typed_stays(
    hong: Client, change: dict[str, str], said: str
) -> None:
    answer = hong.post(NEW, {**WISH, **change})
    assert answer.status_code == 422
    assert said in text_of(answer)
    for name in {"number", "name"} - set(change):
        assert f'value="{WISH[name]}"' in answer.content.decode()
    assert not Share.objects.exists()


def test_eleventh_try_has_to_wait(hong: Client) -> None:
    for _ in range(10):
        hong.post(NEW, {**WISH, "name": "Ai Đó"})
    answer = hong.post(NEW, WISH)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 3600


def test_sharing_asks_again_who_it_is(hong: Client) -> None:
    Session.objects.update(proved_at=utc_now() - timedelta(minutes=21))
    assert hong.get(NEW)["Location"].startswith("/xac-nhan-lai/")
    answer = hong.post(NEW, WISH)
    assert answer["Location"].startswith("/xac-nhan-lai/")
    assert hong.get(LIST).status_code == 200


def test_reader_sees_the_offer_accepts_and_reads(hong: Client) -> None:
    share = _theirs()
    said = text_of(hong.get(LIST))
    assert "Trần Đăng Khoa mời bạn xem hồ sơ" in said
    assert hong.get(f"/xem-ho/{share.id}/the-bhyt/").status_code == 404
    said = text_of(hong.post(f"{LIST}{share.id}/nhan/", follow=True))
    assert "Đã nhận" in said
    assert "Xem hồ sơ của Trần Đăng Khoa" in said
    assert hong.get(f"/xem-ho/{share.id}/the-bhyt/").status_code == 200
    assert f"/xem-ho/{share.id}/" in hong.get("/quan-ly-ca-nhan/").content.decode()


def test_reader_declines(hong: Client) -> None:
    share = _theirs()
    assert "Đã từ chối" in text_of(hong.post(f"{LIST}{share.id}/tu-choi/", follow=True))
    assert hong.get(f"/xem-ho/{share.id}/the-bhyt/").status_code == 404


@pytest.mark.parametrize("is_mine", [True, False])
def test_one_press_ends_it_by_either_side(hong: Client, *, is_mine: bool) -> None:
    share = _mine() if is_mine else _theirs(accepted=True)
    html = hong.get(LIST).content.decode()
    assert f'action="/chia-se/{share.id}/dung/"' in html
    assert "Đã dừng" in text_of(hong.post(f"{LIST}{share.id}/dung/", follow=True))
    assert str(share.id) not in hong.get(LIST).content.decode()


def test_second_press_and_a_share_of_others_change_nothing_and_say_so(hong: Client) -> None:
    share = _mine()
    hong.post(f"{LIST}{share.id}/dung/")
    for id_ in (share.id, uuid4()):
        for act in ("dung", "nhan", "tu-choi"):
            said = text_of(hong.post(f"{LIST}{id_}/{act}/", follow=True))
            assert "không còn nữa" in said


@pytest.mark.parametrize("act", ["dung", "nhan", "tu-choi"])
def test_link_alone_changes_nothing(hong: Client, act: str) -> None:
    share = _theirs()
    assert hong.get(f"{LIST}{share.id}/{act}/")["Location"] == LIST
    share.refresh_from_db()
    assert (share.accepted_at, share.ended_at) == (None, None)


def test_shared_card_is_not_kept_on_the_phone(hong: Client) -> None:
    share = _theirs(accepted=True)
    pages = hong.get("/the-bhyt/ngoai-tuyen/").json()["pages"]
    assert [one["href"] for one in pages] == ["/the-bhyt/xem/"]
    assert str(share.id) not in str(pages)


def test_list_without_anything_is_kind(hong: Client) -> None:
    said = text_of(hong.get(LIST))
    assert "Bạn chưa cho ai xem hồ sơ của mình." in said
    assert "Chưa có ai cho bạn xem hồ sơ của họ." in said
