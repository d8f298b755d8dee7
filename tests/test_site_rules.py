"""Site rules: their files, their selectors, what they do to a page, and the import of ftr-site-config."""

from __future__ import annotations

import pickle
import random
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from measuring import cpu_seconds, steps

from cleaner.batch.clean_many import record
from cleaner.command.import_ftr import import_ftr
from cleaner.errors import NoArticleError
from cleaner.inputs.read import Input, InputKind
from cleaner.judge import site_rules
from cleaner.models import Article, Reason, Removed
from cleaner.page.parse import parse
from cleaner.pipeline import clean, clean_text
from cleaner.rules.errors import RuleFileError
from cleaner.rules.ftr import convert
from cleaner.rules.selectors import PageIndex, compile_selector
from cleaner.rules.sites import MAX_SELECTORS, Selector, SiteRule, parse_site_rules, rules_for
from cleaner.rules.source import RuleFile
from cleaner.rules.user import Rules
from cleaner.rules.xpath import MAX_COST, SelectorError

URL = "https://www.town.example/news/1"
PROSE = (
    "The council of the lower town voted on Tuesday for a new bridge, which opens in spring, the mayor said.",
    "Its northern end is to stand where the old ferry landed for a century, and the ferry stays until then.",
    "Nobody in the harbour, said the owner of the last fish stall, had asked for a bridge at that place.",
    "The assembly wants to pay a third of it, and the rest is to come from a loan over twenty years.",
)


def rule(host: str = "town.example", **selectors: Sequence[str]) -> SiteRule:
    parts = {
        key: tuple(values) if key == "phrases" else tuple(map(Selector, values)) for key, values in selectors.items()
    }
    return SiteRule(host, **parts)  # type: ignore[arg-type]


def page(*between: str, head: str = "") -> str:
    """A page with an article, and pieces of markup between its second and its third paragraph."""
    before, after = (f"<p>{a}</p><p>{b}</p>" for a, b in (PROSE[:2], PROSE[2:]))
    story = f'<div class="story"><h1>A new bridge</h1>{before}{"".join(between)}{after}</div>'
    return f"<html><head><title>A new bridge</title>{head}</head><body>{story}</body></html>"


def cleaned(html: str, *rules: SiteRule, url: str | None = URL) -> Article:
    return clean(html, url=url, rules=Rules(sites=tuple(rules)))


def by_site(article: Article) -> dict[str, str | None]:
    """The texts that site rules removed, each with the evidence."""
    return {removed.text: removed.evidence for removed in article.removed if removed.reason is Reason.SITE_RULE}


def parsed(toml: str) -> tuple[SiteRule, ...]:
    return parse_site_rules(tomllib.loads(toml)["site"], RuleFile.parse("rules.toml", toml))


