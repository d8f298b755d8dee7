"""Program code and serialised data are distinguished from prose."""

from __future__ import annotations

import json

import pytest
from measuring import CpuLimit

from cleaner import Reason, clean, clean_text
from cleaner.page.code import is_code

PROSE = "The council met on Monday and voted for the bridge, which will cost 4.2 million."
STATE = '5:["$","$L23",null,{"state":{"queries":[{"state":{"data":{"id":17,"slug":"the-bridge","tags":["a","b"]}}}]}}]'
CODE = [
    STATE,
    '5:["$","$L23",null,{"state":{"queries":[...',
    "window.__DATA__={...};",
    'window.__INITIAL_STATE__ = {"user": null, "lang": "en"};',
    'var dataLayer=[{"pageType":"article","section":"news"}];',
    '{"@context":"https://schema.org",...}',
    '{ "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bridge opens", "datePubl',
    json.dumps({"title": "Bridge", "body": PROSE * 5, "id": 12}),
    json.dumps([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}], indent=2),
    json.dumps({"title": "Bridge", "body": PROSE * 5}, separators=(",", ":"))[:-20],
    json.dumps(json.dumps({"id": 1, "name": "a", "x": None}, separators=(",", ":")))[1:-1],
    'self.__next_f.push([1,"..."])',
    'self.__next_f.push([1,"5:[\\"$\\",\\"div\\",null,{}]\\n"])',
    ".css-1x{display:flex}",
    ".css-1x{display:flex;margin:0 auto}.css-2y a:hover{color:#fff}",
    "body{margin:0;padding:0}",
    "@media(max-width:600px){.a{display:none}.b{width:100%!important}}",
    ":root{--a:#fff;--b:#000}",
    "function(){var a=...}",
    '!function(){var e=document.createElement("script");e.src="https://x.example/a.js";document.head.append(e)}();',
    '(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({"start":new Date().getTime(),event:"gtm.js"});})(window,"script");',
    '$(document).ready(function(){$(".slider").slick({autoplay:true,dots:false});});',
    'googletag.cmd.push(function(){googletag.display("div-gpt-ad-1");});',
    "window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);} gtag('js', new Date());",
    f"{PROSE} {STATE}",
    f"{STATE} {PROSE}",
]
NOT_CODE = [
    PROSE,
    "",
    f"{PROSE * 3} {STATE[:60]}",  # mostly prose, which would be lost with the code
    'He said: "We go", "we stay", and ["the others"] left. "[We] know," she said; "they don\'t".',
    "«Так», „Nein“, “yes”, 「はい」「いいえ」, 『本』[注1]、《书》(2024){三}。",
    "Smith 6-4;Jones 7-5;Brown (3);[ret.] 1:0, 2:1 (1:1); 12:30 [CET]",
    "Price: $1,200.00; €3,50; 3 for 2 [while stocks last]; {limited}",
    "K3[Fe(CN)6] and [Cu(NH3)4]SO4 react with Na2[B4O5(OH)4]·8H2O.",
    'The bridge is old.[1][2] It was built in 1911,[3]:12 and "closed"[4] in 1999.[5]',
    ":-) ;) :{ >:[ ;} {} [] :} ¯\\_(ツ)_/¯ (╯°□°)╯︵ ┻━┻ [:",
    "**bold** [link](https://a.example) ![img](x.png) `code` [1]: https://a.example {#id}",
    r"\[ \text{Output (t/s)} = \frac{\text{Tonnes (t)}}{\text{Time (s)}} \], x_{i}^{2}, \mathbf{v}_{\text{max}}",
    "The matrix [[1,2],[3,4]] maps {x:x>2} to f(x)={x|x>0}; A={1,2,3}.",
    'Put `{"name": "value"}` into the settings file, and restart the server, which takes a minute or two.',
    "Call foo(); and then bar(x => x.y), which returns {ok: true} or [] when there is nothing to do.",
    "const fetchData = async () => {",
    "if (x == 0) { return; }",
    "body { margin: 0; padding: 0; }",
    "for (var i = 0; i < n; i++) { print(i); }",
    'return res["choices"][0]["message"]["content"]',
    'value={input} onChange={e => setInput(e.target.value)} placeholder="Add a task"',
    "Interceptor.replace(unlink, new Callback(function (){",
    "Goals: Poole (12), Dolan (45+1) [pen.], {own goal} 67; cards: Askwith (33), Teale (80).",
    "{{ name }} pays {{ amount }}",
    "[Update, 12:30] {sic} [...] “{”, “}” and “[” are brackets.",
]


