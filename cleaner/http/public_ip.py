"""Which IP addresses a request may go to: a list of addresses from strangers must not reach the machines beside us."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

# What `is_global` lets pass and is not on the open internet, in Python 3.11 or in any later one.
_REFUSED: Final[tuple[IPv4Network | IPv6Network, ...]] = (
    IPv4Network("168.63.129.16/32"),  # the metadata service of Azure, on what looks like a public address
    IPv4Network("192.0.0.0/24"),  # IETF protocol assignments
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv6Network("::/96"),  # IPv4-compatible: an IPv4 address in disguise, long out of use
    IPv6Network("64:ff9b:1::/48"),  # NAT64 within one network
    IPv6Network("2001::/23"),  # IETF protocol assignments, Teredo among them
    IPv6Network("3fff::/20"),  # documentation
    IPv6Network("5f00::/16"),  # segment routing within one network
)
_NAT64: Final = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether `address`, an IP address and no name, is one of the open internet.

    An IPv4 address within an IPv6 one counts as itself. Raises `ValueError` where it is no IP address.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, IPv6Address):
        # Networks without IPv4 reach all of it through NAT64, of which Python says that it is reserved.
        carried = IPv4Address(ip.packed[-4:]) if ip in _NAT64 else ip.ipv4_mapped or ip.sixtofour
        return _is_open(ip if carried is None else carried)
    return _is_open(ip)


def _is_open(ip: IPv4Address | IPv6Address) -> bool:
    if not ip.is_global or ip.is_multicast or ip.is_reserved or (isinstance(ip, IPv6Address) and ip.is_site_local):
        return False
    return not any(ip in network for network in _REFUSED)
