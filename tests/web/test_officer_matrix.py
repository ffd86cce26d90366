"""Roles and acts: fixed people before every address of the desk, the expected answer written out.

A new address fails here until somebody has written down who may use it.
"""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import HA_NOI, HAI_BA_TRUNG, KHOA, THANH_TRI, a_declaration, an_officer
from tests.web.visiting import at_desk
from vssid.registration.rules import display_code
from vssid.staff.models import Officer, Role

pytestmark = pytest.mark.django_db

ROLES = (
    Role.INTAKE, Role.DECISION, Role.HEAD, Role.SUPPORT, Role.CONTENT, Role.OPERATOR, Role.FACILITY,
)  # fmt: skip
PEOPLE = {
    Role.INTAKE: ("duyen", "Mai Thị Duyên", THANH_TRI),
    Role.DECISION: ("loc", "Phan Văn Lộc", THANH_TRI),
    Role.HEAD: ("ngan", "Tạ Thị Ngân", THANH_TRI),
    Role.SUPPORT: ("tham", "Vũ Thị Thắm", THANH_TRI),
    Role.CONTENT: ("bien", "Ngô Văn Biên", HA_NOI),
    Role.OPERATOR: ("vinh", "Lại Quang Vinh", HA_NOI),
    Role.FACILITY: ("sen", "Hồ Thị Sen", "01001"),
}
# Columns in the order of ROLES: x may, . may not.
TABLE = """
/can-bo/                                              x x x x x x x
/can-bo/thoat/                                        x x x x x x x
/can-bo/khoa/                                         x x x x x x x
/can-bo/khoa/mo/                                      x x x x x x x
/can-bo/khoa/van-tay/                                 x x x x x x x
/can-bo/con-day/                                      x x x x x x x
/can-bo/bao-mat/                                      x x x x x x x
/can-bo/bao-mat/mat-khau/                             x x x x x x x
/can-bo/bao-mat/van-tay/                              x x x x x x x
/can-bo/bao-mat/van-tay/them/                         x x x x x x x
/can-bo/bao-mat/van-tay/<uuid:passkey>/bo/            x x x x x x x
/can-bo/bat-dau/                                      . x x . . . .
/can-bo/tim/                                          x x x . . . .
/can-bo/giam-ho/                                      x x x . . . .
/can-bo/giam-ho/<uuid:dispute_id>/                    x x x . . . .
/can-bo/giam-ho/<uuid:dispute_id>/chuyen/             . x x . . . .
/can-bo/dang-ky/                                      x x x . . . .
/can-bo/dang-ky/<uuid:draft_id>/to-khai/              x x x . . . .
/can-bo/dang-ky/<uuid:draft_id>/anh/<slug:kind>/      x x x . . . .
/can-bo/dang-ky/<uuid:draft_id>/ma/                   x x x . . . .
/can-bo/dang-ky/<uuid:draft_id>/ma/gui-lai/           x x x . . . .
/can-bo/dang-ky/<uuid:draft_id>/ghi-nhan/             x x x . . . .
/can-bo/ho-so/<slug:code>/                            x x x . . . .
/can-bo/ho-so/<slug:code>/nhan-ve/                    x x x . . . .
/can-bo/ho-so/<slug:code>/nhan-xu-ly/                 x x x . . . .
/can-bo/ho-so/<slug:code>/tra-hang-doi/               x x x . . . .
/can-bo/ho-so/<slug:code>/giao/                       x x x . . . .
/can-bo/ho-so/<slug:code>/lich-su/                    x x x . . . .
/can-bo/ho-so/<slug:code>/nhan-ban-ky/                x x x . . . .
/can-bo/ho-so/<slug:code>/to-khai.pdf                 x x x . . . .
/can-bo/ho-so/<slug:code>/anh/<slug:kind>/            x x x . . . .
/can-bo/ho-so/<slug:code>/ma-so/                      . x x . . . .
/can-bo/ho-so/<slug:code>/duyet/                      . x x . . . .
/can-bo/ho-so/<slug:code>/trinh/                      . x x . . . .
/can-bo/ho-so/<slug:code>/tra-lai/                    . x x . . . .
/can-bo/ho-so/<slug:code>/tu-choi/                    . x x . . . .
/can-bo/tai-khoan/                                    . x x . . . .
/can-bo/tai-khoan/ho-so/                              . x x . . . .
/can-bo/tai-khoan/anh/                                . x x . . . .
/can-bo/tai-khoan/mat-khau/                           . x x . . . .
/can-bo/tai-khoan/so-dien-thoai/                      . x x . . . .
/can-bo/tai-khoan/so-dien-thoai/gui-lai/              . x x . . . .
/can-bo/tai-khoan/so-dien-thoai/ma/                   . x x . . . .
/can-bo/tai-khoan/cho-xac-nhan/                       . x x . . . .
/can-bo/tai-khoan/cho-xac-nhan/<uuid:help_id>/        . x x . . . .
/can-bo/tai-khoan/cho-xac-nhan/<uuid:help_id>/dong-y/ . x x . . . .
/can-bo/tai-khoan/cho-xac-nhan/<uuid:help_id>/tra-lai/ . x x . . . .
/can-bo/phan-anh/                                     . x x x . . .
/can-bo/phan-anh/tim/                                 . x x x . . .
/can-bo/phan-anh/<slug:code>/                         . x x x . . .
/can-bo/phan-anh/<slug:code>/nhan/                    . x x x . . .
/can-bo/phan-anh/<slug:code>/nhan-thay/               . x x x . . .
/can-bo/phan-anh/<slug:code>/ghi-chu/                 . x x x . . .
/can-bo/phan-anh/<slug:code>/gop/                     . x x x . . .
/can-bo/phan-anh/<slug:code>/tra-loi/                 . x x x . . .
/can-bo/phan-anh/<slug:code>/chuyen/                  . x x x . . .
/can-bo/phan-anh/<slug:code>/dong/                    . x x x . . .
/can-bo/phan-anh/<slug:code>/tep/<uuid:paper>/        . x x x . . .
/can-bo/phan-anh/so-lieu/                             . . x . . x .
/can-bo/tin-tuc/                                      . . . . x x .
/can-bo/tin-tuc/moi/                                  . . . . x x .
/can-bo/tin-tuc/<uuid:article_id>/                    . . . . x x .
/can-bo/tin-tuc/<uuid:article_id>/go-xuong/           . . . . x x .
/can-bo/tin-tuc/<uuid:article_id>/anh/                . . . . x x .
/can-bo/tin-tuc/<uuid:article_id>/anh/<uuid:picture>.jpg . . . . x x .
/can-bo/tin-tuc/<uuid:article_id>/anh/<int:number>/bo/ . . . . x x .
/can-bo/tin-tuc/<uuid:article_id>/ban/<int:number>/   . . . . x x .
/can-bo/danh-ba/                                      . . . . . x .
/can-bo/danh-ba/<slug:directory>/                     . . . . . x .
/can-bo/danh-ba/<slug:directory>/tai-ve.csv           . . . . . x .
/can-bo/danh-ba/<slug:directory>/tep/<uuid:file>/     . . . . . x .
/can-bo/danh-ba/<slug:directory>/tep/<uuid:file>/bao-cao.csv . . . . . x .
/can-bo/so-lieu/                                      . . x . . . .
/can-bo/nhan-su/                                      . . x . . . .
/can-bo/nhan-su/moi/                                  . . x . . . .
/can-bo/nhan-su/<int:officer_id>/                     . . x . . . .
/can-bo/nhan-su/<int:officer_id>/giao-viec/           . . x . . . .
/can-bo/nhan-su/<int:officer_id>/ngung/               . . x . . . .
/can-bo/nhan-su/<int:officer_id>/mo-lai/              . . x . . . .
/can-bo/nhan-su/<int:officer_id>/mat-khau/            . . x . . . .
/can-bo/nhan-su/<int:officer_id>/buoc-hai/            . . x . . . .
"""
AT_THE_DOOR = "/can-bo/dang-nhap/"
"""Open to everybody."""


