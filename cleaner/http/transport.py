"""One GET after the other over requests and urllib3, under one clock; the only module that knows them."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http import HTTPStatus
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import ProxyManager

from cleaner.errors import Code, FetchError
from cleaner.http.public_ip import is_public
from cleaner.http.response import Response
from cleaner.page.decompress import brotli_known

_CHUNK = 65536
_ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"


# What `http.client` and urllib3 raise for an answer that is not HTTP: asking again would bring the same.
_INVALID: Final = (http.client.HTTPException, urllib3.exceptions.InvalidHeader)
# Exceptions of the same kind for connections that end before the answer or in the middle of it.
_BROKEN_OFF: Final = (http.client.RemoteDisconnected, http.client.IncompleteRead)
# Exceptions of the same kind for mistakes in the request.
_OURS: Final = (http.client.InvalidURL, http.client.ImproperConnectionState)


class BlockedAddressError(Exception):
    """All addresses of a host are of a kind that requests must not go to."""


# The first line that has an exception of the chain of causes says what happened.
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
    """A session for the addresses of one page: cookies live from hop to hop and die with it.

    All times are in seconds: `connect_timeout` for each address of a host, `idle_timeout` between two bytes, `timeout`
    for all requests together; what passes between them, after `rest`, does not count. `allow_private` opens addresses
    that are not of the open internet; `insecure` asks no server for a certificate that holds. Through a `proxy`, the
    address that is connected to is the proxy's, and which one it connects to cannot be seen: then the addresses that
    the host has here are what is checked.
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
    ) -> None:
        self._connect_timeout = connect_timeout
        self._idle_timeout = idle_timeout
        self._deadline = _Deadline(timeout)
        self._insecure = insecure
        self._session = _Session()
        self._session.trust_env = False  # no proxy, .netrc or certificate bundle that a variable smuggles in
        self._session.verify = not insecure
        self._session.headers.clear()
        self._session.headers.update(
            {
                "User-Agent": user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate, br" if brotli_known() else "gzip, deflate",
            }
        )
        self._checks_names = proxy is not None and not allow_private
        if proxy is not None:
            self._session.proxies = {"http": proxy, "https": proxy}
        adapter = _adapter(self._deadline, connect_timeout, allow_private=allow_private or proxy is not None)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        self._response: requests.Response | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.rest()
        self._session.close()
        self._deadline.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """Asks for `url`; redirects are answers as any other. The answer before it can no longer be read.

        `headers` are sent besides those that are always sent.

        Raises `FetchError`, as does reading the body; there, what breaks off is `INCOMPLETE`.
        """
        self.rest()
        try:
            self._deadline.start()
            left = self._deadline.left()
            if self._checks_names:
                _check_name(url)
            with warnings.catch_warnings():
                if self._insecure:  # it was asked for, and the record tells it
                    warnings.simplefilter("ignore", urllib3.exceptions.InsecureRequestWarning)
                self._response = self._session.get(
                    url,
                    headers=dict(headers or {}),
                    stream=True,
                    allow_redirects=False,
                    timeout=(min(self._connect_timeout, left), min(self._idle_timeout, left)),
                )
        except Exception as error:  # whatever it is, a caller gets our class: F16 of the promises
            raise self._translated(error, url, broken=Code.CONNECT_ERROR) from error
        answered = {name.lower(): value for name, value in self._response.headers.items()}
        for first in self._response.raw.headers.getlist("location")[:1]:
            answered["location"] = first  # of two, requests would make one address that nobody named
        return Response(self._response.status_code, answered, self._body(self._response, url))

    def rest(self) -> None:
        """The answer is done with, read or unread, and the clock stands still until the next one is asked for."""
        if self._response is not None:
            self._response.close()  # unread: the body of a redirect may be a bomb
        self._deadline.stop()

    def _body(self, response: requests.Response, url: str) -> Iterator[bytes]:
        while True:
            try:
                self._deadline.left()
                # read1 gives what has come; read would wait for a full chunk from a server that drips.
                chunk = response.raw.read1(_CHUNK, decode_content=False)
                self._deadline.left()  # a socket that the deadline shut looks like the end of the body
            except Exception as error:
                raise self._translated(error, url, broken=Code.INCOMPLETE) from error
            if not chunk:
                return
            yield chunk

    def _translated(self, error: Exception, url: str, *, broken: Code) -> FetchError:
        if self._deadline.expired:
            return FetchError(Code.TIMEOUT, f"not done after {self._deadline.seconds:.3g} s", url=url)
        code = _code_of(error)
        if code is Code.CONNECT_ERROR and (invalid := _invalid_answer(error)):
            message = f"the server's answer is not valid HTTP ({_described(invalid)})"
            return FetchError(Code.HTTP_ERROR, message, url=url)
        if code is Code.BLOCKED_URL:
            return FetchError(code, str(error), url=url)
        if code is Code.CONNECT_ERROR:
            code = broken
        return FetchError(code, f"{_WORDS[code]} ({_reason(error)})", url=url)


_WORDS: Final = {
    Code.DNS_ERROR: "the host name is not known",
    Code.TIMEOUT: "the server is too slow",
    Code.TLS_ERROR: "no secure connection",
    Code.BAD_URL: "not an address",
    Code.CONNECT_ERROR: "the server does not answer as a web server does",
    Code.INCOMPLETE: "the answer broke off",
    Code.INTERNAL_ERROR: "unforeseen",
}


