"""Which IP addresses are on the public internet, however they are written."""

from __future__ import annotations

import pytest

from cleaner.http.public_ip import is_public


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "192.0.1.1",
        "168.63.129.17",
        "2606:4700::1111",
        "2a00:1450:4001::2004",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",  # 8.8.8.8 through NAT64, as IPv6-only networks reach it
        "2002:808:808::1",  # and through 6to4
    ],
)
def test_public(address: str) -> None:
    """Addresses on the public internet are accepted, also IPv4 addresses embedded in IPv6 ones."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::808:808",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001:0:808:808::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_not_public(address: str) -> None:
    """Private, local, reserved and multicast addresses are rejected, also embedded in other addresses."""
    assert not is_public(address)


def test_host_name() -> None:
    """A host name is an error: it must be resolved first."""
    with pytest.raises(ValueError, match="localhost"):
        is_public("localhost")
