"""The politeness of the fetcher: when it waits, when it retries, and which requests it does not send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from servers import Server, one_by_one, redirect, response

import cleaner
from cleaner.batch.clean_many import clean_many
from cleaner.command import app
from cleaner.errors import Code, FetchError
from cleaner.http import fetcher as fetching
from cleaner.http.fetcher import MAX_WAIT, Fetcher, default_user_agent
from cleaner.http.politeness import MAX_GAP, MAX_HOSTS, UNREACHABLE_MAX_AGE, UNREACHABLE_PAUSE, HostState, HostStates
from cleaner.http.response import retry_after
from cleaner.http.robots import Robots

PAGE = response(b"<!DOCTYPE html><html><body><p>The ferry sails at nine.</p></body></html>")
SCHEMA = json.loads((resources.files("cleaner") / "schema.json").read_text())
FIXTURES = Path(__file__).parent.parent / "fixtures"
BUSY = response(b"", status="503 Busy")
NOW = datetime(2024, 5, 6, 12, tzinfo=UTC)


class Clock:
    """A clock that advances only when `sleep` is called."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture(autouse=True)
def no_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Delays have no random part."""
    monkeypatch.setattr(fetching, "JITTER", 0.0)


def fetcher_with(clock: Clock, **options: Any) -> Fetcher:
    return Fetcher(clock=clock, sleep=clock.sleep, **{"allow_private": True, **options})


def failure(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    return caught.value


def robots(text: str, **options: str) -> bytes:
    return response(text.encode(), content_type="text/plain", **options)


def test_one_page_is_two_requests(server: Server, clock: Clock) -> None:
    """A page costs one GET, and one more for the robots.txt of its host, which is used for later pages, too."""
    server.responses |= {"/a": PAGE, "/b": PAGE}
    fetcher = fetcher_with(clock)
    for path in ("/a", "/b", "/a"):
        fetcher.fetch(server.url + path)
    assert ["/robots.txt", "/a", "/b", "/a"] == server.paths


def test_gap(server: Server, clock: Clock) -> None:
    """The next request to a host starts one second after the end of the last one; other hosts need not wait."""
    server.responses |= {"/a": PAGE, "/b": PAGE}
    fetcher = fetcher_with(clock)
    with Server() as other:
        other.responses["/a"] = PAGE
        fetcher.fetch(server.url + "/a")
        fetcher.fetch(server.url + "/b")
        assert [1.0, 1.0] == clock.sleeps
        clock.now += 0.25
        fetcher.fetch(other.url + "/a")
        fetcher.fetch(server.url + "/a")
    assert [1.0, 1.0, 1.0] == clock.sleeps


def test_redirects_are_polite(server: Server, clock: Clock) -> None:
    """A redirect waits like any request, and the robots.txt of its target's host is obeyed."""
    with Server() as other:
        server.responses |= {"/a": redirect("/b"), "/b": redirect(other.url + "/c")}
        other.responses |= {"/c": PAGE, "/robots.txt": robots("User-agent: *\nDisallow: /d")}
        fetcher = fetcher_with(clock)
        assert other.url + "/c" == fetcher.fetch(server.url + "/a").final_url
        server.responses["/b"] = redirect(other.url + "/d")
        error = failure(fetcher, server.url + "/a")
        assert (Code.ROBOTS_DENIED, other.url + "/d") == (error.code, error.url)
        assert ["/robots.txt", "/c"] == other.paths


def test_crawl_delay(server: Server, clock: Clock) -> None:
    """The crawl delay in a robots.txt is kept between pages."""
    server.responses |= {"/robots.txt": robots("User-agent: *\nCrawl-delay: 12"), "/a": PAGE}
    fetcher = fetcher_with(clock)
    fetcher.fetch(server.url + "/a")
    fetcher.fetch(server.url + "/a")
    assert [1.0, 12.0] == clock.sleeps


def test_crawl_delay_that_is_too_long(server: Server, clock: Clock) -> None:
    """Pages of a host with a crawl delay of half a day fail, and the message says why."""
    server.responses |= {"/robots.txt": robots("User-agent: *\nCrawl-delay: 43200"), "/a": PAGE}
    error = failure(fetcher_with(clock), server.url + "/a")
    assert (Code.ROBOTS_DELAY, False) == (error.code, error.retryable)
    assert "43200 s" in error.message
    assert ["/robots.txt"] == server.paths


