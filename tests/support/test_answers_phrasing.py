"""A configured service phrases answers of the bank; what it may not do is not shown."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.conf import LazySettings
from structlog.testing import capture_logs

from vssid.support.answers import phrasing, saying
from vssid.support.answers.faithful import fault_of

ANSWER = saying.said("otp-missing", english=False, today=date(2026, 11, 28))
GOOD = (
    "Bạn kiểm tra số và sóng, đợi 60 giây rồi bấm «Gửi lại mã»; một giờ tối đa 5 mã. Tin không đến "
    "thì nhận qua email hoặc dùng SmartOTP nhé."
)


@dataclass
class Service:
    """A service on this machine: what it says, and what it was asked."""

    says: str = GOOD
    status: int = 200
    waits: float = 0
    raw: bytes | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def reply(self) -> bytes:
        """As chat completions are shaped."""
        return (
            self.raw
            or json.dumps(
                {"choices": [{"message": {"role": "assistant", "content": self.says}}]}
            ).encode()
        )


@pytest.fixture
def service(settings: LazySettings) -> Iterator[Service]:
    """The service, configured."""
    made = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            made.asked.append(json.loads(self.rfile.read(length)) | {"path": self.path})
            made.keys.append(self.headers.get("Authorization", ""))
            time.sleep(made.waits)
            self.send_response(made.status)
            self.end_headers()
            self.wfile.write(made.reply())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.VSSID_ASSISTANT_URL = f"http://127.0.0.1:{server.server_port}/v1"
    settings.VSSID_ASSISTANT_MODEL = "small"
    settings.VSSID_ASSISTANT_KEY = "tests-key"
    settings.VSSID_ASSISTANT_TIMEOUT = timedelta(seconds=0.5)
    _forget()
    yield made
    server.shutdown()
    server.server_close()
    _forget()


def _forget() -> None:
    phrasing._phrased.cache_clear()
    phrasing._Failing.until = 0.0


def test_answer_is_phrased_by_the_service(service: Service) -> None:
    assert phrasing.phrased(ANSWER, english=False) == (GOOD,)
    (asked,) = service.asked
    assert (asked["path"], asked["model"]) == ("/v1/chat/completions", "small")
    assert service.keys == ["Bearer tests-key"]


def test_service_gets_the_bank_and_nothing_else(service: Service) -> None:
    phrasing.phrased(ANSWER, english=False)
    _orders, said = service.asked[0]["messages"]
    assert said["content"] == "\n\n".join([ANSWER.title, "\n".join(ANSWER.paragraphs)])


def test_same_answer_is_phrased_once(service: Service) -> None:
    for _ in range(3):
        phrasing.phrased(ANSWER, english=False)
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"says": GOOD.replace("60", "90")},
        {"says": f"{GOOD} Xem https://la.example/ nhé."},
        {"says": f"{GOOD} Xem vssid-moi.vn nhé."},
        {"says": f"{GOOD} Xem /dang-ky/ nhé."},
        {"says": f"<b>{GOOD}</b>"},
        {"says": GOOD.replace("Tin không đến", "Tin đến")},
        {"says": GOOD.replace("Tin không đến", "Tin chưa đến")},
        {"says": f"{GOOD} Đừng dùng số cũ."},
        {"says": f"{GOOD} Chỉ nhận một lần."},
        {"says": f"{GOOD} Gọi 60 5 60 5 60 5 60 5 nhé."},
        {"says": f"{GOOD} Theo Luật viễn thông."},
        {"says": f"{GOOD} Bấm «Mở khóa»."},
        {"says": f"{GOOD} Hoặc vào VTV."},
        {"says": f"{GOOD} Mất hai triệu."},
        {"says": ""},
        {"says": "dài " * 400},
        {"status": 500},
        {"raw": b"not json"},
        {"raw": b"{}"},
        {"raw": b"x" * 200_000},
        {"waits": 0.8},
    ],
    ids=[
        "figure",
        "address",
        "name-of-site",
        "path",
        "markup",
        "negation-lost",
        "negation-other",
        "negation-added",
        "only-added",
        "phone",
        "law",
        "screen",
        "name",
        "amount",
        "empty",
        "long",
        "500",
        "no-json",
        "shape",
        "big",
        "slow",
    ],
)
def test_what_may_not_be_shown_gives_way_to_the_plain_answer(
    wrong: dict[str, Any], service: Service
) -> None:
    for name, value in wrong.items():
        setattr(service, name, value)
    with capture_logs() as lines:
        assert phrasing.phrased(ANSWER, english=False) == ANSWER.paragraphs
    (line,) = lines
    assert line["event"] == "plain answer instead of a phrased one"
    assert line["question"] == "otp-missing"


def test_failing_service_is_left_alone_for_a_while(service: Service) -> None:
    service.status = 503
    for _ in range(3):
        assert phrasing.phrased(ANSWER, english=False) == ANSWER.paragraphs
    assert len(service.asked) == 1


def test_nothing_is_asked_without_a_service(service: Service, settings: LazySettings) -> None:
    settings.VSSID_ASSISTANT_URL = ""
    assert phrasing.phrased(ANSWER, english=False) == ANSWER.paragraphs
    assert service.asked == []


def test_english_denial_is_kept_too() -> None:
    passage = "The card is not valid yet. Do not pay anybody."
    assert not fault_of("Your card is not valid yet; do not pay anybody.", passage)
    assert fault_of("Your card is valid; do not pay anybody.", passage)
    assert fault_of("Your card isn't valid. Pay somebody.", passage)