@pytest.mark.parametrize("text", CODE)
def test_code(text: str) -> None:
    """Serialised data, scripts and style sheets are code, even with a sentence before or after them."""
    assert is_code(text)


@pytest.mark.parametrize("text", NOT_CODE)
def test_no_code(text: str) -> None:
    """Journalism, figures, formulas, Markdown, emoticons and code that is written for readers are not code."""
    assert not is_code(text)


STORY = [
    f"{PROSE} The {ordinal} speaker was the mayor, who said that the old one would not last another winter."
    for ordinal in ("first", "second", "third", "fourth", "fifth", "sixth")
]


def page(*blocks: str) -> str:
    body = "".join(block if block.startswith("<") else f"<p>{block}</p>" for block in blocks)
    return f"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1>{body}</article></body></html>"


@pytest.mark.parametrize("code", [text for text in CODE if PROSE not in text])
@pytest.mark.parametrize("place", [0, 3, 6])
def test_code_on_a_page(code: str, place: int) -> None:
    """A paragraph of code is removed from any place in an article, and nothing else is removed."""
    escaped = code.replace("&", "&amp;").replace("<", "&lt;")
    article = clean(page(*STORY[:place], escaped, *STORY[place:]))
    assert STORY == [block.text for block in article.blocks]
    assert [Reason.SCRIPT] == [removed.reason for removed in article.removed if removed.text == " ".join(code.split())]


@pytest.mark.parametrize(
    "sample",
    [
        f"<pre><code>{STATE}</code></pre>",
        f"<pre class=a>{STATE}</pre>",
        f"<div class='highlight'><div><code>{STATE}</code></div></div>",
        f"<div class='language-json'><p>{STATE}</p></div>",
    ],
)
def test_samples_are_no_scripts(sample: str) -> None:
    """Code that the page marks up as code is not removed as a script, because it is content."""
    article = clean(page(*STORY[:3], sample, *STORY[3:]))
    assert Reason.SCRIPT not in {removed.reason for removed in article.removed}
    if sample.startswith("<pre"):
        assert STATE in [block.text for block in article.blocks]


def test_code_in_plain_text() -> None:
    """In a plain text, long code is removed; a short line may be a code sample and is not removed as a script."""
    long = json.dumps({"key": ["a", "b"] * 60}, separators=(",", ":"))
    sample = '{"id":1,"name":"a","tags":["x"]}'
    article = clean_text("\n\n".join((*STORY[:3], sample, *STORY[3:5], long, STORY[5])))
    reasons = {removed.text: removed.reason for removed in article.removed}
    assert Reason.SCRIPT == reasons[long]
    assert Reason.SCRIPT != reasons.get(sample)


UNITS = ['{"', '":"', "[", "{", '["$",', "a{bc:d;", "a{bc:d", ";bc:d", "window.a", "function(a,", '"\\', "[{", "x=a("]


@pytest.mark.parametrize("unit", UNITS)
def test_hostile_text(unit: str, cpu_limit: CpuLimit) -> None:
    """A quarter of a megabyte of any repeated text is tested fast."""
    text = "[{" + unit * (250_000 // len(unit))
    with cpu_limit(0.5):
        is_code(text)
        is_code('{"a":' + text)