def test_denied(server: Server, clock: Clock) -> None:
    """A forbidden page is not requested and its error names the rule; `ignore_robots` fetches no robots.txt at all."""
    server.responses |= {"/robots.txt": robots("User-agent: *\nDisallow: /a"), "/a": PAGE}
    error = failure(fetcher_with(clock), server.url + "/a")
    assert (Code.ROBOTS_DENIED, False, None) == (error.code, error.retryable, error.http_status)
    assert error.message == 'the host\'s robots.txt forbids this URL: line 2, "Disallow: /a"'
    fetcher_with(clock, ignore_robots=True).fetch(server.url + "/a")
    assert ["/robots.txt", "/a"] == server.paths


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "403 No", "404 No", "410 Gone"])
def test_no_robots(server: Server, clock: Clock, status: str) -> None:
    """If there is no robots.txt for us, every page is allowed."""
    server.responses |= {"/robots.txt": robots("User-agent: *\nDisallow: /", status=status), "/a": PAGE}
    assert fetcher_with(clock).fetch(server.url + "/a").content


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (response(b"", status="429 Busy"), 429),
        (response(b"", status="500 Broken"), 500),
        (response(b"", status="503 Busy"), 503),
        (b"", None),
        (b"this is no HTTP", None),
        (response(b"User-agent: *", Content_Length="99"), None),
        (response(b"User-agent: *", Content_Encoding="gzip"), None),
    ],
)
def test_unreadable_robots(server: Server, clock: Clock, answer: bytes, status: int | None) -> None:
    """If a robots.txt cannot be read in at most two attempts, all pages fail for five minutes."""
    server.responses |= {"/robots.txt": answer, "/a": PAGE}
    fetcher = fetcher_with(clock)
    for _ in range(2):
        error = failure(fetcher, server.url + "/a")
        assert (Code.ROBOTS_UNREACHABLE, True, status) == (error.code, error.retryable, error.http_status)
    assert len(server.paths) <= 2
    server.responses["/robots.txt"] = robots("")
    clock.now += 301
    assert fetcher.fetch(server.url + "/a").content


def test_robots_on_the_second_try(server: Server, clock: Clock) -> None:
    """The request for a robots.txt is retried once."""
    server.responses |= {"/robots.txt": one_by_one(BUSY, robots("User-agent: *\nAllow: /")), "/a": PAGE}
    assert fetcher_with(clock).fetch(server.url + "/a").content
    assert ["/robots.txt", "/robots.txt", "/a"] == server.paths


def test_silent_robots(server: Server, clock: Clock) -> None:
    """A robots.txt that does not arrive within the timeout is an error of the page."""

    def silence(_: object) -> None:
        server.stopped.wait(10)

    server.responses |= {"/robots.txt": silence, "/a": PAGE}
    assert Code.ROBOTS_UNREACHABLE == failure(fetcher_with(clock, timeout=0.1), server.url + "/a").code


def test_robots_are_kept_for_a_day(server: Server, clock: Clock) -> None:
    """After a day, the robots.txt is requested again."""
    server.responses |= {"/robots.txt": robots(""), "/a": PAGE}
    fetcher = fetcher_with(clock)
    for hours in (0, 23, 2):
        clock.now += hours * 3600
        fetcher.fetch(server.url + "/a")
    assert ["/robots.txt", "/a", "/a", "/robots.txt", "/a"] == server.paths


@pytest.mark.parametrize(("hops", "denied"), [(5, True), (6, False)])
def test_robots_behind_redirects(server: Server, clock: Clock, hops: int, denied: bool) -> None:
    """A robots.txt may be five redirects away; with more redirects, there is none."""
    urls = ["/robots.txt", *(f"/hop{number}" for number in range(1, hops)), "/rules"]
    server.responses |= {here: redirect(there) for here, there in pairwise(urls)}
    server.responses |= {"/rules": robots("User-agent: *\nDisallow: /a"), "/a": PAGE}
    fetcher = fetcher_with(clock)
    if denied:
        assert Code.ROBOTS_DENIED == failure(fetcher, server.url + "/a").code
    else:
        assert fetcher.fetch(server.url + "/a").content


def test_robots_with_a_bad_redirect(server: Server, clock: Clock) -> None:
    """A robots.txt that redirects to another scheme counts as none."""
    server.responses |= {"/robots.txt": redirect("file:///etc/passwd"), "/a": PAGE}
    assert fetcher_with(clock).fetch(server.url + "/a").content


