"""People who sign in: many connections, from one thread, each person as a browser would."""

import heapq
import re
import selectors
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_plus

PATIENCE_SECONDS = 60.0
_KEY = "k" * 32
_TURN = re.compile(rb'name="luot" value="([^"]+)"')
_AFTER = re.compile(rb'data-waiting="([\d.]+)"')
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.I)


@dataclass(order=True)
class Person:
    """Somebody who wants in at `due` (seconds of perf_counter)."""

    due: float
    number: str
    password: str = field(compare=False)
    turn: str = field(default="", compare=False)
    waited: int = field(default=0, compare=False)

    def request(self, port: int) -> bytes:
        """What their browser sends: number and password, or the turn that it was given."""
        if self.turn:
            sent = f"luot={quote_plus(self.turn)}"
        else:
            sent = f"number={self.number}&password={quote_plus(self.password)}"
        body = f"{sent}&csrfmiddlewaretoken={_KEY}"
        return (
            f"POST /dang-nhap/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: bench\r\n"
            f"Cookie: chong_gia_mao={_KEY}; ung_dung=1; da_chao=1\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One who got in: when (perf_counter), seconds of the last request, how often they waited."""

    at: float
    seconds: float
    waited: int


class Door:
    """Sends people to one server; `at_once` connections at most."""

    def __init__(self, port: int, at_once: int) -> None:
        self.port, self.at_once = port, at_once
        self.selector = selectors.DefaultSelector()
        self.idle: list[socket.socket] = []
        self.busy: dict[socket.socket, tuple[Person, float, bytearray]] = {}

    def close(self) -> None:
        """Hang up."""
        for connection in [*self.idle, *self.busy]:
            connection.close()
        self.selector.close()

    def let_in(self, people: Iterable[Person], until: float | None = None) -> Iterator[SignedIn]:
        """Send everybody when they are due and again when their turn has come.

        Ends when all are in, or at `until`. Raises OSError for an answer that is neither.
        """
        waiting = list(people)
        heapq.heapify(waiting)
        while waiting or self.busy:
            now = time.perf_counter()
            if until is not None and now >= until:
                return
            while waiting and waiting[0].due <= now and self._may_call():
                self._call(heapq.heappop(waiting))
            pause = max(0.0, waiting[0].due - now) if waiting and self._may_call() else 0.5
            for key, _ in self.selector.select(min(pause, 0.5)):
                yield from self._hear(key.fileobj, lambda one: heapq.heappush(waiting, one))  # type: ignore[arg-type]

    def _may_call(self) -> bool:
        return len(self.busy) < self.at_once

    def _call(self, person: Person) -> None:
        connection = self.idle.pop() if self.idle else self._connect()
        self.busy[connection] = (person, time.perf_counter(), bytearray())
        connection.sendall(person.request(self.port))

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.selector.register(connection, selectors.EVENT_READ)
        return connection

    def _hear(
        self, connection: socket.socket, comes_back: Callable[[Person], None]
    ) -> Iterator[SignedIn]:
        piece = connection.recv(1 << 18)
        if not piece:
            self._hang_up(connection, comes_back)
            return
        person, asked, answer = self.busy[connection]
        answer += piece
        if not _is_whole(answer):
            return
        del self.busy[connection]
        self.idle.append(connection)
        now = time.perf_counter()
        status = bytes(answer[9:12])
        turn, after = _TURN.search(answer), _AFTER.search(answer)
        if status == b"302":
            yield SignedIn(now, now - asked, person.waited)
        elif status == b"503" and turn and after:
            person.turn, person.waited = turn[1].decode(), person.waited + 1
            person.due = now + float(after[1])
            comes_back(person)
        else:
            raise OSError(f"{person.number} was answered {bytes(answer[:300])!r}")

    def _hang_up(self, connection: socket.socket, comes_back: Callable[[Person], None]) -> None:
        # The server lets go of connections that were quiet for long, maybe just when one is used.
        self.selector.unregister(connection)
        connection.close()
        if connection in self.idle:
            self.idle.remove(connection)
            return
        person, _asked, answer = self.busy.pop(connection)
        if answer:
            raise OSError(f"the door was shut in the face of {person.number}")
        comes_back(person)


def _is_whole(answer: bytearray) -> bool:
    head = answer.find(b"\r\n\r\n")
    length = _LENGTH.search(answer, 0, head + 2) if head >= 0 else None
    if head < 0:
        return False
    if length is None:
        return answer.endswith(b"0\r\n\r\n")
    return len(answer) - head - 4 >= int(length[1])