def _expected() -> dict[str, set[Role]]:
    rows = {}
    for line in TABLE.strip().splitlines():
        address, *marks = line.split()
        assert len(marks) == len(ROLES), line
        rows[address] = {role for role, mark in zip(ROLES, marks, strict=True) if mark == "x"}
    return rows


EXPECTED = _expected()


def _addresses(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = "/"
) -> list[str]:
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += _addresses(one.url_patterns, address)
        elif address.startswith("/can-bo/") and not address.startswith(AT_THE_DOOR):
            found.append(address)
    return found


def _filled(address: str, code: str) -> str:
    known = {
        "<slug:code>": code,
        "<slug:kind>": "front",
        "<slug:directory>": "don-vi",
        "<int:officer_id>": "999999",
        "<int:number>": "1",
        **{
            f"<uuid:{name}>": str(UUID(int=7))
            for name in (
                "help_id",
                "paper",
                "passkey",
                "dispute_id",
                "article_id",
                "picture",
                "draft_id",
                "file",
            )
        },
    }
    for part, value in known.items():
        address = address.replace(part, value)
    return address


def _person(role: Role) -> Officer:
    user_name, full_name, office = PEOPLE[role]
    return an_officer(role, office, user_name=user_name, full_name=full_name)


def test_every_address_of_the_desk_is_decided_here() -> None:
    assert set(_addresses()) == set(EXPECTED)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ROLES)
