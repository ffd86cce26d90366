"""The web server's door: warmed up, then its objects taken out of garbage collection."""

import gc
import os
import re
from collections.abc import Callable, Iterable
from threading import Thread
from typing import Any

from django.conf import settings
from django.core import signals
from django.core.cache import close_caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import reset_queries
from django.template import engines
from django.urls import get_resolver
from django.utils.module_loading import import_string

from vssid.accounts.line import line
from vssid.support.answers.retrieval import search
from vssid.web.ui.folding import in_language

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")


Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_KIND = "CONTENT_TYPE"
# Models may be imported only once Django is set up, which this module does.
_DIRECTORIES = "vssid.reference.searching.memory.warm"
_BOUNDARY = re.compile(r"""; *boundary=("?)([\w'()+,./:=?-]{1,70})\1 *(?:;|$)""", re.I | re.ASCII)


def in_utf8(application: Application) -> Application:
    """Pass requests on without the charset they claim: everything is read as UTF-8.

    A Content-Type may name any codec of Python, also those that decode no text or that make
    halves of characters; Django looks it up before any middleware runs.
    """

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        claimed = environ.get(_KIND, "")
        kind, has_more, _ = claimed.partition(";")
        if has_more:
            boundary = _BOUNDARY.search(claimed)
            suffix = f'; boundary="{boundary[2]}"' if boundary else ""
            environ[_KIND] = kind.strip() + suffix
        return application(environ, start_response)

    return serve


def _warm(handler: WSGIHandler) -> WSGIHandler:
    """Load addresses and templates once, before the first visitor waits for them."""
    _ = get_resolver().url_patterns
    whole = engines["pages"].env  # type: ignore[attr-defined] # Jinja2's own backend
    for language, _name in settings.LANGUAGES:
        pages = in_language(whole, language)
        for name in pages.list_templates():
            pages.get_template(name)
    search()  # a second that nobody who asks should wait for
    line()  # once, not by everybody who comes first at once
    if not settings.DEBUG:
        _without_idle_receivers()
    gc.collect()
    gc.freeze()
    return handler


def _without_idle_receivers() -> None:
    """Statements are noted only while debugging, and no cache of ours holds a connection."""
    signals.request_started.disconnect(reset_queries)
    signals.request_finished.disconnect(close_caches)


def warm_directories() -> Thread:
    """Build the indexes of the look-ups (2 s of a core for 60,000 names) while pages are served."""
    warm = import_string(_DIRECTORIES)
    thread = Thread(target=warm, name="directories", daemon=True)
    thread.start()
    return thread


application = in_utf8(_warm(get_wsgi_application()))
if settings.VSSID_WARM_DIRECTORIES:
    warm_directories()
