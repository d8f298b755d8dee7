"""A web server on the loopback interface that sends exactly the bytes that a test specifies."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

Response = bytes | Callable[[socket.socket], None]


def response(
    body: bytes, *, status: str = "200 OK", content_type: str | None = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """Return a complete HTTP response; `_` in a header's name becomes `-`."""
    lines = [f"HTTP/1.1 {status}", "Connection: close"]
    lines += [f"Content-Type: {content_type}"] if content_type is not None else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if not {"content_length", "transfer_encoding"} & {name.lower() for name in headers}:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, *, status: str = "302 Found", body: bytes = b"", **headers: str) -> bytes:
    """Return a redirect to `location`."""
    return response(body, status=status, Location=location, **headers)


def one_by_one(*responses: bytes) -> Callable[[socket.socket], None]:
    """Return a response that sends one of the responses for each request, and the last one for all further requests."""
    left = list(responses)

    def send(connection: socket.socket) -> None:
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    return send


class Server:
    """Send the response of each path and record the requests; send a 404 for any other path.

    With `tls`, the server has a self-signed certificate.
    """

    def __init__(self, *, tls: bool = False) -> None:
        self.responses: dict[str, Response] = {}
        self.requests: list[str] = []  # complete, with their headers
        self.spans: list[tuple[float, float]] = []  # start of each response, and when it was ready or, if slow, sent
        self.stopped = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._tls: ssl.SSLContext | None = None
        if tls:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(Path(__file__).with_name("self_signed.pem"))
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self._listening.getsockname()[1]}"

    @property
    def paths(self) -> list[str]:
        """The requested paths, in order."""
        return [request.split(" ", 2)[1] for request in self.requests]

    def __enter__(self) -> Self:
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopped.set()
        self._listening.shutdown(socket.SHUT_RDWR)  # `close` alone would leave the thread in `accept`
        self._listening.close()
        # The command forks its workers only from a process without other threads.
        self._accepting.join()

    def drip(self, head: bytes, body: bytes) -> Callable[[socket.socket], None]:
        """Return a response that sends one byte of `body` every 20 ms."""

        def send(connection: socket.socket) -> None:
            connection.sendall(head)
            for byte in body:
                if self.stopped.wait(0.02):
                    return
                connection.sendall(bytes([byte]))

        return send

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:  # closed: the test is over
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):  # the client disconnects early in many tests
            if self._tls is None:
                self._converse(connection)
            else:
                with self._tls.wrap_socket(connection, server_side=True) as secured:
                    self._converse(secured)

    def _converse(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request and (received := connection.recv(65536)):
            request += received
        if not request.startswith((b"GET ", b"CONNECT ")):
            return
        came = time.monotonic()
        self.requests.append(request.decode("latin-1"))
        answer = self.responses.get(self.paths[-1], response(b"no such page", status="404 Not Found"))
        if callable(answer):
            try:
                answer(connection)
            finally:
                self.spans.append((came, time.monotonic()))
        else:
            # Recorded first: once the client has the response, it may send its next request before this thread goes on.
            self.spans.append((came, time.monotonic()))
            connection.sendall(answer)
