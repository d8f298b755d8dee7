"""Pages with hardly any text, told by their titles and by what they ask for. Nothing is learned here."""

from __future__ import annotations

import re

from cleaner.judge.page_kind.signs import Head
from cleaner.models import Document, PageKind

# A page with more text than this, in letters, is none of the small kinds, whatever words stand in its title.
MOST_SMALL = 1200
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


def small_kind(head: Head, document: Document, length: int) -> tuple[PageKind, str] | None:
    """The kind of a page of which the judge keeps `length` letters, and why; `None` where no rule knows it."""
    if length < MOST_SMALL:
        titles = [" ".join(title.split())[:LONGEST_TITLE] for title in head.titles]
        titles += [block.text[:LONGEST_TITLE] for block in document.blocks if block.level == 1]
        for kind in (PageKind.ERROR, PageKind.BLOCKED, PageKind.LOGIN, PageKind.CONSENT):
            asked = head.password if kind is PageKind.LOGIN else True
            declared = head.signs["says_article"] and kind is PageKind.CONSENT
            said = next((title for title in titles if _WORDS[kind].fullmatch(title)), None)
            if said is not None and asked and not declared:
                return kind, f"its title says so: {said}"
    if length < LEAST_ARTICLE:
        return PageKind.EMPTY, "hardly any text is left"
    return None
