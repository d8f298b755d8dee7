"""Clean documents that are made to break a cleaner, with the library and with the command. Exits with 1 if one does.

    python benchmarks/hostile.py corpus [--size N]   each kind, small and of the maximum size: library and command
    python benchmarks/hostile.py growth              each kind at sizes n and 4n: the time may grow at most sixfold,
                                                     or sixfold from 4n to 16n
    python benchmarks/hostile.py random [--cases 10000] [--seed 1]   bytes, markup, JSON-LD, texts, damaged pages

Each document must give exactly one record that is valid JSON and matches the schema. It must not fail with
`internal_error`, `worker_crashed`, `extract_timeout` (after 20 s) or `out_of_memory` (above 1 GB), contain forbidden
characters, or have text if the document is binary. With `random`, every tenth document is cleaned again, and must give
the same record. The program needs the extra `test`, and an idle machine, because limits are in seconds of wall time.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from importlib.resources import files
from itertools import islice
from multiprocessing import Pipe, get_context
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema  # type: ignore[import-untyped]

import cleaner

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
# Codes of errors that a document must not cause: exceeded limits and unexpected exceptions.
FAILURES = {"internal_error", "worker_crashed", "extract_timeout", "out_of_memory"}
# Characters that no field may contain: controls, the line separators that some readers of JSON lines split at, bidi
# overrides and isolates, lone surrogates, noncharacters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Characters of the documents of `corpus`. At most 10 million bytes of a page are read.
SMALL, LARGE = 10_000, 9_500_000
# Characters of the smaller document of `growth`; the other one has four times as many.
GROWTH_SIZE = 50_000
# Maximum ratio of the times of the two. Linear growth is 4, quadratic growth 16.
MAX_GROWTH = 6.0
# CPU seconds below which the ratio is noise.
MIN_SECONDS = 0.1

PROSE = "".join(
    f"<p>The council of the town met on day {day} and spoke for two hours about the bridge over the river. The mayor"
    " said that it would open before the winter, and that the ferry would go on until then.</p>"
    for day in range(1, 6)
)
TEXT = re.sub("<[^>]+>", "\n\n", PROSE)


class Hostile(NamedTuple):
    """A kind of document. `made` returns a document whose hostile part has about the given size in characters."""

    name: str
    made: Callable[[int], str | bytes]
    ending: str = ".html"
    is_text: bool = True  # whether there may be text in it


def page(inner: str = PROSE, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>The bridge</title>{head}</head><body><article>"
        f"<h1>The bridge opens before the winter</h1>{inner}</article></body></html>"
    )


def repeat(unit: str, size: int) -> str:
    return unit * max(1, size // len(unit))


def numbered(unit: str, size: int) -> str:
    """Repeat the unit up to the size, each time with the next number in place of its `%d`."""
    return "".join(unit % number for number in range(max(1, size // len(unit % 100_000))))


def nested(tag: str, size: int, inner: str = PROSE) -> str:
    count = max(1, size // (2 * len(tag) + 5))
    return page(f"<{tag}>" * count + inner + f"</{tag}>" * count)


def in_body(before: str, unit: str, after: str, size: int) -> str:
    """Return a page with a long repetition in its body, before the text."""
    return page(before + repeat(unit, size) + after + PROSE)


def in_head(before: str, unit: str, after: str, size: int) -> str:
    """Return a page with a long repetition in its head."""
    return page(head=before + repeat(unit, size) + after)


def json_ld(data: object) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return page(head=f'<script type="application/ld+json">{text}</script>')


def json_script(data: object) -> str:
    return f"<script type=application/json>{json.dumps(data)}</script>"


def article(**fields: object) -> str:
    return json_ld({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The bridge opens"} | fields)


def repeat_value(value: object, size: int) -> list[object]:
    return [value] * max(1, size // len(json.dumps(value)))


def react_stream(unit: str, size: int) -> str:
    """Return a page with parts as React streams them. Each `{next}` of the unit becomes the slot of the next part."""
    count = max(1, size // len(unit))
    parts = "".join(
        f'<div hidden id="S:{n}">{unit.replace("{next}", f"<template id=B:{n + 1}></template>")}</div>'
        for n in range(count)
    )
    return page(PROSE + "<template id=B:0></template>" + parts)


def bomb(size: int) -> bytes:
    """Return a gzip file that unpacks to twelve times the size."""
    import gzip

    return gzip.compress(page(repeat(PROSE, 12 * size)).encode())


def binary(magic: bytes, size: int) -> bytes:
    return magic + random.Random(1).randbytes(size)


def entities(size: int) -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "laugh">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return head + page(f"<p>{repeat('&l9;&f;', size)}</p>{PROSE}")


# Documents that have broken parsers and patterns. The name starts with the class of the attack.
KINDS = [
    *(Hostile(f"deep-{tag}", partial(nested, tag)) for tag in ("div", "b", "span", "font", "table", "ul", "q")),
    Hostile("deep-table-cells", lambda n: page(repeat("<table><tr><td>", n) + PROSE)),
    Hostile("deep-list-items", lambda n: page(repeat("<ul><li>", n) + PROSE)),
    Hostile("deep-unclosed-a", lambda n: page(repeat("<a href=/x>", n) + PROSE)),
    Hostile("deep-unclosed-p", lambda n: page(repeat("<p><b><i>", n) + PROSE)),
    Hostile("deep-ends", lambda n: page(repeat("</div></p></b>", n) + PROSE)),
    Hostile("deep-misnested", lambda n: page(repeat("<b><p></b><i></p></i>word", n) + PROSE)),
    Hostile("deep-streamed", partial(react_stream, "<p>It is a line here.{next}</p>")),
    Hostile("wide-streamed", partial(react_stream, "It is a line here. {next}{next}{next}")),
    Hostile("wide-paragraphs", lambda n: page(numbered("<p>It is line %d here.</p>", n))),
    Hostile("wide-divs", lambda n: page(repeat("<div>x</div>", n) + PROSE)),
    Hostile("wide-breaks", lambda n: page(repeat("a<br>", n) + PROSE)),
    Hostile("wide-links", lambda n: page(numbered('<a href="/%d">Read more</a>', n) + PROSE)),
    Hostile("wide-headings", lambda n: page(numbered("<h2>Related %d</h2>", n) + PROSE)),
    Hostile("wide-items", lambda n: page("<ul>" + repeat("<li>See also: this", n) + "</ul>" + PROSE)),
    # The maximum number of elements that is read.
    Hostile("wide-most-divs", lambda n: page(repeat("<div>x</div>", min(n, 149_900 * 12)) + PROSE)),
    Hostile("wide-most-paragraphs", lambda n: page(numbered("<p>It is line %d.</p>", min(n, 149_900 * 22)))),
    Hostile("wide-same-text", lambda n: page(repeat(PROSE, n))),
    Hostile("wide-times", lambda n: page(repeat("<time datetime=2024-05-06>May 6</time>", n) + PROSE)),
    Hostile("wide-images", lambda n: page(repeat("<figure><img src=a><figcaption>Photo: A</figure>", n) + PROSE)),
    Hostile("wide-meta", lambda n: page(head=repeat('<meta property="article:tag" content="x">', n))),
    Hostile("wide-forms", lambda n: page(repeat("<form><input name=q><button>Subscribe</button></form>", n) + PROSE)),
    Hostile("attr-long", lambda n: in_body('<p title="', "x", '">A line.</p>', n)),
    Hostile("attr-class", lambda n: in_body('<div class="', "share-bar ", '">A line.</div>', n)),
    Hostile("attr-style", lambda n: in_body('<div style="', "display:block;", '">A line.</div>', n)),
    Hostile("attr-open", lambda n: in_body('<p title="', "x > y ", "", n)),
    Hostile("attr-many", lambda n: page("<p " + numbered("a%d=b ", n) + ">A line.</p>" + PROSE)),
    Hostile("attr-href", lambda n: in_body('<p><a href="http://x/', "?a=b&", '">word</a></p>', n)),
    Hostile("text-one-word", lambda n: in_body("<p>", "x", "</p>", n)),
    Hostile("text-blanks", lambda n: in_body("<p>a", " ", "b</p>", n)),
    Hostile("text-line-ends", lambda n: in_body("<pre>a", "\n", "b</pre>", n)),
    Hostile("text-nbsp", lambda n: in_body("<p>a", "&nbsp;", "b</p>", n)),
    Hostile("text-entities", lambda n: in_body("<p>", "&amp;", "</p>", n)),
    Hostile("text-bad-entities", lambda n: in_body("<p>", "&#x110000;&#0;&#xd800;&bad;", "</p>", n)),
    Hostile("text-accents", lambda n: in_body("<p>a", "\u0301", "</p>", n)),
    Hostile("text-open-tags", lambda n: in_body("<p>", "<", "</p>", n)),
    Hostile("text-punctuation", lambda n: in_body("<p>", "?!.,-|", "</p>", n)),
    Hostile("text-addresses", lambda n: in_body("<p>", "a@b.c http://x/ ", "</p>", n)),
    Hostile("text-names", lambda n: in_body("<p>By ", "Anna Berg and ", "</p>", n)),
    Hostile("text-dates", lambda n: in_body("<p>", "Published 6 May 2024, ", "</p>", n)),
    Hostile("text-digits", lambda n: in_body("<p>", "20240506", "</p>", n)),
    Hostile("text-read-more", lambda n: in_body("<p>", "Read more: ", "</p>", n)),
    Hostile("text-copyright", lambda n: in_body("<p>", "© 2024 ", "</p>", n)),
    Hostile("comment", lambda n: in_body("<!--", " x-", "-->", n)),
    Hostile("comment-open", lambda n: in_body("", "<!-- x ", "", n)),
    Hostile("comment-many", lambda n: in_body("", "<!---->", "", n)),
    Hostile("cdata", lambda n: in_body("", "<![CDATA[a]]>", "", n)),
    Hostile("cdata-open", lambda n: in_body("", "<![CDATA[", "", n)),
    Hostile("instructions", lambda n: in_body("", "<?a", "", n)),
    Hostile("doctypes", lambda n: in_body("", "<!DOCTYPE ", "", n)),
    Hostile("script", lambda n: in_head("<script>", "var a=1;", "</script>", n)),
    Hostile("script-open", lambda n: in_head("<script>", "var a='</scrip'", "", n)),
    Hostile("script-many", lambda n: in_head("", "<script></script>", "", n)),
    Hostile("script-state", lambda n: in_head("<script>window.__NUXT__={a:", '{"body":[', "</script>", n)),
    Hostile("script-state-text", lambda n: page("", json_script({"articleBody": repeat(PROSE, n)}))),
    Hostile("style", lambda n: in_head("<style>", "a{b:c}", "</style>", n)),
    Hostile("datauri", lambda n: in_body('<img src="data:image/png;base64,', "iVBORw0K", '">', n)),
    Hostile("title", lambda n: page(head=f"<title>{repeat('The bridge - ', n)}</title>")),
    Hostile("colspan", lambda n: page("<table>" + repeat("<tr><td colspan=9007199254740992>", n) + "</table>" + PROSE)),
    Hostile("rowspan", lambda n: page("<table>" + repeat("<tr><td rowspan=9007199254740992>", n) + "</table>" + PROSE)),
    Hostile("table-columns", lambda n: page("<table><tr>" + repeat("<td>x", n) + "</table>" + PROSE)),
    Hostile("table-rows", lambda n: page("<table>" + repeat("<tr><td>a<td>b", n) + "</table>" + PROSE)),
    *(
        Hostile(f"regex-meta-{name}-{number}", partial(in_head, f'<meta name="{name}" content="', unit, '">'))
        for name in ("author", "date", "description", "keywords", "article:published_time")
        for number, unit in enumerate(("?", "- ", "By ", "0", "Anna, ", "1/1/", "a b|"))
    ),
    Hostile("jsonld-author-many", lambda n: article(author=repeat_value({"@type": "Person", "name": "Anna Berg"}, n))),
    Hostile("jsonld-author-long", lambda n: article(author={"name": repeat("Anna ", n)})),
    Hostile("jsonld-author-names", lambda n: article(author=repeat("Anna Berg, ", n))),
    Hostile("jsonld-body", lambda n: article(articleBody=repeat("It is so. ", n))),
    Hostile("jsonld-headline", lambda n: article(headline=repeat("- | ", n))),
    Hostile("jsonld-date", lambda n: article(datePublished=repeat("2024-05-06T", n))),
    Hostile("jsonld-date-digits", lambda n: article(datePublished=int("9" * 4000), dateModified=repeat("9", n))),
    Hostile("jsonld-keywords", lambda n: article(keywords=repeat_value("a,b", n))),
    Hostile("jsonld-brackets", lambda n: json_ld(repeat("[", n))),
    Hostile("jsonld-braces", lambda n: json_ld(repeat('{"a":', n))),
    Hostile("jsonld-digits", lambda n: json_ld('{"@type":"NewsArticle","wordCount":' + repeat("9", n) + "}")),
    Hostile("jsonld-escapes", lambda n: json_ld('{"headline":"' + repeat("\\ud800\\u0000", n) + '"}')),
    Hostile("jsonld-commas", lambda n: json_ld("[" + repeat("1,,", n) + "]")),
    Hostile("jsonld-quotes", lambda n: json_ld('{"headline":"' + repeat('\\"', n))),
    Hostile("jsonld-cycle", lambda n: json_ld({"@graph": repeat_value({"@id": "a", "author": {"@id": "a"}}, n)})),
    Hostile("jsonld-comments", lambda n: json_ld(repeat("/* a */ // b\n", n))),
    Hostile("jsonld-many", lambda n: page(head=repeat('<script type="application/ld+json">{"a":1}</script>', n))),
    Hostile("canonical", lambda n: in_head('<link rel=canonical href="http://a:b@x/', "%", '">', n)),
    Hostile("canonical-many", lambda n: in_head("", '<link rel=canonical href="//[::1">', "", n)),
    Hostile("base", lambda n: in_head('<base href="', "http://[", '">', n)),
    Hostile("hidden", lambda n: in_body("", '<div hidden style="display: none">x</div>', "", n)),
    Hostile("hidden-all", lambda n: page(f"<div style='display:none'>{repeat(PROSE, n)}</div>")),
    Hostile("dom-noscript", lambda n: page(f"<noscript>{repeat(PROSE, n)}</noscript>")),
    Hostile("dom-template", lambda n: page(f"<template>{repeat(PROSE, n)}</template>")),
    Hostile("dom-frameset", lambda n: f"<frameset>{repeat('<frame src=a>', n)}</frameset>{PROSE}"),
    Hostile("dom-svg", lambda n: in_body("", "<svg><title>a</title><text>b</text></svg><math><mi>x", "", n)),
    Hostile("dom-select", lambda n: page("<select>" + repeat("<option>Germany", n) + PROSE)),
    Hostile("dom-ends", lambda n: in_body("", "</html></body>", "", n)),
    Hostile("dom-bodies", lambda n: in_body("", "<body class=a><html>", "", n)),
    Hostile("unicode-controls", lambda n: in_body("<p>", "".join(map(chr, range(0x80, 0xA0))), "</p>", n)),
    Hostile("unicode-bidi", lambda n: in_body("<p>", "a\u202e\u2066b\u2028\ufeff\u200b\xad", "</p>", n)),
    Hostile("unicode-nonchars", lambda n: in_body("<p>", "a\ufdd0\uffff\U0001ffffb", "</p>", n)),
    Hostile("unicode-surrogates", lambda n: in_body("<p>", "a\ud800b", "</p>", n).encode("utf-8", "surrogatepass")),
    Hostile("unicode-joiners", lambda n: in_body("<p>", "\u200d\u200c", "</p>", n)),
    Hostile("unicode-private", lambda n: in_body("<p>", "\ue000\U000f0000", "</p>", n)),
    Hostile("bytes-nul", lambda n: page().encode().replace(b"the", b"t\0he") + bytes(n)),
    Hostile("bytes-high", lambda n: page().encode() + bytes(range(128, 256)) * (n // 128)),
    Hostile("bytes-bad-utf-8", lambda n: page(repeat("<p>caf\u00e9 ", n) + PROSE).encode().replace(b"\xa9 ", b" ")),
    Hostile("encoding-utf-16", lambda n: page(repeat(PROSE, n // 2)).encode("utf-16-le")),
    Hostile("encoding-utf-32", lambda n: page(repeat(PROSE, n // 4)).encode("utf-32")),
    Hostile("encoding-odd-utf-16", lambda n: b"\xff\xfe" + page(repeat(PROSE, n // 2)).encode("utf-16-le")[:-1]),
    Hostile("encoding-2022-jp", lambda n: repeat("\u6a4b\u306f\u958b\u304f\u3002", n // 3).encode("iso2022_jp")),
    Hostile("encoding-escapes", lambda n: page().encode() + b"\x1b$B" * (n // 3)),
    Hostile("encoding-lies", lambda n: page(repeat(PROSE, n), "<meta charset=utf-16><meta charset=x-none>").encode()),
    Hostile("encoding-guess", lambda n: repeat("<p>\u043c\u043e\u0441\u0442 \u043e\u0442\u043a", n).encode("koi8-r")),
    Hostile("encoding-utf-7", lambda n: in_head("<meta charset=utf-7>", "+ADw-script+AD4-", "", n)),
    Hostile("xml-entities", entities),
    Hostile("xml-xhtml", lambda n: '<?xml version="1.0" encoding="UTF-16"?><html xmlns="x">' + repeat(PROSE, n)),
    Hostile("xml-feed", lambda n: '<?xml version="1.0"?><rss><channel>' + repeat("<item><title>a</title></item>", n)),
    Hostile("bin-png", partial(binary, b"\x89PNG\r\n\x1a\n"), is_text=False),
    Hostile("bin-jpeg", partial(binary, b"\xff\xd8\xff\xe0\0\x10JFIF\0"), is_text=False),
    Hostile("bin-pdf", partial(binary, b"%PDF-1.7\n"), is_text=False),
    Hostile("bin-zip", partial(binary, b"PK\x03\x04\x14\0\0\0\x08\0"), is_text=False),
    Hostile("bin-elf", partial(binary, b"\x7fELF\x02\x01\x01\0"), is_text=False),
    Hostile("bin-noise", partial(binary, b"\0\1\2"), is_text=False),
    Hostile("bin-gzip-bomb", bomb),
    Hostile("bin-gzip-broken", lambda n: b"\x1f\x8b\x08\0" + bytes(n), is_text=False),
    Hostile("empty-blanks", lambda n: repeat(" \n", n), is_text=False),
    Hostile("empty-tags", lambda n: repeat("<>", n)),
    Hostile("kind-error", lambda n: "<title>404 Not Found</title><h1>404 Not Found</h1>" + repeat("<br>", n)),
    Hostile("kind-login", lambda n: page(repeat("<form>Log in<input type=password></form>", n))),
    Hostile("kind-listing", lambda n: page(numbered("<div class=teaser><a href=/%d>The bridge opens</a></div>", n))),
    Hostile("txt-prose", lambda n: repeat(TEXT, n), ".txt"),
    Hostile("txt-one-line", lambda n: repeat("It is so. ", n), ".txt"),
    Hostile("txt-lines", lambda n: numbered("Read more %d\n", n), ".txt"),
    Hostile("txt-line-ends", lambda n: repeat("\n", n) + TEXT, ".txt"),
    Hostile("txt-blanks", lambda n: TEXT + repeat(" ", n) + "x", ".txt"),
    Hostile("txt-bullets", lambda n: repeat("* a\n", n) + TEXT, ".txt"),
    Hostile("txt-pipes", lambda n: repeat("| ", n) + TEXT, ".txt"),
    Hostile("txt-nul", lambda n: TEXT.encode() + bytes(n), ".txt"),
    Hostile("txt-markup", lambda n: repeat("<p>", n) + TEXT, ".txt"),
]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["corpus", "growth", "random"])
    parser.add_argument("--only", default="", metavar="NAME", help="only kinds whose names begin with NAME")
    parser.add_argument(
        "--size", type=int, default=LARGE, help=f"characters of the large documents of corpus ({LARGE})"
    )
    parser.add_argument("--cases", type=int, default=10_000, help="number of documents of random (10000)")
    parser.add_argument("--seed", type=int, default=1, help="seed of random (1)")
    parser.add_argument("--jobs", type=int, help="number of worker processes (default: one for each core)")
    options = parser.parse_args()
    kinds = [kind for kind in KINDS if kind.name.startswith(options.only)]
    if options.what == "corpus":
        complaints = corpus(kinds, options.size, options.jobs)
    elif options.what == "growth":
        complaints = growth(kinds)
    else:
        complaints = random_documents(options.cases, options.seed, options.jobs)
    is_good = True
    for complaint in complaints:
        print(complaint, flush=True)
        is_good = False
    sys.exit(0 if is_good else 1)


def corpus(kinds: list[Hostile], large: int, jobs: int | None) -> Iterator[str]:
    """Yield what is wrong with the records of all kinds, from the library and from the command."""
    cases = [(kind, size) for kind in kinds for size in (SMALL, large)]
    sources = (source(name_of(kind, size), kind.made(size), kind.ending) for kind, size in cases)
    outcomes = Counter[str]()
    slowest = (0.0, "")
    names = []
    for record in cleaner.clean_many(sources, jobs=jobs, explain=True):
        name = name_in(record)
        names.append(name)
        outcomes[outcome(record)] += 1
        slowest = max(slowest, (record["elapsed_ms"], name))
        yield from complaints_of(f"library: {name}", record, json.dumps(record))
        yield from invented(name, record, cases)
    if names != [name_of(kind, size) for kind, size in cases]:
        yield f"library: {len(names)} records of {len(cases)} documents"
    print(
        f"library: {len(names)} documents, {dict(outcomes)}; slowest {slowest[1]}: {slowest[0] / 1000:.1f} s",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        for kind, size in cases:
            content = kind.made(size)
            path = Path(folder, "pages", name_of(kind, size) + kind.ending)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        yield from run_command(Path(folder), cases, jobs)


def run_command(folder: Path, cases: list[tuple[Hostile, int]], jobs: int | None) -> Iterator[str]:
    """Yield what is wrong with the records that the command makes of the files in `pages`."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "cleaner", "pages", "-o", "out.jsonl", "--explain"]
    done = subprocess.run(command + (["--jobs", str(jobs)] if jobs else []), cwd=folder, capture_output=True, text=True)
    lines = Path(folder, "out.jsonl").read_bytes().split(b"\n")
    outcomes = Counter[str]()
    names = set()
    for line in lines[:-1]:
        record = json.loads(line, parse_constant=refuse)
        name = Path(record["input"]).stem
        names.add(name)
        outcomes[outcome(record)] += 1
        yield from complaints_of(f"command: {name}", record, line.decode())
        yield from invented(name, record, cases)
    if lines[-1] or len(lines) - 1 != len(cases) or names != {name_of(kind, size) for kind, size in cases}:
        yield f"command: {len(lines) - 1} records of {len(cases)} files"
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        yield f"command: its exit code is {done.returncode}: {done.stderr[-500:]}"
    print(f"command: {len(lines) - 1} documents, {dict(outcomes)}; {time.perf_counter() - start:.0f} s", flush=True)