def test_role_reaches_what_it_may_and_nothing_else(role: Role, method: str) -> None:
    code = display_code(a_declaration().code)
    officer = _person(role)
    wrong = []
    for address, may in EXPECTED.items():
        client: Client = at_desk(officer)
        answer = getattr(client, method)(_filled(address, code))
        assert answer.status_code < 500, address
        # Answers to scripts have refusals of their own; the role's is a page.
        is_refused = answer.status_code == 403 and answer["Content-Type"].startswith("text/html")
        if is_refused is (role in may):
            wrong.append(f"{address} {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_is_led_to_the_door_from_everywhere(method: str) -> None:
    for address in EXPECTED:
        answer = getattr(Client(), method)(_filled(address, "TK-0000-0000"))
        assert answer.status_code == 302, address
        assert answer["Location"].startswith(AT_THE_DOOR), address


# --- which cases: an office its own, a province those below it ------------------------------------

ACTS_ON_A_CASE = (
    "nhan-xu-ly/",
    "giao/",
    "ma-so/",
    "nhan-ban-ky/",
    "duyet/",
    "trinh/",
    "tra-lai/",
    "tu-choi/",
)
SENT = {
    "compared": "1",
    "number": KHOA.number,
    "words": "Ảnh giấy tờ mờ.",
    "ghi-chu": "Người khai ở đây.",
}
OFFICES = {THANH_TRI: True, HA_NOI: True, HAI_BA_TRUNG: False}


@pytest.mark.parametrize("office", OFFICES)
def test_case_is_seen_by_its_office_and_the_province(office: str) -> None:
    declaration = a_declaration()
    address = f"/can-bo/ho-so/{display_code(declaration.code)}/"
    client = at_desk(an_officer(office=office))
    page = client.get(address).content.decode()
    assert (declaration.full_name in page) is OFFICES[office]
    assert (client.get(f"{address}anh/front/").status_code == 200) is OFFICES[office]
    assert (client.get(f"{address}to-khai.pdf").status_code == 200) is OFFICES[office]


@pytest.mark.parametrize("what", ACTS_ON_A_CASE)
def test_officer_of_another_office_with_the_address_changes_nothing(what: str) -> None:
    declaration = a_declaration()
    before = declaration.__class__.objects.values().get(id=declaration.id)
    address = f"/can-bo/ho-so/{display_code(declaration.code)}/{what}"
    at_desk(an_officer(office=HAI_BA_TRUNG)).post(address, SENT)
    assert declaration.__class__.objects.values().get(id=declaration.id) == before