def _code_of(error: BaseException) -> Code:
    chain = _chain(error)
    for kind, code in _CODES:
        if any(isinstance(each, kind) for each in chain):
            return code
    return Code.INTERNAL_ERROR


def _invalid_answer(error: BaseException) -> BaseException | None:
    """What was wrong with the server's answer, where that is the cause of the error."""
    chain = _chain(error)
    if any(isinstance(each, _BROKEN_OFF) for each in chain):
        return None
    return next((each for each in chain if isinstance(each, _INVALID) and not isinstance(each, _OURS)), None)


def _reason(error: BaseException) -> str:
    """What the system says of it, such as "connection refused"; where it says nothing, the exception."""
    said = [each.strerror for each in _chain(error) if isinstance(each, OSError) and each.strerror]
    return said[-1].lower() if said else _described(error)


def _described(error: BaseException) -> str:
    said = "".join(each if each.isprintable() else "?" for each in " ".join(str(error).split())[:200])
    return f"{type(error).__name__}: {said}"  # it may quote the server, and is shown on terminals


def _chain(error: BaseException) -> list[BaseException]:
    """The exception, and what led to it, the first cause last."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Never: requests would read the whole body of a redirect first, and choke on a raw byte in `Location`."""


class _Deadline:
    """Shuts the sockets it watches when the time is up: no timeout of a socket sees a server that drips.

    The time that counts is that from each `start` to the `stop` after it. The sockets it holds are duplicates, for TLS
    takes the first descriptor over; shutting one ends the connection for all.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expired = False
        self._left = seconds  # as long as it stands
        self._end = 0.0  # as long as it runs
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
            self._timer.join()  # whoever forks next, to have workers, must find no thread
            self._timer = None
            self._left = max(0.0, self._end - time.monotonic())

    def close(self) -> None:
        """Lets go of all sockets. Called when it stands."""
        with self._lock:
            for each in self._sockets:
                each.close()
            self._sockets.clear()

    def left(self) -> float:
        """Seconds that are left, more than 0; raises `TimeoutError` where none are."""
        left = self._end - time.monotonic()
        if self.expired or left <= 0:
            self.expired = True
            raise TimeoutError
        return left

    def watch(self, connected: socket.socket) -> socket.socket:
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
                except OSError:  # the other side was quicker
                    continue


def _check_name(url: str) -> None:
    """Raises `BlockedAddressError` where any address of the host is not of the open internet, `OSError` without any."""
    parts = urlsplit(url)
    for *_, address in socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM):
        if not is_public(str(address[0])):
            raise _refused(str(address[0]))


def _refused(address: str) -> BlockedAddressError:
    return BlockedAddressError(f"{address} is no address of the open internet; --allow-private lets requests there")


def _adapter(deadline: _Deadline, connect_timeout: float, *, allow_private: bool) -> HTTPAdapter:
    """An adapter whose sockets go to checked addresses only, and are seen by `deadline` before anything is sent.

    `_new_conn` is where urllib3's own SOCKS support steps in, too.
    """

    def connected(host: str, port: int) -> socket.socket:
        refused = ""
        failure: OSError | None = None
        # The name is looked up once, and connected to is what was checked: neither a name server that changes its mind
        # (rebinding) nor an odd spelling (2130706433, 0x7f.1) leads elsewhere, and nothing inside is even knocked at.
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            if not allow_private and not is_public(str(address[0])):
                refused = str(address[0])
                continue
            opened = socket.socket(family, kind, protocol)
            try:
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                opened.settimeout(min(connect_timeout, deadline.left()))
                opened.connect(address)
                return deadline.watch(opened)
            except OSError as error:
                opened.close()
                failure = error
        if failure is not None:
            raise failure
        raise _refused(refused)

    return _Adapter(connected)


_Connect = Callable[[str, int], socket.socket]

# What follows hands that function down to the connections. Classes made for each page would do so in fewer lines, but
# they are cycles that wait for the garbage collector, 8 KB a page.


class _Response(http.client.HTTPResponse):
    def begin(self) -> None:
        """Reads up to the answer itself: of what may stand before it, `http.client` skips 100 only, not 103."""
        super().begin()
        while HTTPStatus.SWITCHING_PROTOCOLS < self.status < HTTPStatus.OK:
            self.headers = None  # type: ignore[assignment]  # or it takes itself for begun
            super().begin()


class _Http(HTTPConnection):
    response_class = _Response

    def __init__(self, connect: _Connect, *place: Any, **options: Any) -> None:
        self._connect_to = connect
        super().__init__(*place, **options)

    def _new_conn(self) -> socket.socket:
        return self._connect_to(self.host, self.port)


class _Https(_Http, HTTPSConnection):
    """The same, encrypted; what `_Http` does not define is `HTTPSConnection`'s, which inherits as it does."""


class _HttpPool(HTTPConnectionPool):
    def __init__(self, connect: _Connect, *place: Any, **options: Any) -> None:
        super().__init__(*place, **options)
        self.ConnectionCls = partial(_Http, connect)  # type: ignore[assignment]


class _HttpsPool(HTTPSConnectionPool):
    def __init__(self, connect: _Connect, *place: Any, **options: Any) -> None:
        super().__init__(*place, **options)
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
