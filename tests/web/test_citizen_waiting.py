"""More people sign in than can be served: a page keeps the place of the rest."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from captcha.models import CaptchaStore
from django.test import Client

from tests.factories import HONG, KHOA, PASSWORD, an_account
from tests.web.visiting import in_app, text_of, typed_in
from vssid.accounts.board import Board
from vssid.accounts.line import Line
from vssid.web.citizen.entry import waiting

pytestmark = pytest.mark.django_db


class Clock:
    """The time of the line."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        """Seconds since the epoch."""
        return self.now


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    """A line without room, 20 s for each."""
    line = Line(Board(20.0 / 0.92), at_once=0, at_most=1)
    monkeypatch.setattr(waiting.line, "line", lambda: line)
    return line


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, line: Line) -> Iterator[Clock]:
    """A clock that the test moves on."""
    clock = Clock()
    monkeypatch.setattr("vssid.accounts.line.time.time", clock.time)
    yield clock
    monkeypatch.undo()


def _sign_in(client: Client, **sent: str) -> Any:
    return client.post("/dang-nhap/", {"number": HONG.number, "password": PASSWORD, **sent})


def _come_back(client: Client, answer: Any) -> Any:
    return client.post("/dang-nhap/", {"luot": typed_in(answer)["luot"]})


def test_who_cannot_be_served_soon_is_told_when_their_turn_is(clock: Clock) -> None:
    an_account()
    answer = _sign_in(in_app())
    assert (answer.status_code, answer["Retry-After"]) == (503, "20")
    assert "Đến lượt bạn sau khoảng 20 giây" in text_of(answer)
    assert answer["Cache-Control"] == "private, no-store"


def test_next_one_waits_behind(clock: Clock) -> None:
    first, second = _sign_in(in_app()), _sign_in(in_app())
    assert (first["Retry-After"], second["Retry-After"]) == ("20", "40")


def test_coming_back_at_the_turn_signs_in_with_what_was_typed(clock: Clock) -> None:
    an_account()
    client = in_app()
    answer = _sign_in(client, tiep="/the-bhyt/")
    clock.now += 21
    assert _come_back(client, answer)["Location"] == "/the-bhyt/"
    assert client.get("/the-bhyt/").status_code == 200


def test_coming_back_too_early_keeps_the_place(clock: Clock) -> None:
    an_account()
    client = in_app()
    answer = _sign_in(client)
    clock.now += 5
    again = _come_back(client, answer)
    assert (again.status_code, again["Retry-After"]) == (503, "15")
    clock.now += 16
    assert _come_back(client, again).status_code == 302


def test_coming_back_much_too_late_begins_anew_at_the_end(clock: Clock) -> None:
    client = in_app()
    answer = _sign_in(client)
    clock.now += 20 + 5 * 60 + 1
    assert _come_back(client, answer)["Retry-After"] == "20"


def test_page_shows_neither_number_nor_password(clock: Clock) -> None:
    page = _sign_in(in_app()).content.decode()
    assert HONG.number not in page
    assert PASSWORD not in page


def test_one_turn_does_not_let_a_crowd_in(clock: Clock) -> None:
    an_account()
    answer = _sign_in(in_app(), password="wrong-password")  # a right one would sign in
    clock.now += 21
    statuses = [_come_back(in_app(), answer).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 302, 302]


@pytest.mark.parametrize("ticket", ["", "nonsense", "A" * 5000])
def test_turn_that_is_not_ours_gains_nothing(clock: Clock, ticket: str) -> None:
    an_account()
    answer = _sign_in(in_app(), luot=ticket)
    assert (answer.status_code, answer["Retry-After"]) == (503, "20")


def test_turn_of_one_holds_only_what_they_sent_themselves(clock: Clock) -> None:
    an_account(HONG)
    an_account(KHOA)
    client = in_app()
    answer = _sign_in(client)
    clock.now += 21
    client.post("/dang-nhap/", {"luot": typed_in(answer)["luot"], "number": KHOA.number})
    page = client.get("/quan-ly-ca-nhan/").content.decode()
    assert HONG.number in page
    assert KHOA.number not in page


def test_picture_code_is_looked_at_when_the_turn_has_come(clock: Clock) -> None:
    an_account()
    key = CaptchaStore.generate_key()
    code = CaptchaStore.objects.get(hashkey=key).response
    client = Client()
    answer = _sign_in(client, ma_hinh=key, ma_kiem_tra=code)
    assert answer.status_code == 503
    clock.now += 21
    assert _come_back(client, answer).status_code == 302


def test_another_picture_needs_no_place(line: Line) -> None:
    assert _sign_in(Client(), new_picture="1").status_code == 200
    with line.board.notes(0.0) as notes:
        assert notes.tail == 0


def test_waiting_asks_no_database(clock: Clock, django_assert_num_queries: Any) -> None:
    client = in_app()
    with django_assert_num_queries(0):
        _sign_in(client)
