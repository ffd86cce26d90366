"""Fills the form without drawing a page, for tests that begin somewhere in the middle."""

import re
from collections.abc import Mapping
from enum import IntEnum

from playwright.sync_api import FilePayload

from tests.guides.demo_phone import DemoPhone
from tests.guides.pictures import of_paper, of_person
from tests.guides.registering import Declared
from tests.guides.stack import Stack
from tests.guides.visitor import Visitor

FORM_KEY = "chong_gia_mao"


class Done(IntEnum):
    """How far the form is filled."""

    KIND = 0
    PERSON = 1
    PAPERS = 2
    ADDRESS = 3
    OFFICE = 4


class Shortcut:
    """Posts what the pages would post, with the cookies of a visitor's window."""

    def __init__(self, visitor: Visitor, declared: Declared) -> None:
        self._visitor = visitor
        self._declared = declared

    def fill(self, until: Done) -> None:
        """Begin a new declaration and fill it as far as `until`."""
        self._visitor.context.request.get("/dang-ky/doi-tuong/")
        self.post("doi-tuong/", {"kind": "ca-nhan"}, ends_at="ban-than/")
        self.go_on(Done.KIND, until)

    def go_on(self, after: Done, until: Done) -> None:
        """Fill what comes after `after`, as far as `until`."""
        steps = [self._person, self._papers, self._address, self._office]
        for step in steps[after:until]:
            step()

    def confirm(self, stack: Stack, phone: DemoPhone) -> None:
        """Picture code and OTP, up to the last look."""
        self.ask_for_code(stack)
        code = phone.code("xac nhan to khai")
        self.post("ma-otp/", {"code": code}, ends_at="xem-lai/")

    def ask_for_code(self, stack: Stack) -> None:
        """The picture code, so that the OTP is sent."""
        stack.end_pause()
        page = self._visitor.context.request.get("/dang-ky/xac-nhan/").text()
        found = re.search(r'name="ma_hinh" value="(\w+)"', page)
        assert found
        query = "SELECT response FROM captcha_captchastore WHERE hashkey = %s"
        ((answer,),) = stack.rows(query, found[1])
        check = {"ma_hinh": found[1], "ma_kiem_tra": answer}
        self.post("xac-nhan/", check, ends_at="ma-otp/")

    def file(self) -> None:
        """«Ghi nhận»."""
        self.post("xem-lai/", {}, ends_at="da-ghi-nhan/")

    def post(self, step: str, fields: Mapping[str, str | FilePayload], *, ends_at: str) -> None:
        """Post one step and be led to another."""
        cookies = {one["name"]: one["value"] for one in self._visitor.context.cookies()}
        answer = self._visitor.context.request.post(
            f"/dang-ky/{step}",
            multipart={"csrfmiddlewaretoken": cookies[FORM_KEY], **fields},
        )
        assert answer.url.endswith(f"/dang-ky/{ends_at}"), f"{answer.status} {answer.url}"

    def _person(self) -> None:
        person = self._declared.person
        fields: dict[str, str | FilePayload] = {
            "full_name": person.full_name,
            "number": person.number,
            "id_number": person.id_number,
            "portrait": of_person(person.number),
        }
        self.post("ban-than/", fields, ends_at="giay-to/")

    def _papers(self) -> None:
        fields = {"front": of_paper("front"), "back": of_paper("back")}
        self.post("giay-to/", fields, ends_at="dia-chi/")

    def _address(self) -> None:
        declared = self._declared
        fields = {
            "era": "2025",
            "province": declared.province.split(" - ")[0],
            "commune": declared.commune.split(" - ")[0],
            "street": declared.street,
            "phone": declared.person.phone,
            "email": declared.email,
        }
        self.post("dia-chi/", fields, ends_at="co-quan/")

    def _office(self) -> None:
        declared = self._declared
        fields = {
            "provincial_agency": declared.agency.split("]")[0].strip("["),
            "office": declared.office.strip("[]"),
        }
        self.post("co-quan/", fields, ends_at="xac-nhan/")
