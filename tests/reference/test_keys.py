"""The quick keys are those of the kernel."""

from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.text import fold, sort_key
from vssid.reference.keys import search_key_of, sort_key_of
from vssid.reference.source import Source

words = st.text(st.sampled_from("aăâbdđeêghiklmnoôơuưy áàảãạế-'12"), max_size=30).map(
    lambda text: " ".join(text.split())
)


@given(words)
def test_keys_word_by_word_are_those_of_the_whole(name: str) -> None:
    assert search_key_of(name) == fold(name)
    assert sort_key_of(name) == sort_key(name)


def test_keys_of_all_districts_are_the_kernels(source: Source) -> None:
    for unit in source.legacy_districts.values():
        assert search_key_of(unit.name) == fold(unit.name)
        assert sort_key_of(unit.short_name) == sort_key(unit.short_name)
