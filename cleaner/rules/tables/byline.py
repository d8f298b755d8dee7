"""Bylines, author boxes, dates and reading times."""

from __future__ import annotations

from cleaner.models import Reason
from cleaner.rules.model import Part, Rule, Scope, any_of
from cleaner.text.byline_words import PREPOSITIONS
from cleaner.text.months import MONTH_NAMES

_BLOCK, _HEADING = Scope.BLOCK, Scope.HEADING

# The words of a name do not begin with a lower-case letter: "by design" is not a byline.
_WORD = r"(?-i:[^\W\d_a-zß-öø-ÿа-яёα-ω])[\w.'-]{0,24}"
NAMES = (
    _WORD + r"([,.]? (and|und|et|y|e|en|og|och|ve|i|и|&|with|d[aeio]s?|del|van|von|der|den|la|bin|al|el|le|du|ten|"
    r"ter|zu|" + _WORD + r")){1,14}"
)

# The first letters of the names of months and weekdays; [^\W\d] is a letter.
_MONTH = "(" + "|".join(dict.fromkeys(name for names in MONTH_NAMES for name in names)) + r")[^\W\d]{0,9}\.?"
_WEEKDAY = (
    r"(mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|tir|"
    r"ons|tor|lør|man)[^\W\d]{0,7}\.?"
)
_CLOCK = r"(\d{1,2}[:.h]\d\d(:\d\d)?|\d{1,2}時\d{1,2}分)"
_ZONE = (
    r" ?(uhr|[ap]\.?m\.?|h|"
    r"hrs)?,? ?(\(?(utc|gmt|[ecmp][sde]?t|[bic]st|ist|jst|sast|cest)([+-]\d{1,2}(:\d\d)?)?\)?)?"
)
_TIME = "(" + _CLOCK + r"|\d{1,2})" + _ZONE
_DAY = (
    r"("
    + _WEEKDAY
    + r",? )?(the )?(\d{1,2}(st|nd|rd|th|\.|º)?( de| of)? "
    + _MONTH
    + r"( de|,)? ?\d{4}|"
    + _MONTH
    + r" \d{1,2}(st|nd|rd|th)?,? \d{4}|\d{1,2}[./-] ?\d{1,2}[./-] ?(\d{4}|\d\d)|\d{4}[./-]\d{1,2}[./-]\d{1,2}|"
    r"\d{4}年 ?\d{1,2}月 ?\d{1,2}日( ?\(?[月火水木金土日]\)?)?|\d{4}년 ?\d{1,2}월 ?\d{1,2}일|"
    r"\d{1,2} (days?|hours?|hrs?|mins?|minutes?|weeks?|months?|years?) ago|"
    r"vor \d{1,2} (stunden?|minuten|tagen?)|(today|yesterday|heute|gestern))"
)
_MOMENT = _DAY + r"(,? ?(at|um|à|a las|às|alle|om|kl\.?|[|/·•@t-])? ?" + _TIME + r")?"
# Next to a label or a name, any word may be a month.
_ANY_DAY = (
    r"([^\W\d]{2,10}\.?,? )?(the )?(\d{1,2}(st|nd|rd|th|\.|º)?( de| of)? [^\W\d]{3,10}\.?( de|,)? ?\d{4}|"
    r"[^\W\d]{3,10}\.? \d{1,2}(st|nd|rd|th)?,? \d{4}|\d{1,4}[./-]\d{1,2}([./-]\d{1,4})?|"
    r"\d{4}[年년] ?\d{1,2}[月월] ?\d{1,2}[日일]|\d{1,2} [^\W\d]{3,7} ago|today|yesterday|heute|gestern|"
    r"\d{1,2}:\d\d)"
)

