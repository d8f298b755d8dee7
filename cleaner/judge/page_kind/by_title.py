"""Classification of pages with hardly any text: errors, bot checks, logins, consent walls, app shells. By rules only.

No newspaper has an article with the title "Page not found", but all have one like "Facebook fined over privacy
settings". So a title is enough only if a whole part of it, between separators, is a title of such pages. Otherwise the
page's text must be like that of such a page: addressed to the reader, about the reader's browser, account or consent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from cleaner.blocks.stats import MIN_PROSE_LENGTH
from cleaner.judge.page_kind.notices import ADDRESS, AnyCase, is_consent_wall, is_fine_print, is_lost_notice
from cleaner.judge.page_kind.signals import PageSignals
from cleaner.models import Block, Document, PageKind
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import weighted_length
from cleaner.text.sentences import is_finished

# A page with less text than this (weighted length) is empty: even the shortest briefs have more. Less is a greeting, a
# date, the name of a file.
MIN_SENTENCE_LENGTH: Final = 40
# Characters of a title that are read.
MAX_TITLE_LENGTH: Final = 200
# The share (0 to 1) of a page's text that must have the speech of a kind (see `_has_speech`). On a page of such a kind,
# nearly all of it has; an article about cookies may quote such a sentence and have a cookie banner.
MIN_SPEECH_SHARE: Final = 0.7
# Characters of a block that are searched for such speech. On pages of these kinds, hardly any paragraph is longer.
MAX_SPEECH_LENGTH: Final = 2_000
# Characters of the longest label of a button that gives consent.
MAX_BUTTON_LENGTH: Final = 40


class SmallPageKind(NamedTuple):
    """How to recognise pages of one kind."""

    title: AnyCase  # matches a whole part of the title
    mention: AnyCase  # occurs anywhere in the title
    speech: AnyCase  # occurs in a sentence that also addresses the reader
    title_is_enough: bool  # whether a title that matches `title` is enough by itself


# What separates the headline in a title from the name of the site. A dash needs spaces around it.
_SEPARATORS = lazy_pattern(r"\s+[-–—·:|]\s+|\s*[|｜•»]\s*|\s*_\s+")
# Words that ask the reader to do something.
_REQUEST = AnyCase(r"(?:^|\s)(?:lesen|click|klicken|cliquez|enter|continue|weiter|accédez|lisez|lea|leggi|accedi)\b")

# In the order in which they are tried: a login page may ask for consent to cookies.
SMALL_PAGE_KINDS: Final = {
    PageKind.ERROR: SmallPageKind(
        title=AnyCase(
            # Only words of such pages may follow a bare number: "404 people rescued" is the headline of an article.
            r"(?:error|fehler|erreur|ошибка|エラー)[ :#-]*(?:40[0-9]|410|50[0-4])\b.{0,30}"
            r"|(?:40[0-9]|410|50[0-4])(?:[.:!,]| (?:error|not|page|file|oops|sorry|bad|unauthori[sz]ed|forbidden|gone"
            r"|internal|service|gateway|fehler|seite|erreur|página|pagina|sidan|ошибка|страница)\b.{0,60})?"
            r"|not found[.!]?|(?:.{0,20}\W)?(?:page not found|seite (?:wurde )?nicht gefunden"
            r"|page (?:introuvable|non trouvée)|página no encontrada|página não encontrada|pagina non trovata"
            r"|pagina niet gevonden|sidan (?:kunde inte hittas|hittades inte)"
            r"|strona nie (?:została znaleziona|istnieje)|nie znaleziono strony|страница не найдена"
            r"|sayfa bulunamadı)[.!]?"
            r"|.{0,20}(?:页面(?:不存在|未找到)|找不到(?:页面|網頁)|ページが見つかりません|الصفحة غير موجودة).{0,20}"
            r"|(?:sorry|oops|uh[- ]oh)?[,.! ]*(?:we |the |this |that |your )?(?:page|file|article|story|content|url)"
            r"(?: you(?:[’']re| are| were)? (?:looking for|requested))? (?:(?:was|is|could|can|has|does) not|cannot"
            r"|(?:was|is|could|has|does)n[’']t|can[’']t|no longer)(?: be| been)? (?:found|available|exists?)[.!]?"
        ),
        mention=AnyCase(
            r"\b(?:page|file|article|story|content|url)s? (?:(?:was|is|could|can|has|does) not|not|no longer|cannot"
            r"|(?:was|is|could|has|does)n[’']t|can[’']t)\b|\bnot found\b|\b(?:article|page|story) (?:archived"
            r"|expired|removed|moved)\b|\b404\b"
        ),
        speech=AnyCase(
            r"\b(?:page|article|story|link|address|url|archive[d]?|search|seite|artikel|adresse|page|lien|página"
            r"|enlace"
            r"|pagina|sidan|strona|страниц\w*)\b|页|ページ"
        ),
        title_is_enough=True,
    ),
    PageKind.BLOCKED: SmallPageKind(
        title=AnyCase(
            r"access (?:to this page )?(?:has been |is )?denied|attention required!?|just a moment[.… ]*"
            r"|(?:please )?verify (?:that )?you are (?:a )?human|captcha|are you a robot\??|security check(?:point)?"
            r"|(?:your )?request (?:was |has been )?blocked|pardon our interruption[.… ]*|403 forbidden"
            r"|(?:please )?enable javascript (?:and cookies )?to continue|checking your browser.{0,60}"
            r"|(?:one more step|bot verification|human verification|ddos-guard)"
        ),
        mention=AnyCase(
            r"\b(?:access denied|human|captcha|robot|security check|unusual traffic|blocked|interruption|forbidden)\b"
        ),
        speech=AnyCase(
            r"\b(?:browser|javascript|robots?|bots?|human|captcha|permission|blocked|network|ip address"
            r"|security check"
            r"|connection|cookies|server|website owner|cloudflare|ray id|reference)\b"
        ),
        title_is_enough=True,
    ),
    PageKind.LOGIN: SmallPageKind(
        title=AnyCase(
            r"(?:please )?(?:log|sign)[ -]?in(?: (?:to|with|or)\b.{0,40})?|login|anmelden|anmeldung|einloggen"
            r"|se connecter|connexion|identifiez-vous|iniciar sesión|inicia sesión|entrar|acceder|fazer login|accedi"
            r"|inloggen|aanmelden|logga in|log ind|logg inn|zaloguj(?: się)?|logowanie|přihlášení|войти|вход"
            r"|giriş(?: yap)?"
            r"|登录|登入|ログイン|로그인|تسجيل الدخول"
        ),
        mention=AnyCase(
            r"\b(?:log ?-?in|sign ?-?in|anmelden|einloggen|se connecter|connexion|iniciar sesión|entrar|accedi"
            r"|inloggen"
            r"|logga in|zaloguj|войти|вход|giriş)\b|登录|登入|ログイン|로그인|تسجيل الدخول"
        ),
        speech=AnyCase(
            r"\b(?:passwords?|e-?mail|accounts?|log ?in|sign ?in|sign ?up|regist\w+|subscri\w+|username"
            r"|passwor[td]|konto"
            r"|anmeld\w+|mot de passe|compte|contraseña|cuenta|senha|conta|account|wachtwoord|hasło|lösenord|пароль"
            r"|аккаунт|şifre|hesap)\b|密码|账号|パスワード|アカウント|비밀번호|계정|كلمة المرور"
        ),
        title_is_enough=False,
    ),
    PageKind.CONSENT: SmallPageKind(
        title=AnyCase(
            r"before you continue(?: to .{0,60})?|we (?:value|care about|respect) your privacy"
            r"|(?:your |our )?(?:privacy|cookies?|consent)(?: (?:choices|settings|preferences|consent|notice"
            r"|policy|wall"
            r"|manager|matters))?|(?:continue|read)? ?.{0,40}with(?:out)? (?:ads|adverts|advertising)"
            r"|(?:.{0,40} )?(?:mit|ohne) werbung(?: (?:weiter)?lesen)?"
            r"|(?:ihre |deine )?(?:cookie|datenschutz|privatsphäre)[- ]?einstellungen|(?:ihre )?(?:einwilligung"
            r"|zustimmung)"
            r"(?: erforderlich| zu cookies)?|datenschutz|continuer (?:avec|sans)\b.{0,60}"
            r"|continuer avec ou sans publicité"
            r"|(?:vos choix|votre vie privée|respect de (?:la|votre) vie privée|gestion des cookies|gérer (?:mes"
            r"|vos) cookies)"
            r"|antes de continuar|(?:configuración de|aviso de|política de) (?:cookies|privacidad)|(?:tu|su"
            r"|sua) privacidad"
            r"|(?:definições|preferências|aviso) de (?:cookies|privacidade)|prima di continuare|la (?:tua"
            r"|vostra) privacy"
            r"|(?:impostazioni|informativa sui|preferenze) (?:dei |sui )?(?:cookie|privacy)"
            r"|cookie-?(?:instellingen|voorkeuren|verklaring|inställningar|innstillinger|indstillinger)|toestemming"
            r"|ustawienia (?:cookies|plików cookie|prywatności)|nastavení (?:cookies|soukromí)"
            r"|çerez (?:ayarları|tercihleri|politikası)|настройки (?:файлов )?(?:cookie|конфиденциальности)"
            r"|(?:クッキー|cookie|プライバシー)の?設定|(?:cookie ?|隐私|隱私)(?:设置|設定)|쿠키 설정"
        ),
        mention=AnyCase(
            r"cookies?\b|privacy|datenschutz|einwilligung|zustimm|consent|vie privée|privacidad|publicité|werbung"
            r"|werbe"
        ),
        speech=AnyCase(
            r"\b(?:cookies?|consent\w*|track(?:ing|ers?)|advert\w*|personal data|privacy polic\w+|legitimate interest"
            r"|personali[sz]ed|einwillig\w+|zustimm\w+|datenschutz\w*|werbung|anzeigen|consentement|publicit\w+"
            r"|traceurs|données|consentimiento|publicidad|datos|dados|consentimento|consenso|pubblicità|dati"
            r"|toestemming|advertenties|gegevens|zgod\w+|reklam\w*|danych|samtycke|annonser|souhlas|çerez\w*)\b"
            r"|соглас\w+|реклам\w+|クッキー|同意|広告|隐私|隱私|广告|廣告|쿠키|동의|موافق"
        ),
        title_is_enough=False,
    ),
}
# A request to enable JavaScript, as an app shell makes it, with the words in either order.
_NEEDS_JAVASCRIPT = AnyCase(
    r"\bjava ?script\b.{0,100}\b(?:enabled?|enabling|disabled|required?|support\w*|turned (?:on|off)|run|ein|aus"
    r"|(?:ein|aus)geschaltet|de(?:s|z)?activ\w+|activ\w+|(?:de)?aktiv\w*|désactiv\w+|(?:des)?ativ\w+|(?:des"
    r"|in)?habilit\w+"
    r"|attiv\w+|(?:dis)?abilit\w+|włącz\w*|wyłącz\w*|(?:in|uit)(?:ge)?schakel\w*|zapn\w+|vypnut\w*|povol\w+"
    r"|engedélyez\w+|käyttöön|activat\w*|включ\w+|отключ\w+|ввімкн\w+|увімкн\w+|etkin\w*|ενεργοποι\w+)\b"
    r"|\b(?:enable|allow|run|requires?|needs?|turn on|activate|without|supports?|ein|aktivi\w+|aktivér\w*|benötigt"
    r"|unterstützt|activ\w+|requi\w+|habilit\w+|soporta|suporte|ativ\w+|attiv\w+|abilit\w+|supporta|włącz\w*"
    r"|obsługuj\w+|inschakelen|ondersteunt|zapněte|povolte|podporuj\w+|engedélyez\w+|aktivera|включите"
    r"|поддержив\w+|увімкніть|ενεργοποι\w+)\b.{0,60}\bjava ?script\b"
    r"|javascript.{0,10}(?:启用|啟用|有効|활성)|(?:启用|啟用|有効|활성).{0,10}javascript|(?:تفعيل"
    r"|تمكين).{0,20}javascript"
)
# The whole label of a button that gives consent.
_ACCEPTS = AnyCase(
    r"(?:i |yes,? (?:i )?)?(?:accept|agree|allow|consent)(?: (?:to )?(?:all|cookies|all cookies|and (?:continue"
    r"|close)))?"
    r"|(?:alle )?(?:akzeptieren|zustimmen|annehmen|erlauben)(?: und (?:weiter|schließen|weiterlesen))?|einverstanden"
    r"|zustimmen und .{0,20}|(?:tout )?accepter(?: (?:tout|et (?:continuer|fermer)))?|j[’']accepte"
    r"|continuer sans accepter"
    r"|aceptar(?: (?:todo|todas|y (?:continuar|cerrar)))?|acepto|aceitar(?: tudo| todos| e continuar)?|aceito"
    r"|accett[ao](?: (?:tutti|tutto|e (?:continua|chiudi|prosegui)))?|akkoord|accepteren|alles accepteren"
    r"|(?:za)?akceptuj(?:ę)?(?: wszystkie)?|zgadzam się|godkänn(?: alla)?|acceptera(?: alla)?|tillad alle|godta alle"
    r"|hyväksy(?: kaikki)?|souhlasím|přijmout vše|elfogadom|принять(?: все)?|согласен|kabul et|tümünü kabul et"
    r"|(?:すべて|全て)?(?:に)?同意(?:する)?|接受(?:全部|所有)?|同意(?:并继续)?|(?:모두 )?동의|موافق|قبول(?: الكل)?"
)


def classify_small_page(
    head: PageSignals, document: Document, kept: Sequence[Block], length: int
) -> tuple[PageKind, str] | None:
    """Return the kind of a page with little text, and the evidence for it, in words; `None` if it may be an article.

    `kept` are the blocks that the judge keeps, and `length` is their weighted length. The small kinds include empty
    pages and those that need JavaScript.
    """
    # If next to nothing is kept, rules have removed the text of the page.
    blocks = kept if length >= MIN_SENTENCE_LENGTH else document.blocks
    for kind in SMALL_PAGE_KINDS:
        if (title := _title_of(kind, head, document, blocks)) is not None:
            return kind, f"its title is “{title}”"
    if not head.is_declared:
        if is_consent_wall(document):
            return PageKind.CONSENT, "all its text asks for consent, or offers a subscription instead"
        if is_lost_notice(document, blocks):
            return PageKind.ERROR, "all its text says that something cannot be shown"
    if _has_speech(_NEEDS_JAVASCRIPT, blocks) or (length < MIN_SENTENCE_LENGTH and head.needs_script):
        return (
            PageKind.NEEDS_JAVASCRIPT,
            "it needs JavaScript to show its text",
        )
    if length < MIN_SENTENCE_LENGTH:
        return PageKind.EMPTY, "hardly any text is left"
    if is_fine_print(kept):
        return PageKind.EMPTY, "its only text is a legal notice or the offer of a newsletter"
    return None


def _title_of(kind: PageKind, head: PageSignals, document: Document, blocks: Sequence[Block]) -> str | None:
    """Return the title that shows that a page is of the kind; `None` if the page is not of the kind.

    `blocks` are the text of the page.
    """
    patterns = SMALL_PAGE_KINDS[kind]
    if kind is PageKind.LOGIN and not head.has_password_field:
        return None
    titles = list(_titles(head, document))
    matching = next((title for title in titles if _has_part(patterns.title, title)), None)
    if matching is not None and patterns.title_is_enough:
        return matching
    if head.values["says_article"] or not _has_speech(patterns.speech, blocks):
        return None
    if matching is not None:
        return matching
    if kind is PageKind.CONSENT and not any(_is_accept_button(block) for block in document.blocks):
        return None
    return next((title for title in titles if patterns.mention.search(title)), None)


def _titles(head: PageSignals, document: Document) -> Iterator[str]:
    """Yield the titles of the page and its top headings, each on one line."""
    yield from (" ".join(title.split())[:MAX_TITLE_LENGTH] for title in head.titles)
    yield from (block.text[:MAX_TITLE_LENGTH] for block in document.blocks if block.level == 1)


def _has_part(pattern: AnyCase, title: str) -> bool:
    """Whether the pattern matches the whole title or one of the parts between its separators."""
    parts = (title, *_SEPARATORS.split(title))
    return any(pattern.fullmatch(part.strip()) for part in parts)


def _is_accept_button(block: Block) -> bool:
    return len(block.text) <= MAX_BUTTON_LENGTH and _ACCEPTS.fullmatch(block.text.strip(" .!")) is not None


def _has_speech(speech: AnyCase, blocks: Sequence[Block]) -> bool:
    """Whether most of the text consists of labels and of sentences that have this speech and address the reader.

    At least one such sentence is required: labels alone say nothing.
    """
    whole = matching = 0
    has_sentence = False
    for block in blocks:
        length = weighted_length(block.text)
        whole += length
        text = block.text[:MAX_SPEECH_LENGTH]
        if speech.search(text) and (ADDRESS.search(text) or _REQUEST.search(text)):
            has_sentence = True
            matching += length
        elif length < MIN_PROSE_LENGTH and not is_finished(block.text):
            matching += length
    return has_sentence and matching >= MIN_SPEECH_SHARE * whole
