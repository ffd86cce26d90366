"""Requests that no browser of ours sends, and what stands between them and the pages."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from prometheus_client import generate_latest

from config.wsgi import application, in_utf8
from tests.factories import a_session, an_account, an_officer
from tests.web.visiting import at_desk, at_home, live_session, text_of, with_session
from vssid.accounts.commands import sessions
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Channel
from vssid.messaging.transports import transport_for
from vssid.web.ui.middleware import RequestMiddleware
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

pytestmark = pytest.mark.django_db

FORM_KEY = b"k" * 32
MULTIPART = "multipart/form-data; boundary=xyz"
CHARSETS = (
    *("hex", "rot13", "idna", "undefined", "zip", "base64", "uu", "utf-7", "unicode_escape"),
    *("utf-16", "raw_unicode_escape", "punycode", "nothing", "utf-8", '"hex"', "", "a\\b"),
)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request through the server's door must not close the test's connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def _ask(method: str, path: str, content_type: str, body: bytes = b"") -> tuple[int, str]:
    """The status and the page that the server's own door answers."""
    environ = RequestFactory().generic(method, path, body, content_type).environ
    got: list[str] = []
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_TYPE"] = content_type
    environ["HTTP_COOKIE"] = f"{settings.CSRF_COOKIE_NAME}={FORM_KEY.decode()}"
    answer = application(environ, lambda status, _headers: got.append(status))
    page = b"".join(answer).decode()
    getattr(answer, "close", lambda: None)()
    return int(got[0].split()[0]), page


def _form(**fields: bytes) -> bytes:
    parts = [
        b'--xyz\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in fields.items()
    ]
    return b"".join([*parts, b"--xyz--\r\n"])


# --- charsets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parameter", ["charset={}", "Charset = {}", "charset*={}''x", "x=y;charset={}"]
)
@pytest.mark.parametrize("charset", CHARSETS)
def test_page_is_shown_whatever_charset_is_claimed(charset: str, parameter: str) -> None:
    status, _ = _ask(
        "GET", "/tra-cuu/co-quan-bhxh/?tim=thanh+tri", "text/plain; " + parameter.format(charset)
    )
    assert status == 200


@pytest.mark.parametrize("charset", CHARSETS)
def test_form_with_any_charset_gets_a_sentence(charset: str) -> None:
    body = _form(number=rb"+2AA-\ud800", user=b"\xed\xa0\x80", csrfmiddlewaretoken=FORM_KEY)
    status, page = _ask("POST", "/dang-nhap/", f"{MULTIPART}; charset={charset}", body)
    assert status == 422
    assert "Xin nhập mã kiểm tra" in page


@pytest.mark.parametrize("sent", [b"12", b"+2AA-", rb"\ud800", b"\xed\xa0\x80", b"\xff\xfe\x00"])
@pytest.mark.parametrize("charset", CHARSETS)
def test_form_is_read_as_utf8_whatever_charset_is_claimed(charset: str, sent: bytes) -> None:
    seen: list[str] = []

    def page(environ: dict[str, Any], _start: Any) -> list[bytes]:
        seen.append(WSGIRequest(environ).POST["number"])
        return []

    kind = f"{MULTIPART}; charset={charset}"
    request = RequestFactory().generic("POST", "/", _form(number=sent), kind)
    list(in_utf8(page)(request.environ, lambda *_: None))
    assert seen == [sent.decode(errors="replace")]


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("text/html", "text/html"),
        ("text/html; charset=utf-8", "text/html"),
        ('multipart/form-data; boundary="a b"', "multipart/form-data"),
        ("multipart/form-data;boundary=--a_1", 'multipart/form-data; boundary="--a_1"'),
        ('multipart/form-data; charset=hex; BOUNDARY="a:1"', 'multipart/form-data; boundary="a:1"'),
        ("multipart/form-data; boundary*=hex''61", "multipart/form-data"),
        ("", ""),
    ],
)
def test_kind_and_boundary_are_all_that_is_kept(claimed: str, kept: str) -> None:
    environ = {"CONTENT_TYPE": claimed}
    list(in_utf8(lambda _environ, _start: [])(environ, lambda *_: None))
    assert environ["CONTENT_TYPE"] == kept


def test_half_a_character_does_not_keep_a_page_from_being_sent() -> None:
    page = Page(title="a\ud800b")
    request = RequestFactory().get("/")
    answer = render(request, "ui/error.html", page, text="\udfff", request_id="")
    assert "a?b" in answer.content.decode()


# --- the proof of work ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["[" * 2900, "[" * 6000, '{"a":' * 600, '{"challenge":' + "[" * 2900]
)
def test_sign_in_with_a_nested_solution_gets_a_sentence(text: str) -> None:
    payload = base64.b64encode(text.encode()).decode()
    answer = Client().post("/dang-nhap/", {"number": "0198000001", "altcha": payload})
    assert answer.status_code == 422
    assert "Máy chưa kiểm tra xong" in text_of(answer)


# --- the demo phone -------------------------------------------------------------------------------