RULES = (
    Rule(
        id="byline",
        reason=Reason.BYLINE,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da pl ru tr".split()),
        pattern=any_of(
            r"((written |reported |story |text |words |article |posted |published |edited |interview |"
            r"review |analysis |report )?by|" + PREPOSITIONS + r"|di|text|interview|propos recueillis par|a cura di|"
            r"autor|autore|autorin|auteur|автор|текст|yazan|haber)( ?[:|] ?| )"
            + NAMES
            + r"(,? ?[|/•·(,-] ?.{2,80}|,? .{2,30} (staff|reporter|writer|correspondent|editor)s?)?( ?[,|"
            r"•·-]? ?" + _MOMENT + r")?",
            r"(di|da|la|de la) (redazione|redação|redacción|rédaction)( .{2,40})?",
            r"redacción",
            r"redação",
            r"agencias",
            r"(oprac|opr|autor)\. ?:? ?.{2,40}",
        ),
        unfinished=True,
        part=Part.BEFORE_OR_AFTER,
        longest=160,
        drops=(
            "By Anna Harbourmaster and John Tidewater",
            "Von Anna Hafenmeister, Kiel",
            "By Anna Harbourmaster | March 3, 2025",
            "Автор: Анна Портова",
            "di Redazione",
            "Oprac.: Anna Morska",
        ),
        keeps=(
            "By Monday the harbour was empty of ships",
            "Von der Küste her kam der Sturm",
            "Da redação ao porto são dez minutos a pé.",
        ),
    ),
    Rule(
        id="written-by",
        reason=Reason.BYLINE,
        scope=_BLOCK,
        languages=frozenset("en de fr es it".split()),
        # Credits that name the work. "Read by thousands" and "written by hand" continue in lower case.
        pattern=any_of(
            r"(written|edited|reported|posted|compiled|reviewed|medically reviewed|fact[- ]?checked|"
            r"translated|produced|curated|authored|updated|contributed|story|text|words|article|"
            r"additional reporting|reporting|editing|research|translation|rédigé|publié|escrito|traducido|"
            r"scritto|tradotto|geschrieben|redaktion|übersetzung) (by|von|par|por|da) ?:? ?"
            + NAMES
            + r"( ?[,|•·(-] ?.{2,80})?",
            r"(aus dem [\w-]{4,24}(en|em)( übersetzt)? von|traduit (de l'|du )[\w-]{3,20} par|traducción de|"
            r"traduzione di|traduzione dall?'? ?[\w-]{3,20} di) "
            + NAMES
            + r"( ?[,|•·(/-] ?.{2,80}| copyright.{2,60})?",
            r"(author|authors|writer|editor|reporter|contributors?|autor|autorin|autore|auteur|redakteur|"
            r"redaktion|fact[- ]checker|reviewer|translator|übersetzung|editing|yazar|muhabir|editör|"
            r"redactor|redacción) ?: ?" + NAMES + r"( ?[,|•·(-] ?.{2,60})?",
            r"(written|posted|published|reviewed|edited|medically reviewed|fact[- ]checked|authored|updated|"
            r"created) by",
            r"guest post by .{2,60}",
            r"translated from the .{2,24} by (?-i:[A-Z]).{2,50}",
        ),
        unfinished=True,
        longest=180,
        drops=(
            "Edited by: Anna Harbourmaster",
            "Fact-checked by John Tidewater",
            "Written by",
            "Aus dem Englischen von Jan Flut",
            "Guest post by Anna Harbourmaster",
            "Translated from the Danish by Anna Harbourmaster",
        ),
        keeps=(
            "Written by hand in 1987, the letter was found on Monday",
            "Editor: Why did you sell the ferry?",
            "Guest post by the harbour is a rare thing.",
            "Translated from the Danish by a machine, the poem lost its rhymes.",
        ),
    ),
    Rule(
        id="agency-tail",
        reason=Reason.BYLINE,
        scope=_BLOCK,
        languages=frozenset("en de fr es".split()),
        # The last line of an agency's story: who worked on it, or which agency's text it uses.
        pattern=any_of(
            r"(additional )?(reporting|writing|editing) by .{3,200}",
            r"additional reporting from .{2,100}",
            r"with files from .{2,80}",
            r"[\w ]{2,24} avec (afp|ap|reuters)",
            r"source (afp|ap|reuters)",
            r"(with|mit|avec|con) ((reporting|files|material|inputs?|informations?|información|"
            r"agenturmaterial|material von|archivos|des informations)( from| by| de| by the|"
            r" der)? )?(the )?(agencies|agency inputs|dpa|afp|ap|reuters|pti|ani|ians|apa|sda|epd|kna|"
            r"agenturen|agenturmaterial|efe|europa press|associated press|canadian press)([,/ ]{1,3}(and |"
            r"und |et |y )?(dpa|afp|ap|reuters|pti|ani|sda|apa|epd|kna|efe)){0,8}( contributed.{0,40})?",
            r".{3,120} contributed (to this (report|story|article)|reporting).{0,60}",
            r"(this|the) (story|article|report) (was|has been) (produced|written|published|provided|"
            r"translated|edited|updated|originally published|first published|republished).{0,160}",
            r"(source|quelle|fuente|fonte|bron|źródło|źródła|zdroj|forrás|sursa|источник|джерело|kaynak|"
            r"sumber|nguồn|πηγή|来源|來源|출처|出典|المصدر|مصدر|מקור) ?[:/] ?.{2,80}",
            r"(责任编辑|責任編輯|责编|编辑|編輯|编译|校对|原标题|原標題|文字|摄影) ?[:/] ?.{1,40}",
            r"\(?记者 ?.{2,12}\)?",
            r"(editor|reporter|penulis|pewarta|redaktur) ?: ?.{2,60}",
            r"theo .{2,30}",
            r"(dpa|afp|ap|reuters|apa|sda|epd|kna|ntb|efe|ansa|pti|ani|ians|tt|ritzau|aa|anka|dha|iha|"
            r"apa/dpa|dpa-infocom|tass)([/, -]+\w{2,12}){0,4}",
            r"-?© ?(dpa|afp|apa|ap|reuters).{0,60}",
            r"(with |additional )?(inputs? from|with) (agencies|pti|ani|ians|afp|ap|reuters|"
            r"wires?)( (inputs?|reports|and .{2,20}))?",
        ),
        unfinished=False,
        part=Part.AFTER,
        longest=240,
        drops=(
            "Reporting by Anna Harbourmaster; editing by John Tidewater",
            "mit dpa",
            "Source: Harbour News Agency",
            "责任编辑：王海",
            "Sumber: Antara",
            "AFP",
            "Inputs from ANI",
            "With PTI inputs",
        ),
        keeps=(
            "Reporting the theft took her a day.",
            "Mit Material der Werft bauten sie ein Floß.",
            "With agencies closed, nobody answered.",
        ),
    ),
    Rule(
        id="agency-note",
        reason=Reason.BYLINE,
        scope=_BLOCK,
        languages=frozenset("en de fr es".split()),
        # Names the agencies whose texts were used. It is under the standfirst as often as at the end.
        pattern=r"(with|mit|unter verwendung von|avec|con) (additional |des )?(reporting|files|inputs?|informationen|"
        r"material|agenturmaterial|meldungen|informations|información) (by|from|der|des|von|de|del) .{0,160}\b(dpa|afp|"
        r"ap|reuters|apa|epd|kna|sda|sid|efe|ansa|europa press|associated press|nachrichtenagentur(en)?|agencies|"
        r"agencias)\b.{0,100}",
        longest=300,
        drops=(
            "Mit Informationen der Korrespondenten sowie der Nachrichtenagenturen AFP, AP und dpa.",
            "With files from The Associated Press",
            "Avec des informations de l'AFP",
        ),
        keeps=(
            "Mit Material der Werft und viel Geduld bauten sie ein Floß.",
            "With files from the archive in her bag, she left the office.",
        ),
    ),
    Rule(
        id="posted-by",
        reason=Reason.BYLINE,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        pattern=_DAY + r",? by " + NAMES + r"( leave a comment| \d{1,4} comments?)?|"
        r"by " + NAMES + r"( ?[|·•-] ?| on )" + _DAY,
        unfinished=True,
        longest=120,
        drops=("March 3, 2025 by Anna Harbourmaster", "By Anna Harbourmaster on March 3, 2025"),
        keeps=("March 3, 2025 by the sea",),
    ),
    Rule(
        id="author-heading",
        reason=Reason.AUTHOR_BOX,
        scope=_HEADING,
        languages=frozenset("en de fr es pt it nl pl ru ja zh".split()),
        pattern=any_of(
            r"(about|meet) (the|our|this) (author|authors|writer|writers|contributor|reporter|editor|"
            r"reviewer|blogger)s?",
            r"author('?s)? (bio|biography|profile|info|details|description)",
            r"the authors?",
            r"author",
            r"(mehr )?(über|zum|zur) (den |die )?(autor|autorin|autoren|verfasser)( .{2,40})?",
            r"(à propos|a propos) de l'auteur.{0,20}",
            r"(sobre|acerca de)l? (o |a |el |la |los )?(autor(a|es)?|firma)",
            r"(l'|sull'|informazioni sull')autore",
            r"over de auteur",
            r"o autor(ze|ce)",
            r"об авторе",
            r"(この)?(記事(の|を書いた)|著者|筆者|執筆者|ライター)(プロフィール|人|紹介|情報)?",
            r"关于作者",
            r"作者(简介|簡介|介绍)",
            r"(alle|weitere|mehr) (artikel|beiträge|texte) von .{2,40}",
            r"view (author'?s|all) posts( by .{2,40})?",
            r"(tous (les|ses) articles|plus d'articles) de .{2,40}",
            r"(todos los artículos|más artículos) de .{2,40}",
            r"tutti gli articoli di .{2,40}",
        ),
        longest=80,
        drops=(
            "About the Author",
            "Über den Autor",
            "Sobre el autor",
            "Об авторе",
            "Alle Artikel von Anna Hafen",
            "View author's posts",
        ),
        keeps=(
            "About the author of the letter",
            "The author's last summer",
            "Alle Artikel von Wert wurden aus dem brennenden Lager gerettet, bevor es einstürzte.",
        ),
    ),
    Rule(
        id="job-title",
        reason=Reason.AUTHOR_BOX,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        # The line under the author's name.
        pattern=r"((senior|chief|staff|political|business|health|science|sports?|deputy|associate|managing|contributing|"
        r"executive|national|freelance|features?|news|technology|environment|education|foreign|diplomatic|"
        r"investigative|"
        r"general assignment) ){1,3}(reporter|correspondent|writer|columnist|journalist|editor)s?",
        part=Part.BEFORE_OR_AFTER,
        longest=60,
        drops=("Staff Reporter", "Senior Political Correspondent"),
        keeps=("Foreign correspondents left the town on Monday",),
    ),
    Rule(
        id="author-contact",
        reason=Reason.AUTHOR_BOX,
        scope=_BLOCK,
        languages=frozenset("en de fr es ko".split()),
        pattern=any_of(
            r"get in touch with our .{2,30} by .{2,80}",
            r"for more stories like this, .{2,80}",
            r"email protected",
            r"(follow|contact|e-?mail|reach|write to|message|tweet|dm) (the author|the writer|the reporter|"
            + NAMES
            + r"|him|her|them|me|us|our .{2,30}|this (author|reporter|journalist)|reporter .{2,40})( (at|on|"
            r"via|by|@|with|directly) ?.{0,140})?\.?",
            r"(do you have|got|have) (a|any|some)? ?(news |story )?(tips?|questions?|feedback|(a )?story|"
            r"comments|information|something to share)( for us| to share| about .{2,60})?\?.{0,160}",
            r"(see|read|view|show)? ?(all|more|other)? ?(posts|articles|stories)? ?(by|from) (this|"
            r"the same) author",
            r"(see|view|read) (all|more|other)? ?(posts|articles|stories) (by|from) .{2,60}",
            r"(view|see|read)( .{2,40}'s)? (full )?(profile|bio|biography)",
            r"(e-?mail|contact|twitter|tel|phone|mail|kontakt|contacto) ?: ?[\w.+-]{1,60}@[\w.-]{2,60}( "
            r".{0,60})?",
            r"[\w.+-]{1,60}@[\w-]{1,40}(\.[\w-]{2,20}){1,3}",
            r"@[a-z]\w{1,30}",
            r"(send|write) an? (e-?mail|message) to .{2,40}",
            r"기자 [\w.+-]{1,40}@[\w.-]{2,40}",
            r"(you can )?(reach|contact|e-?mail) .{2,40} (at|on|via|"
            r"by e-?mail at) [\w.+-]{1,40}@[\w.-]{2,40}.{0,80}",
            r".{2,60} can be (reached|contacted) (at|on|via|by)( e-?mail( at)?)? "
            r"[\w.+-]{1,40}@[\w.-]{2,40}.{0,80}",
            r"(he|she|they) (tweets?|posts?) (at|as) @?\w{2,30}[.!]?",
            r"follow (him|her|them) (on|at) .{2,60}",
        ),
        part=Part.BEFORE_OR_AFTER,
        longest=220,
        drops=(
            "Follow [Anna Harbourmaster] @annaharbour",
            "Read more articles by Anna Harbourmaster",
            "anna@harbour.example",
            "Got a tip? Write to us.",
            "Send an email to Anna Harbourmaster",
            "Anna Harbourmaster can be reached at anna@harbour.example.",
        ),
        keeps=(
            "Contact the author of the report and he will not answer, she said",
            "Send an email to the council before Friday, the notice says, and wait.",
            "The ferry can be reached at the old quay.",
        ),
    ),
    Rule(
        id="date-line",
        reason=Reason.DATE,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da pl ru tr ja zh ko fi".split()),
        pattern=any_of(
            r"(der|dieser) (artikel|beitrag|text) wurde (zuletzt |zuerst |erstmals )?am "
            + _ANY_DAY
            + r".{0,40} (aktualisiert|veröffentlicht|geändert|bearbeitet)\.?",
            r"((first |originally |last )?(published|posted|updated|modified|created|edited|reviewed|issued|"
            r"released|publication date|(date )?published|last (update|edit|modified))|stand|veröffentlicht|"
            r"aktualisiert|erstellt|erschienen|zuletzt (aktualisiert|bearbeitet)|publié|mis à jour|modifié|"
            r"actualizado|publicado|publicada|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|"
            r"laatst bijgewerkt|publicerad|uppdaterad|publisert|oppdatert|opdateret|opublikowano|"
            r"aktualizacja|data publikacji|dodano|опубликовано|обновлено|дата публикации|güncelleme|"
            r"güncellenme|yayınlanma|giriş|oluşturulma|son güncelleme|発信|掲載|公開日?|更新日?|配信|入力|"
            r"发布(时间)?|更新(时间)?|"
            r"입력|수정|작성)( (on|at|am|le|el|em|il|op|den|kl|tarihi|by .{2,40}))? ?[:|-]? ?"
            + _ANY_DAY
            + r"([ ,|/·•@t(-].{0,80})?",
            r"(publié|mis à jour|modifié|actualisé) (hier|aujourd'hui|ce (matin|soir|jour|midi)|lundi|mardi|"
            r"mercredi|jeudi|vendredi|samedi|dimanche|il y a .{2,20})( à \d{1,2} ?[h:] ?\d{0,2})?",
            r"(actualizad[oa]|publicad[oa])( el)? \d{1,2} de \w{3,10}( de \d{4})?,?( a las)? "
            r"\d{1,2}[:.]\d\d( ?h(oras|rs)?\.?)?",
            r"(ultimo )?aggiornamento:? (il )?\d{1,2} \w{3,10} \d{4}.{0,30}",
            r"(atualizad[oa]|publicad[oa]|actualizad[oa]) (há|hace) \d{1,3} (horas?|minutos?|dias?|días?)",
            r"(uppdaterad|oppdatert|opdateret|publicerad|publisert|publiceret|udgivet)( i dag| i går| idag|"
            r" igår)?( kl\.?)? ?\d{1,2}[.:]\d\d",
            r"(udgivet|publiceret|opdateret):? \d{1,2}\. ?\w{3,9} \d{4}.{0,24}",
            r"(julkaistu|päivitetty)( \d{1,2}\.\d{1,2}\.(\d{4})?.{0,24})?",
            r"(date modified|page last updated)( on)? ?:? ?.{4,40}",
        ),
        longest=160,
        drops=(
            "Published: March 3, 2025 at 10:15 am",
            "Stand: 03.03.2025, 10:15 Uhr",
            "Publié le 3 mars 2025 à 10h15",
            "Опубликовано: 3 марта 2025",
            "Publié hier à 10h42",
            "Actualizado el 3 de noviembre a las 10:42",
            "Julkaistu 3.11.2025",
            "Page last updated: March 3, 2025",
        ),
        keeps=(
            "Published in 1987 and long out of print, the book sells again.",
            "Publié hier, son livre parle du port.",
            "Date modified by the sea, the bridge has to be built anew, they say in the harbour.",
        ),
    ),
    Rule(
        id="date-alone",
        reason=Reason.DATE,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da pl ru tr ja zh ko".split()),
        # Inside an article, a date alone is the heading of a section, as in chronicles and live blogs.
        pattern=r"(" + _MOMENT + "|" + _TIME + r"[,|] ?" + _DAY + r")( ?[|/·•,(-]+ ?.{0,60}| lesedauer.{0,20})?",
        part=Part.BEFORE_OR_AFTER,
        longest=120,
        drops=(
            "March 3, 2025",
            "Monday, 3 March 2025, 10:15 GMT",
            "10:15 JST, March 3, 2025",
            "03.03.2025 | 10:15 Uhr",
            "03. 03. 2025, 10:15 Uhr Lesedauer: 4 Minuten",
            "2025年3月3日 10時15分",
            "2 hours ago",
        ),
        keeps=("March 3, 2025 was the day on which the harbour closed.",),
    ),
    Rule(
        id="date-with-clock",
        reason=Reason.DATE,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da pl ru tr ja zh ko".split()),
        # Valid inside an article, too: the headings of a chronicle have no full date with a time.
        pattern=_DAY
        + r",? ?((at|um|à|a las|às|alle|om|kl\.?|[|/·•@t-]) ?)?"
        + _CLOCK
        + _ZONE
        + "|"
        + _CLOCK
        + _ZONE
        + r"[,|] ?"
        + _DAY,
        longest=80,
        drops=("17:41 JST, October 13, 2024", "December 19, 2025 at 1:01 pm", "05.08.2024, 20:59 Uhr"),
        keeps=("March 3, 2025", "March 3, 2025 at 10:15 was when the gates closed."),
    ),
    Rule(
        id="date-label",
        reason=Reason.DATE,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it".split()),
        pattern=any_of(
            r"(last )?(published|updated|modified|posted)( on| at)?",
            r"veröffentlicht( am)?",
            r"aktualisiert( am)?",
            r"stand",
            r"publié( le)?",
            r"mis à jour( le)?",
            r"publicado( el| em)?",
            r"actualizado( el)?",
            r"atualizado( em)?",
            r"pubblicato( il)?",
            r"aggiornato( il)?",
        ),
        longest=40,
        drops=("Last updated:", "Published on"),
        keeps=("Published and be damned",),
    ),
    Rule(
        id="reading-time",
        reason=Reason.READING_TIME,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv pl ru tr ja zh".split()),
        pattern=any_of(
            r"((estimated )?(read(ing)?[- ]?time|time to read)|lesezeit|lesedauer|(temps|durée) de lecture|"
            r"lecture|tiempo de lectura|lectura|tempo de leitura|leitura|tempo di lettura|lettura|leestijd|"
            r"lästid|czas (czytania|na przeczytanie)|время (чтения|на чтение)|okuma süresi|読了(時間|目安)?|"
            r"阅读(时间)?)( ?[:~-]? ?(ca\.?|about|env\.?|circa|约|approx\.?|less than|"
            r"<))? ?:? ?[\d,.~-]{1,7} ?(min(ute|uto|uut|uter|uten|uti|utos|utes|uten|uut|uty|ut)?s?|"
            r"мин(ут)?[аы]?|dk|dakika|分钟?|m)\.?( read)?( [|·•-] ?.{0,40})?",
            r"(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|"
            r"ten) ?-? ?(min(ute)?s?)\.?( to)? read(ing)?( time)?",
            r"\d{1,3} min(uten|uti|utos|utes)?\.?( (lesezeit|de lecture|de lectura|di lettura|de leitura|"
            r"leestijd|läsning|czytania))",
            r"\d{1,3} (мин|минут[аы]?)\.? чтения",
            r"\d{1,3} dk okuma",
            r"\d[\d,.]{0,7} (views?|reads?|aufrufe|vues|visualizações|visualizzazioni|просмотр(ов|а)?|"
            r"okunma)",
            r"(read(ing)? time|lesezeit|min(ute)?s? read|temps de lecture)",
        ),
        longest=80,
        drops=("5 min read", "Lesezeit: 4 Minuten", "Temps de lecture : 3 min", "読了時間：3分"),
        keeps=("5 minutes of silence", "Reading time is what the pupils lack"),
    ),
)
