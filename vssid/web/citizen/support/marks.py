"""Whose record an address speaks of: a sealed number, so that it can be neither read nor guessed.

A mark opens nothing by itself: whoever comes with it must be that person or act for them.
"""

from functools import lru_cache

from vssid.accounts import tokens

_PURPOSE = "whose record"


@lru_cache(maxsize=4096)
def mark_of(number: str) -> str:
    """Kept, because every line of a record page carries the same one."""
    return tokens.seal(_PURPOSE, number.encode())


def number_of(mark: str) -> str:
    """The number that a mark of ours stands for; empty for anything else."""
    content = tokens.unseal(_PURPOSE, mark) if mark else None
    return content.decode() if content else ""
