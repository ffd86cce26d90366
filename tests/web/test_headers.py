"""The headers and cookies of every kind of answer, and requests that come from elsewhere."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.test import Client, override_settings

from tests.architecture.source import callee, calls, modules, place
from tests.factories import a_draft, an_officer
from tests.web.visiting import at_desk, at_home, text_of, with_draft
from vssid.web.ui import pages

pytestmark = pytest.mark.django_db

CONSTANT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=()",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
OVER_TLS = {
    "VSSID_SECURE_COOKIES": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
}


def _served(address: str, client: Client | None = None, **how: Any) -> Any:
    return (client or Client(raise_request_exception=False)).get(address, **how)


def _failed(patch: pytest.MonkeyPatch, error: Exception) -> Any:
    real, left = pages.render, [error, error]

    def fail(*args: Any, **kwargs: Any) -> Any:
        if left:
            raise left.pop()
        return real(*args, **kwargs)

    patch.setattr("vssid.web.citizen.front.render", fail)
    return _served("/ho-tro/")


def _static(folder: Path) -> Any:
    (folder / "static").mkdir()
    (folder / "static" / "ui.css").write_text("a{}")
    with override_settings(STATIC_ROOT=folder / "static", WHITENOISE_USE_FINDERS=False):
        answer = _served("/static/ui.css")
    answer.close()
    return answer


# A kind of answer, how to get one, and its status.
KINDS: dict[str, tuple[int, Callable[[pytest.MonkeyPatch, Path], Any]]] = {
    "public page": (200, lambda *_: _served("/ho-tro/")),
    "citizen's page": (200, lambda *_: _served("/the-bhyt/", at_home())),
    "visitor's photo": (200, lambda *_: _served("/dang-ky/anh/mat-sau/", with_draft(a_draft()))),
    "officer's page": (200, lambda *_: _served("/can-bo/", at_desk(an_officer()))),
    "JSON": (200, lambda *_: _served("/dang-ky/thu-thach/")),
    "health": (200, lambda *_: _served("/healthz/live")),
    "redirect": (302, lambda *_: _served("/the-bhyt/")),
    "style or script": (200, lambda _patch, folder: _static(folder)),
    "form with an error": (422, lambda *_: Client().post("/dang-nhap/", {"number": "1"})),
    "unknown host": (400, lambda *_: _served("/ho-tro/", headers={"Host": "evil.example"})),
    "forged form": (403, lambda *_: Client(enforce_csrf_checks=True).post("/dang-nhap/", {})),
    "unknown address": (404, lambda *_: _served("/khong-co-trang-nay/")),
    "method": (405, lambda *_: Client().delete("/")),
    "too large": (413, lambda *_: _served("/", CONTENT_LENGTH=str(2**40))),
    "our failure": (500, lambda patch, _folder: _failed(patch, ZeroDivisionError())),
    "database away": (503, lambda patch, _folder: _failed(patch, OperationalError())),
}


@pytest.fixture(params=KINDS)
def answer(request: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """One of each kind."""
    status, ask = KINDS[request.param]
    # A database that is away closes the connection, which here is the test's own.
    monkeypatch.setattr("vssid.web.ui.middleware.connection.close", lambda: None)
    got = ask(monkeypatch, tmp_path)
    assert got.status_code == status
    return got


def test_constant_headers_are_on_every_kind_of_answer(answer: Any) -> None:
    assert {name: answer.get(name) for name in CONSTANT} == CONSTANT


def test_policy_lets_only_our_own_files_run_on_every_kind_of_answer(answer: Any) -> None:
    parts = [part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")]
    assert {name: value for name, value in parts} == POLICY  # noqa: C416 - pairs, two long each
    for loose in ("unsafe", "nonce", "sha256", "*", "http"):
        assert loose not in answer["Content-Security-Policy"]


def test_transport_is_told_where_the_deployment_speaks_tls() -> None:
    assert "Strict-Transport-Security" not in _served("/")
    with override_settings(VSSID_HSTS_SECONDS=31_536_000):
        for address in ("/", "/khong-co/", "/healthz/live"):
            assert _served(address)["Strict-Transport-Security"] == (
                "max-age=31536000; includeSubDomains"
            )


def test_every_page_says_what_it_is(answer: Any) -> None:
    """A type, and for text its charset, so that no browser guesses."""
    kind = answer["Content-Type"]
    if kind.startswith("text/html"):
        assert kind == "text/html; charset=utf-8"
    assert "/" in kind


# --- cookies --------------------------------------------------------------------------------------


@pytest.fixture
def _one_connection() -> Iterator[None]:
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize(
    "ask",
    [
        lambda: Client().get("/?app=1"),
        lambda: Client().get("/dang-nhap/"),
        lambda: Client().get("/can-bo/dang-nhap/"),
        lambda: Client().post("/ngon-ngu/", {"ngon_ngu": "en"}),
        lambda: Client().post("/dang-ky/doi-tuong/", {"kind": "ca-nhan"}),
    ],
    ids=["app", "sign-in", "desk", "language", "draft"],
)
def test_cookies_travel_over_tls_only_and_out_of_reach_of_scripts(
    ask: Callable[[], Any],
) -> None:
    with override_settings(**OVER_TLS):
        cookies = list(ask().cookies.values())
    assert cookies
    for cookie in cookies:
        assert cookie["secure"], cookie.key
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in {"Lax", "Strict"}, cookie.key
        assert not cookie["domain"], cookie.key


def test_no_cookie_is_set_without_saying_how_it_travels() -> None:
    """Also on the pages that no test opens."""
    ways = [
        (place(path, call), {word.arg: ast.unparse(word.value) for word in call.keywords})
        for path in modules("vssid")
        for call in calls(path)
        if callee(call) == "set_cookie"
    ]
    assert len(ways) >= 5
    for where, way in ways:
        assert way.get("httponly") == "True", where
        assert way.get("secure") == "settings.VSSID_SECURE_COOKIES", where
        assert way.get("samesite") in {"'Lax'", "'Strict'"}, where


def test_djangos_own_cookies_are_out_of_reach_too() -> None:
    for kind in ("SESSION", "CSRF", "LANGUAGE"):
        assert getattr(settings, f"{kind}_COOKIE_HTTPONLY") is True
        assert getattr(settings, f"{kind}_COOKIE_SAMESITE") in {"Lax", "Strict"}


# --- from elsewhere -------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/dang-nhap/", "/can-bo/", "/khong-co/"])
@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "10.0.0.1", "a b"])
def test_host_that_is_not_ours_is_refused_with_a_sentence(address: str, host: str) -> None:
    answer = Client().get(address, headers={"Host": host})
    assert answer.status_code == 400
    assert "mở VssID từ địa chỉ chính thức" in text_of(answer)
    assert host not in answer.content.decode()


def test_host_of_a_proxy_header_is_not_believed() -> None:
    answer = Client().get("/ho-tro/", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()


def test_machine_is_watched_by_its_address() -> None:
    for address in ("/healthz/live", "/healthz/ready", "/metrics"):
        assert Client().get(address, headers={"Host": "10.0.0.1:8000"}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://testserver.evil.example", "null", "http://testserver:1"],
)
def test_form_from_another_site_is_refused_even_with_its_key(origin: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/ngon-ngu/")
    page = client.get("/ngon-ngu/").content.decode()
    key = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = {"ngon_ngu": "en", "csrfmiddlewaretoken": key}
    refused = client.post("/ngon-ngu/", form, headers={"Origin": origin})
    assert refused.status_code == 403
    assert "chưa có gì bị thay đổi" in text_of(refused)
    assert (
        client.post("/ngon-ngu/", form, headers={"Origin": "http://testserver"}).status_code == 302
    )


def test_form_without_its_key_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/ngon-ngu/")
    assert client.post("/ngon-ngu/", {"ngon_ngu": "en"}).status_code == 403
