"""Reads what a page says to machines (microdata) as they do, and minds its shape."""

from html.parser import HTMLParser
from typing import Any

_EMPTY = {"meta", "link", "img", "br", "hr", "input", "source", "use", "path", "circle"}
_VALUES = {"meta": "content", "link": "href", "img": "src", "a": "href", "time": "datetime"}

Item = dict[str, list[Any]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Item] = []
        # For each open element: the item and the property that begin there.
        self._open: list[tuple[str, Item | None, list[str] | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: text or "" for name, text in attrs}
        item: Item | None = None
        if "itemscope" in given:
            item = {"type": [given["itemtype"]]}
        words: list[str] | None = None
        if "itemprop" in given:
            owner = self._owner()
            assert owner is not None, f"{given['itemprop']} belongs to nothing"
            if item is not None:
                owner.setdefault(given["itemprop"], []).append(item)
            elif tag in _VALUES:
                owner.setdefault(given["itemprop"], []).append(given[_VALUES[tag]])
            else:
                words = []
                owner.setdefault(given["itemprop"], []).append(words)
        elif item is not None:
            self.found.append(item)
        if tag not in _EMPTY:
            self._open.append((tag, item, words))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {name for name, _, _ in self._open}:
            return
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, _, words in self._open:
            if words is not None:
                words.append(data)

    def _owner(self) -> Item | None:
        return next((item for _, item, _ in reversed(self._open) if item is not None), None)


def items(html: str) -> list[Item]:
    """The items of a page: `type`, and for each property its texts or items of their own."""
    reader = _Reader()
    reader.feed(html)
    return [_joined(item) for item in reader.found]


def _joined(item: Item) -> Item:
    return {name: [_value(one) for one in values] for name, values in item.items()}


def _value(one: Any) -> Any:
    if isinstance(one, dict):
        return _joined(one)
    return "".join(one) if isinstance(one, list) else one
