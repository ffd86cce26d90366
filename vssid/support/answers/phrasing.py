"""Lets a configured service for chat completions phrase an answer of the bank.

Off by default. What people type never leaves this machine: the service gets the question as the
bank has it and the answer to phrase, both public. What comes back is shown only if it holds what
`faithful.fault_of` asks for; otherwise the plain answer is shown and the log says why.
"""

import json
import time
from collections.abc import Mapping
from functools import lru_cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

import structlog
from django.conf import settings

from vssid.support.answers.errors import PhrasingError
from vssid.support.answers.faithful import fault_of
from vssid.support.answers.saying import Said

log = structlog.get_logger("vssid.assistant")

_MOST_BYTES: Final = 64 * 1024
_PIECE: Final = 4096
_KEPT_SECONDS: Final = 3600
_PAUSE_SECONDS: Final = 60
_ORDERS: Final = {
    False: "Bạn là trợ lý của cơ quan BHXH. Diễn đạt lại câu trả lời dưới đây bằng tiếng Việt giản "
    "dị, tử tế, tối đa 4 câu. Chỉ dùng điều có trong đó, không thêm điều gì, không thêm số nào; "
    "giữ đúng từng chữ «không», «chưa», «đừng», «hết», «chỉ» và tên trong «…».",
    True: "You are the assistant of a social insurance agency. Rephrase the answer below in plain, "
    "kind English, at most 4 sentences. Use only what it says; add nothing, and no figures; "
    "keep each “not”, “only” and every name in quotes.",
}


class _Failing:
    """After a failure nobody waits for the service again for a minute."""

    until = 0.0


def phrased(answer: Said, *, english: bool) -> tuple[str, ...]:
    """The paragraphs of an answer, phrased where a service is configured and answers in time."""
    if not settings.VSSID_ASSISTANT_URL or time.monotonic() < _Failing.until:
        return answer.paragraphs
    try:
        return (_phrased(answer, english, int(time.monotonic() // _KEPT_SECONDS)),)
    except PhrasingError as error:
        _Failing.until = time.monotonic() + _PAUSE_SECONDS
        log.warning("plain answer instead of a phrased one", question=answer.id, why=str(error))
        return answer.paragraphs


@lru_cache(maxsize=512)
def _phrased(answer: Said, english: bool, _hour: int) -> str:  # noqa: FBT001 - a cache key
    passages = "\n".join(answer.paragraphs)
    reply = _ask(
        {
            "model": settings.VSSID_ASSISTANT_MODEL,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": _ORDERS[english]},
                {"role": "user", "content": f"{answer.title}\n\n{passages}"},
            ],
        }
    )
    try:
        text = str(json.loads(reply)["choices"][0]["message"]["content"]).strip()
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise PhrasingError("the reply has another shape") from error
    if fault := fault_of(text, passages, answer.title):
        raise PhrasingError(fault)
    return " ".join(text.split())


def _ask(body: Mapping[str, object]) -> bytes:
    """The reply of the service, within the time set for all of it. Raises PhrasingError."""
    address = urlsplit(settings.VSSID_ASSISTANT_URL)
    seconds = settings.VSSID_ASSISTANT_TIMEOUT.total_seconds()
    ends = time.monotonic() + seconds
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=seconds)
    headers = {"Content-Type": "application/json"}
    if settings.VSSID_ASSISTANT_KEY:
        headers["Authorization"] = f"Bearer {settings.VSSID_ASSISTANT_KEY}"
    try:
        path = f"{address.path.rstrip('/')}/chat/completions"
        connection.request("POST", path, json.dumps(body).encode(), headers)
        reply = connection.getresponse()
        content = b""
        while piece := reply.read1(_PIECE):
            content += piece
            if time.monotonic() > ends or len(content) > _MOST_BYTES:
                raise PhrasingError("the reply is too slow or too large")
    except (OSError, HTTPException) as error:
        raise PhrasingError(type(error).__name__) from error
    finally:
        connection.close()
    if reply.status != 200:
        raise PhrasingError(f"the service answered {reply.status}")
    return content