def test_demo_phone_carries_nothing_outside_the_demo() -> None:
    transport_for(Channel.SMS)
    with (
        override_settings(VSSID_DEMO=False),
        pytest.raises(ImproperlyConfigured, match="demo phone"),
    ):
        transport_for(Channel.SMS)


# --- what a browser keeps -------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/can-bo/", "/can-bo/ho-so/khong-co/"])
def test_page_of_the_desk_is_kept_nowhere(address: str) -> None:
    answer = at_desk(an_officer()).get(address)
    assert answer["Cache-Control"] == "private, no-store"


def test_ended_session_clears_what_the_browser_keeps() -> None:
    account = an_account()
    client = with_session(a_session(account))
    sessions.sign_out(number=account.person_id, session_id=live_session(account), now=utc_now())
    answer = client.get("/the-bhyt/")
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache"')
    assert "Clear-Site-Data" not in Client().get("/the-bhyt/").headers


def test_officer_who_was_let_go_leaves_nothing_in_the_browser() -> None:
    officer = an_officer()
    client = at_desk(officer)
    officer.is_active = False
    officer.save()
    answer = client.get("/can-bo/")
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache"')
    assert "Clear-Site-Data" not in Client().get("/can-bo/").headers


def test_personal_page_that_comes_back_whole_is_asked_for_anew() -> None:
    for page in (at_home().get("/quan-ly-ca-nhan/"), at_desk(an_officer()).get("/can-bo/")):
        html = page.content.decode()
        assert '<script type="module" src="/static/ui/menu.js"' in html
        assert " data-personal>" in html
    module = (Path(settings.BASE_DIR) / "vssid/web/ui/static/ui/menu.js").read_text("utf-8")
    listener = module.partition("addEventListener('pageshow'")[2].partition("});")[0]
    assert "!event.persisted || !document.body.hasAttribute('data-personal')" in listener
    assert "document.documentElement.hidden = true;" in listener
    assert "window.location.reload();" in listener


def test_half_filled_form_that_comes_back_is_left_as_it_was() -> None:
    for address in ("/", "/dang-ky/", "/can-bo/dang-nhap/"):
        assert "data-personal" not in Client().get(address).content.decode()


# --- methods --------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X1"])
@pytest.mark.parametrize("address", ["/", "/dang-nhap/", "/can-bo/", "/khong-co/"])
def test_other_methods_get_a_sentence(method: str, address: str) -> None:
    answer = Client().generic(method, address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
    assert "Trang chỉ nhận việc xem và gửi biểu mẫu" in text_of(answer)


def test_head_is_answered_as_get_is() -> None:
    assert Client().head("/ho-tro/").status_code == 200


def test_invented_methods_share_one_counter() -> None:
    for method in ("ABC1", "ABC2", "ABC3"):
        Client().generic(method, "/ho-tro/")
    counted = generate_latest().decode()
    assert 'method="other"' in counted
    assert "ABC" not in counted


# --- addresses without their last slash -----------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/dang-ky", "/dang-ky/"),
        ("/can-bo", "/can-bo/"),
        ("/tra-cuu?ten=thanh+tri&x=%2F", "/tra-cuu/?ten=thanh+tri&x=%2F"),
    ],
)
def test_address_without_its_last_slash_leads_to_its_page(address: str, to: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Location"]) == (302, to)


@pytest.mark.parametrize(
    "address",
    [
        "/khong-co",
        "//dang-ky",
        "//evil.example/dang-ky",
        "//evil.example",
        "/\\evil",
        "/dang-ky/%2e%2e",
    ],
)
def test_unknown_address_leads_nowhere(address: str) -> None:
    answer = Client().get("/", PATH_INFO=address)
    assert answer.status_code == 404
    assert "Location" not in answer.headers


def test_form_is_not_led_on() -> None:
    assert Client().post("/dang-ky", {}).status_code == 404


# --- proxies --------------------------------------------------------------------------------------


def _sender(remote: str, *, said: str | None, trusted: list[str]) -> str:
    seen: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = None if said is None else {"X-Forwarded-For": said}
    with override_settings(VSSID_TRUSTED_PROXIES=trusted):
        RequestMiddleware(page)(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))
    return seen[0]


@pytest.mark.parametrize(
    ("remote", "said", "sender"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9, unknown", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3", "10.0.0.3"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("203.0.113.5", "10.0.0.1", "203.0.113.5"),
        ("", "198.51.100.1", ""),
    ],
)
def test_sender_is_the_nearest_address_that_is_no_proxy_of_ours(
    remote: str, said: str | None, sender: str
) -> None:
    assert _sender(remote, said=said, trusted=["10.0.0.0/8", "fd00::1"]) == sender


def test_nobody_is_believed_by_default() -> None:
    assert settings.VSSID_TRUSTED_PROXIES == []
    assert _sender("127.0.0.1", said="198.51.100.1", trusted=[]) == "127.0.0.1"


def test_proxy_that_is_no_address_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="VSSID_TRUSTED_PROXIES"):
        _sender("127.0.0.1", said=None, trusted=["proxy.example"])
