"""Pages travel compressed: most are read on a slow network (ui.md: at most 15 KB each)."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXTS: Final = ("text/", "application/atom+xml", "application/xml")


class CompressionMiddleware(GZipMiddleware):
    """Django's, for texts only: pictures and documents are compressed, static files were before.

    It pads each answer by chance, so that its length tells nothing of what stands beside a text
    that somebody else chose (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, compressed where the sender can read that and it gains by it."""
        kind = response.headers.get("Content-Type", "")
        if response.streaming or not kind.startswith(_TEXTS):
            return response
        return super().process_response(request, response)