def growth(kinds: list[Hostile]) -> Iterator[str]:
    """Yield the kinds whose CPU time grows too much. The better of two measurements counts."""
    import trafilatura  # loaded for some pages only; loading is not measured

    slowest = (0.0, "")
    trafilatura.extract(page())
    cleaner.clean(page())
    for kind in kinds:
        sizes = (GROWTH_SIZE, 4 * GROWTH_SIZE)
        small, large = (min(cpu_seconds(kind, size), cpu_seconds(kind, size)) for size in sizes)
        slowest = max(slowest, (large, kind.name))
        if large > MIN_SECONDS and large / small > MAX_GROWTH:
            # From some size on, trafilatura is asked. Such a step is not growth: it does not recur.
            if cpu_seconds(kind, 16 * GROWTH_SIZE) / large <= MAX_GROWTH:
                continue
            yield f"{kind.name}: {small:.2f} s, at four times the size {large:.2f} s"
    print(f"growth: {len(kinds)} kinds; slowest at {4 * GROWTH_SIZE / 1000:.0f} KB {slowest[1]}: {slowest[0]:.1f} s")


def cpu_seconds(kind: Hostile, size: int) -> float:
    """Return the CPU seconds in a new process: texts that are cached by one run would speed up the next."""
    here, there = Pipe(duplex=False)
    process = get_context("fork").Process(target=lambda: there.send(_cpu_seconds(kind, size)))
    process.start()
    there.close()  # otherwise `recv` would wait for ever if the process dies
    seconds: float = here.recv()
    process.join()
    return seconds


