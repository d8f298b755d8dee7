"""What can go wrong, as one small tree: everything that `cleaner` raises for a bad input is a `CleanerError`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.models import Article


class Code(StrEnum):
    """The error codes of records and exceptions. They are stable: programs may compare with them."""

    BAD_URL = "bad_url"
    BLOCKED_URL = "blocked_url"
    ROBOTS_DENIED = "robots_denied"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    ROBOTS_DELAY = "robots_delay"
    DNS_ERROR = "dns_error"
    CONNECT_ERROR = "connect_error"
    TLS_ERROR = "tls_error"
    TIMEOUT = "timeout"
    HTTP_ERROR = "http_error"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TOO_LARGE = "too_large"
    INCOMPLETE = "incomplete"
    DECODE_ERROR = "decode_error"
    NOT_HTML = "not_html"
    EMPTY = "empty"
    TOO_COMPLEX = "too_complex"
    NO_ARTICLE = "no_article"
    EXTRACT_TIMEOUT = "extract_timeout"
    OUT_OF_MEMORY = "out_of_memory"
    WORKER_CRASHED = "worker_crashed"
    IO_ERROR = "io_error"
    INTERNAL_ERROR = "internal_error"


RETRYABLE = frozenset(
    {
        Code.ROBOTS_UNREACHABLE,
        Code.DNS_ERROR,
        Code.CONNECT_ERROR,
        Code.TIMEOUT,
        Code.INCOMPLETE,
        Code.WORKER_CRASHED,
    }
)
# The statuses that say "not now": those of Scrapy's and urllib3's retry sets, which agree.
RETRYABLE_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


class CleanerError(Exception):
    """A bad input, named: `code` for programs, the message for people, `url` where one is known (else `None`)."""

    def __init__(self, code: Code, message: str, *, url: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.url = url

    @property
    def retryable(self) -> bool:
        """Whether the same input may well succeed later."""
        return self.code in RETRYABLE

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is pickled by its arguments, and ours have names: without this none came back from a worker.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[CleanerError], args: tuple[Any, ...], state: dict[str, Any]) -> CleanerError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class InputError(CleanerError):
    """Bytes, text or a file that cannot be read as a page: too large, not HTML, undecodable, empty, missing."""


class FetchError(CleanerError):
    """A URL that gave no page.

    `http_status` is the status answered; `None` where no answer came. `retry_after` is the seconds that the server
    wants to be left alone for; `None` where it did not say.
    """

    def __init__(
        self, code: Code, message: str, *, url: str, http_status: int | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(code, message, url=url)
        self.http_status = http_status
        self.retry_after = retry_after

    @property
    def retryable(self) -> bool:
        return super().retryable or self.http_status in RETRYABLE_STATUS


class NoArticleError(CleanerError):
    """The page was read, but it holds no article.

    `article` has what was found: `page_kind`, the metadata, the text and blocks that would have been kept if the page
    were an article, and `removed` with the reasons. `clean(..., any_page=True)` returns it instead of raising.
    """

    def __init__(self, message: str, *, article: Article) -> None:
        super().__init__(Code.NO_ARTICLE, message, url=article.url)
        self.article = article
