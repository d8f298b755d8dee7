"""GET requests one after the other, with one common deadline. The only module that imports requests and urllib3."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import partial
from http import HTTPStatus
from http.cookiejar import Cookie, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import unquote, urlsplit

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import ProxyManager

from cleaner.errors import Code, FetchError
from cleaner.http.public_ip import is_public
from cleaner.http.response import Response
from cleaner.http.urls import SOCKS_SCHEMES
from cleaner.page.decompress import has_brotli

_CHUNK = 65536
_SOCKS_PORT: Final = 1080
# A cookie without a domain is for its host alone, not for the hosts below it, as in browsers (RFC 6265, 5.3).
_COOKIE_POLICY: Final = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain)
_ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"


# What `http.client` and urllib3 raise for a response that is not HTTP. A retry would get the same response.
_INVALID_RESPONSE: Final = (http.client.HTTPException, urllib3.exceptions.InvalidHeader)
# Subclasses of these for connections that end before the response or in the middle of it.
_CONNECTION_ENDED: Final = (http.client.RemoteDisconnected, http.client.IncompleteRead)
# Subclasses of these for mistakes in the request.
_INVALID_REQUEST: Final = (http.client.InvalidURL, http.client.ImproperConnectionState)


class BlockedAddressError(Exception):
    """The host has a blocked IP address and no allowed one, or, through a proxy, any blocked one."""


# The first line that matches an exception in the chain of causes decides the code.
_CODES: Final[tuple[tuple[type[BaseException], Code], ...]] = (
    (BlockedAddressError, Code.BLOCKED_URL),
    (socket.gaierror, Code.DNS_ERROR),
    (requests.Timeout, Code.TIMEOUT),
    (urllib3.exceptions.TimeoutError, Code.TIMEOUT),
    (TimeoutError, Code.TIMEOUT),
    (requests.exceptions.SSLError, Code.TLS_ERROR),
    (urllib3.exceptions.SSLError, Code.TLS_ERROR),
    (ssl.SSLError, Code.TLS_ERROR),
    (urllib3.exceptions.LocationValueError, Code.BAD_URL),
    (requests.exceptions.InvalidURL, Code.BAD_URL),
    (requests.exceptions.InvalidSchema, Code.BAD_URL),
    (http.client.InvalidURL, Code.BAD_URL),
    (OSError, Code.CONNECT_ERROR),  # every exception of requests is one, too
    (urllib3.exceptions.HTTPError, Code.CONNECT_ERROR),
    (http.client.HTTPException, Code.CONNECT_ERROR),
)


class Transport:
    """A session for one page and its redirects. Cookies are kept for the session only.

    All times are in seconds: `connect_timeout` is for each IP address of a host, `idle_timeout` is between two bytes,
    and `timeout` is for all requests together, without the time between `end_request` and the next request.
    `allow_private` allows IP addresses that are not on the public internet; `insecure` accepts any certificate.

    With an HTTP proxy, or one with the scheme socks5h, the connection goes to the `proxy`, and the IP address that it
    connects to is unknown. Then the addresses that the host name has on this machine are checked instead. With the
    scheme socks5, names are resolved on this machine, and the proxy is told the address that was checked.

    `cookies` are sent to the hosts that they belong to, and to no other.
    """

    def __init__(
        self,
        *,
        connect_timeout: float,
        idle_timeout: float,
        timeout: float,
        user_agent: str,
        allow_private: bool,
        insecure: bool,
        proxy: str | None = None,
        cookies: Iterable[Cookie] = (),
    ) -> None:
        self._connect_timeout = connect_timeout
        self._idle_timeout = idle_timeout
        self._deadline = _Deadline(timeout)
        self._insecure = insecure
        self._session = _Session()
        self._session.trust_env = False  # use no proxy, .netrc or certificates from environment variables
        self._session.verify = not insecure
        self._session.headers.clear()
        self._session.headers.update(
            {
                "User-Agent": user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate, br" if has_brotli() else "gzip, deflate",
            }
        )
        self._session.cookies.set_policy(_COOKIE_POLICY)
        for cookie in cookies:
            self._session.cookies.set_cookie(copy(cookie))  # it changes some
        scheme = urlsplit(proxy).scheme if proxy is not None else None
        self._checks_names = scheme not in (None, "socks5") and not allow_private
        connect: _Connect
        if proxy is not None and scheme in SOCKS_SCHEMES:
            connect = _SocksConnector(proxy, self._deadline, connect_timeout, allow_private=allow_private)
        else:
            if proxy is not None:
                self._session.proxies = {"http": proxy, "https": proxy}
            connect = _Connector(self._deadline, connect_timeout, allow_private=allow_private or proxy is not None)
        adapter = _Adapter(connect)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        self._response: requests.Response | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end_request()
        self._session.close()
        self._deadline.close()

    def get(self, url: str, headers: Mapping[str, str]) -> Response:
        """Send a GET request and return the response; redirects are not followed.

        `headers` are sent in addition to the default ones. The body of the response before can no longer be read.

        Raises `FetchError`. So does reading the body; the code for a connection that ends there is `INCOMPLETE`.
        """
        self.end_request()
        try:
            self._deadline.start()
            left = self._deadline.left()
            if self._checks_names:
                _check_name(url)
            with warnings.catch_warnings():
                if self._insecure:  # the caller asked for it, and every record has a warning
                    warnings.simplefilter("ignore", urllib3.exceptions.InsecureRequestWarning)
                self._response = self._session.get(
                    url,
                    headers=dict(headers),
                    stream=True,
                    allow_redirects=False,
                    timeout=(min(self._connect_timeout, left), min(self._idle_timeout, left)),
                )
        except Exception as error:  # callers get `FetchError` for every error, whatever the libraries raise
            raise self._translate(error, url, broken=Code.CONNECT_ERROR) from error
        response_headers = {name.lower(): value for name, value in self._response.headers.items()}
        for first in self._response.raw.headers.getlist("location")[:1]:
            response_headers["location"] = first  # requests joins two `Location` headers to one invalid URL
        return Response(self._response.status_code, response_headers, self._body(self._response, url))

    def end_request(self) -> None:
        """Close the response, read or unread, and pause the deadline until the next request."""
        if self._response is not None:
            self._response.close()  # without reading the rest: the body of a redirect may be a decompression bomb
        self._deadline.stop()

    def _body(self, response: requests.Response, url: str) -> Iterator[bytes]:
        while True:
            try:
                self._deadline.left()
                # `read1` returns the bytes received so far; `read` would wait for a full chunk from a slow server.
                chunk = response.raw.read1(_CHUNK, decode_content=False)
                self._deadline.left()  # a socket that the deadline has shut looks like the end of the body
            except Exception as error:
                raise self._translate(error, url, broken=Code.INCOMPLETE) from error
            if not chunk:
                return
            yield chunk

    def _translate(self, error: Exception, url: str, *, broken: Code) -> FetchError:
        """Return the `FetchError` for an exception. `broken` is the code for a connection that fails or ends."""
        if self._deadline.expired:
            return FetchError(Code.TIMEOUT, f"the request took longer than {self._deadline.seconds:.3g} s", url=url)
        code = _code_of(error)
        if code is Code.CONNECT_ERROR and (invalid := _invalid_response(error)):
            message = f"the server's response is not valid HTTP ({_describe(invalid)})"
            return FetchError(Code.HTTP_ERROR, message, url=url)
        if code is Code.BLOCKED_URL:
            return FetchError(code, str(error), url=url)
        if code is Code.CONNECT_ERROR:
            code = broken
        return FetchError(code, f"{_MESSAGES[code]} ({_reason(error)})", url=url)


_MESSAGES: Final = {
    Code.DNS_ERROR: "unknown host name",
    Code.TIMEOUT: "the server did not respond in time",
    Code.TLS_ERROR: "the TLS connection failed",
    Code.BAD_URL: "not a valid URL",
    Code.CONNECT_ERROR: "the connection to the server failed",
    Code.INCOMPLETE: "the connection ended before the end of the response",
    Code.INTERNAL_ERROR: "unexpected error",
}


def _code_of(error: BaseException) -> Code:
    chain = _chain(error)
    for kind, code in _CODES:
        if any(isinstance(each, kind) for each in chain):
            return code
    return Code.INTERNAL_ERROR


def _invalid_response(error: BaseException) -> BaseException | None:
    """Return the exception in the chain of causes that reports an invalid response, or `None` if there is none."""
    chain = _chain(error)
    if any(isinstance(each, _CONNECTION_ENDED) for each in chain):
        return None
    for each in chain:
        if isinstance(each, _INVALID_RESPONSE) and not isinstance(each, _INVALID_REQUEST):
            return each
    return None


def _reason(error: BaseException) -> str:
    """Return the message of the operating system, such as "connection refused", or else that of the exception."""
    messages = [each.strerror for each in _chain(error) if isinstance(each, OSError) and each.strerror]
    return messages[-1].lower() if messages else _describe(error)


def _describe(error: BaseException) -> str:
    # The message may quote the server and is shown on terminals, so control characters are replaced.
    message = "".join(each if each.isprintable() else "?" for each in " ".join(str(error).split())[:200])
    return f"{type(error).__name__}: {message}"


def _chain(error: BaseException) -> list[BaseException]:
    """Return the exception and its causes; the original cause is last."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain


