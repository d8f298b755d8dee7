"""Which IP addresses a request may connect to: a list of URLs from strangers must not reach machines on our network."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

# Networks that `is_global` accepts, in Python 3.11 or in a later version, but that are not on the public internet.
_NOT_PUBLIC: Final[tuple[IPv4Network | IPv6Network, ...]] = (
    IPv4Network("168.63.129.16/32"),  # the metadata service of Azure, on an address that looks public
    IPv4Network("192.0.0.0/24"),  # IETF protocol assignments
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv6Network("::/96"),  # IPv4-compatible: an embedded IPv4 address, deprecated
    IPv6Network("64:ff9b:1::/48"),  # NAT64 within one network
    IPv6Network("2001::/23"),  # IETF protocol assignments, Teredo among them
    IPv6Network("3fff::/20"),  # documentation
    IPv6Network("5f00::/16"),  # segment routing within one network
)
_NAT64: Final = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether `address`, an IP address, is on the public internet.

    For an IPv6 address that embeds an IPv4 address, the embedded one decides. Raises `ValueError` if `address` is not
    an IP address.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, IPv6Address):
        # IPv6-only networks reach all of IPv4 through NAT64, a prefix that Python reports as reserved.
        embedded = IPv4Address(ip.packed[-4:]) if ip in _NAT64 else ip.ipv4_mapped or ip.sixtofour
        return _is_on_internet(ip if embedded is None else embedded)
    return _is_on_internet(ip)


def _is_on_internet(ip: IPv4Address | IPv6Address) -> bool:
    if not ip.is_global or ip.is_multicast or ip.is_reserved or (isinstance(ip, IPv6Address) and ip.is_site_local):
        return False
    return not any(ip in network for network in _NOT_PUBLIC)
