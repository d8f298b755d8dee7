"""Classification of small pages by their whole text: consent walls, notices that an article is gone, legal notices.

No title is needed, so all text counts that the page shows outside its menus: nearly all of it must be of one kind. The
patterns are stems of words, because sites word such pages in thousands of ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from cleaner.blocks.stats import MAX_LINK_DENSITY, MIN_PROSE_LENGTH
from cleaner.models import Block, Document, Kind
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import weighted_length
from cleaner.text.sentences import UNSPACED_STOPS, is_finished

# The share (0 to 1) of the text that must be of the kind: sentences about consent, a notice, or fine print.
MIN_SHARE: Final = 0.7
# The share of a consent wall's text that is about consent, and that addresses the reader. The rest is the offer. Of an
# article about cookies, or one with prices, only the banner is of this kind.
MIN_CONSENT_SHARE, MIN_ADDRESSED_SHARE = 0.4, 0.4
# Characters of the longest label, such as that of a button. Longer lines are sentences.
MAX_LABEL_LENGTH: Final = 40
# The weighted length of the longest notice. They are short, and a long text about a lost page is an article.
MAX_NOTICE_LENGTH: Final = 600
# Characters of a block that are searched.
MAX_BLOCK_LENGTH: Final = 2_000


class AnyCase:
    """A pattern that ignores case. It is compiled when it is needed: most small pages need few of them."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        return self._compiled.search(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._compiled.fullmatch(text)


# Words that address the reader, or with which the site speaks of itself.
ADDRESS: Final = AnyCase(
    r"\b(?:you|your|we|our|us|please|sorry|oops|try again|this (?:site|page|app|website)"
    # In lower case, these are "she", "they" and "their".
    r"|(?-i:Sie|Ihr|Ihre[mnrs]?|Ihnen)|wir|uns|unsere?[mnrs]?|du|dein\w*|bitte"
    r"|vous|votre|vos|nous|notre|nos|veuillez|désolés?|usted|ustedes|tus?|nosotros|nuestr[oa]s?|por favor|puede[ns]?"
    r"|quieres?|debes?|elige|lo sentimos|você|nossos?|nossas?|pode|seu|sua|desculpe|noi|nostr[aeio]|tu[oaei]"
    r"|vostr[aeio]"
    r"|puoi|stai|hai|torna|spiacenti|uw?|je|jouw|wij|ons|onze|helaas|din|ditt|dina|dig|du|vi|vår[at]?|vores?"
    r"|deres|dere"
    r"|państw\w*|państwa|twoj\w*|twój|nasz\w*|nas|prosimy|możesz|przepraszamy|vás|vám|vaše\w*|váš|nás|naše\w*|náš"
    r"|prosím|omlouváme|čtete|sinä|sinu\w+|voit|me|meidän|ön|önnek|kérjük|sajnáljuk|olvashat|dumneavoastră|noastr\w+"
    r"|puteți|ne pare rău|вы|вас|вам|ваш\w*|мы|нас|наш\w*|пожалуйста|извините|воспользуйтесь|вернитесь|перейдите"
    r"|ви|вами?|ваш\w*|ми|наш\w*|будь ласка|size|sizin|siz|bizim|lütfen|üzgünüz|σας|μας|παρακαλούμε|μπορείτε)\b"
    r"|[您你我][们們]?|请|請|お客様|当社|弊社|当サイト|私たち|ください|下さい|당신|저희|귀하|하세요|십시오|يرجى"
    r"|عذرا|نحن|يمكنك"
)

# --- Consent walls ----------------------------------------------------------------------------------------------------

