"""Addresses as they must be for a request, and the refusal of those that are none."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from cleaner.errors import Code, FetchError

_SCHEMES: Final = frozenset({"http", "https"})
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
_BLANK_OR_CONTROL: Final = "".join(map(chr, range(0x21))) + "\x7f\xa0\u200b\ufeff"
_INNER_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")
_USERINFO = re.compile(r"(?<=//)[^/?#]*@")
_LONE_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
# What RFC 3986 allows in a path or query, with the percent sign of what is escaped already.
_SAFE: Final = "%/:=&?~+!$,;'@()*[]|"


def clean_url(url: str) -> str:
    """`url` fit for a request: trimmed, host in IDNA, path and query escaped as UTF-8, without fragment.

    Raises `FetchError` with `BAD_URL` where it is no http or https address or carries a user name.
    """
    # Browsers drop line breaks and tabs within an address and read a backslash as a slash.
    text = _INNER_CONTROL.sub("", url.strip(_BLANK_OR_CONTROL))
    path, mark, query = text.partition("?")
    text = path.replace("\\", "/") + mark + query
    shown = _USERINFO.sub("", text)  # nobody's password goes into a record
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(Code.BAD_URL, f"not an address: {error}", url=shown) from error
    if parts.scheme not in _SCHEMES:
        raise FetchError(Code.BAD_URL, "only http and https addresses can be fetched", url=shown)
    if "@" in parts.netloc:
        raise FetchError(Code.BAD_URL, "an address with a user name in it is not fetched", url=shown)
    if not host:
        raise FetchError(Code.BAD_URL, "the address names no host", url=shown)
    netloc = _ascii_host(host, shown) + (f":{port}" if port is not None else "")
    return urlunsplit(SplitResult(parts.scheme, netloc, _escaped(parts.path) or "/", _escaped(parts.query), ""))


def clean_proxy(proxy: str) -> str:
    """The address of a proxy, perhaps with a user name and a password, which are nobody else's business.

    Raises `ValueError` where it is no http or https address of a host.
    """
    try:
        parts = urlsplit(proxy.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in _SCHEMES or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("the proxy must be an address such as http://proxy.example:8080")
    return f"{parts.scheme}://{parts.netloc}"


def follow(url: str, location: str) -> str:
    """The address that a `Location` header, as `http.client` decoded it, means on the page `url`.

    Raises `FetchError`: `BLOCKED_URL` where it leads out of the web (file:, data: ...), `BAD_URL` where it is no
    address.
    """
    with suppress(UnicodeError):  # http.client reads header bytes as Latin-1; what servers send is mostly UTF-8
        location = location.encode("latin-1").decode("utf-8")
    location = location.strip(_BLANK_OR_CONTROL)
    if location.startswith(("\\", "http:\\", "https:\\")):
        location = location.replace("\\", "/")
    try:
        target = urljoin(url, location)
        scheme = urlsplit(target).scheme
    except ValueError as error:
        raise FetchError(Code.BAD_URL, f"redirects to what is no address: {error}", url=url) from error
    if scheme not in _SCHEMES:
        raise FetchError(Code.BLOCKED_URL, f"redirects to a {scheme}: address", url=url)
    return clean_url(target)


def origin(url: str) -> str:
    """Scheme, host and port of a clean `url`: what a robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.removesuffix(_DEFAULT_PORTS[parts.scheme])}"


def _ascii_host(host: str, url: str) -> str:
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host)}]"
        except ValueError as error:
            raise FetchError(Code.BAD_URL, f"not an IPv6 address: {host[:60]}", url=url) from error
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise FetchError(Code.BAD_URL, f"not a host name: {host[:60]}", url=url) from error
    if not _HOST.fullmatch(host):
        raise FetchError(Code.BAD_URL, f"not a host name: {host[:60]}", url=url)
    return host


def _escaped(text: str) -> str:
    return _LONE_PERCENT.sub("%25", quote(text, safe=_SAFE, errors="replace"))
