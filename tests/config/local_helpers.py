"""What the tests of config.local share: waiting for processes of their own."""

import os
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_SECONDS = 30.0
ROOT = Path(__file__).resolve().parents[2]


def eventually(is_true: Callable[[], bool]) -> bool:
    """Whether `is_true()` becomes true while a test may wait for it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if is_true():
            return True
        time.sleep(0.02)
    return False


def is_alive(pid: int) -> bool:
    """Whether process `pid` is there and more than a remainder that nobody has collected."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def clean_environment(**more: str) -> dict[str, str]:
    """The environment of these tests without a database and a make around them."""
    left_out = {"DATABASE_URL", "DATABASE_OWNER_URL", "MAKELEVEL", "MAKEFLAGS", "VSSID_VAR_DIR"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | more
