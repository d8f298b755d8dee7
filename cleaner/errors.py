"""The exceptions of the package. Every exception that is raised for a bad input is a `CleanerError`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.models import Article


class Code(StrEnum):
    """The error codes of exceptions and records. They are stable: programs may compare with them.

    Attributes:
        BAD_URL: The URL is not an http or https URL, or cannot be parsed.
        BLOCKED_URL: The URL, or a redirect, leads to an IP address that is not public, or to another protocol.
        ROBOTS_DENIED: The robots.txt of the host forbids the URL.
        ROBOTS_UNREACHABLE: The robots.txt of the host cannot be read at the moment, so nothing may be fetched.
        ROBOTS_DELAY: The robots.txt of the host asks for more than 30 seconds between two requests.
        DNS_ERROR: The host name cannot be resolved.
        CONNECT_ERROR: The host does not respond, or closes the connection.
        TLS_ERROR: The certificate or the encryption is not valid.
        TIMEOUT: The server takes longer than the time limits allow.
        HTTP_ERROR: The response has a status that is not a success, or is not valid HTTP.
        TOO_MANY_REDIRECTS: The redirects do not end.
        TOO_LARGE: The page is larger than the limit. It is never cut off instead.
        INCOMPLETE: The body or the compressed stream ends too early.
        DECODE_ERROR: The bytes are compressed or encoded in a way that cannot be decoded.
        NOT_HTML: The input is not a page, but for example a PDF, a picture, an archive or a feed.
        EMPTY: The input has no content.
        TOO_COMPLEX: The page has more elements or paragraphs than any real page.
        NO_ARTICLE: The page was read, but it is not an article.
        LOW_CONFIDENCE: The confidence of the article is below the minimum that the caller set.
        EXTRACT_TIMEOUT: Cleaning the page takes longer than the time limit.
        OUT_OF_MEMORY: Cleaning the page takes more memory than the limit.
        WORKER_CRASHED: The worker process that cleaned the page crashed.
        BAD_INPUT: A line is not a JSON object that describes an input, or a list is a table.
        IO_ERROR: A file, a folder or the cache cannot be read.
        INTERNAL_ERROR: A bug in this package. The message says which exception was raised, and where.
    """

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
    LOW_CONFIDENCE = "low_confidence"
    EXTRACT_TIMEOUT = "extract_timeout"
    OUT_OF_MEMORY = "out_of_memory"
    WORKER_CRASHED = "worker_crashed"
    BAD_INPUT = "bad_input"
    IO_ERROR = "io_error"
    INTERNAL_ERROR = "internal_error"


# Codes of errors that may be temporary.
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
# HTTP statuses of temporary errors: those that Scrapy and urllib3 agree to retry.
RETRYABLE_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


class CleanerError(Exception):
    """An input that could not be cleaned. The base class of all exceptions that are raised for a bad input.

    Attributes:
        code: The error code, for programs.
        message: What is wrong and what to do, for people.
        url: The URL of the input; `None` if unknown.
    """

    def __init__(self, code: Code, message: str, *, url: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.url = url

    @property
    def retryable(self) -> bool:
        """Whether the same input may succeed if it is tried again later."""
        return self.code in RETRYABLE

    def __reduce__(self) -> tuple[Any, ...]:
        # By default an exception is pickled by its positional arguments, so without this method the keyword arguments
        # would be missing when it returns from a worker process.
        return _restore, (type(self), self.args, self.__dict__)


def _restore(kind: type[CleanerError], args: tuple[Any, ...], state: dict[str, Any]) -> CleanerError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class InputError(CleanerError):
    """Bytes, a text or a file that cannot be read as a page: too large, not HTML, damaged, empty or missing."""


class FetchError(CleanerError):
    """A URL that could not be fetched.

    Attributes:
        http_status: The status of the response; `None` if there was no response.
        retry_after: How long the server asks to wait before the next request, in seconds; `None` if it does not say.
    """

    def __init__(
        self, code: Code, message: str, *, url: str, http_status: int | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(code, message, url=url)
        self.http_status = http_status
        self.retry_after = retry_after

    @property
    def retryable(self) -> bool:
        """Whether the same URL may succeed if it is tried again later."""
        return super().retryable or self.http_status in RETRYABLE_STATUS


class NoArticleError(CleanerError):
    """A page that was read but is not an article.

    Attributes:
        article: What was found: `page_kind`, the metadata, the text and blocks that would have been kept if the page
            were an article, and the removed blocks with their reasons. `clean(..., any_page=True)` returns such an
            article instead of raising this exception.
    """

    def __init__(self, message: str, *, article: Article) -> None:
        super().__init__(Code.NO_ARTICLE, message, url=article.url)
        self.article = article
