"""Normalise URLs for a request, and reject strings that are not URLs."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from cleaner.errors import Code, FetchError
from cleaner.patterns import lazy_pattern

_SCHEMES: Final = frozenset({"http", "https"})
SOCKS_SCHEMES: Final = frozenset({"socks5", "socks5h"})
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
_SPACE_OR_CONTROL: Final = "".join(map(chr, range(0x21))) + "\x7f\xa0\u200b\ufeff"
_INNER_CONTROL = lazy_pattern(r"[\x00-\x1f\x7f]")
_HOST = lazy_pattern(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")
_USERINFO = lazy_pattern(r"(?<=//)[^/?#]*@")
_LONE_PERCENT = lazy_pattern(r"%(?![0-9a-fA-F]{2})")
# The characters that RFC 3986 allows in a path or query, and the percent sign, because parts may be escaped already.
_SAFE: Final = "%/:=&?~+!$,;'@()*[]|"


def clean_url(url: str) -> str:
    """Return `url` in the form for a request: trimmed, host in IDNA, path and query escaped as UTF-8, no fragment.

    Raises `FetchError` with `BAD_URL` if it is not an http or https URL, or if it contains a user name.
    """
    # Like browsers, remove line breaks and tabs within a URL, and read a backslash as a slash (WHATWG URL Standard).
    text = _INNER_CONTROL.sub("", url.strip(_SPACE_OR_CONTROL))
    path, mark, query = text.partition("?")
    text = path.replace("\\", "/") + mark + query
    shown = _USERINFO.sub("", text)  # no password may get into a record
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(Code.BAD_URL, f"not a valid URL: {error}", url=shown) from error
    if parts.scheme not in _SCHEMES:
        hint = "" if parts.scheme else "; write https:// before the name of a site"
        raise FetchError(Code.BAD_URL, f"only http and https URLs can be fetched{hint}", url=shown)
    if "@" in parts.netloc:
        raise FetchError(Code.BAD_URL, "URLs with a user name or a password are not supported", url=shown)
    if not host:
        raise FetchError(Code.BAD_URL, "the URL has no host", url=shown)
    netloc = _ascii_host(host, shown) + (f":{port}" if port is not None else "")
    return urlunsplit(SplitResult(parts.scheme, netloc, _escaped(parts.path) or "/", _escaped(parts.query), ""))


def clean_proxy(proxy: str) -> str:
    """Return the URL of a proxy without a path. It may contain a user name and a password, so no error quotes it.

    Raises `ValueError` if it is not an http, https, socks5 or socks5h URL of a host.
    """
    try:
        parts = urlsplit(proxy.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if (
        not host
        or parts.scheme not in _SCHEMES | SOCKS_SCHEMES
        or parts.path not in ("", "/")
        or parts.query
        or parts.fragment
    ):
        raise ValueError("the proxy must be a URL such as http://proxy.example:8080 or socks5://proxy.example:1080")
    return f"{parts.scheme}://{parts.netloc}"


def follow(url: str, location: str) -> str:
    """Return the target URL of a redirect. `location` is the `Location` header of `url`, as `http.client` decodes it.

    Raises `FetchError`: `BLOCKED_URL` if the scheme is not http or https (file:, data: ...), `BAD_URL` if it is not a
    URL.
    """
    with suppress(UnicodeError):  # `http.client` decodes headers as Latin-1, but most servers send UTF-8
        location = location.encode("latin-1").decode("utf-8")
    location = location.strip(_SPACE_OR_CONTROL)
    if location.startswith(("\\", "http:\\", "https:\\")):
        location = location.replace("\\", "/")
    try:
        target = urljoin(url, location)
        scheme = urlsplit(target).scheme
    except ValueError as error:
        raise FetchError(Code.BAD_URL, f"redirects to an invalid URL: {error}", url=url) from error
    if scheme not in _SCHEMES:
        raise FetchError(
            Code.BLOCKED_URL, f"redirects to a {scheme}: URL; only http and https URLs can be fetched", url=url
        )
    return clean_url(target)


def origin(url: str) -> str:
    """Return the origin (scheme, host and port) of a `url` from `clean_url`. A robots.txt applies to one origin."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.removesuffix(_DEFAULT_PORTS[parts.scheme])}"


def to_ascii(host: str) -> str:
    """Return a host name in ASCII characters (IDNA 2008 with UTS #46). Raises `UnicodeError` if that is impossible."""
    if host.isascii():
        return host
    import idna

    return idna.encode(host, uts46=True).decode("ascii")


def _ascii_host(host: str, url: str) -> str:
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host)}]"
        except ValueError as error:
            raise FetchError(Code.BAD_URL, f"not an IPv6 address: {host[:60]}", url=url) from error
    try:
        host = to_ascii(host)
    except UnicodeError as error:
        raise FetchError(Code.BAD_URL, f"not a host name: {host[:60]}", url=url) from error
    if not _HOST.fullmatch(host):
        raise FetchError(Code.BAD_URL, f"not a host name: {host[:60]}", url=url)
    return host


def _escaped(text: str) -> str:
    return _LONE_PERCENT.sub("%25", quote(text, safe=_SAFE, errors="replace"))
