"""Network addresses, as far as a limit counts them."""

from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

_IPV4_PREFIX: Final = 24
_IPV6_PREFIX: Final = 48


def network_of(address: str) -> str:
    """Return the network whose senders are counted as one: IPv4 /24, IPv6 /48.

    One line of a household has a whole /64 or /56 to pick addresses from. An IPv4 address inside
    of IPv6 counts as IPv4. What is no address comes back unchanged: it is one sender as well.
    """
    return _counted(address, _IPV4_PREFIX, _IPV6_PREFIX)


def line_of(address: str) -> str:
    """Return what one line's sender is counted as: the IPv4 address, IPv6 /64; else as above."""
    return _counted(address, 32, 64)


def _counted(address: str, ipv4_prefix: int, ipv6_prefix: int) -> str:
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except (AddressValueError, ValueError):
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    prefix = ipv4_prefix if found.version == 4 else ipv6_prefix
    return str(ip_network((found, prefix), strict=False))