class TestFiles:
    def test_all_keys(self) -> None:
        """A table gives a rule for its host, without "www." and in lower case."""
        toml = """
            [site."WWW.Town.example"]
            generator = "WordPress"
            drop = [".teaser", "//div[@id='promo']"]
            keep = ["p.quote"]
            body = ["div.story"]
            phrases = ["More from the region"]
        """
        expected = SiteRule(
            "town.example",
            "WordPress",
            (Selector(".teaser"), Selector("//div[@id='promo']")),
            (Selector("p.quote"),),
            (Selector("div.story"),),
            ("More from the region",),
        )
        assert (expected,) == parsed(toml)

    def test_array_of_tables(self) -> None:
        """A host may have several tables, for different generators."""
        toml = '[[site."*"]]\ngenerator = "Ghost"\n[[site."*"]]\ngenerator = "Drupal"\n'
        assert ["Ghost", "Drupal"] == [each.generator for each in parsed(toml)]

    def test_rules_travel(self) -> None:
        """Rules can be sent to another process and be members of a set."""
        rules = parsed('[site."town.example"]\ndrop = [".a"]\nphrases = ["More"]')
        assert rules == pickle.loads(pickle.dumps(rules))
        assert 1 == len({*rules, *pickle.loads(pickle.dumps(rules))})

    @pytest.mark.parametrize(
        ("toml", "line", "message"),
        [
            (
                '[site."a.example"]\n\ndrop = [\n  ".b",\n  "p[",\n]',
                5,
                r"the selector 'p\[' cannot be used: it is not CSS",
            ),
            ('[site."a.example"]\n# drp is wrong\ndrp = [".b"]', 3, "'drp' is not a key of a site; choose"),
            ('[site."a.example"]\nkeep = ".b"', 2, "keep is not a list of strings"),
            ('[site."a.example"]\nbody = [1]', 2, "body is not a list of strings"),
            ('[site."a.example"]\ngenerator = 1', 2, "generator is not a string"),
            ('[site]\n"a.example" = 1', 2, "site.a.example is not a table"),
            ('[site."https://a.example"]\ndrop = [".b"]', 1, "is not a host"),
            ('[site."*.a.example"]\ndrop = [".b"]', 1, "is not a host"),
            ('[site."*"]\ndrop = [".b"]', 1, "need a generator"),
            ('[site."a.example"]\nphrases = ["..."]', 2, "has no letter or digit"),
            ('[site."a.example"]\ndrop = ["//a[@b=\\"c\\" and $d]"]', 2, "variables are not allowed"),
        ],
    )
    def test_errors(self, toml: str, line: int, message: str) -> None:
        """A mistake is reported with the file, the line, and what is wrong."""
        with pytest.raises(RuleFileError, match=message) as caught:
            parsed(toml)
        assert ("rules.toml", line) == (caught.value.file, caught.value.line)
        assert str(caught.value).startswith(f"rules.toml:{line}: ")
        assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))

    def test_number_of_selectors(self) -> None:
        """A site has a limited number of selectors."""
        selectors = [f".a{number}" for number in range(MAX_SELECTORS)]
        parse_site_rules({"a.example": {"drop": selectors}}, RuleFile.parse("rules.toml", ""))
        with pytest.raises(RuleFileError, match="201 selectors"):
            parse_site_rules({"a.example": {"drop": selectors, "keep": ["p"]}}, RuleFile.parse("rules.toml", ""))

    @pytest.mark.parametrize(
        ("host", "expected"),
        [
            ("town.example", ["town.example"]),
            ("www.town.example", ["town.example"]),
            ("News.Town.example.", ["news.town.example", "town.example"]),
            ("a.news.town.example", ["news.town.example", "town.example"]),
            ("downtown.example", []),
            ("town.example.org", []),
            ("", []),
            ("müller.example", ["xn--mller-kva.example"]),
            ("straße.example", ["xn--strae-oqa.example"]),
        ],
    )
    def test_hosts(self, host: str, expected: list[str]) -> None:
        """A rule applies to its host and the subdomains; the longest host comes first."""
        toml = '[site."town.example"]\n[site."news.town.example"]\n[site."www.müller.example"]\n[site."straße.example"]'
        assert expected == [each.host for each in rules_for(parsed(toml), host)]

    def test_generators(self) -> None:
        """A rule with a generator applies to pages of which one generator begins with it, whatever the case."""
        anywhere, here = SiteRule("*", "WordPress"), SiteRule("town.example", "wordpress 6")
        rules = (anywhere, here)
        assert (here, anywhere) == rules_for(rules, "town.example", ["Elementor 3", "WordPress 6.4"])
        assert (anywhere,) == rules_for(rules, "", ["WordPress 5"])
        assert () == rules_for(rules, "town.example", ["Powered by WordPress"])
        assert () == rules_for(rules, "town.example")


def selected(source: str, html: str) -> list[str]:
    """The ids of the selected elements."""
    return [element.get("id", element.tag) for element in PageIndex(parse(html).root).select(compile_selector(source))]


LIST = """
    <div id=a class="story main"><h2 id=b>See also</h2><p id=c>One <a id=d href="/x?q=1">link</a></p>
    <p id=e lang=de></p><ul id=f><li id=g>1<li id=h class=x>2<li id=i>3</ul></div>
    <div id=j class=story-teaser title="it's"><p id=k>Two</div>
"""