_CONSENT = AnyCase(
    r"cookie|кук[иі]|çerez|sütik|evästei|クッキー|쿠키|ملفات تعريف"
    r"|\b(?:consent|track(?:ing|er)|adverti|personal(?:i[sz]ed)? (?:data|ads?\b)|privacy|legitimate interest"
    r"|einwillig|zustimm|datenschutz|werbung|werbe|anzeigen\b|traceur|consentement|publicit|données|vie privée"
    r"|consentimi?ento|datos|privacidad|consenso|pubblicit|annunci|profilazione|dati personali|dados|anúncio"
    r"|toestemming|advertentie|gegevens|zgod[ayęą]|reklam|dan(?:ych|e osobow)|samty(?:cke|kke)|annons|annonce"
    r"|personuppgift|personoplysning|souhlas|sledován|osobní|suostumu|mainon|mainoks|hirdet|hozzájárul|személyes"
    r"|consimț|datele? |согла[сш]|реклам|персональн|данны|згод|rıza|kişisel|διαφημ|συγκατάθ|δεδομέν)"
    r"|同意|広告|個人情報|追跡|隐私|隱私|广告|廣告|동의|광고|개인정보|موافق|إعلانات"
)
# A label with which the reader consents.
_ACCEPTS = AnyCase(
    r"\b(?:accept|agree|allow|consent|akzept|zustimm|einwillig|einverstanden|annehmen|erlauben|acept|aceit|accett"
    r"|akkoord|toestaan|za?akcept|akcept|zgadzam|zgod|godkänn|accepter|tillad|tillat|godta|samtyk|hyväksy|souhlas"
    r"|přijmout|elfogad|hozzájárul|de acord|прин(?:ять|има)|соглас|прийн|погодж|kabul|onayl|αποδ[εέ]χ|συμφων)"
    r"|同意|接受|允许|許可|동의|허용|موافق|قبول|أوافق"
)
# A subscription, or a price per month, that the site offers instead.
_OFFER = AnyCase(
    r"\b(?:subscri|abonn|\w*-?abo\b|suscri|assin[ae]|abbon|prenumer|předpl|tilaa|tilaus|előfiz|kostenpflicht"
    r"|подпи|передпл|abone|συνδρομ)"
    r"|订阅|訂閱|購読|有料|会員|구독|اشتر|월 ?\d|月額|每月"
    r"|\d ?(?:€|£|\$|euro|eur|zł|kč|kr|ft|forint|руб\w*|грн|tl|円|元|원)(?![a-z])|[€£$¥] ?\d"
)


def is_consent_wall(document: Document) -> bool:
    """Whether nearly all sentences of the page are about consent, address the reader, and leave a choice.

    The choice is a label that consents, or the offer of a subscription or a price.
    """
    sentences = [block for block in document.blocks if _is_sentence(block)]
    about = [block for block in sentences if _CONSENT.search(block.text[:MAX_BLOCK_LENGTH])]
    if _share(sentences, {block.place for block in about}) < MIN_CONSENT_SHARE:
        return False
    offers = [block for block in document.blocks if _OFFER.search(block.text[:MAX_BLOCK_LENGTH])]
    if not offers and not any(_is_label(block) and _ACCEPTS.search(block.text) for block in document.blocks):
        return False
    own = {block.place for block in (*about, *offers)}
    addressed = {place for place in own if ADDRESS.search(document.blocks[place].text[:MAX_BLOCK_LENGTH])}
    return _share(sentences, own) >= MIN_SHARE and _share(sentences, addressed) >= MIN_ADDRESSED_SHARE


# --- Notices ----------------------------------------------------------------------------------------------------------

