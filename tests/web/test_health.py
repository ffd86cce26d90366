"""Health and counters for operators."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_process_says_that_it_lives_without_a_database() -> None:
    answer = Client().get("/healthz/live")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


@pytest.mark.django_db
def test_process_is_ready_with_its_database() -> None:
    assert Client().get("/healthz/ready").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_process_is_not_ready_without_its_database_and_recovers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(*_args: Any) -> Any:
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", lost)
        answer = Client().get("/healthz/ready")
        assert answer.status_code == 503
        assert b"closed" not in answer.content
    assert Client().get("/healthz/ready").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1"])
def test_counters_are_shown_to_this_machine(address: str) -> None:
    Client().get("/ho-tro/")
    answer = Client(REMOTE_ADDR=address).get("/metrics")
    assert answer.status_code == 200
    assert b'route="ho-tro/"' in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "10.1.2.3", "fd00::1", "2001:4860:4860::8888", "0.0.0.0", "::", "", "unix:"],  # noqa: S104
)
def test_counters_are_shown_to_nobody_else(address: str) -> None:
    assert Client(REMOTE_ADDR=address).get("/metrics").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("trusted", [[], ["127.0.0.1"]])
@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
@pytest.mark.parametrize("value", ["", "127.0.0.1", "203.0.113.9"])
def test_counters_are_shown_to_nobody_behind_a_proxy(
    header: str, value: str, trusted: list[str], settings: Any
) -> None:
    settings.VSSID_TRUSTED_PROXIES = trusted
    assert Client().get("/metrics", headers={header: value}).status_code == 404


@pytest.mark.django_db
def test_counters_name_routes_and_nobody() -> None:
    Client().get("/can-bo/ho-so/TK-7F3K-92QD/")
    shown = Client().get("/metrics").content.decode()
    assert "7F3K" not in shown
    assert "ho-so/<slug:code>/" in shown