class TestSelectors:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            (".story", "a"),
            ("div.story.main > p", "c e"),
            ("h2 + p", "c"),
            ("h2 ~ p", "c e"),
            ("p:first-child, li:last-child", "i k"),
            ("li:nth-child(2n+1)", "g i"),
            ("li:not(.x)", "g i"),
            ("p:is(.none, [lang])", "e"),
            ("p:empty", "e"),
            ("p:only-child", "k"),
            ("[class^=story-]", "j"),
            ("a[href$='=1'], [lang|=de]", "d e"),
            ("DIV[TITLE]", "j"),
            ("//li[2]", "h"),
            ("//li[last()]", "i"),
            ("//li[position() > 1]", "h i"),
            ("(//p)[last()]", "k"),
            ("(//div/p)[position() < 3][2] | //li[@class]", "e h"),
            ("//h2[contains(., 'See')]/following-sibling::*", "c e f"),
            ("//a/ancestor::*[1]", "c"),
            ("//a/../following-sibling::p[1]", "e"),
            ("//h2[starts-with(normalize-space(.), 'See')]/following::p", "c e k"),
            ("//p[.//a[contains(@href, 'x?')]]", "c"),
            ("//div[h2='See also']/ul/li[not(@class)]", "g i"),
            ("//div[count(.//li) = 3 and h2]", "a"),
            ("//div[contains(h2, 'also')]", "a"),
            ("//p[contains(text(), 'One')]", "c"),
            ("//div[translate(@title, 'IT', 'it')=\"it's\"]", "j"),
            ("//li[preceding-sibling::*[1][@class]]", "i"),
            ("//p[string-length(@lang) = 2]", "e"),
            ("//div//p | //ul", "c e f k"),
            ("//*[@id='c' or @id='d']", "c"),  # without what is inside of another
            ("./body/div", "a j"),
            (".nothing", ""),
        ],
    )
    def test_selection(self, source: str, expected: str) -> None:
        """CSS and XPath select what browsers select."""
        assert expected.split() == selected(source, LIST)

    @pytest.mark.parametrize("seed", range(20))
    def test_same_as_libxml2(self, seed: int) -> None:
        """Random selectors select the same elements of random trees as in lxml."""
        chance = random.Random(seed)
        root = _random_tree(chance, 0)
        index = PageIndex(root)
        accepted = 0
        for _ in range(60):
            source = _random_selector(chance)
            try:
                selector = compile_selector(source)
            except SelectorError:
                continue
            accepted += 1
            found = root.xpath(source)
            assert isinstance(found, list)
            inside = set(found)
            outermost = [e for e in root.iter() if e in inside and inside.isdisjoint(e.iterancestors())]
            assert outermost == index.select(selector), (source, etree.tostring(root))
        assert accepted > 20

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            ("", "it is empty"),
            ("p" * 501, "501 characters, and at most 500"),
            ("p[", "it is not CSS"),
            ("p::before", "it is not CSS"),
            ("div p:hover", "it never matches"),
            ("div:has(> p.x)", ":has"),
            ("//a[", "ends too early"),
            ("//a]", "']' was not expected"),
            ("//a[$b]", "variables are not allowed"),
            ("//a[re:test(., '(a+)+$')]", "names with a prefix are not allowed"),
            ("//svg:a", "names with a prefix are not allowed"),
            ("//a[document('file:///etc/passwd')]", r"document\(\) is not allowed"),
            ("(//a[id('b')])", r"id\(\) is not allowed"),
            ("//a[lower-case(@b)='c']", r"lower-case\(\) is not allowed"),
            ("//a[has-word(@b, 'c')]", r"has-word\(\) is not allowed"),
            ("//a/namespace::b", "the axis namespace:: is not allowed"),
            ("//a/@href", "selects an attribute"),
            ("//p/text()", "selects text"),
            ("(1)", "does not select elements"),
            ("//a[contains(.//b//c, 'x')]", "use a predicate"),
            ("//a[.//b = .//c]", "compares several elements only with"),
            ("//a[sum(b) > 1]", r"sum\(\) is not allowed"),
            ("//a[count(//b) > 1]", r"count\(\) is allowed only of"),
            ("//a[following::b[2]]", "no position is allowed"),
            ("//a[2 * 3]", "multiplication"),
            ("//a[(b)[1]]", "not allowed inside a predicate"),
            ("//a" + "[b" * 20 + "]" * 20, "nested more than"),
            ("//a[" + "not(" * 60 + "b" + ")" * 60 + "]", "nested more than"),
            (":not(" * 80 + "a" + ")" * 80, "it is not CSS|nested more than"),
            ("//*" * 60, f"at most {MAX_COST} is allowed"),
            ("//*[normalize-space(.)='a' or normalize-space(.)='b' or normalize-space(.)='c']//p", "at most"),
            (",".join(["a"] * 100), "at most"),
        ],
    )
    def test_refused(self, source: str, message: str) -> None:
        """What is not in the subset, or may take long, is refused with the reason."""
        with pytest.raises(SelectorError, match=message):
            compile_selector(source)

    @pytest.mark.parametrize("unit", ["<p><a>one</a>two</p>", "<div>" * 40 + "one" + "</div>" * 40])
    @pytest.mark.parametrize(
        "source", ["//*[.//*[.//*[.//*]]]", "//*//*//*//*", "//*[contains(., 'zzz')]/following::*"]
    )
    def test_selecting_is_linear(self, source: str, unit: str) -> None:
        """A page of four times the size, deep or flat, takes at most five times as many steps."""
        selector = compile_selector(source)

        def steps_for(times: int) -> int:
            index = PageIndex(parse(unit * times).root)
            return steps(lambda: index.select(selector))

        assert steps_for(80) < 5 * steps_for(20)