# What is gone, and that it is: in either order, within a few words.
_THING = (
    r"(?:page|article|story|stories|content|post|link|url|file|document|seite|artikel|beitrag|inhalt|meldung|contenu"
    r"|page|página|pagina|artículo|noticia|contenido|articolo|contenuto|notizia|notícia|artigo|conteúdo|matéria"
    r"|bericht|sida[n]?|siden|sivu|juttu|artykuł|strona|treść|materiał|článek|stránk[ay]|clanek|cikk|oldal|tartalom"
    r"|articolul|страниц[аыу]|стать[яюи]|материал|публикаци[яию]|сторінк[аи]|статт[яі]|sayfa|haber|içerik"
    r"|σελίδα|άρθρο)"
)
_GONE = (
    r"(?:(?:has|have|had|was|were|is|been|be) (?:removed|deleted|archived|expired|moved|withdrawn|retired|taken down)"
    r"|(?:no longer|not|currently un|un)[ -]?(?:available|found|exists?|online|accessible|here)|(?:archived|expired"
    r"|removed|deleted|missing|unavailable)|does(?: not|n[’']t) exist|(?:could|can)(?: ?not|n[’']t) (?:be )?(?:found"
    r"|find|load\w*|open\w*|displayed|shown?)|nicht (?:mehr )?(?:verfügbar|gefunden|vorhanden|erreichbar|online"
    r"|abrufbar|gibt|existiert)|existiert nicht|entfernt|gelöscht|archiviert|abgelaufen|n[’']?(?:est|existe|a)? ?plus"
    r" (?:disponible|en ligne|accessible)|introuvable|supprimée?|archivée?|expirée?|retirée?|ya no (?:está|existe)"
    r"|no (?:está )?disponible|no (?:se )?(?:existe|encontrad[oa]|encuentra)|eliminad[oa]|retirad[oa]|archivad[oa]"
    r"|não (?:está (?:mais )?|existe|foi )?(?:disponível|encontrad[oa])|não existe|removid[oa]|excluíd[oa]"
    r"|arquivad[oa]"
    r"|non (?:è|sono) (?:più )?disponibil[ei]|non (?:esiste|trovat[oa])|rimoss[oa]|eliminat[oa]|archiviat[oa]"
    r"|niet (?:meer )?(?:beschikbaar|gevonden)|bestaat niet|verwijderd|gearchiveerd|verlopen"
    r"|inte (?:längre )?(?:tillgänglig\w*|hittas)|borttagen|arkiverad|ikke (?:lenger |længere )?tilgjengelig\w*"
    r"|ikke (?:længere )?tilgængelig\w*|fjernet|slettet|arkivert|arkiveret|ei ole (?:enää )?saatavilla|poistettu"
    r"|nie (?:jest (?:już )?)?(?:dostępn\w+|istnieje|została)|usunię\w+|zarchiwizowan\w+|wygas\w+"
    r"|není (?:již |už )?(?:k dispozici|dostupn\w+)|neexistuje|odstraněn\w*|smazán\w*|nem (?:érhető el|található)"
    r"|törölt\w*|eltávolít\w*|nu mai este disponibil\w*|șters\w*|(?:больше )?не(?:т)? (?:доступн\w+|существу\w+"
    r"|найден\w*)|недоступн\w+|удал[её]н\w*|в архиве?|перемещ\w+|більше не доступн\w+|видален\w+|не знайден\w+"
    r"|(?:artık )?(?:mevcut değil|bulunamadı)|kaldırıl\w+|silin\w+|δεν (?:είναι (?:πλέον )?διαθέσιμ\w+|βρέθηκε)"
    r"|διαγρ\w+)"
)
_LOST = AnyCase(
    rf"\b{_THING}\b.{{0,60}}?\b{_GONE}\b|\b{_GONE}\b.{{0,30}}?\b{_THING}\b"
    r"|\bsomething (?:went|has gone) wrong\b|\b(?:an|internal) error (?:has )?occurred\b|ein fehler ist aufgetreten"
    r"|une erreur (?:est survenue|s[’']est produite)|(?:se )?ha (?:producido|ocurrido) un error|ocorreu um erro"
    r"|si è verificato un errore|er is (?:iets mis|een fout)|wystąpił błąd|došlo k chybě|något gick fel|noe gikk galt"
    r"|noget gik galt|произошла ошибка|bir hata oluştu"
    r"|(?:文章|页面|頁面|网页|網頁|内容|內容|新闻|新聞).{0,12}(?:不存在|已(?:被)?(?:删除|刪除|移除|归档|過期"
    r"|过期|下架)|找不到)"
    r"|(?:記事|ページ|コンテンツ).{0,15}(?:存在しません|見つかりません|削除|終了|ございません|公開期間)"
    r"|(?:기사|페이지|콘텐츠|게시물).{0,12}(?:찾을 수 없|삭제|존재하지)|(?:الصفحة|المقال|الخبر).{0,20}(?:غير"
    r"|حذف|لم يعد)"
)
# What such a page tells the reader to do.
_ADVICE = AnyCase(
    r"\b(?:search|archives?|home ?page|front page|try again|contact|go back|suche\w*|archiv|startseite|recherche"
    r"|accueil|réessay\w+|buscador|búsqueda|hemeroteca|portada|página (?:principal|inicial)|inicio|busca|ricerca"
    r"|archivio|home|zoek\w*|voorpagina|archief|sök\w*|startsida\w*|søg\w*|søk\w*|forsiden|hae|etusivu\w*|szuka\w*"
    r"|wyszukiwa\w+|stron\w+ główn\w+|hledá\w+|vyhled\w+|úvodní|keres\w+|címlap\w*|főoldal\w*|căut\w+|поиск\w*"
    r"|главн\w+|архив\w*|пошук\w*|головн\w+|ara(?:yın|ma)\w*|ana sayfa\w*|αναζήτηση|αρχική)\b"
    r"|搜索|搜尋|首页|首頁|検索|トップ|ホーム|검색|홈|البحث|الرئيسية"
)


def is_lost_notice(document: Document, blocks: Sequence[Block]) -> bool:
    """Whether the page says that its article is gone or cannot be shown, and hardly anything else.

    `blocks` are its text. A heading or a sentence says that something is gone; nearly all sentences say so, too, or
    tell the reader what to do. An article about a lost file does not address the reader.
    """
    sentences = [block for block in blocks if _is_sentence(block)]
    if not sentences or sum(weighted_length(block.text) for block in blocks) > MAX_NOTICE_LENGTH:
        return False
    shown = [block for block in document.blocks if block.kind is Kind.HEADING] + sentences
    if not any(_LOST.search(block.text[:MAX_BLOCK_LENGTH]) for block in shown):
        return False
    if not any(ADDRESS.search(block.text) and _ADVICE.search(block.text) for block in sentences):
        return False
    own = {b.place for b in sentences if _LOST.search(b.text) or (ADDRESS.search(b.text) and _ADVICE.search(b.text))}
    return _share(sentences, own) >= MIN_SHARE


