"""The addresses of the machine API, below /api/v1/."""

from collections.abc import Callable, Iterator
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from vssid.web.api import problems
from vssid.web.api.views import api, describe

app_name = "api"
_OPEN = frozenset({"khoa-cong-khai", "openapi.json"})
_View = Callable[..., HttpResponse]


def _served(address: str, view: _View) -> _View:
    """The view, saying who may use it; no cookie counts here, so that no form key is needed."""

    @wraps(view)
    def served(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code == 405:
            answer = problems.not_allowed(answer.get("Allow", "GET"))
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    served.access = "public" if address in _OPEN else "facility-key"  # type: ignore[attr-defined]
    served.csrf_exempt = True  # type: ignore[attr-defined]
    return served


def _patterns() -> Iterator[URLPattern]:
    yield path("openapi.json", _served("openapi.json", describe), name="api_description")
    for one in api.urls[0]:
        address = str(one.pattern)
        if isinstance(one, URLPattern) and address:
            yield path(address, _served(address, one.callback), name=f"api_{one.name}")


urlpatterns = list(_patterns())