WORST = [
    ".a.b.c.d.e.f",
    "//*" * 18,
    " | ".join(["//*"] * 18),
    "//*[.//*[.//*[.//*[.//*[.//*[.//*[.//*]]]]]]]",
    "//*[ancestor::*[ancestor::*[ancestor::*[ancestor::*]]]]/following::*/preceding::*/following-sibling::*",
    "//*[preceding-sibling::*[1][following-sibling::*[1][ancestor::*[1]]]]",
    "//*" + "[not(@a)]" * 17,
    f"//*[{' or '.join(f'@{letter}' for letter in 'abcdefghijklmnopq')}]",
    f"//*[{' or '.join(['contains(@class, 1)'.replace('1', repr(c)) for c in 'abcdefghijk'])}]",
    "//*" + "[position() > 0]" * 15,
    "//*[count(.//*) > 3 and count(preceding-sibling::*) mod 2 = 0 and count(following-sibling::*) > 2]",
    "//*[normalize-space(.)='x' or normalize-space(.)='y']",
    "//*[contains(translate(., 'ЖЗИ', 'жзи'), 'зи') or contains(., 'd')]",
    "//*[contains(translate(normalize-space(.), 'abc', 'xyz'), 'abc')]",
    "//*[translate(., 'abc', 'xyz')='x']",
    "//*[concat(@class, @class, @class, @class)='x' or concat(@class, @class, @class, @class)='y']",
    "//*[contains(., 'zzz') or contains(., 'o') or contains(., ' ') or contains(., 'wordword')]",
]
PAGES = {
    "flat": "".join(
        f'<p class="a b{n}" id=i{n}><a href="/{n}">label {n}</a> some more words</p>' for n in range(20_000)
    ),
    "deep": ("<div class='c d'>" * 180 + "word " * 2_000 + "</div>" * 180) * 220,
    "long": f'<p class="{"class é c " * 22}">слово</p>' * 40_000,
    "comb": ("<div class='c d'>word " * 180 + "<i>x</i>" * 400 + "</div>" * 180) * 69,
}


@pytest.mark.parametrize("source", WORST)
def test_worst_selectors_are_accepted(source: str) -> None:
    """The selectors of the next test are such that one more step or function would be refused, or nearly so."""
    assert compile_selector(source).cost <= MAX_COST


@pytest.mark.timing
@pytest.mark.parametrize("shape", PAGES)
def test_selecting_is_fast(shape: str) -> None:
    """No selector takes more than 0.35 s on a page with 40,000 elements, and its index takes no more."""
    root = parse(f"<html><body>{PAGES[shape]}</body></html>").root
    with cpu_seconds(below=0.35):
        index = PageIndex(root)
    for source in WORST:
        selector = compile_selector(source)
        with cpu_seconds(below=0.35):
            index.select(selector)