# --- Fine print -------------------------------------------------------------------------------------------------------

# Sentences of legal notices and of boxes that offer a newsletter.
_FINE_PRINT = AnyCase(
    r"©|\(c\) ?(?:19|20)\d\d|\bcopyright\b|newsletter|нь?юслеттер|\brights reserved|user agreement|privacy (?:policy"
    r"|notice|statement)|terms (?:of (?:use|service)|and conditions)|our terms|(?:re(?:produced?|distribut)\w*|copied"
    r"|transmitted|republish\w*).{0,80}(?:permission|consent|authori[sz]ation)|(?:permission|consent"
    r"|authori[sz]ation)"
    r".{0,80}(?:reproduc|copied|distribut|republish)|your (?:inbox|e-?mail address)|unsubscribe"
    r"|sign(?:ing)? up (?:for|to)"
    r"|alle rechte vorbehalten|nutzungsbedingung|datenschutzerklärung|\bagb\b|(?:erlaubnis|genehmigung"
    r"|zustimmung).{0,80}"
    r"(?:kopier|vervielfält|weitergegeben|verbreit|verwend)|(?:vervielfältigung|nachdruck|weiterverbreitung)"
    r"|(?:ihre|deine) e-?mail|posteingang|\babmelden\b|tous droits réservés|conditions (?:générales|d[’']utilisation)"
    r"|mentions légales|politique de confidentialité|reproduction\b.{0,60}(?:interdite|autorisation)|lettre"
    r" d[’']information|adresse (?:électronique|e-?mail)|désabonn|désinscri|(?:todos los|reservados todos los)"
    r" derechos(?: reservados)?|(?:condiciones|términos) (?:de uso|generales)|aviso legal|política de privacidad"
    r"|reproducción\b.{0,80}(?:prohib|autoriz|permiso)|prohibida.{0,40}reproducción|boletín|correo electrónico"
    r"|darse de baja|todos os direitos|termos (?:de uso|e condições)|reprodução\b.{0,60}(?:proib|autoriz)|tutti i"
    r" diritti|riproduzione (?:riservata|vietata)|condizioni (?:d[’']uso|generali)|informativa sulla privacy"
    r"|riproduzione\b.{0,60}autorizzazion|alle rechten voorbehouden|(?:gebruiks|algemene )voorwaarden|privacybeleid"
    r"|nieuwsbrief|toestemming.{0,60}(?:gekopieerd|overgenomen|verspreid)|wszelkie prawa|regulamin\w*|polityk\w+"
    r" prywatności|alla rättigheter|nyhetsbrev|nyhedsbrev|användarvillkor|alle rettigheder|uutiskirje|všechna práva"
    r"|minden jog fenntartva|hírlevél|все права|перепечатк|пользовательск\w+ соглашени|рассылк|всі права"
    r"|tüm hakları|bülten|με επιφύλαξη|πνευματικ\w+ δικαι|版权|版權|著作権|無断(?:転載|複製)|未经.{0,12}(?:转载"
    r"|许可)|メールマガジン"
    r"|저작권|무단|뉴스레터|جميع الحقوق|النشرة"
)
_SENTENCE_END = lazy_pattern(rf"(?<=[.!?…؟।]) +|(?<=[{UNSPACED_STOPS}])|\n+")


def is_fine_print(blocks: Iterable[Block]) -> bool:
    """Whether nearly all of a text is a legal notice or offers a newsletter, sentence by sentence."""
    whole = matching = 0
    for sentence in _sentences(blocks):
        length = weighted_length(sentence)
        whole += length
        matching += length if _FINE_PRINT.search(sentence) else 0
    return whole > 0 and matching >= MIN_SHARE * whole


def _sentences(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from filter(None, _SENTENCE_END.split(block.text[:MAX_BLOCK_LENGTH]))


def _is_sentence(block: Block) -> bool:
    """Whether a block is text rather than a label or a menu."""
    if block.kind is Kind.HEADING or block.linked >= MAX_LINK_DENSITY:
        return False
    return weighted_length(block.text) >= MIN_PROSE_LENGTH or (is_finished(block.text) and len(block.text.split()) > 2)


def _is_label(block: Block) -> bool:
    return len(block.text) <= MAX_LABEL_LENGTH and not is_finished(block.text)


def _share(sentences: Iterable[Block], places: set[int]) -> float:
    """Return the share, 0 to 1, of the sentences' weighted length that is at the places."""
    lengths = [(weighted_length(block.text), block.place in places) for block in sentences]
    return sum(length for length, own in lengths if own) / max(1, sum(length for length, _ in lengths))
