"""One GET after the other over requests and urllib3, under one deadline; the only module that knows them."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Final, NamedTuple, Self

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from cleaner.errors import Code, FetchError
from cleaner.source.codings import brotli_known

_CHUNK = 65536
_ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"

# The first line that has an exception of the chain of causes says what happened.
_CODES: Final[tuple[tuple[type[BaseException], Code], ...]] = (
    (urllib3.exceptions.NameResolutionError, Code.DNS_ERROR),
    (urllib3.exceptions.NewConnectionError, Code.CONNECT_ERROR),  # to urllib3 a kind of timeout
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


class Answer(NamedTuple):
    """What a server said. `headers` have lower-case names; `body` is read as it is asked for, and still packed."""

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]


class Transport:
    """A session for the addresses of one page: cookies live from hop to hop and die with it.

    `timeout` is (to connect, between two bytes) in seconds, `total` the seconds for all hops together.
    """

    def __init__(self, *, timeout: tuple[float, float], total: float, user_agent: str) -> None:
        self._connect, self._idle = timeout
        self._deadline = _Deadline(total)
        self._session = _Session()
        self._session.trust_env = False  # no proxy, .netrc or certificate bundle that a variable smuggles in
        self._session.headers.clear()
        self._session.headers.update(
            {
                "User-Agent": user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate, br" if brotli_known() else "gzip, deflate",
            }
        )
        adapter = _adapter(self._deadline)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        self._response: requests.Response | None = None

    def __enter__(self) -> Self:
        self._deadline.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop_response()
        self._session.close()
        self._deadline.stop()

    def get(self, url: str) -> Answer:
        """Asks for `url`; redirects are answers as any other. The answer before it can no longer be read.

        Raises `FetchError`, as does reading the body; there, what breaks off is `INCOMPLETE`.
        """
        self._drop_response()
        try:
            left = self._deadline.left()
            self._response = self._session.get(
                url,
                stream=True,
                allow_redirects=False,
                timeout=(min(self._connect, left), min(self._idle, left)),
            )
        except Exception as error:  # whatever it is, a caller gets our class: F16 of the promises
            raise self._translated(error, url, broken=Code.CONNECT_ERROR) from error
        headers = {name.lower(): value for name, value in self._response.headers.items()}
        return Answer(self._response.status_code, headers, self._body(self._response, url))

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

    def _drop_response(self) -> None:
        if self._response is not None:
            self._response.close()  # unread: the body of a redirect may be a bomb

    def _translated(self, error: Exception, url: str, *, broken: Code) -> FetchError:
        if self._deadline.expired:
            return FetchError(Code.TIMEOUT, f"not done after {self._deadline.seconds:g} s", url=url)
        code = _code_of(error)
        if code is Code.CONNECT_ERROR:
            code = broken
        return FetchError(code, f"{_WORDS[code]} ({type(error).__name__}: {str(error)[:200]})", url=url)


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
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    for kind, code in _CODES:
        if any(isinstance(each, kind) for each in chain):
            return code
    return Code.INTERNAL_ERROR


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Never: requests would read the whole body of a redirect first, and choke on a raw byte in `Location`."""


class _Deadline:
    """Shuts the sockets it watches when the time is up: no timeout of a socket sees a server that drips.

    It holds duplicates, for TLS takes the first descriptor over; shutting one ends the connection for all.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expired = False
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.cancel()
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


def _adapter(deadline: _Deadline) -> HTTPAdapter:
    """An adapter whose every new socket is seen by `deadline` before anything is sent.

    `_new_conn` is where urllib3's own SOCKS support steps in, too.
    """

    class Http(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return deadline.watch(super()._new_conn())

    class Https(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return deadline.watch(super()._new_conn())

    class HttpPool(HTTPConnectionPool):
        ConnectionCls = Http

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls = Https

    adapter = HTTPAdapter(max_retries=0)
    adapter.poolmanager.pool_classes_by_scheme = {"http": HttpPool, "https": HttpsPool}
    return adapter
