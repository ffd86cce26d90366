"""Who does today what an ended entry did: followed over several endings, whoever wrote them."""

from collections.abc import Iterator, Mapping, Sequence


def last_heirs(code: str, heirs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Those at the end of the chains that begin at a code, each once; itself where none follows.

    `heirs`: by the code of each that ended, who came next. A cycle leads nowhere and is left.
    """
    return tuple(dict.fromkeys(_followed(code, heirs, frozenset({code}))))


def _followed(code: str, heirs: Mapping[str, Sequence[str]], seen: frozenset[str]) -> Iterator[str]:
    if not heirs.get(code):
        yield code
    for heir in heirs.get(code, ()):
        if heir not in seen:
            yield from _followed(heir, heirs, seen | {heir})


def is_in_cycle(code: str, heirs: Mapping[str, Sequence[str]]) -> bool:
    """Whether the chains that begin at a code come back to it."""
    waiting, seen = list(heirs.get(code, ())), set[str]()
    while waiting:
        one = waiting.pop()
        if one == code:
            return True
        if one not in seen:
            seen.add(one)
            waiting.extend(heirs.get(one, ()))
    return False
