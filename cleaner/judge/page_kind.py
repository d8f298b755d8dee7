"""What a page is when it is no article: told by its title, by what it asks for, and by how little text is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from cleaner.judge.evidence import MOST_LINKED, size
from cleaner.models import Document, Kind, PageKind, Verdict

# A page with more text than this, in letters, is none of the small kinds, whatever words stand in its title.
MOST_SMALL = 1200
# A listing has at least so many linked headings, each longer than LEAST_TEASER letters (shorter ones name sections),
# and at least TEASED_SHARE of its text (0 to 1) stands under such headings in runs of less than MOST_TEASER letters.
LEAST_TEASERS, LEAST_TEASER, MOST_TEASER, TEASED_SHARE = 5, 20, 400, 0.6
_WORDS = {
    PageKind.ERROR: re.compile(
        # After the bare number, the words of such pages only: "404 people rescued" is an article's headline.
        r"(?:error|fehler|erreur|ошибка|エラー)[ :#-]*(?:40[0-9]|410|50[0-4])\b.{0,60}"
        r"|(?:40[0-9]|410|50[0-4])(?: ?[-–—|:!.,·»/(].{0,60}| (?:error|not|page|file|oops|sorry|bad|unauthori[sz]ed"
        r"|forbidden|gone|internal|service|gateway|fehler|seite|erreur|página|pagina|sidan|ошибка|страница)\b.{0,60})?"
        r"|.{0,40}\b(?:page|file|article|story|content|url)s? (?:(?:was|is|could|can|has|does) ?n[o']t|not|cannot be) "
        r"?(?:be )?(?:found|available|exist).{0,40}"
        r"|.{0,20}(?:page not found|not found|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)"
        r"|página no encontrada|página não encontrada|pagina non trovata|pagina niet gevonden"
        r"|sidan (?:kunde inte hittas|hittades inte)|strona nie (?:została znaleziona|istnieje)|nie znaleziono strony"
        r"|страница не найдена|sayfa bulunamadı|页面(?:不存在|未找到)|找不到(?:页面|網頁)|ページが見つかりません"
        r"|الصفحة غير موجودة).{0,20}",
        re.IGNORECASE,
    ),
    PageKind.BLOCKED: re.compile(
        r".{0,40}(?:access denied|attention required|just a moment|verify (?:that )?you are (?:a )?human|captcha"
        r"|are you a robot|security check|unusual traffic|request (?:was )?blocked|pardon our interruption"
        r"|403 forbidden|enable javascript (?:and cookies )?to continue|checking your browser).{0,60}",
        re.IGNORECASE,
    ),
    PageKind.LOGIN: re.compile(
        r".{0,30}\b(?:log ?-?in|sign ?-?in|anmelden|einloggen|se connecter|connexion|iniciar sesión|entrar|accedi"
        r"|inloggen|logga in|zaloguj|войти|вход|giriş|登录|登入|ログイン|تسجيل الدخول)\b.{0,40}",
        re.IGNORECASE,
    ),
    PageKind.CONSENT: re.compile(
        r".{0,60}(?:before you continue|cookies?\b|privacy (?:choices|settings)|datenschutz|einwilligung|zustimm"
        r"|consent|vie privée|privacidad).{0,80}",
        re.IGNORECASE,
    ),
}
# In letters. The shortest briefs are longer; what is shorter is a greeting, a date, the name of a file.
LEAST_ARTICLE = 40
# How much of the title is looked at, in characters.
LONGEST_TITLE = 200
_IS_ARTICLE = etree.XPath("boolean(.//meta[@property='og:type'][@content='article'])")
_PASSWORD = etree.XPath("boolean(.//input[@type='password'])")


def page_kind(
    root: Any, document: Document, verdicts: Sequence[Verdict], *, title: str | None, declared_article: bool
) -> PageKind | None:
    """The kind of a page that is no article; `None` for an article.

    `declared_article` says that the page's JSON-LD calls it one: then it is no listing, nor where Open Graph does.
    """
    kept = [block for block, verdict in zip(document.blocks, verdicts, strict=True) if verdict.reason is None]
    length = sum(size(block.text) for block in kept)
    if length < MOST_SMALL:
        titles = [" ".join(text.split())[:LONGEST_TITLE] for text in (root.findtext(".//title"), title) if text]
        titles += [block.text[:LONGEST_TITLE] for block in document.blocks if block.level == 1]
        for kind in (PageKind.ERROR, PageKind.BLOCKED):
            if any(_WORDS[kind].fullmatch(text) for text in titles):
                return kind
        if _PASSWORD(root) and any(_WORDS[PageKind.LOGIN].fullmatch(text) for text in titles):
            return PageKind.LOGIN
        if not declared_article and any(_WORDS[PageKind.CONSENT].fullmatch(text) for text in titles):
            return PageKind.CONSENT
    if length < LEAST_ARTICLE:
        return PageKind.EMPTY
    if not (declared_article or _IS_ARTICLE(root)) and _is_listing(document, verdicts):
        return PageKind.LISTING
    return None


def _is_listing(document: Document, verdicts: Sequence[Verdict]) -> bool:
    """Whether most of the text stands in teasers: a heading that is a link, and little under it."""
    teasers = teased = told = 0
    linked, run = False, 0
    for block, verdict in zip((*document.blocks, None), (*verdicts, None), strict=True):
        if block is None or block.kind is Kind.HEADING:
            told += run
            if linked and run < MOST_TEASER:
                teased += run
            if block is not None:
                linked, run = block.linked > MOST_LINKED and size(block.text) > LEAST_TEASER, 0
                teasers += linked
        elif verdict is not None and verdict.reason is None:
            run += size(block.text)
    return teasers >= LEAST_TEASERS and teased >= TEASED_SHARE * told