def _cpu_seconds(kind: Hostile, size: int) -> float:
    content = source(kind.name, kind.made(size), kind.ending)
    start = time.process_time()
    with suppress(cleaner.CleanerError):
        if isinstance(content, cleaner.Page):
            cleaner.clean(content)
        else:
            cleaner.clean_text(content["text"])
    return time.process_time() - start


def random_documents(cases: int, seed: int, jobs: int | None) -> Iterator[str]:
    """Yield what is wrong with the records of random documents. Every tenth is cleaned twice."""
    outcomes = Counter[str]()
    count = 0
    first = {}
    for record in cleaner.clean_many(documents(cases, seed), jobs=jobs, explain=True):
        name = name_in(record)
        if count % 10 == 0:
            first[name] = record
        count += 1
        outcomes[outcome(record)] += 1
        yield from complaints_of(name, record, json.dumps(record))
    if count != cases:
        yield f"{count} records of {cases} documents"
    again = (each for number, each in enumerate(documents(cases, seed)) if number % 10 == 0)
    for record in cleaner.clean_many(again, jobs=jobs, explain=True):
        same = {"elapsed_ms": 0, "index": 0, "input": ""}
        if record | same != first[name_in(record)] | same:
            yield f"{name_in(record)}: a different record the second time"
    print(f"random: {count} documents, {dict(outcomes)}")


