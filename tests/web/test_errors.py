"""When something does not work: a sentence with the next step, never a trace."""

import io
import logging
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from tests.factories import a_draft
from tests.web.visiting import at_home, text_of, with_draft
from vssid.web.ui import errors, pages

pytestmark = pytest.mark.django_db


def _break(patch: pytest.MonkeyPatch, error: Exception, times: int = 99) -> None:
    """Let every page fail while it is drawn, but for the page that says so."""
    real, left = pages.render, [error] * times

    def fail(*args: Any, **kwargs: Any) -> Any:
        if left:
            raise left.pop()
        return real(*args, **kwargs)

    patch.setattr("vssid.web.citizen.front.render", fail)


def _help(**options: Any) -> Any:
    return Client(raise_request_exception=False).get("/ho-tro/", **options)


def test_unknown_address_says_where_to_go() -> None:
    answer = Client().get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "Xin về trang chủ" in text_of(answer)


def test_failure_shows_a_sentence_and_the_request_id_and_no_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _break(monkeypatch, ZeroDivisionError("Nguyễn Thị Hồng Ánh"))
    answer = _help()
    assert answer.status_code == 500
    said = text_of(answer)
    assert "Xin thử lại sau ít phút" in said
    assert answer["X-Request-Id"] in said
    for told in ("ZeroDivisionError", "Traceback", "Hồng Ánh", ".py"):
        assert told not in answer.content.decode()


def test_failure_is_written_down_with_the_same_request_id(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _break(monkeypatch, ZeroDivisionError())
    with caplog.at_level(logging.INFO):
        answer = _help()
    written = [record.getMessage() for record in caplog.records if "failed" in record.getMessage()]
    assert len(written) == 1
    assert answer["X-Request-Id"] in written[0]
    assert "ZeroDivisionError" in written[0]


def test_sentence_comes_through_even_when_its_page_cannot_be_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(errors, "render", broken)
    answer = Client().get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert settings.VSSID_HOTLINE in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_page_is_drawn_again_when_the_database_was_restarted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _break(monkeypatch, OperationalError("lost"), times=1)
    assert _help().status_code == 200


@pytest.mark.django_db(transaction=True)
def test_database_that_stays_away_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    _break(monkeypatch, OperationalError("lost"))
    answer = _help()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Những gì đã lưu vẫn còn" in text_of(answer)


@pytest.mark.django_db(transaction=True)
def test_form_is_never_sent_twice_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def lost(**_changes: Any) -> Any:
        calls.append(1)
        raise OperationalError("lost")

    monkeypatch.setattr("vssid.web.citizen.registration.finish.filing.file_declaration", lost)
    client = with_draft(a_draft())
    client.raise_request_exception = False
    assert client.post("/dang-ky/xem-lai/").status_code == 503
    assert len(calls) == 1


@pytest.mark.parametrize("address", ["/dang-nhap/", "/dang-ky/doi-tuong/", "/can-bo/dang-nhap/"])
def test_form_without_its_key_is_refused_with_a_sentence(address: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(address, {"number": "0198000001"})
    assert answer.status_code == 403
    assert "cho phép cookie với trang này" in text_of(answer)


def test_form_from_before_signing_in_or_out_is_refused_kindly_and_leads_to_a_fresh_one() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/dang-nhap/")
    answer = client.post("/dang-nhap/", {"csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert "Trang này đã cũ" in text_of(answer)
    assert 'href="/dang-nhap/"' in answer.content.decode()


def test_form_with_its_key_is_taken() -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/dang-ky/doi-tuong/").content.decode()
    key = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    answer = client.post("/dang-ky/doi-tuong/", {"kind": "ca-nhan", "csrfmiddlewaretoken": key})
    assert answer.status_code == 302


def test_request_over_the_cap_is_refused_before_it_is_read() -> None:
    class Endless(io.RawIOBase):
        def read(self, _size: int = -1) -> bytes:
            raise AssertionError("nobody reads it")

    too_many = str(settings.VSSID_REQUEST_MAX_BYTES + 1)
    sent: dict[str, Any] = {"CONTENT_LENGTH": too_many, "wsgi.input": Endless()}
    answer = Client().generic(
        "POST",
        "/dang-ky/ban-than/",
        b"",
        content_type="multipart/form-data; boundary=x",
        **sent,
    )
    assert answer.status_code == 413
    assert "tối đa 10 MB" in text_of(answer)


def test_form_with_more_text_than_any_of_ours_is_a_sentence() -> None:
    answer = Client(raise_request_exception=False).post(
        "/dang-nhap/", {"number": "1" * (2 * 1024 * 1024)}
    )
    assert answer.status_code == 400
    assert "Xin quay lại trang trước" in text_of(answer)


def test_host_that_is_not_ours_is_refused() -> None:
    answer = Client(raise_request_exception=False, HTTP_HOST="evil.example").get("/can-bo/")
    assert answer.status_code < 500


def test_page_that_is_not_ones_own_to_see_is_a_sentence() -> None:
    assert "Địa chỉ này không có" in text_of(at_home().get("/so-kham-chua-benh/1800/"))


def test_log_line_of_a_request_names_the_route_and_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        Client().get("/can-bo/ho-so/TK-7F3K-92QD/?so=0912000001")
    lines = [record.getMessage() for record in caplog.records]
    assert lines
    assert not any("7F3K" in line or "0912" in line for line in lines)