def test_robots_redirected_to_another_host(server: Server, clock: Clock) -> None:
    """If a host redirects everything to another one, the robots.txt of each is fetched once."""
    with Server() as other:
        server.responses |= {path: redirect(other.url + path) for path in ("/robots.txt", "/a")}
        other.responses |= {"/robots.txt": robots(""), "/a": PAGE}
        fetcher_with(clock).fetch(server.url + "/a")
        assert ["/robots.txt", "/a"] == server.paths
        assert ["/robots.txt", "/a"] == other.paths


@pytest.mark.parametrize(
    "temporary",
    [
        BUSY,
        response(b"", status="408 Slow"),
        response(b"", status="425 Early"),
        response(b"", status="500 Broken"),
        response(b"", status="502 Broken"),
        response(b"", status="504 Slow"),
        response(b"half", Content_Length="99"),
        b"",
    ],
)
def test_retries(server: Server, clock: Clock, temporary: bytes) -> None:
    """Temporary errors are retried twice, after one second and after four."""
    server.responses["/a"] = one_by_one(temporary, temporary, PAGE)
    assert fetcher_with(clock, ignore_robots=True).fetch(server.url + "/a").content
    assert 3 == len(server.requests)
    assert clock.sleeps in ([1.0, 4.0], [2.0, 4.0])  # two seconds for an overloaded host (429 or 5xx)


def test_gives_up(server: Server, clock: Clock) -> None:
    """The third failed attempt is the last, and the error says how many there were."""
    server.responses["/a"] = BUSY
    error = failure(fetcher_with(clock, ignore_robots=True), server.url + "/a")
    assert (503, True, error.message) == (error.http_status, error.message.endswith(" (3 attempts)"), str(error))
    assert 3 == len(server.requests)


@pytest.mark.parametrize("status", ["400 Bad", "403 No", "404 No", "410 Gone", "451 No", "501 No", "505 No"])
def test_permanent_errors_are_not_retried(server: Server, clock: Clock, status: str) -> None:
    """Permanent errors are not retried, and their message does not speak of attempts."""
    server.responses["/a"] = response(b"", status=status)
    error = failure(fetcher_with(clock, ignore_robots=True), server.url + "/a")
    assert (Code.HTTP_ERROR, False) == (error.code, "attempt" in error.message)
    assert 1 == len(server.requests)


def test_retry_after(server: Server, clock: Clock) -> None:
    """The fetcher waits for the seconds in `Retry-After`."""
    server.responses["/a"] = one_by_one(response(b"", status="429 Busy", Retry_After="90"), PAGE)
    assert fetcher_with(clock, ignore_robots=True).fetch(server.url + "/a").content
    assert [90.0] == clock.sleeps


def test_retry_after_that_is_too_long(server: Server, clock: Clock) -> None:
    """With a `Retry-After` of an hour, the page fails now, and so do the other pages of that host for an hour."""
    server.responses |= {"/a": response(b"", status="429 Busy", Retry_After="3600"), "/b": PAGE}
    fetcher = fetcher_with(clock, ignore_robots=True)
    error = failure(fetcher, server.url + "/a")
    assert (429, 3600, True) == (error.http_status, error.retry_after, error.retryable)
    clock.now += 600
    error = failure(fetcher, server.url + "/b")
    assert (429, 3000, True) == (error.http_status, error.retry_after, error.retryable)
    assert [] == clock.sleeps
    clock.now += 3000 - MAX_WAIT / 2
    assert fetcher.fetch(server.url + "/b").content
    assert [MAX_WAIT / 2] == clock.sleeps


def test_attempts_are_limited(server: Server, clock: Clock) -> None:
    """Attempts and the waits between them take at most three minutes per page."""
    server.responses["/a"] = response(b"", status="503 Busy", Retry_After="100")
    assert 100 == failure(fetcher_with(clock, ignore_robots=True), server.url + "/a").retry_after
    assert [100.0] == clock.sleeps


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", 0),
        ("7", 7),
        ("1.5", 2),
        ("999999999999", 999999999999),
        ("9" * 5000, 2**53),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(days=90), usegmt=True), 0),
        ("Mon, 06 May 2024 12:01:00 -0000", 60),
        ("-7", None),
        ("soon", None),
        ("", None),
        ("٧", None),
        ("Mon, 99 May 2024 12:01:00 GMT", None),
    ],
)
def test_retry_after_is_read(value: str, expected: int | None) -> None:
    """Seconds and dates are read, a date in the past is 0, and anything else is `None`."""
    assert expected == retry_after({"retry-after": value}, NOW)