def documents(cases: int, seed: int) -> Iterator[cleaner.Page | dict[str, str]]:
    """Yield random documents, the same ones for the same seed."""
    fixtures = [path.read_bytes() for path in sorted(FIXTURES.glob("*.html"))]
    for number in range(cases):
        chance = random.Random(f"{seed}:{number}")
        name = f"random-{seed}-{number}"
        kind = number % 5
        if kind == 0:
            yield source(name, chance.randbytes(chance.randrange(2000)))
        elif kind == 1:
            yield source(name, page("".join(islice(markup(chance), chance.randrange(200)))))
        elif kind == 2:
            yield source(name, json_ld(value(chance, 4) if chance.random() < 0.5 else story(chance)))
        elif kind == 3:
            yield source(name, damaged(chance, chance.choice(fixtures)))
        else:
            yield source(name, "".join(islice(words(chance), chance.randrange(300))), ".txt")


TAGS = "div p a b ul li table tr td span h1 h2 figure figcaption time article nav form pre br script style svg".split()
ATTRIBUTES = ("class", "id", "style", "href", "datetime", "itemprop", "rel", "role", "hidden", "content", "colspan")
SCRAPS = (
    *"related share-bar byline author display:none 2024-05-06 entry-content comments http://[ -1 a%ff".split(),
    *("", "x" * 300, "Read more: The bridge", "By Anna Berg", "\ufeff", "\x00", "\u202e", "&#0;", "<", '"', "]]>"),
    *("Photo: A. Berg", "© 2024", "Subscribe now", "The mayor said on Friday that it would open before the winter. "),
)


