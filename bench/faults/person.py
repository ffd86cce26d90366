"""Somebody who registers while things break: tries again as a person would, and never gives up."""

import http.client
import http.cookiejar
import random
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import psycopg

from bench.faults.stack import Stack
from vssid.web.demo import portraits

PATIENCE_SECONDS = 240.0
CODE_PATIENCE_SECONDS = 20.0
_BOUNDARY = "----vssid-faults"
Fields = Mapping[str, str]


class GaveUpError(Exception):
    """A step that never worked within the patience: the run has failed."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are looked at, not followed."""

    def redirect_request(self, *_args: object, **_options: object) -> None:
        """Follow nothing."""
        return None


@dataclass
class Person:
    """One invented applicant with a browser's cookies. `retries` counts what had to be repeated."""

    stack: Stack
    number: str
    full_name: str
    id_number: str
    phone: str
    retries: int = 0
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        """Open the browser."""
        self.open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), _Stay()
        ).open

    def get(self, path: str) -> tuple[int, str]:
        """A page, or where it sends to: (status, text or location)."""
        return self._send(urllib.request.Request(self.stack.address + path))

    def post(
        self, path: str, fields: Fields, photos: Mapping[str, bytes] | None = None
    ) -> tuple[int, str]:
        """Send a form with the key of the form page."""
        _, page = self.get(path)
        return self.send_form(path, {**fields, **form_key(page)}, photos)

    def send_form(
        self, path: str, fields: Fields, photos: Mapping[str, bytes] | None = None
    ) -> tuple[int, str]:
        """Send fields that hold the form's key already."""
        body, kind = _encode(fields, photos or {})
        address = self.stack.address + path
        headers = {"Content-Type": kind, "Referer": address}
        return self._send(urllib.request.Request(address, data=body, headers=headers))

    def until(self, what: str, act: Callable[[], bool]) -> None:
        """Do it again until it works; raises GaveUpError."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                if act():
                    return
            except (OSError, http.client.HTTPException, psycopg.Error):
                pass
            self.retries += 1
            time.sleep(random.uniform(0.1, 0.6))
        raise GaveUpError(f"{self.number}: {what}")

    def _send(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            with error:
                if error.code in {301, 302, 303}:
                    return error.code, error.headers.get("Location", "")
                return error.code, error.read().decode(errors="replace")


def form_key(page: str) -> dict[str, str]:
    """The key that a form page carries against forged requests."""
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    return {"csrfmiddlewaretoken": found[1] if found else ""}


def register(person: Person, commune: str) -> None:
    """Fill Mẫu số 01 in and press «Ghi nhận», whatever breaks (guides R02–R08)."""

    def leads_to(path: str, fields: Fields, target: str, photos: Mapping[str, bytes]) -> bool:
        status, location = person.post(path, fields, photos)
        return status in {302, 303} and target in location

    for path, fields, target, photos in _steps(person, commune):
        person.until(
            path,
            lambda p=path, f=fields, t=target, ph=photos: leads_to(p, f, t, ph),  # type: ignore[misc]
        )
    _confirm_phone(person)
    person.until("«Ghi nhận»", lambda: _press_twice(person))
    person.until("the form", lambda: person.get("/dang-ky/da-ghi-nhan/")[0] == 200)


def _steps(person: Person, commune: str) -> list[tuple[str, Fields, str, Mapping[str, bytes]]]:
    """Each step's address, what is typed there, where it leads, and the photos that go along."""
    drawn = portraits.portrait(person.number)
    who = {
        "full_name": person.full_name,
        "number": person.number,
        "id_number": person.id_number,
    }
    where = {
        "era": "2025",
        "province": "01",
        "commune": commune,
        "street": "Số 1",
        "phone": person.phone,
    }
    office = {"provincial_agency": "001", "office": "00114"}
    return [
        ("/dang-ky/doi-tuong/", {"kind": "ca-nhan"}, "/ban-than/", {}),
        ("/dang-ky/ban-than/", who, "/giay-to/", {"portrait": drawn}),
        ("/dang-ky/giay-to/", {}, "/dia-chi/", {"front": drawn, "back": drawn}),
        ("/dang-ky/dia-chi/", where, "/co-quan/", {}),
        ("/dang-ky/co-quan/", office, "/xac-nhan/", {}),
    ]


