"""Convert the site configurations of ftr-site-config (FiveFilters' Full-Text RSS, Instapaper) to site rules.

The files are in the public domain: https://github.com/fivefilters/ftr-site-config. Each is named after a host and has a
line `key: value` for each rule; values of `strip` and `body` are XPath.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from cleaner.patterns import lazy_pattern
from cleaner.rules.selectors import XPATH_STARTS, compile_selector
from cleaner.rules.sites import MAX_SELECTORS
from cleaner.rules.xpath import SelectorError

# Bytes of a file. The largest has 20 thousand.
MAX_FILE_SIZE: Final = 200_000

HEADER: Final = """\
# Site rules, converted from the files of ftr-site-config by `cleaner rules import-ftr`.
#
# A table applies to its host and to all subdomains. If tables for a host and for a subdomain apply to a page, their
# `drop` and `keep` are used together, and the `body` of the subdomain is tried first.
"""

_LINE = lazy_pattern(r"\s*([a-z_]+)\s*(\([^)]*\))?\s*:(.*)", re.IGNORECASE)
_HOST = lazy_pattern(r"[^\W_](?:[\w-]*\.)+[\w-]*[^\W_]")
_METADATA = "metadata is read from the page itself"
_TEST = "it is a test, not a rule"
_REWRITE = "the HTML of a page is not rewritten"
_FETCH = "a page is fetched once, with the options of the command"
_NO_EFFECT = "it has no effect on the text"
_IGNORED: Final = {
    "title": _METADATA,
    "author": _METADATA,
    "date": _METADATA,
    "skip_json_ld": _METADATA,
    "native_ad_clue": _METADATA,
    "single_page_link": "the pages of an article are not joined",
    "single_page_link_in_feed": "the pages of an article are not joined",
    "if_page_contains": "the pages of an article are not joined",
    "next_page_link": "the pages of an article are not joined",
    "test_url": _TEST,
    "test_contains": _TEST,
    "strip_image_src": "pictures are not part of the text",
    "strip_attr": _NO_EFFECT,
    "insert_detected_image": "pictures are not part of the text",
    "src_lazy_load_attr": "pictures are not part of the text",
    "strip_comments": "other rules remove comments",
    "tidy": _NO_EFFECT,
    "parser": _NO_EFFECT,
    "autodetect_on_failure": "if no body matches, the article is always looked for",
}
_NOT_CONVERTED: Final = {
    "find_string": _REWRITE,
    "replace_string": _REWRITE,
    "move_into": _REWRITE,
    "wrap_in": _REWRITE,
    "http_header": _FETCH,
    "requires_login": _FETCH,
    "login_uri": _FETCH,
    "login_username_field": _FETCH,
    "login_password_field": _FETCH,
    "login_extra_fields": _FETCH,
    "not_logged_in_xpath": _FETCH,
}


class Note(NamedTuple):
    """A line that has no counterpart in the site rules.

    `ignored` says that nothing is lost by that: the line is no rule for the text. `line` is `None` for a whole file.
    """

    file: str
    line: int | None
    message: str
    ignored: bool = False

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {'ignored' if self.ignored else 'not converted'}: {self.message}"


class Conversion(NamedTuple):
    """The site rules as TOML, what was not converted, and the numbers of the tables and selectors."""

    toml: str
    notes: tuple[Note, ...]
    tables: int
    selectors: int


class _Converted(NamedTuple):
    """The selectors of one host, in order, each with its line for notes."""

    files: list[str]
    drop: dict[str, None]
    body: dict[str, None]


def convert(folder: Path) -> Conversion:
    """Return the files `*.txt` of a folder as site rules. Raises `OSError` if it cannot be read."""
    notes: list[Note] = []
    hosts: dict[str, _Converted] = {}
    paths = sorted(path for path in folder.iterdir() if path.suffix == ".txt" and path.is_file())
    # The file `.example.org.txt` is for the subdomains of example.org. Its rules follow those of the host itself.
    for path in sorted(paths, key=lambda path: path.name.startswith(".")):
        host = path.name.removesuffix(".txt").removeprefix(".").lower()
        if _HOST.fullmatch(host) is None:
            notes.append(Note(path.name, None, "the name of the file is not that of a host, such as example.org.txt"))
        elif path.stat().st_size > MAX_FILE_SIZE:
            notes.append(Note(path.name, None, f"the file has more than {MAX_FILE_SIZE:,} bytes"))
        else:
            host = host.removeprefix("www.")
            converted = hosts.setdefault(host, _Converted([], {}, {}))
            converted.files.append(path.name)
            notes += _read(path, converted)
    hosts = {host: hosts[host] for host in sorted(hosts) if hosts[host].drop or hosts[host].body}
    toml = HEADER + "".join(_as_toml(host, converted) for host, converted in hosts.items())
    count = sum(len(converted.drop) + len(converted.body) for converted in hosts.values())
    return Conversion(toml, tuple(sorted(notes, key=lambda note: (note.file, note.line or 0))), len(hosts), count)


def _read(path: Path, converted: _Converted) -> Iterator[Note]:
    """Add the rules of a file, and yield a note for each line that is not converted."""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.match(line)
        if match is None:
            yield Note(path.name, number, f"{line.strip()[:60]!r} is not of the form `key: value`")
            continue
        key, value = match[1].lower(), match[3].strip()
        if key in _IGNORED:
            yield Note(path.name, number, f"{key}: {_IGNORED[key]}", ignored=True)
        elif key == "prune":
            if value.lower() == "no":
                yield Note(path.name, number, "prune: the rules and the scorer judge what is in the body, too")
        elif key in ("strip", "strip_id_or_class", "body"):
            problem = _add(converted, key, value)
            if problem:
                yield Note(path.name, number, f"{key}: {problem}")
        else:
            yield Note(path.name, number, f"{key}: {_NOT_CONVERTED.get(key, 'the key is unknown')}")


def _add(converted: _Converted, key: str, value: str) -> str | None:
    """Add a selector; return what is wrong with it if it cannot be used, else `None`."""
    if key == "strip_id_or_class":
        name = value.replace("'", "").replace('"', "")  # as Full-Text RSS does
        if not name:
            return "it has no name"
        if "\\" in name:
            return f"{name!r} has a backslash"
        value = f'[class*="{name}"], [id*="{name}"]'
    elif not value.startswith(XPATH_STARTS):
        return f"{value[:60]!r} is not a path from the document: it does not begin with /"
    try:
        compile_selector(value)
    except SelectorError as error:
        return f"{value!r} cannot be used: {error}"
    if len(converted.drop) + len(converted.body) >= MAX_SELECTORS:
        return f"the site has more than {MAX_SELECTORS} selectors"
    (converted.body if key == "body" else converted.drop)[value] = None
    return None


def _as_toml(host: str, converted: _Converted) -> str:
    lines = ["", f"# {', '.join(converted.files)}", f"[site.{_string(host)}]"]
    for key, selectors in (("drop", converted.drop), ("body", converted.body)):
        lines += _list(key, selectors)
    return "\n".join(lines) + "\n"


def _list(key: str, values: Iterable[str]) -> Iterator[str]:
    strings = [_string(value) for value in values]
    if len(strings) == 1:
        yield f"{key} = [{strings[0]}]"
    elif strings:
        yield f"{key} = ["
        for string in strings:
            yield f"    {string},"
        yield "]"


def _string(text: str) -> str:
    """Return the text as a string of TOML: in the quotes that it does not contain, or else with escapes."""
    if "'" in text and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text and text.isprintable() and '"' in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'
