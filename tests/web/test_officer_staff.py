"""«Nhân sự»: the screens of a head."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import HA_NOI, HAI_BA_TRUNG, THANH_TRI, an_officer
from tests.staff.keys import give_smart_otp
from tests.web.visiting import at_desk, text_of
from vssid.staff.models import Officer, OfficerOtp, Role

pytestmark = pytest.mark.django_db

PEOPLE = "/can-bo/nhan-su/"
NEW = {
    "full_name": "Phan  Văn Lộc",
    "user_name": "Loc.ThanhTri",
    "role": "decision",
    "office": THANH_TRI,
}


def _of(officer: Officer, rest: str = "") -> str:
    return f"{PEOPLE}{officer.pk}/{rest}"


def _password_on(answer: Any) -> str:
    found = re.search(r"slip-password\">([a-z]{4}[2-9]{4})<", answer.content.decode())
    assert found
    return found[1]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD])
@pytest.mark.parametrize("rest", ["", "moi/", "1/", "1/ngung/", "1/mat-khau/"])
def test_nobody_but_a_head_sees_the_accounts(role: Role, rest: str) -> None:
    assert at_desk(an_officer(role)).get(f"{PEOPLE}{rest}").status_code == 403


def test_head_finds_the_way_in_the_menu_and_others_do_not() -> None:
    assert "Nhân sự" in text_of(at_desk(an_officer(Role.HEAD)).get("/can-bo/"))
    assert "Nhân sự" not in text_of(at_desk(an_officer(Role.DECISION)).get("/can-bo/"))


def test_head_sees_their_people() -> None:
    head, who = an_officer(Role.HEAD), an_officer()
    other = an_officer(office=HAI_BA_TRUNG)
    page = text_of(at_desk(head).get(PEOPLE))
    assert who.user_name in page
    assert other.user_name not in page.split()


def test_account_is_opened_with_a_slip_shown_once() -> None:
    client = at_desk(an_officer(Role.HEAD))
    answer = client.post(f"{PEOPLE}moi/", NEW)
    password = _password_on(answer)
    assert answer["Cache-Control"] == "private, no-store"
    made = Officer.objects.get(user_name="loc.thanhtri")
    assert (made.full_name, made.must_change_password) == ("Phan Văn Lộc", True)
    assert password not in client.get(_of(made)).content.decode()
    sent = {"user_name": made.user_name, "password": password}
    led = Client().post("/can-bo/dang-nhap/", sent)["Location"]
    assert led == "/can-bo/dang-nhap/mat-khau-moi/"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"full_name": " "}, "Xin nhập họ và tên"),
        ({"user_name": "lộc"}, "chữ thường không dấu"),
        ({"user_name": "1loc"}, "bắt đầu bằng chữ"),
        ({"user_name": "loc..x"}, "chữ thường không dấu"),
        ({"user_name": "x" * 41}, "40"),
        ({"role": "operator"}, "Xin chọn một vai trò"),
        ({"office": HAI_BA_TRUNG}, "Xin chọn một cơ quan"),
    ],
)
def test_wrong_entry_is_explained_and_nothing_opened(changes: dict[str, str], said: str) -> None:
    answer = at_desk(an_officer(Role.HEAD)).post(f"{PEOPLE}moi/", {**NEW, **changes})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert Officer.objects.count() == 1


def test_taken_name_is_said_at_its_field() -> None:
    client = at_desk(an_officer(Role.HEAD))
    client.post(f"{PEOPLE}moi/", NEW)
    answer = client.post(f"{PEOPLE}moi/", NEW)
    assert answer.status_code == 422
    assert "đã có người dùng" in text_of(answer)


def test_officer_is_given_another_role() -> None:
    head, who = an_officer(Role.HEAD, HA_NOI), an_officer()
    client = at_desk(head)
    sent = {"role": "intake", "office": HAI_BA_TRUNG}
    answer = client.post(_of(who, "giao-viec/"), sent)
    assert "Đã đổi vai trò và cơ quan" in text_of(client.get(answer["Location"]))
    assert Officer.objects.get(pk=who.pk).office == HAI_BA_TRUNG


def test_account_is_ended_and_reopened() -> None:
    head, who = an_officer(Role.HEAD), an_officer()
    client = at_desk(head)
    client.post(_of(who, "ngung/"))
    assert not Officer.objects.get(pk=who.pk).is_active
    assert "Mở lại" in text_of(client.get(_of(who)))
    assert _password_on(client.post(_of(who, "mo-lai/")))
    assert Officer.objects.get(pk=who.pk).is_active


def test_password_and_second_factor_are_reset() -> None:
    head, who = an_officer(Role.HEAD), give_smart_otp(an_officer())
    client = at_desk(head)
    assert _password_on(client.post(_of(who, "mat-khau/")))
    password = _password_on(client.post(_of(who, "buoc-hai/")))
    sent = {"user_name": who.user_name, "password": password}
    led = Client().post("/can-bo/dang-nhap/", sent)["Location"]
    assert led == "/can-bo/dang-nhap/mat-khau-moi/"
    assert not OfficerOtp.objects.exists()


@pytest.mark.parametrize("rest", ["ngung/", "mat-khau/", "buoc-hai/"])
def test_act_stands_in_a_closed_fold_and_names_whom_it_meets(rest: str) -> None:
    who = an_officer()
    page = at_desk(an_officer(Role.HEAD)).get(_of(who)).content.decode()
    fold = page[: page.index(_of(who, rest))].rpartition("<details")[2]
    assert "</details>" not in fold
    assert " open" not in fold.partition(">")[0]
    button = page[page.index(_of(who, rest)) :].partition("</form>")[0]
    assert who.full_name in button


def test_first_password_has_a_date_only_while_there_is_one() -> None:
    client = at_desk(an_officer(Role.HEAD))
    assert "Mật khẩu lần đầu dùng được đến" not in text_of(client.get(_of(an_officer())))
    client.post(f"{PEOPLE}moi/", NEW)
    made = Officer.objects.get(user_name="loc.thanhtri")
    assert "Mật khẩu lần đầu dùng được đến" in text_of(client.get(_of(made)))


def test_slip_leads_on_to_the_account() -> None:
    client = at_desk(an_officer(Role.HEAD))
    slip = client.post(f"{PEOPLE}moi/", NEW).content.decode()
    made = Officer.objects.get(user_name="loc.thanhtri")
    assert f'href="{_of(made)}"' in slip


def test_heads_own_page_offers_nothing_to_press() -> None:
    head = an_officer(Role.HEAD)
    page = at_desk(head).get(_of(head))
    assert "Đây là tài khoản của bạn" in text_of(page)
    assert "giao-viec" not in page.content.decode()


@pytest.mark.parametrize("rest", ["ngung/", "mat-khau/", "buoc-hai/", "giao-viec/", "mo-lai/"])
def test_forged_act_on_ones_own_account_is_refused(rest: str) -> None:
    head = an_officer(Role.HEAD)
    sent = {"role": "intake", "office": THANH_TRI}
    answer = at_desk(head).post(_of(head, rest), sent)
    assert answer.status_code in {409, 422}
    assert "chính mình" in text_of(answer)


@pytest.mark.parametrize("rest", ["", "ngung/", "mat-khau/", "buoc-hai/", "giao-viec/", "mo-lai/"])
def test_account_of_another_office_leads_back_to_the_list(rest: str) -> None:
    who = an_officer(office=HAI_BA_TRUNG)
    client = at_desk(an_officer(Role.HEAD))
    assert client.post(_of(who, rest))["Location"] == PEOPLE
    assert Officer.objects.values().get(pk=who.pk)["is_active"]


@pytest.mark.parametrize("rest", ["ngung/", "mat-khau/", "buoc-hai/", "giao-viec/", "mo-lai/"])
def test_opening_the_address_of_an_act_does_nothing(rest: str) -> None:
    who = an_officer()
    assert at_desk(an_officer(Role.HEAD)).get(_of(who, rest))["Location"] == _of(who)
    assert Officer.objects.values().get(pk=who.pk)["password"] == who.password
