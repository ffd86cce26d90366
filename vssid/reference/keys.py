"""Sort keys of names, word by word from memory: few syllables make up all names."""

from functools import lru_cache

from vssid.kernel.text import sort_key


def sort_key_of(name: str) -> str:
    """As `sort_key`, which goes syllable by syllable."""
    return "".join(map(_sorted, name.split()))


@lru_cache(maxsize=8192)
def _sorted(word: str) -> str:
    return sort_key(word)
