"""The metadata of an article as YAML before its text, as site generators and note programs read it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from cleaner.patterns import lazy_pattern
from cleaner.write.record import encodable

# The fields of a record, in their order in the front matter.
FIELDS = (
    "title",
    "kicker",
    "subtitle",
    "authors",
    "organization",
    "published",
    "modified",
    "url",
    "site_name",
    "publisher",
    "section",
    "type",
    "tags",
    "language",
    "description",
    "image",
    "image_caption",
    "license",
    "paywalled",
    "word_count",
)
# Characters that JSON allows in a string as they are, and YAML does not, or reads as the end of a line.
_NOT_IN_YAML = lazy_pattern("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def to_front_matter(record: Mapping[str, Any]) -> str:
    """Return what is known of the article as YAML, between lines of three hyphens; empty if nothing is known.

    Strings, and among them dates, are in double quotes, so that no reader takes a title such as "yes" or "1e3" for
    something else. Every value is JSON, which is YAML, too.
    """
    values = {name: record[name] for name in FIELDS} | {"url": record["url"] or record["canonical_url"]}
    lines = [f"{name}: {_value(value)}\n" for name, value in values.items() if value not in (None, [])]
    return f"---\n{''.join(lines)}---\n" if lines else ""


def _value(value: Any) -> str:
    return _NOT_IN_YAML.sub(_escape, encodable(json.dumps(value, ensure_ascii=False)))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