def _random_tree(chance: random.Random, depth: int) -> etree._Element:
    element = etree.Element(chance.choice("divpab"))
    for name in ("class", "id"):
        if chance.random() < 0.3:
            element.set(name, chance.choice(["x", "y", "x y", "5", "xy"]))
    if chance.random() < 0.5:
        element.text = chance.choice(["x", "foo", "5", " ", "x y"])
    for _ in range(chance.randint(0, 3) if depth < 4 else 0):
        child = _random_tree(chance, depth + 1)
        if chance.random() < 0.3:
            child.tail = chance.choice(["x", " ", "foo"])
        element.append(child)
    return element


_AXES = (
    "child parent descendant ancestor self descendant-or-self ancestor-or-self following-sibling preceding-sibling "
    "following preceding"
).split()
_TEXTS = (
    ". @class @id text() normalize-space(.) concat(@class,'x') translate(.,'xo','ab') name() a/@class .//p "
    "substring(@class,2) substring-before(.,'o') substring-after(.,'o') ../@id a/b p/text() string(@id) 'x'"
).split()
_NUMBERS = (
    "position() last() 1 2 string-length(@class) count(*) count(.//p) count(preceding-sibling::*) count(../p) "
    "count(following-sibling::p) count(text()) count(descendant::*[@id]) last()-1"
).split()


def _random_selector(chance: random.Random) -> str:
    path = chance.choice(["//", "//", "/", ".//"]) + _random_path(chance, 2, chance.choice("divpab*"))
    if chance.random() < 0.2:
        path = f"({path})[{chance.choice(['1', 'last()', 'position()<3', '@id'])}]"
    return path + (f" | //{chance.choice('divpab')}" if chance.random() < 0.1 else "")


def _random_path(chance: random.Random, depth: int, end: str) -> str:
    steps_before = [_random_step(chance, depth) for _ in range(chance.choice([0, 0, 1]))]
    last = end + "".join(f"[{_random_predicate(chance, depth - 1)}]" for _ in range(chance.choice([0, 1, 2])))
    return "".join(step + chance.choice(["/", "//"]) for step in steps_before) + last


def _random_step(chance: random.Random, depth: int) -> str:
    if chance.random() < 0.1:
        return chance.choice([".", ".."])
    step = f"{chance.choice(_AXES)}::{chance.choice('divpab*')}"
    return step + "".join(f"[{_random_predicate(chance, depth - 1)}]" for _ in range(chance.choice([0, 0, 1])))


def _random_predicate(chance: random.Random, depth: int) -> str:
    word = chance.choice(["'x'", "'foo'", "'5'", "''", "'o'", "' '"])
    compare = chance.choice(["=", "!=", "<", ">="])
    kind = chance.randrange(10) if depth > 0 else chance.randrange(5)
    match kind:
        case 0:
            return chance.choice(["@class", "@id='x'", "1", "last()"])
        case 1:
            return f"contains({chance.choice(_TEXTS)},{word})"
        case 2:
            return f"starts-with({chance.choice(_TEXTS)},{word})"
        case 3:
            return f"{chance.choice(_TEXTS)}{compare}{chance.choice([word, '5'])}"
        case 4:
            return f"{chance.choice(_NUMBERS)}{compare}{chance.choice(_NUMBERS)}"
        case 5:
            return f"not({_random_predicate(chance, depth - 1)})"
        case 6:
            both = chance.choice(["and", "or"])
            return f"{_random_predicate(chance, depth - 1)} {both} {_random_predicate(chance, depth - 1)}"
        case 7:
            return f"{_random_path(chance, depth - 1, chance.choice(['p', 'text()', '*']))}{compare}{word}"
        case _:
            return _random_path(chance, depth - 1, chance.choice(["p", "a", "*", "../b", "@id", "text()"]))