def _press_twice(person: Person) -> bool:
    """An impatient double press: the same form goes out twice and must count once."""
    where, page = person.get("/dang-ky/xem-lai/")
    if where in {302, 303}:
        return "/da-ghi-nhan/" in page
    key = form_key(page)
    answers = [person.send_form("/dang-ky/xem-lai/", key) for _ in range(2)]
    return all(status in {302, 303} and "/da-ghi-nhan/" in to for status, to in answers)


def _confirm_phone(person: Person) -> None:
    """Picture code and OTP; a code that was lost on the way is asked for again."""
    person.until("picture code", lambda: _pass_picture(person))
    person.until("OTP", lambda: _type_back_or_ask_again(person))


def _pass_picture(person: Person) -> bool:
    _, page = person.get("/dang-ky/xac-nhan/")
    key = re.search(r'name="ma_hinh" value="(\w+)"', page)
    if key is None:
        return "/xem-lai/" in page
    with person.stack.connect() as owner:
        row = owner.execute(
            "SELECT response FROM captcha_captchastore WHERE hashkey = %s", [key[1]]
        ).fetchone()
    if row is None:
        return False
    fields = {"ma_hinh": key[1], "ma_kiem_tra": str(row[0]), **form_key(page)}
    status, where = person.send_form("/dang-ky/xac-nhan/", fields)
    # 429: the code of a try whose answer was lost is on its way already.
    return status == 429 or (status in {302, 303} and "/ma-otp/" in where)


def _type_back(person: Person) -> bool:
    if "/xem-lai/" in person.get("/dang-ky/ma-otp/")[1]:
        return True
    code = _newest_code(person)
    if not code:
        return False
    status, where = person.post("/dang-ky/ma-otp/", {"code": code})
    return status in {302, 303} and "/xem-lai/" in where


def _type_back_or_ask_again(person: Person) -> bool:
    # A code whose hand-over was cut off is never sent twice: the person asks for another.
    deadline = time.monotonic() + CODE_PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if _type_back(person):
                return True
        except (OSError, http.client.HTTPException, psycopg.Error):
            person.retries += 1
        time.sleep(0.5)
    _make_resend_possible(person)
    person.post("/dang-ky/ma-otp/gui-lai/", {})
    return False


def _newest_code(person: Person) -> str:
    with person.stack.connect() as owner:
        row = owner.execute(
            "SELECT text FROM messaging_demomessage WHERE address = %s AND text LIKE %s "
            "ORDER BY arrived_at DESC LIMIT 1",
            [person.phone, "%la ma xac nhan%"],
        ).fetchone()
    found = re.search(r"\b(\d{6}) la ma xac nhan", str(row[0])) if row else None
    return found[1] if found else ""


def _make_resend_possible(person: Person) -> None:
    # The pause of 60 s between codes is not what is tried here.
    with person.stack.connect() as owner:
        owner.execute(
            "UPDATE accounts_onetimecode SET created_at = created_at - interval '2 minutes'"
        )
        owner.execute("DELETE FROM limits_bucket WHERE name = 'code.phone'")


def _encode(fields: Fields, photos: Mapping[str, bytes]) -> tuple[bytes, str]:
    if not photos:
        return urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="'
    parts = [f'{head}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    for name, content in photos.items():
        photo = f'{head}{name}"; filename="{name}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(photo.encode() + content + b"\r\n")
    parts.append(f"--{_BOUNDARY}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={_BOUNDARY}"