def test_dead_host(server: Server, clock: Clock) -> None:
    """Five consecutive connection failures pause a host for a minute; after one more, all its pages fail at once."""
    server.responses |= {"/a": b"", "/b": PAGE}
    fetcher = fetcher_with(clock, ignore_robots=True)
    for _ in range(2):
        assert Code.CONNECT_ERROR == failure(fetcher, server.url + "/a").code
    assert (6, UNREACHABLE_PAUSE) == (len(server.requests), clock.sleeps[-1])
    clock.sleeps.clear()
    assert "unreachable" in failure(fetcher, server.url + "/b").message
    assert (6, []) == (len(server.requests), clock.sleeps)
    clock.now += UNREACHABLE_MAX_AGE
    assert fetcher.fetch(server.url + "/b").content


def test_slows_down() -> None:
    """Each 429 or 5xx doubles the gap, up to 30 seconds; each other status halves it."""
    host, now = HostState(), 0.0
    gaps = []
    for status in (503, 429, *(500,) * 7, 200, 404, *(200,) * 7):
        host.record_response(status)
        host.end_request(now)
        gaps.append(host.next_request_at - now)
        now = host.next_request_at
    assert [2, 4, 8, 16, *(MAX_GAP,) * 5, 16, 8, 4, 2, 1, 1, 1, 1, 1] == gaps


def test_few_hosts_are_remembered(clock: Clock) -> None:
    """Only the states of recent hosts, of hosts in use, and of hosts with a delay are remembered."""
    hosts = HostStates(clock)
    hosts["delayed"].delay_until(clock() + 3600)
    first, delayed = hosts["first"], hosts["delayed"]
    hosts["second"].set_robots(Robots(b"", "cleaner"), clock())
    for number in range(MAX_HOSTS):
        assert hosts[f"host {number}"] is not first
    assert hosts["first"] is first
    assert hosts["delayed"] is delayed
    assert hosts["second"].fresh_robots(clock()) is None


def test_unchanged(server: Server, clock: Clock) -> None:
    """An unchanged page is not sent again, and its validators are sent to its own URL only."""
    fetcher = fetcher_with(clock, ignore_robots=True)
    day = "Mon, 06 May 2024 12:00:00 GMT"
    page = response(b"<p>The ferry sails at nine.</p>", ETag='W/"1"', Last_Modified=day)
    server.responses |= {"/a": redirect("/b"), "/b": one_by_one(page, response(b"", status="304 Same"))}
    first = fetcher.fetch(server.url + "/a")
    second = fetcher.fetch(server.url + "/a", previous=first)
    assert second.content is first.content
    assert second.fetched_at is not None
    assert first.fetched_at is not None
    assert second.fetched_at > first.fetched_at
    conditional = [request for request in server.requests if "if-none-match" in request]
    assert ["/b"] == [request.split()[1] for request in conditional]
    assert f'if-none-match: W/"1"\r\nif-modified-since: {day}\r\n' in conditional[0]


def test_unexpected_304(server: Server, clock: Clock) -> None:
    """A 304 in response to a request without validators is an error."""
    fetcher = fetcher_with(clock, ignore_robots=True)
    server.responses["/a"] = one_by_one(PAGE, response(b"", status="304 Same"))
    first = fetcher.fetch(server.url + "/a")
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(server.url + "/a", previous=first)
    assert (Code.HTTP_ERROR, 304) == (caught.value.code, caught.value.http_status)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0"])
def test_private_addresses_are_blocked(server: Server, clock: Clock, host: str) -> None:
    """However the address of this machine is written, no request is sent to it, not even for robots.txt."""
    url = server.url.replace("127.0.0.1", host) + "/a"
    error = failure(fetcher_with(clock, allow_private=False), url)
    assert (Code.BLOCKED_URL, url, False) == (error.code, error.url, error.retryable)
    assert "allow_private=True" in error.message
    assert [] == server.requests


