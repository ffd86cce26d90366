"""Reads the environment: a missing or malformed value stops the start with a sentence."""

import base64
import importlib.util
import os
import re
from pathlib import Path
from typing import TypedDict
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class MailServer(TypedDict):
    """Where email is handed over; an empty `host` means that there is none."""

    host: str
    port: int
    user: str
    password: str
    start_tls: bool


def required(name: str) -> str:
    """The value of an environment variable that must be there."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name} (docs/operations.md).")
    return value


def flag(name: str, *, default: bool) -> bool:
    """A yes/no variable: 1, true or yes."""
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes"}


def database(url: str) -> dict[str, object]:
    """A Django database from `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:pass@host:5432/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # Kept for the life of the thread; the read helper retries once on a lost connection.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
        "ATOMIC_REQUESTS": False,
        # Django sets prepare_threshold=None, which switches preparing off altogether.
        "OPTIONS": {"prepare_threshold": 0, "server_side_binding": True},
    }


def keys(name: str) -> dict[str, bytes]:
    """The variable `name`, `id:base64,id:base64`, as key id to 32 bytes, in the order given."""
    found: dict[str, bytes] = {}
    for part in required(name).split(","):
        key_id, _, encoded = part.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError:
            key = b""
        if not key_id or len(key) != 32:
            raise ImproperlyConfigured(f"{name} must look like id:base64-of-32-bytes")
        found[key_id] = key
    return found


def map_tiles(url: str) -> str:
    """The address of map tiles, «https://tiles.example.com/{z}/{x}/{y}.png»; empty for none."""
    parts = urlsplit(url)
    is_whole = parts.scheme == "https" and re.fullmatch(r"[a-z0-9.-]+(:\d+)?", parts.netloc)
    if url and not (is_whole and all(name in parts.path for name in ("{z}", "{x}", "{y}"))):
        raise ImproperlyConfigured(
            "VSSID_MAP_TILES_URL must look like https://tiles.example.com/{z}/{x}/{y}.png"
        )
    return url


def folder_of(package: str, folder: str) -> Path:
    """A folder inside of an installed package, which is not imported.

    Raises ImproperlyConfigured when the package is not there.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ImproperlyConfigured(f"The package {package} is not installed.")
    return Path(spec.submodule_search_locations[0]) / folder
