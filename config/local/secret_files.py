"""Small JSON files of secrets: made once, readable by their owner only, never half-written."""

import json
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

SECRET_BYTES = 24


def new_password() -> str:
    """Return a fresh password of 32 letters that may stand in a URL as it is."""
    return secrets.token_urlsafe(SECRET_BYTES)


def read(path: Path) -> dict[str, str]:
    """Return the secrets in `path`; raises FileNotFoundError."""
    values: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return values


def write(path: Path, values: Mapping[str, str]) -> None:
    """Put `values` into `path`, mode 0600, whole or not at all; on disk when this returns."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(dict(values), file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_or_make(path: Path, make: Callable[[], Mapping[str, str]]) -> dict[str, str]:
    """Return the secrets in `path`; those of `make()` that it lacks are added and kept."""
    known = read(path) if path.exists() else {}
    complete = {**make(), **known}
    if complete != known:
        write(path, complete)
    return complete