class TestPages:
    def test_drop(self) -> None:
        """A dropped element is removed with the selector as evidence, and only on pages of the site."""
        html = page(f'<div class="promo"><p>{PROSE[0]} Or so.</p><p>More.</p></div>')
        expected = {f"{PROSE[0]} Or so.": ".promo", "More.": ".promo"}
        assert expected == by_site(cleaned(html, rule(drop=[".promo"])))
        assert {} == by_site(cleaned(html, rule(drop=[".promo"]), url="https://other.example/"))
        assert {} == by_site(cleaned(html, rule(drop=[".promo"]), url=None))

    def test_every_block_is_there_once(self) -> None:
        """What is kept and what is removed are all blocks of the page, also with inline elements dropped."""
        html = page("<p>A <b class=x>big</b> day for <i>us</i>.</p>", "<ul><li class=x>One<li>Two</ul>")
        article = cleaned(html, rule(drop=[".x", "//i"]))
        places = sorted(each.place for each in (*article.blocks, *article.removed))
        assert list(range(len(places))) == places
        assert {"big": ".x", "us": "//i", "One": ".x"} == by_site(article)

    def test_dropped_inline_element(self) -> None:
        """A dropped element within a paragraph is removed, and the rest of the paragraph is kept."""
        article = cleaned(page(f"<p>{PROSE[0]} <span class=ad>Buy now</span> {PROSE[1]}</p>"), rule(drop=["span.ad"]))
        assert {"Buy now": "span.ad"} == by_site(article)
        assert f"{PROSE[0]} {PROSE[1]}" in article.text

    def test_dropped_inline_element_with_blocks(self) -> None:
        """An inline element around paragraphs ends the block before it."""
        html = page("Before it <x-ad><p>Buy now.</p> Or later</x-ad> and after")
        assert {"Buy now.": "x-ad", "Or later": "x-ad"} == by_site(cleaned(html, rule(drop=["x-ad"])))

    def test_drop_comes_first(self) -> None:
        """What a site rule removes has that reason even if another rule would remove it, too."""
        removed = by_site(cleaned(page('<p class="share">Share this</p>'), rule(drop=["p.share"])))
        assert {"Share this": "p.share"} == removed

    def test_keep_wins(self) -> None:
        """What a site rule keeps is text, whatever drops, phrases, rules, hiding or the scorer say."""
        kept = (
            "<p class=k>Share this</p>",
            "<p class=k hidden>Hidden words</p>",
            '<div class="related k">Read on</div>',
        )
        site = rule(keep=[".k"], drop=["p", ".related"], body=["h1"], phrases=["Hidden words", "Read on"])
        article = clean(page(*kept), url=URL, rules=Rules(sites=(site,)), any_page=True)
        assert "Share this\n\nHidden words\n\nRead on" == article.text

    def test_kept_repetition_and_heading(self) -> None:
        """A second copy and a heading at the end are kept, too."""
        html = page(f"<blockquote class=k>{PROSE[0]}</blockquote>").replace("</body>", "<h3 class=k>More</h3></body>")
        article = cleaned(html, rule(keep=[".k"]))
        assert [PROSE[0], PROSE[1], PROSE[0], PROSE[2], PROSE[3], "More"] == [block.text for block in article.blocks]

    def test_headline_is_not_kept(self) -> None:
        """The headline stays the title even if a kept element contains it."""
        article = cleaned(page(), rule(keep=[".story"]))
        assert "\n\n".join(PROSE) == article.text
        assert "A new bridge" == article.title

    def test_kept_link(self) -> None:
        """A kept inline element keeps the paragraph around it."""
        html = page('<p class="share">Share <a class=k href="/x">this</a></p>')
        assert "Share this" in cleaned(html, rule(keep=["a.k"])).text

    def test_body(self) -> None:
        """Blocks outside the elements of the first body selector that matches text are removed."""
        html = page().replace("</body>", f"<div><p>{PROSE[0]} Again.</p></div><main></main></body>")
        article = cleaned(html, rule(body=["main", "//div[@class='story']/p", ".story"]))
        expected = dict.fromkeys(("A new bridge", f"{PROSE[0]} Again."), "outside //div[@class='story']/p")
        assert expected == by_site(article)
        assert "\n\n".join(PROSE) == article.text

    def test_phrases(self) -> None:
        """A phrase matches the whole text of a block without decoration, whatever its case."""
        html = page("<p>» MORE from the region:</p>", f"<p>More from the region. {PROSE[0]}</p>")
        expected = {"» MORE from the region:": "More from the Region"}
        assert expected == by_site(cleaned(html, rule(phrases=["More from the Region"])))

    def test_phrases_in_text(self) -> None:
        """In plain text, phrases apply if the URL is known."""
        text = "\n\n".join((*PROSE[:2], "More from the region", *PROSE[2:]))
        rules = (rule(phrases=["more from the region"], drop=["p"]),)
        assert {"More from the region": "more from the region"} == by_site(
            clean_text(text, url=URL, rules=Rules(sites=tuple(rules)))
        )
        assert {} == by_site(clean_text(text, rules=Rules(sites=tuple(rules))))

    def test_generator(self) -> None:
        """A rule for any host applies to the pages of its generator."""
        rules = parsed('[site."*"]\ngenerator = "Town CMS"\ndrop = [".promo"]')
        promo = "<p class=promo>More.</p>"
        head = '<meta name="Generator" content="town cms 2.1">'
        assert {"More.": ".promo"} == by_site(cleaned(page(promo, head=head), *rules, url=None))
        assert {} == by_site(cleaned(page(promo), *rules, url=None))

    def test_subdomain_comes_first(self) -> None:
        """The body of the most specific site is used."""
        rules = (rule(body=["h1"]), rule("news.town.example", body=[".story"]))
        assert "\n\n".join(PROSE) == cleaned(page(), *rules, url="https://news.town.example/").text

    def test_elements_that_are_not_read(self) -> None:
        """Selectors may match elements without text, and elements that the parser drops."""
        html = page(
            '<script class="x">var x;</script><svg class=x><path/></svg><noscript class=x>No</noscript><br class=x>'
        )
        article = cleaned(html, rule(drop=[".x", "//svg/path", "//script"], keep=["svg"], body=["noscript"]))
        assert "\n\n".join(PROSE) == article.text

    def test_everything_dropped(self) -> None:
        """A page of which nothing is left is no article."""
        with pytest.raises(NoArticleError) as caught:
            cleaned(page(), rule(drop=["body"]))
        assert {"body"} == {removed.evidence for removed in caught.value.article.removed}

    def test_worker(self) -> None:
        """Rules reach the worker process that holds a time limit."""
        article = clean(page("<p class=x>More.</p>"), url=URL, timeout=30, rules=Rules(sites=(rule(drop=[".x"]),)))
        assert {"More.": ".x"} == by_site(article)

    def test_unmatched(self) -> None:
        """A selector that matches nothing is reported, but not a body selector if another one matches."""
        rules = (rule(drop=[".x", "p"], keep=[".y"], body=["main", ".story"]), rule("other.example", drop=[".z"]))
        expected = tuple(f'site rule town.example: "{source}" matches nothing on this page' for source in (".y", ".x"))
        try:
            article = cleaned(page(), *rules)
        except NoArticleError as error:
            article = error.article
        assert expected == article.unmatched
        unmatched = cleaned(page(), rule(body=["main", "article"])).unmatched
        assert ["main", "article"] == [message.split('"')[1] for message in unmatched]

    def test_unmatched_in_the_record(self) -> None:
        """The record reports it with `explain` only."""
        article = cleaned(page(), rule(drop=[".x"]))
        source = Input(URL, InputKind.URL, url=URL)
        expected = ['site rule town.example: ".x" matches nothing on this page']
        assert expected == record(source, article, explain=True)["warnings"]
        assert [] == record(source, article)["warnings"]

    def test_too_much_work(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Selectors beyond the limit of work are not applied, and a warning says so."""
        monkeypatch.setattr(site_rules, "MAX_WORK", 200)
        article = cleaned(page("<p class=x>More.</p>"), rule(drop=[".x", *(f".a{n}" for n in range(20))]))
        assert {"More.": ".x"} == by_site(article)
        (warning,) = article.warnings
        assert warning.startswith("site rule town.example: ")
        assert "would take too long" in warning

    def test_reason_is_in_the_result(self) -> None:
        """A removed block names no rule, because the selector is the evidence."""
        (removed,) = (
            each for each in cleaned(page("<p class=x>More.</p>"), rule(drop=[".x"])).removed if each.place == 3
        )
        path = "html > body > div.story > p.x"
        assert Removed(3, removed.kind, "More.", Reason.SITE_RULE, None, ".x", None, path) == removed


FTR_FILES = {
    "town.example.txt": """\
# A comment: with a colon
title://h1
author: //a[@rel='author']
body: //div[@id='story']
body: //div[contains(concat(' ',normalize-space(@class),' '),' post ')]
strip: //div[@data-el="body"]//div[contains(./span/text(), 'It is')]
strip: //a[@title="it's"]
strip: //p[re:test(., 'x')]
strip: header
strip: //@style
strip_id_or_class: 'share-help'
prune: no
find_string: <br>
single_page_link: //a[@rel='full']
test_url: https://town.example/1
what is this
""",
    ".town.example.txt": "strip: //aside\nprune: yes",
    "www.city.example.txt": "strip: //nav\ncolour: blue",
    "empty.example.txt": "title: //h1",
    "LICENSE.txt": "Public domain",
    "README.md": "strip: //nav",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = tmp_path / "ftr"
    files.mkdir()
    for name, text in FTR_FILES.items():
        (files / name).write_text(text)
    return files


class TestImport:
    def test_rules(self, folder: Path) -> None:
        """strip, strip_id_or_class and body become the rules of a host, and load again."""
        expected = (
            rule("city.example", drop=["//nav"]),
            rule(
                "town.example",
                drop=[
                    "//div[@data-el=\"body\"]//div[contains(./span/text(), 'It is')]",
                    '//a[@title="it\'s"]',
                    '[class*="share-help"], [id*="share-help"]',
                    "//aside",
                ],
                body=["//div[@id='story']", "//div[contains(concat(' ',normalize-space(@class),' '),' post ')]"],
            ),
        )
        conversion = convert(folder)
        assert expected == parsed(conversion.toml)
        assert (2, 7) == (conversion.tables, conversion.selectors)

    def test_notes(self, folder: Path) -> None:
        """Every line that is not converted is reported with its number and the reason."""
        notes = convert(folder).notes
        ignored = [(note.file, note.line) for note in notes if note.ignored]
        town = "town.example.txt"
        assert [("empty.example.txt", 1), (town, 2), (town, 3), (town, 14), (town, 15)] == ignored
        assert [
            "LICENSE.txt: not converted: the name of the file is not that of a host, such as example.org.txt",
            f"{town}, line 8: not converted: strip: \"//p[re:test(., 'x')]\" cannot be used: "
            "names with a prefix are not allowed",
            f"{town}, line 9: not converted: strip: 'header' is not a path from the document: it does not begin with /",
            f"{town}, line 10: not converted: strip: '//@style' cannot be used: it selects an attribute, not elements",
            f"{town}, line 12: not converted: prune: the rules and the scorer judge what is in the body, too",
            f"{town}, line 13: not converted: find_string: the HTML of a page is not rewritten",
            f"{town}, line 16: not converted: 'what is this' is not of the form `key: value`",
            "www.city.example.txt, line 2: not converted: colour: the key is unknown",
        ] == [str(note) for note in notes if not note.ignored]

    def test_damaged_files(self, tmp_path: Path) -> None:
        """Any bytes give a file that loads."""
        (tmp_path / "a.example.txt").write_bytes(b"\xff\xfestrip: //a[.='\xff']\r\nstrip_id_or_class: \x85\x7f\"\\\0")
        (tmp_path / "b.example.txt").write_text("strip: //a[.='\t\x7f\\ \"\u2028']\nstrip_id_or_class: x\ty")
        (tmp_path / "c.example.txt").write_text("strip_id_or_class: a\n" * 20_000)
        (tmp_path / "d.example.txt").write_text("".join(f"strip: //a{n}\n" for n in range(300)))
        (tmp_path / "e.example.txt").mkdir()
        conversion = convert(tmp_path)
        counts = {each.host: len(each.drop) for each in parsed(conversion.toml)}
        assert MAX_SELECTORS == counts["d.example"]
        assert "c.example" not in counts

    def test_command(self, folder: Path, tmp_path: Path) -> None:
        """The command writes the rules, and the notes with a summary to standard error."""
        result = CliRunner().invoke(import_ftr, [str(folder)])
        assert (0, convert(folder).toml) == (result.exit_code, result.stdout)
        last = "cleaner: 2 sites with 7 selectors; 8 lines were not converted, 5 were ignored"
        assert last == result.stderr.splitlines()[-1]
        output = tmp_path / "rules.toml"
        written = CliRunner().invoke(import_ftr, [str(folder), "-o", str(output)])
        assert (0, "", result.stdout) == (written.exit_code, written.stdout, output.read_text())
        assert 3 == CliRunner().invoke(import_ftr, [str(folder), "-o", "/missing/x"]).exit_code
