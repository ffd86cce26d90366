"""The quick key is the kernel's."""

from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.text import sort_key
from vssid.reference.keys import sort_key_of
from vssid.reference.source import Source

words = st.text(st.sampled_from("aăâbdđeêghiklmnoôơuưy áàảãạế-'12"), max_size=30).map(
    lambda text: " ".join(text.split())
)


@given(words)
def test_key_word_by_word_is_that_of_the_whole(name: str) -> None:
    assert sort_key_of(name) == sort_key(name)


def test_keys_of_all_districts_are_the_kernels(source: Source) -> None:
    for unit in source.legacy_districts.values():
        assert sort_key_of(unit.short_name) == sort_key(unit.short_name)
