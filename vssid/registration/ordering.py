"""The order of a queue: complete dossiers first, then the oldest."""

from typing import Final

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from vssid.registration.models import NOT_RECEIVED

QUEUE_ORDER: Final = (Coalesce("received_at", Value(NOT_RECEIVED)), F("filed_at"), F("id"))
"""As the index of the queue has it."""