def markup(chance: random.Random) -> Iterator[str]:
    """Yield pieces of markup without end, rarely well formed."""
    while True:
        tag = chance.choice(TAGS)
        attribute = f' {chance.choice(ATTRIBUTES)}="{chance.choice(SCRAPS)}"' if chance.random() < 0.5 else ""
        yield chance.choice((f"<{tag}{attribute}>", f"</{tag}>", chance.choice(SCRAPS), chance.choice(SCRAPS) + " "))


def words(chance: random.Random) -> Iterator[str]:
    while True:
        yield chance.choice((*SCRAPS, "\n", "\n\n", "* ", "| ", "\t", chr(chance.randrange(0xD800))))


def value(chance: random.Random, depth: int) -> object:
    """Return a random JSON value, nested at most `depth` levels deep."""
    kind = chance.randrange(8 if depth else 6)
    if kind == 6:
        return [value(chance, depth - 1) for _ in range(chance.randrange(5))]
    if kind == 7:
        return {chance.choice(FIELDS): value(chance, depth - 1) for _ in range(chance.randrange(6))}
    return (None, True, chance.choice(SCRAPS), chance.randrange(-(10**20), 10**20), chance.random() * 1e300, "")[kind]


FIELDS = (
    *("@type", "@id", "@graph", "headline", "author", "name", "datePublished", "dateModified", "articleBody", "image"),
    *("publisher", "keywords", "articleSection", "isAccessibleForFree", "hasPart", "mainEntityOfPage", "wordCount"),
)


