"""Asks one page over and over through kept connections, from one thread, and counts the answers."""

import selectors
import socket
import time
from contextlib import ExitStack

CONNECTIONS = 16
PATIENCE_SECONDS = 20.0
_OK = b"HTTP/1.1 200 "
_CHUNKED_END = b"0\r\n\r\n"


class Caller:
    """One connection that asks again as soon as its answer is complete."""

    def __init__(self, port: int, request: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request = request
        self._answer = b""

    def ask(self) -> None:
        """Send the request."""
        self._answer = b""
        self.socket.sendall(self._request)

    def listen(self) -> bool:
        """Take what has come; True when the answer is complete. Raises OSError for another."""
        piece = self.socket.recv(1 << 20)
        self._answer += piece
        if not piece or not self._answer.startswith(_OK[: len(self._answer)]):
            raise OSError(f"the page answered {self._answer[:200]!r}")
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found:
            return False
        _, _, length = head.lower().partition(b"content-length:")
        if length:
            return len(body) >= int(length.split(b"\r\n", 1)[0])
        return body.endswith(_CHUNKED_END)


def answers_per_second(port: int, path: str, cookie: str, seconds: float) -> float:
    """The rate at which a server on this machine answers `path` to CONNECTIONS kept connections.

    No `If-None-Match` is sent: every answer is the whole page. Raises OSError for any but 200.
    """
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
        "Accept: text/html\r\nUser-Agent: bench\r\n\r\n"
    ).encode()
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            caller = Caller(port, request)
            stack.enter_context(caller.socket)
            selector.register(caller.socket, selectors.EVENT_READ, caller)
        return _count(selector, seconds)


def _count(selector: selectors.BaseSelector, seconds: float) -> float:
    answers = 0
    started = now = time.perf_counter()
    for key in selector.get_map().values():
        key.data.ask()
    while now < started + seconds:
        ready = selector.select(PATIENCE_SECONDS)
        if not ready:
            raise OSError("the server no longer answers")
        for key, _ in ready:
            if key.data.listen():
                answers += 1
                key.data.ask()
        now = time.perf_counter()
    return answers / (now - started)