class _Session(requests.Session):
    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Add the cookies by the policy of the session.

        requests copies them to a jar with the default policy, which sends a cookie of one host to the hosts below it.
        """
        prepared = super().prepare_request(request)
        prepared.headers.pop("Cookie", None)
        prepared.prepare_cookies(self.cookies)
        return prepared

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return `None`, or requests would read the whole body of a redirect, and fail on raw bytes in `Location`."""


class _Deadline:
    """Shuts down the sockets of a page when its time is up.

    The timeout of a socket does not catch a server that sends a few bytes at a time. Only the time between each `start`
    and the next `stop` counts. The sockets in the list are duplicates, because TLS takes over the original descriptor;
    shutting down a duplicate ends the connection.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expired = False
        self._left = seconds  # valid while the deadline is stopped
        self._end = 0.0  # valid while it runs
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []

    def start(self) -> None:
        self._end = time.monotonic() + self._left
        self._timer = threading.Timer(self._left, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()  # the process may fork workers next, and must have no other thread then
            self._timer = None
            self._left = max(0.0, self._end - time.monotonic())

    def close(self) -> None:
        """Close the duplicates of all sockets. Call it after `stop`."""
        with self._lock:
            for each in self._sockets:
                each.close()
            self._sockets.clear()

    def left(self) -> float:
        """Return the seconds left, always more than 0. Raises `TimeoutError` if the time is up."""
        left = self._end - time.monotonic()
        if self.expired or left <= 0:
            self.expired = True
            raise TimeoutError
        return left

    def watch(self, connected: socket.socket) -> socket.socket:
        """Add a socket, and return it. Raises `TimeoutError` if the time is up."""
        with self._lock:
            self._sockets.append(connected.dup())
        self.left()
        return connected

    def _expire(self) -> None:
        self.expired = True
        with self._lock:
            for each in self._sockets:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:  # the server has closed the connection first
                    continue


def _check_name(url: str) -> None:
    """Raise `BlockedAddressError` if any IP address of the host is not public, and `OSError` if the host has none."""
    parts = urlsplit(url)
    for *_, address in socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM):
        if not is_public(str(address[0])):
            raise _blocked(str(address[0]))


def _blocked(address: str) -> BlockedAddressError:
    return BlockedAddressError(f"{address} is not a public IP address; to fetch from it, use allow_private=True")


# Returns a connected socket for a host and a port.
_Connect = Callable[[str, int], socket.socket]
# Family, type and protocol of a socket, a canonical name, and an address whose first items are a host and a port.
_AddressInfo = tuple[int, int, int, str, tuple[Any, ...]]


class _Connector:
    """Connects to checked IP addresses only. `deadline` watches the sockets from the start.

    It replaces `_new_conn` of urllib3's connections.
    """

    def __init__(self, deadline: _Deadline, connect_timeout: float, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._connect_timeout = connect_timeout
        self._allow_private = allow_private

    def __call__(self, host: str, port: int) -> socket.socket:
        # The name is resolved once, and the connection goes to the address that was checked. So neither a name server
        # that changes its answer (DNS rebinding) nor an unusual notation (2130706433, 0x7f.1) leads to another address,
        # and no connection to a private address is even attempted.
        found = _resolve(host, port)
        allowed = [each for each in found if self._allow_private or is_public(str(each[4][0]))]
        if not allowed:
            raise _blocked(str(found[-1][4][0]))
        return self._first(allowed, self._open)

    def _open(self, info: _AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        return self._connect(socket.socket(family, kind, protocol), address)

    def _first(
        self, found: Iterable[_AddressInfo], open_socket: Callable[[_AddressInfo], socket.socket]
    ) -> socket.socket:
        """Return the first socket that can be connected. Raises the last error if there is none."""
        failure: OSError | None = None
        for each in found:
            try:
                return open_socket(each)
            except OSError as error:
                failure = error
        raise failure or OSError("the host has no address")

    def _connect(self, opened: socket.socket, address: tuple[Any, ...]) -> socket.socket:
        try:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.settimeout(min(self._connect_timeout, self._deadline.left()))
            self._deadline.watch(opened)  # before it connects, because a proxy may answer a byte at a time
            opened.connect(address)
            self._deadline.left()
        except OSError:
            opened.close()
            raise
        return opened


class _SocksConnector(_Connector):
    """Connects through a SOCKS5 proxy, which may be on a private network itself.

    With the scheme socks5, the proxy is told a checked IP address. With socks5h, it is told the name of the host.
    urllib3's own SOCKS support would resolve names after they are checked.
    """

    def __init__(self, proxy: str, deadline: _Deadline, connect_timeout: float, *, allow_private: bool) -> None:
        super().__init__(deadline, connect_timeout, allow_private=allow_private)
        self._proxy = urlsplit(proxy)

    def __call__(self, host: str, port: int) -> socket.socket:
        if self._proxy.scheme == "socks5h":
            return self._through_proxy((host, port))
        return super().__call__(host, port)

    def _open(self, info: _AddressInfo) -> socket.socket:
        host, port, *_ = info[4]
        return self._through_proxy((host, port))

    def _through_proxy(self, target: tuple[str, int]) -> socket.socket:
        import socks

        user, password = (value and unquote(value) for value in (self._proxy.username, self._proxy.password))

        def open_socket(info: _AddressInfo) -> socket.socket:
            family, kind, protocol, _, address = info
            opened = socks.socksocket(family, kind, protocol)
            opened.set_proxy(socks.SOCKS5, *address[:2], rdns=True, username=user, password=password)
            return self._connect(opened, target)

        return self._first(_resolve(self._proxy.hostname or "", self._proxy.port or _SOCKS_PORT), open_socket)


def _resolve(host: str, port: int) -> list[_AddressInfo]:
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


# The following classes pass that function down to the connections. Classes created for each page would need fewer
# lines, but a class is a reference cycle: each page would leave 8 KB to the garbage collector. The positional and
# keyword arguments are those of urllib3 and requests, passed on unchanged; therefore they are `Any`.


class _Response(http.client.HTTPResponse):
    def begin(self) -> None:
        """Skip all informational responses (1xx). `http.client` skips 100 only, and not 103 (Early Hints)."""
        super().begin()
        while HTTPStatus.SWITCHING_PROTOCOLS < self.status < HTTPStatus.OK:
            self.headers = None  # type: ignore[assignment]  # otherwise `begin` does nothing
            super().begin()


class _Http(HTTPConnection):
    response_class = _Response

    def __init__(self, connect: _Connect, *args: Any, **options: Any) -> None:
        self._connect_to = connect
        super().__init__(*args, **options)

    def _new_conn(self) -> socket.socket:
        return self._connect_to(self.host, self.port)


class _Https(_Http, HTTPSConnection):
    """The same over TLS. What `_Http` does not define comes from `HTTPSConnection`."""


class _HttpPool(HTTPConnectionPool):
    def __init__(self, connect: _Connect, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ConnectionCls = partial(_Http, connect)  # type: ignore[assignment]


class _HttpsPool(HTTPSConnectionPool):
    def __init__(self, connect: _Connect, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ConnectionCls = partial(_Https, connect)  # type: ignore[assignment]


class _Adapter(HTTPAdapter):
    def __init__(self, connect: _Connect) -> None:
        super().__init__(max_retries=0)
        self._pools: Any = {"http": partial(_HttpPool, connect), "https": partial(_HttpsPool, connect)}
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **options: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = self._pools
        return manager