def story(chance: random.Random) -> dict[str, object]:
    return {"@type": "NewsArticle"} | {name: value(chance, 3) for name in FIELDS[3:] if chance.random() < 0.7}


def damaged(chance: random.Random, page: bytes) -> bytes:
    """Return the page with pieces of it changed, removed, doubled and reversed."""
    for _ in range(chance.randrange(1, 30)):
        start = chance.randrange(len(page) or 1)
        end = start + chance.randrange(200)
        piece = page[start:end]
        others = (b"", piece * 2, piece[::-1], chance.randbytes(3), piece.upper(), piece.replace(b">", b""))
        page = page[:start] + chance.choice(others) + page[end:]
    return page


def source(name: str, content: str | bytes, ending: str = ".html") -> cleaner.Page | dict[str, str]:
    """Return the document as an input of the library. Its URL contains the name, so that the record does too."""
    url = f"https://hostile.example/{name}"
    if ending == ".html":
        return cleaner.Page(content, url=url)
    return {"url": url, "text": content.decode("latin-1") if isinstance(content, bytes) else content}


def name_in(record: Mapping[str, Any]) -> str:
    return str(record["url"]).rpartition("/")[2]


def name_of(kind: Hostile, size: int) -> str:
    return f"{kind.name}-{size}"


def outcome(record: Mapping[str, Any]) -> str:
    return str(record["error"]["code"] if record["error"] else record["status"])


