"""Parts of the HTML files that `cleaner` writes for people: elements with text from pages, and the frames around them.

Whatever comes from a page is put into elements by lxml, which escapes it. The policy in the head of a file lets the
browser run no other script than ours. The frames, the style and the scripts are files in `cleaner/write/templates/`.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Container
from functools import cache
from importlib import resources
from string import Template

from lxml import etree

from cleaner._version import __version__
from cleaner.patterns import lazy_pattern

Content = str | etree._Element

# Characters that neither HTML nor UTF-8 can hold.
_UNWRITABLE = lazy_pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
_NEEDLESS = lazy_pattern("</(?:li|t[dr])>|</p>(?=<p[ >]|</div>)")
_COMMENT = lazy_pattern(r"/\*.*?\*/")
_AROUND_SIGNS = lazy_pattern(r"\s*([{};,])\s*")
_HUE = lazy_pattern(r"\.([a-z_]+)\{--hue:\d+;\}")


def element(tag: str, *content: Content, **attributes: str) -> etree._Element:
    """Return an element with texts and elements in it."""
    made = etree.Element(tag, {name: _writable(value) for name, value in attributes.items()})
    last: etree._Element | None = None
    for each in content:
        if not isinstance(each, str):
            made.append(each)
            last = each
        elif last is None:
            made.text = (made.text or "") + _writable(each)
        else:
            last.tail = (last.tail or "") + _writable(each)
    return made


def markup(element: etree._Element) -> str:
    """Return the markup of an element without the end tags that HTML does not need. In a text, "<" is escaped."""
    return _NEEDLESS.sub("", etree.tostring(element, encoding="unicode", method="html"))


def escape(text: str) -> str:
    """Return the text as markup."""
    return html.escape(_writable(text))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def fill(
    name: str,
    *,
    title: str,
    classes: Container[str] = (),
    styles: tuple[str, ...] = ("report",),
    has_script: bool = True,
    **values: str,
) -> str:
    """Return the template `name` with the styles, its script, the policy that allows only these, and the values.

    `title` and the values are markup. The style has hues for the `classes` only.
    """
    style = _HUE.sub(lambda rule: rule[0] if rule[1] in classes else "", _style(styles))
    script = _script(f"{name}.js") if has_script else ""
    allowed = f"script-src '{_digest(script)}'; " if has_script else ""
    policy = f"default-src 'none'; {allowed}style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'"
    shared = {"title": title, "version": __version__}
    head = Template(_template("head.html").rstrip()).substitute(shared, style=style, policy=policy)
    return Template(_template(f"{name}.html")).substitute(values | shared, head=head, script=script)


def _digest(text: str) -> str:
    """Return the source expression of the Content Security Policy for an inline script or style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _style(names: tuple[str, ...]) -> str:
    """Return the styles without comments and without white space that means nothing."""
    rules = _COMMENT.sub("", "".join(_template(f"{name}.css") for name in names))
    return _AROUND_SIGNS.sub(lambda match: match[1], rules).replace(": ", ":").strip()


@cache
def _script(name: str) -> str:
    """Return a script without its indentation and its comments, which have lines of their own."""
    lines = (line.strip() for line in _template(name).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def _template(name: str) -> str:
    return (resources.files("cleaner") / "write" / "templates" / name).read_text("utf-8")