def test_names_of_private_addresses_are_blocked(server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host name is blocked by the IP addresses that it resolves to when connecting."""
    port = int(server.url.rpartition(":")[2])
    addresses = [(2, 1, 6, "", ("10.0.0.1", port)), (2, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: addresses)
    assert Code.BLOCKED_URL == failure(fetcher_with(clock, allow_private=False), "http://news.example/a").code
    assert [] == server.requests


def test_redirects_to_private_addresses_are_blocked(
    server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redirect from the public internet to a private address is not followed."""
    monkeypatch.setattr("cleaner.http.transport.is_public", lambda address: address == "127.0.0.1")
    server.responses["/a"] = redirect("http://169.254.169.254/latest/meta-data/")
    error = failure(fetcher_with(clock, allow_private=False), server.url + "/a")
    assert (Code.BLOCKED_URL, "http://169.254.169.254/latest/meta-data/") == (error.code, error.url)


def test_fetch_is_polite_and_safe(server: Server) -> None:
    """`cleaner.fetch` obeys robots.txt, and does not connect to private addresses by default."""
    server.responses |= {"/robots.txt": robots("User-agent: *\nDisallow: /a"), "/a": PAGE}
    for allow_private, code in ((False, Code.BLOCKED_URL), (True, Code.ROBOTS_DENIED)):
        with pytest.raises(FetchError) as caught:
            cleaner.fetch(server.url + "/a", allow_private=allow_private)
        assert code == caught.value.code
    page = cleaner.fetch(server.url + "/a", allow_private=True, ignore_robots=True, user_agent="Harbour/1")
    assert page.content
    assert "User-Agent: Harbour/1\r\n" in server.requests[-1]


def test_certificates_are_checked(clock: Clock) -> None:
    """A server without a valid certificate gets no request, unless `insecure` is set."""
    with Server(tls=True) as server:
        server.responses["/a"] = PAGE
        error = failure(fetcher_with(clock), server.url + "/a")
        assert (Code.TLS_ERROR, False) == (error.code, error.retryable)
        assert [] == server.requests
        assert fetcher_with(clock, insecure=True).fetch(server.url + "/a").content


@pytest.mark.parametrize("user_agent", ["", " ", "a\r\nCookie: b", "é", " a"])
def test_bad_user_agent(user_agent: str) -> None:
    """A user agent that is not valid in a header is refused by the constructor."""
    with pytest.raises(ValueError, match="user agent"):
        Fetcher(user_agent=user_agent)


@pytest.mark.parametrize(
    "contact", ["https://ferry.example/bot?a=1", "http://social.example/@harbour", "press@ferry.example"]
)
def test_contact(contact: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default User-Agent names the contact that the environment gives; one of the caller's own stays as it is."""
    monkeypatch.setenv("CLEANER_CONTACT", contact)
    server.responses["/a"] = PAGE
    for options, expected in (
        ({}, f"news-cleaner/{cleaner.__version__} (+{contact})"),
        ({"user_agent": "Harbour/1"}, "Harbour/1"),
    ):
        assert cleaner.fetch(server.url + "/a", allow_private=True, ignore_robots=True, **options).content
        assert f"User-Agent: {expected}\r\n" in server.requests[-1]


def test_no_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a contact, or with an empty one, the User-Agent is our name and version."""
    monkeypatch.delenv("CLEANER_CONTACT", raising=False)
    assert f"news-cleaner/{cleaner.__version__}" == default_user_agent()
    monkeypatch.setenv("CLEANER_CONTACT", "")
    assert f"news-cleaner/{cleaner.__version__}" == default_user_agent()


@pytest.mark.parametrize(
    "contact",
    [
        "a@ferry.example\r\nCookie: b",
        "a@ferry.example\x7f",
        "https://ferry.example/ö",
        "https://ferry.example/a b",
        "https://ferry.example/(bot)",
        "https://ferry.example/a\\",
        "https://ferry.example/compatible;bot",
        "https://",
        "ferry.example",
        "javascript:alert",
        f"https://ferry.example/{'a' * 200}",
    ],
)
def test_bad_contact(contact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A contact that is none, or would break the header, is wrong use of the command, and said in one line."""
    monkeypatch.setenv("CLEANER_CONTACT", contact)
    with pytest.raises(ValueError, match="CLEANER_CONTACT"):
        Fetcher()
    assert Fetcher(user_agent="Harbour/1")
    result = CliRunner().invoke(app.command, ["https://news.example/"], prog_name="cleaner")
    assert (2, "") == (result.exit_code, result.stdout)
    assert "cleaner: CLEANER_CONTACT must be" in result.stderr
    assert "Traceback" not in result.stderr


def test_warnings() -> None:
    """The warnings say if robots.txt was ignored and if certificates were not checked."""
    assert () == Fetcher(allow_private=True).warnings
    warnings = Fetcher(ignore_robots=True, insecure=True).warnings
    assert ("fetched without checking robots.txt", "fetched without checking certificates") == warnings


def record_from(*arguments: str) -> dict[str, Any]:
    """Return the record that the command prints for one URL."""
    result = CliRunner().invoke(app.command, [*arguments, "--format", "jsonl"], prog_name="cleaner")
    record: dict[str, Any] = json.loads(result.stdout)
    return record


@pytest.mark.parametrize("command", [[], ["discover"]])
def test_command_names_its_option(server: Server, command: list[str]) -> None:
    """Where an error of the library names a parameter, the command names the option."""
    result = CliRunner().invoke(app.command, [*command, server.url + "/a"], prog_name="cleaner")
    assert "is not a public IP address; to fetch from it, use --allow-private (blocked_url)\n" in result.stderr


def test_command(server: Server) -> None:
    """The options of the command are those of the fetcher, and the record has the fetcher's warnings."""
    server.responses |= {"/robots.txt": robots("User-agent: *\nDisallow: /a"), "/a": PAGE}
    url = server.url + "/a"
    assert "blocked_url" == record_from(url)["error"]["code"]
    assert "robots_denied" == record_from(url, "--allow-private")["error"]["code"]
    server.responses["/a"] = response(b"", status="429 Busy", Retry_After="3600")
    options = ("--allow-private", "--ignore-robots", "--insecure", "--timeout", "5", "--user-agent", "Harbour/1")
    record = record_from(url, *options)
    expected = ("http_error", 429, 3600)
    assert expected == tuple(record["error"][name] for name in ("code", "http_status", "retry_after"))
    assert ["fetched without checking robots.txt", "fetched without checking certificates"] == record["warnings"]
    assert "User-Agent: Harbour/1\r\n" in server.requests[-1]
    assert [] == list(Draft202012Validator(SCHEMA["$defs"]["error"]).iter_errors(record["error"]))


@pytest.mark.parametrize("options", [("--timeout", "0"), ("--timeout", "soon"), ("--user-agent", "a\nb")])
def test_command_refuses(options: tuple[str, str]) -> None:
    """An invalid option is a usage error before anything is fetched."""
    result = CliRunner().invoke(app.command, ["https://news.example/", *options], prog_name="cleaner")
    assert (2, "") == (result.exit_code, result.stdout)


def test_records_are_input_again(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record as input sends a conditional request; if the page has not changed, the new record says only that."""
    body = (FIXTURES / "wordpress_jetpack.html").read_bytes()
    server.responses["/a"] = response(body, ETag='"1"', Last_Modified="Mon, 06 May 2024 12:00:00 GMT")
    monkeypatch.setattr("cleaner.http.politeness.MIN_GAP", 0.01)
    fetcher = Fetcher(allow_private=True)
    (first,) = clean_many([server.url + "/a"], fetcher=fetcher)
    assert ("ok", '"1"', "Mon, 06 May 2024 12:00:00 GMT") == (first["status"], first["etag"], first["last_modified"])
    server.responses["/a"] = response(b"", status="304 Same", ETag='"2"')
    (second,) = clean_many([first], fetcher=fetcher)
    assert 'if-none-match: "1"\r\nif-modified-since: Mon, 06 May 2024' in server.requests[-1]
    expected = ("unchanged", None, None, '"2"', first["final_url"])
    assert expected == tuple(second[name] for name in ("status", "text", "error", "etag", "final_url"))
    assert [] == list(Draft202012Validator(SCHEMA).iter_errors(second))
    (tmp_path / "records.jsonl").write_text(json.dumps(first) + "\n" + json.dumps(second))
    options = ["--allow-private", "--ignore-robots"]
    result = CliRunner().invoke(app.command, [str(tmp_path / "records.jsonl"), *options], prog_name="cleaner")
    assert (0, ["unchanged", "unchanged"]) == (
        result.exit_code,
        [json.loads(line)["status"] for line in result.stdout.splitlines()],
    )
    result = CliRunner().invoke(app.command, ["-i", "-", *options], input=server.url + "/a\n", prog_name="cleaner")
    assert (4, 304) == (result.exit_code, json.loads(result.stdout)["error"]["http_status"])
