"""Networks as limits count them."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.networks import line_of, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("203.0.113.255", "203.0.113.0/24"),
        ("203.0.114.0", "203.0.114.0/24"),
        ("2001:db8:77:1::5", "2001:db8:77::/48"),
        ("2001:db8:77:ffff::1", "2001:db8:77::/48"),
        ("2001:db8:78::1", "2001:db8:78::/48"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("not an address", "not an address"),
        ("203.0.113.9:443", "203.0.113.9:443"),
    ],
)
def test_neighbours_are_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


@given(st.ip_addresses())
def test_every_address_lies_in_its_network(address: IPv4Address | IPv6Address) -> None:
    inside = getattr(address, "ipv4_mapped", None) or address
    assert inside in ip_network(network_of(str(address)))


@given(st.text())
def test_any_text_is_counted_as_something(text: str) -> None:
    found = network_of(text)
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        assert found == text


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("203.0.113.9", "203.0.113.9/32"),
        ("::ffff:203.0.113.9", "203.0.113.9/32"),
        ("2001:db8:77:1::5", "2001:db8:77:1::/64"),
        ("2001:db8:77:1:ffff::", "2001:db8:77:1::/64"),
        ("2001:db8:77:2::5", "2001:db8:77:2::/64"),
        ("", ""),
        ("not an address", "not an address"),
    ],
)
def test_one_line_is_one_sender(address: str, line: str) -> None:
    assert line_of(address) == line
