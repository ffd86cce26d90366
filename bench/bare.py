"""What the pages are measured against: the least program that could answer them.

Started by `bench.pages` in the same web server. For each page it lets the real one answer twice and
notes of the second answer its SQL with the parameters (session check, record), its template and the
template's values. The first answer reads what is kept from then on, such as the names of places.
From then on a request is those statements, prepared, over psycopg alone, and that template with
those values: no framework, no cookie opened, no row turned into a value, no log.
"""

import json
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from wsgiref.util import setup_testing_defaults

import psycopg
from django.db import connection
from jinja2 import Template

from config.wsgi import application as whole

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]
_render = Template.render


@dataclass(slots=True)
class Page:
    """What one page asked of the database and of its template."""

    statements: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    template: Template | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def note_statement(self, execute: Callable[..., Any], *call: Any) -> Any:
        """Stand around the execution of a statement."""
        self.statements.append((call[0], call[1]))
        return execute(*call)

    def note_template(self, template: Template, values: Mapping[str, Any]) -> str:
        """Stand in the place of `Template.render`."""
        self.template, self.values = template, values
        return _render(template, values)

    def draw(self) -> bytes:
        """The page, from the noted template and values."""
        assert self.template is not None
        return _render(self.template, self.values).encode()


def observe(path: str, cookie: str) -> Page:
    """Note what the real program asks; raises AssertionError if the bare one would differ."""
    page = Page()
    _answer(path, cookie)
    with (
        connection.execute_wrapper(page.note_statement),
        patch.object(Template, "render", lambda *drawn: page.note_template(*drawn)),
    ):
        answer = _answer(path, cookie)
    assert page.draw() == answer, f"{path} cannot be drawn twice"
    return page


def _answer(path: str, cookie: str) -> bytes:
    statuses = []
    environ: Environ = {"PATH_INFO": path, "HTTP_COOKIE": cookie}
    setup_testing_defaults(environ)

    def start(status: str, _headers: object, _error: object = None) -> Callable[[bytes], object]:
        statuses.append(status)
        return lambda _piece: None

    answer = b"".join(whole(environ, start))
    assert statuses == ["200 OK"], f"{path} answered {statuses}"
    return answer


def _observed() -> dict[str, Page]:
    visitor = json.loads(os.environ["VSSID_BENCH_VISITOR"])
    pages = {path: observe(path, visitor["cookie"]) for path in visitor["pages"].values()}
    connection.close()
    return pages


PAGES = _observed()
_of_thread = threading.local()


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request."""
    page = PAGES[environ["PATH_INFO"]]
    database = getattr(_of_thread, "connection", None)
    if database is None:
        database = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0)
        _of_thread.connection = database
    for sql, params in page.statements:
        assert database.execute(sql, params).fetchall()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [page.draw()]
