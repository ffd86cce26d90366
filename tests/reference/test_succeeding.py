"""Chains of endings: followed to their end, and cycles that end nowhere."""

from vssid.reference.succeeding import is_in_cycle, last_heirs

CHAIN = {"a": ("b",), "b": ("c", "d"), "d": ("e",)}
CYCLE = {"x": ("a",), "a": ("b",), "b": ("c",), "c": ("a",)}


def test_chains_are_followed_to_the_end() -> None:
    assert last_heirs("a", CHAIN) == ("c", "e")
    assert last_heirs("e", CHAIN) == ("e",)


def test_a_cycle_leads_nowhere_and_ends() -> None:
    assert last_heirs("x", CYCLE) == ()


def test_only_who_comes_back_to_itself_is_in_a_cycle() -> None:
    assert [is_in_cycle(one, CYCLE) for one in "xabc"] == [False, True, True, True]
    assert not is_in_cycle("a", CHAIN)
