"""Each page answers for its role, with the headers that every answer has."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    HONG,
    a_declaration,
    a_draft,
    a_person,
    a_session,
    an_account,
    an_officer,
)
from tests.web.visiting import at_desk, at_home, live_session, text_of, with_draft, with_session
from vssid.accounts.commands import sessions
from vssid.accounts.models import Account
from vssid.kernel.clock import utc_now
from vssid.people.commands import bump_record_versions
from vssid.registration.rules import display_code
from vssid.staff.models import Role

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/?app=1",
    "/dang-nhap/",
    "/dang-ky/",
    "/dang-ky/doi-tuong/",
    "/dich-vu-cong/",
    "/tra-cuu/",
    "/tra-cuu/co-quan-bhxh/",
    "/tra-cuu/co-quan-bhxh/?tim=thanh+tri",
    "/tra-cuu/cskcb-giay-nghi/?tim=thanh+tri",
    "/tra-cuu/cskcb-bhyt/",
    "/tra-cuu/don-vi/?tim=may",
    "/tra-cuu/diem-thu/?tinh=01",
    "/kiem-tra-giay/",
    "/tin-tuc/",
    "/ho-tro/",
    "/ho-tro/tro-ly/",
    "/ho-tro/cau-hoi-thuong-gap/",
    "/ho-tro/cau-hoi-thuong-gap/?tim=the+bhyt",
    "/ho-tro/cau-hoi-thuong-gap/pension-age/",
    "/ngon-ngu/",
    "/cai-dat/",
    "/can-bo/dang-nhap/",
    "/demo/dien-thoai/",
]
DRAFT = ["ban-than/", "giay-to/", "dia-chi/", "co-quan/", "xem-lai/", ""]
PHOTOS = ["anh/chan-dung/", "anh/mat-truoc/", "anh/mat-sau/"]
FILED = ["da-ghi-nhan/", "to-khai.pdf", "to-khai.pdf?tai=1", "to-khai.png"]
CITIZEN = [
    "/doi-mat-khau/",
    "/doi-mat-khau/xong/",
    "/quan-ly-ca-nhan/",
    "/the-bhyt/",
    "/tai-khoan/thiet-bi/",
]
DESK = ["", "?trang=7", "?xong=duyet&ma={}", "ho-so/{}/", "ho-so/{}/to-khai.pdf"]
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _is_whole(answer: Any) -> bool:
    """Nothing missing shows, nothing runs that is not in a file of ours."""
    html: str = answer.content.decode()
    assert "None" not in text_of(answer)
    assert not re.search(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)"
        r"|https?://(?!www\.w3|testserver/|schema\.org/)",
        html,
    )
    return html.rstrip().endswith("</html>")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_answers_everybody(address: str, language: str) -> None:
    client = Client()
    client.cookies["ngon_ngu"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    assert _is_whole(answer)
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("address", DRAFT)
def test_step_answers_who_has_a_draft(address: str) -> None:
    assert _is_whole(with_draft(a_draft()).get(f"/dang-ky/{address}"))


@pytest.mark.parametrize("address", ["xac-nhan/", "ma-otp/"])
def test_confirmed_draft_skips_the_code(address: str) -> None:
    answer = with_draft(a_draft()).get(f"/dang-ky/{address}")
    assert answer["Location"] == "/dang-ky/xem-lai/"


def test_picture_code_is_asked_of_who_is_not_confirmed() -> None:
    assert _is_whole(with_draft(a_draft(is_confirmed=False)).get("/dang-ky/xac-nhan/"))


@pytest.mark.parametrize("address", PHOTOS)
def test_photo_of_a_draft_is_shown_to_its_visitor_and_kept_nowhere(address: str) -> None:
    answer = with_draft(a_draft()).get(f"/dang-ky/{address}")
    assert answer.content.startswith(b"\xff\xd8")
    assert answer["Cache-Control"] == "private, no-store"
    assert Client().get(f"/dang-ky/{address}").status_code == 302


def test_photo_that_was_not_taken_is_not_found() -> None:
    assert with_draft(a_draft(photos=())).get("/dang-ky/anh/mat-sau/").status_code == 404


@pytest.mark.parametrize("address", FILED)
def test_filed_form_is_shown_to_who_filed_it(address: str) -> None:
    draft_id = a_draft()
    client = with_draft(draft_id)
    client.post("/dang-ky/xem-lai/")
    answer = client.get(f"/dang-ky/{address}")
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("private")
    disposition = answer.get("Content-Disposition", "")
    assert ("attachment" in disposition) is ("tai" in address)


@pytest.mark.parametrize("address", [*(f"/dang-ky/{one}" for one in [*DRAFT[:-1], *FILED])])
@pytest.mark.parametrize("cookie", [None, "nonsense", "A" * 60])
def test_who_has_no_draft_begins_at_the_welcome(address: str, cookie: str | None) -> None:
    client = Client()
    if cookie:
        client.cookies["to_khai"] = cookie
    assert client.get(address)["Location"] == "/dang-ky/"


@pytest.mark.parametrize("address", CITIZEN)
def test_page_of_an_account_answers_its_owner_and_is_not_kept(address: str) -> None:
    answer = at_home().get(address)
    assert _is_whole(answer)
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("address", [*CITIZEN, "/quan-ly-ca-nhan/anh/"])
def test_page_of_an_account_leads_everybody_else_to_sign_in(address: str) -> None:
    officer = at_desk(an_officer())
    for client in (Client(), officer, with_session("nonsense")):
        answer = client.get(address)
        assert answer["Location"].startswith("/dang-nhap/")
        assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("role", [Role.INTAKE, Role.DECISION, Role.HEAD])
@pytest.mark.parametrize("address", DESK)
def test_page_of_the_desk_answers_who_works_there(address: str, role: Role) -> None:
    a_person()
    code = display_code(a_declaration().code)
    answer = at_desk(an_officer(role)).get(f"/can-bo/{address.format(code)}")
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("private")
    assert address.endswith(".pdf") or _is_whole(answer)


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.CONTENT, Role.OPERATOR])
@pytest.mark.parametrize(
    "address", [*DESK[3:], "ho-so/{}/anh/portrait/", "ho-so/{}/duyet/", "tim/"]
)
def test_page_of_the_desk_is_barred_to_other_roles(address: str, role: Role) -> None:
    code = display_code(a_declaration().code)
    answer = at_desk(an_officer(role)).get(f"/can-bo/{address.format(code)}")
    assert answer.status_code == 403
    assert "không thuộc phần việc" in text_of(answer)


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.CONTENT, Role.OPERATOR])
def test_role_without_cases_sees_none_and_can_sign_out(role: Role) -> None:
    declaration = a_declaration()
    client = at_desk(an_officer(role))
    page = text_of(client.get("/can-bo/"))
    assert "không xử lý tờ khai" in page
    assert display_code(declaration.code) not in page
    assert client.post("/can-bo/thoat/").status_code == 302
    assert client.get("/can-bo/").status_code == 302


@pytest.mark.parametrize("address", [*DESK, "ho-so/{}/anh/portrait/", "tim/"])
def test_page_of_the_desk_leads_everybody_else_to_its_door(address: str) -> None:
    code = display_code(a_declaration().code)
    for client in (Client(), at_home()):
        answer = client.get(f"/can-bo/{address.format(code)}")
        assert answer["Location"].startswith("/can-bo/dang-nhap/?tiep=")


def test_officer_who_was_let_go_is_out_at_once() -> None:
    officer = an_officer()
    client = at_desk(officer)
    officer.is_active = False
    officer.save()
    assert client.get("/can-bo/").status_code == 302


# --- headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["/", "/quan-ly-ca-nhan/", "/khong-co/", "/healthz/live", "/dang-ky/thu-thach/", "/can-bo/"],
)
def test_every_answer_bears_the_security_headers(address: str) -> None:
    answer = Client().get(address)
    assert {name: answer[name] for name in HEADERS} == HEADERS
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert len(answer["X-Request-Id"]) == 16


def test_request_ids_differ() -> None:
    assert len({Client().get("/healthz/live")["X-Request-Id"] for _ in range(5)}) == 5


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    client = with_draft(a_draft())
    answers = [
        Client().get("/?app=1"),
        client.get("/dang-ky/ban-than/"),
        Client().post("/dang-ky/doi-tuong/", {"kind": "ca-nhan"}),
        Client().post("/ngon-ngu/", {"ngon_ngu": "en"}),
    ]
    cookies = [cookie for answer in answers for cookie in answer.cookies.values()]
    assert len(cookies) >= 4
    for cookie in cookies:
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in {"Lax", "Strict"}, cookie.key


# --- copies in the browser ------------------------------------------------------------------------


def _tag(client: Client) -> str:
    """The tag of a page whose browser has its form key already."""
    client.get("/the-bhyt/")
    tag = client.get("/the-bhyt/")["ETag"]
    assert _conditional(client, tag) == 304
    return str(tag)


def _conditional(client: Client, tag: str) -> int:
    return client.get("/the-bhyt/", headers={"If-None-Match": tag}).status_code


def test_unchanged_record_page_is_answered_without_a_body() -> None:
    client = at_home()
    tag = _tag(client)
    answer = client.get("/the-bhyt/", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert (answer["ETag"], answer["Cache-Control"]) == (tag, "private, no-cache")


def test_changed_record_is_sent_anew() -> None:
    client = at_home()
    tag = _tag(client)
    bump_record_versions(numbers=[HONG.number])
    assert _conditional(client, tag) == 200


def test_other_language_is_sent_anew() -> None:
    client = at_home()
    tag = _tag(client)
    client.cookies["ngon_ngu"] = "en"
    assert _conditional(client, tag) == 200


def test_other_page_has_another_tag() -> None:
    client = at_home()
    tag = _tag(client)
    assert client.get("/quan-ly-ca-nhan/", headers={"If-None-Match": tag}).status_code == 200


def test_copy_is_never_confirmed_to_an_ended_session() -> None:
    account = an_account()
    client = with_session(a_session(account))
    tag = _tag(client)
    sessions.sign_out(number=HONG.number, session_id=live_session(account), now=utc_now())
    assert _conditional(client, tag) == 302
    assert _conditional(Client(), tag) == 302


def test_copy_is_never_confirmed_to_the_next_session() -> None:
    account = an_account()
    client = with_session(a_session(account))
    tag = _tag(client)
    sessions.sign_out(number=HONG.number, session_id=live_session(account), now=utc_now())
    client.cookies["phien"] = a_session(account)
    assert _conditional(client, tag) == 200


def test_copy_is_not_confirmed_before_the_first_password_is_changed() -> None:
    client = at_home()
    tag = _tag(client)
    Account.objects.update(must_change_password=True)
    assert _conditional(client, tag) == 302


# --- language -------------------------------------------------------------------------------------


def test_language_is_chosen_and_kept() -> None:
    client = Client()
    client.post("/ngon-ngu/", {"ngon_ngu": "en"})
    assert '<html lang="en"' in client.get("/").content.decode()
    client.post("/ngon-ngu/", {"ngon_ngu": "vi"})
    assert '<html lang="vi"' in client.get("/").content.decode()


@pytest.mark.parametrize("language", ["fr", "", "../en", "en\0"])
def test_unknown_language_is_vietnamese(language: str) -> None:
    client = Client()
    client.post("/ngon-ngu/", {"ngon_ngu": language})
    assert '<html lang="vi"' in client.get("/").content.decode()


def test_language_of_one_request_does_not_stay_for_the_next() -> None:
    english, vietnamese = Client(), Client()
    english.cookies["ngon_ngu"] = "en"
    english.get("/")
    assert '<html lang="vi"' in vietnamese.get("/").content.decode()