SCHEMA = jsonschema.Draft202012Validator(json.loads(files("cleaner").joinpath("schema.json").read_text()))


def complaints_of(name: str, record: Mapping[str, Any], line: str) -> Iterator[str]:
    """Yield what is wrong with a record, for any document."""
    if outcome(record) in FAILURES:
        yield f"{name}: {record['error']['message']} ({outcome(record)})"
    if record["elapsed_ms"] > 20_000:
        yield f"{name}: {record['elapsed_ms'] / 1000:.1f} s"
    if any(isinstance(text, str) and FORBIDDEN.search(text) for text in strings(record)):
        yield f"{name}: a forbidden character"
    try:
        SCHEMA.validate(json.loads(line, parse_constant=refuse))
    except (ValueError, jsonschema.ValidationError) as error:
        yield f"{name}: {str(error)[:300]}"


def invented(name: str, record: Mapping[str, Any], cases: Iterable[tuple[Hostile, int]]) -> Iterator[str]:
    """Yield a complaint if a record has text although its document has none."""
    is_text = next(kind.is_text for kind, size in cases if name_of(kind, size) == name)
    if not is_text and (record["text"] or record["status"] != "error"):
        yield f"{name}: {record['status']}, {str(record['text'])[:60]!r}"


def strings(value: Any) -> Iterator[str]:
    """Yield the strings in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name not in ("id", "input"):  # these are repeated as given
                yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


if __name__ == "__main__":
    main()
