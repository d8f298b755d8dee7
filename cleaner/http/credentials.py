"""The headers and cookies that the user gives: what is accepted, and which requests get them.

Both may be secrets, so no error quotes their values.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator, Mapping
from http.cookiejar import Cookie, CookieJar, LoadError, MozillaCookieJar
from os import PathLike, fsdecode
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from cleaner.errors import Code, InputError
from cleaner.http.urls import origin
from cleaner.patterns import lazy_pattern

# A token (RFC 9110, 5.6.2), and a value without line breaks, which could add other headers or end the request, and
# without spaces around it.
_TOKEN = lazy_pattern(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = lazy_pattern(r"(?:[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?)?")
_COOKIE_VALUE = lazy_pattern(r"[\x20-\x3a\x3c-\x7e]*")  # without a semicolon, which begins the next cookie
_BY_PROTOCOL: Final = "is set by the HTTP client and cannot be given"
# Headers that are refused, and why. The first ones frame the message or belong to one connection (RFC 9110, 7.6.1).
_REFUSED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("host", "content-length", "connection", "keep-alive", "te", "trailer"), _BY_PROTOCOL),
    **dict.fromkeys(("transfer-encoding", "upgrade", "expect", "accept-encoding"), _BY_PROTOCOL),
    **dict.fromkeys(("proxy-authenticate", "proxy-authorization", "proxy-connection"), "is for the proxy; use --proxy"),
    **dict.fromkeys(("range", "if-range"), "asks for a part of a page; only whole pages are fetched"),
    **dict.fromkeys(("if-match", "if-none-match", "if-modified-since", "if-unmodified-since"), "is set by the cache"),
    "cookie": "must be given as a cookie (--cookie)",
    "user-agent": "must be given as the user agent (--user-agent), whose first word is the name for robots.txt",
}


class Credentials(NamedTuple):
    """The user's headers and cookies.

    `headers` and `cookies` go to the host of the URL that the user chose and to no other. The cookies of `jar` have
    domains of their own, and go to these, as a browser sends them.
    """

    headers: Mapping[str, str] = {}
    cookies: Mapping[str, str] = {}
    jar: CookieJar | None = None

    @classmethod
    def checked(
        cls, headers: Mapping[str, str] | None, cookies: Mapping[str, str] | None, jar: CookieJar | None
    ) -> Credentials:
        """Return the credentials. Raises `ValueError` if a header or a cookie is not valid, or is refused."""
        for name, value in (headers or {}).items():
            _check_header(name, value)
        for name, value in (cookies or {}).items():
            if not _TOKEN.fullmatch(name) or not _COOKIE_VALUE.fullmatch(value):
                raise ValueError(
                    f"the cookie {name[:60]!r} is not valid: names have no spaces, and values are ASCII without ;"
                )
        return cls(dict(headers or {}), dict(cookies or {}), jar)

    def key_for(self, url: str, chosen: str) -> str:
        """Return a digest of what a request to `url` may send; empty for nothing. With other keys, the page may differ.

        `chosen` is the URL that the user gave.
        """
        jar = [repr((each.domain, each.path, each.name, each.value)) for each in self.jar or ()]
        own = (self.headers, self.cookies) if _is_same_host(url, chosen) else ()
        if not jar and not any(own):
            return ""
        from hashlib import blake2b

        return blake2b(repr((own, sorted(jar))).encode(), digest_size=8).hexdigest()

    def headers_for(self, url: str, chosen: str) -> Mapping[str, str]:
        """Return the headers for a request to `url`. `chosen` is the URL that the user gave."""
        return self.headers if _is_same_host(url, chosen) else {}

    def cookies_for(self, chosen: str) -> Iterator[Cookie]:
        """Yield the cookies for a session, each with its domain. `chosen` is the URL that the user gave."""
        yield from self.jar or ()
        if self.cookies:
            parts = urlsplit(chosen)
            host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else str(parts.hostname)
            host = host if "." in host else f"{host}.local"  # the name that http.cookiejar compares with
            secure = parts.scheme == "https"  # a redirect to http does not get it
            for name, value in self.cookies.items():
                yield _cookie(name, value, host, secure=secure)


def read_cookies(path: str | PathLike[str]) -> CookieJar:
    """Return the cookies in a file in the format of Netscape, which browsers' extensions, curl and wget write.

    Raises `InputError` with `IO_ERROR` if the file cannot be read or has another format.
    """
    name = fsdecode(path)
    jar = MozillaCookieJar(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # for a bad line, it also warns with a traceback
            jar.load(ignore_discard=True, ignore_expires=True)
    except (LoadError, UnicodeDecodeError) as error:  # their messages quote the line, which holds a secret
        message = (
            f"{name}: not a cookie file: its first line must be '# Netscape HTTP Cookie File', "
            "and each other line has seven fields with tabs between them"
        )
        raise InputError(Code.IO_ERROR, message) from error
    except OSError as error:
        raise InputError(Code.IO_ERROR, f"{name}: {(error.strerror or str(error)).lower()}") from error
    for cookie in list(jar):
        if cookie.expires == 0:  # how many programs write a cookie that ends with the browser
            cookie.expires = None
        elif cookie.is_expired(int(time.time())):
            jar.clear(cookie.domain, cookie.path, cookie.name)
    return jar


def _check_header(name: str, value: str) -> None:
    if not _TOKEN.fullmatch(name):
        raise ValueError(f"{name[:60]!r} is not the name of a header")
    if not _VALUE.fullmatch(value):
        raise ValueError(f"the value of the header {name} must be ASCII in one line, without spaces around it")
    if problem := _REFUSED.get(name.lower()):
        raise ValueError(f"the header {name} {problem}")


def _is_same_host(url: str, chosen: str) -> bool:
    """Whether `url` is on the host of `chosen`: with the same scheme and port, or with https instead of http."""
    ours, theirs = origin(url), origin(chosen)
    return ours in (theirs, theirs.replace("http:", "https:", 1))


def _cookie(name: str, value: str, host: str, *, secure: bool) -> Cookie:
    return Cookie(
        version=0,
        name=name,
        value=value,
        port=None,
        port_specified=False,
        domain=host,
        domain_specified=False,  # for this host alone, not for those below it
        domain_initial_dot=False,
        path="/",
        path_specified=True,
        secure=secure,
        expires=None,
        discard=True,
        comment=None,
        comment_url=None,
        rest={},
    )
