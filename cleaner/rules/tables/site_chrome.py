"""Other parts around an article: navigation, tags, copyright, players, polls."""

from __future__ import annotations

from cleaner.models import Reason
from cleaner.rules.model import Part, Rule, Scope, any_of

_BLOCK, _HEADING = Scope.BLOCK, Scope.HEADING

RULES = (
    Rule(
        id="skip-link",
        reason=Reason.NAVIGATION,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv pl ru ja".split()),
        pattern=any_of(
            r"(skip|jump|go|back|return)( (back|directly|straight))? (to|past)( (the|main|page|site|top|"
            r"primary|article))* (content|navigation|top|menu|search|footer|header|comments|page|home ?page|"
            r"home|article|overview|section|blog|news|main|ads?|list|index|.{2,20} page)( \(press enter\))?",
            r"back",
            r"top",
            r"to top",
            r"(direkt )?(zum|zur) (inhalt|hauptinhalt|navigation|startseite|seitenanfang|hauptnavigation|"
            r"suche|übersicht|seite)( springen| wechseln)?",
            r"nach oben",
            r"zurück( zur? .{2,30})?",
            r"aller au contenu( principal)?",
            r"retour( en haut| à .{2,30})?",
            r"haut de page",
            r"(saltar|ir|volver) al? (contenido|inicio|principal).{0,20}",
            r"volver( arriba)?",
            r"(ir|pular) para o conteúdo.{0,20}",
            r"voltar( ao topo)?",
            r"(vai|salta) al contenuto.{0,20}",
            r"torna (su|indietro)",
            r"(ga )?naar (de )?(inhoud|boven|hoofdinhoud)",
            r"hoppa till (huvud)?innehåll(et)?",
            r"przejdź do (treści|strony głównej).{0,20}",
            r"do góry",
            r"перейти к (содержанию|содержимому|основному).{0,20}",
            r"наверх",
            r"(本文|メインコンテンツ|コンテンツ)(へ|に|まで)(スキップ|移動).{0,6}",
            r"ページ(の)?(先頭|トップ)(へ|に)?.{0,6}",
            r"トップへ戻る",
            r"(primary|secondary) sidebar",
            r"footer",
            r"(site|comment|main|primary) navigation",
            r"navigation menu",
            r"(before|after) header",
            r"footer widget.{0,20}",
            r"search (for|this (web)?site|the site|our site|results)",
            r"type and hit enter",
            r"type your search( term)?",
            r"(hit|press) enter to search.{0,30}",
            r"select (a )?(month|category)",
        ),
        longest=60,
        drops=(
            "Skip to main content",
            "Back to top",
            "Zum Inhalt springen",
            "Aller au contenu",
            "Primary Sidebar",
            "Type and hit enter",
        ),
        keeps=("Back to the harbour", "Zurück im Hafen, lachte er", "Footer and header were printed in red."),
    ),
    Rule(
        id="breadcrumb",
        reason=Reason.NAVIGATION,
        scope=_BLOCK,
        languages=frozenset("en de fr es it pt nl pl ru tr zh ja".split()),
        pattern=r"((you are here|sie sind hier|vous êtes ici|estás en) ?:? ?)?(home ?page|home|startseite|start|"
        r"accueil|inicio|início|strona główna|главная|anasayfa|ana sayfa|首页|首頁|トップ|"
        r"ホーム) ?([>/›|→\"]+[^>/›|→\"]{2,60}){1,6}",
        unfinished=True,
        part=Part.BEFORE_OR_AFTER,
        longest=200,
        drops=(
            "Home > News > Harbour",
            "[Startseite] / [Nachrichten]",
            "Home » Harbour town gets its first cargo bike",
        ),
        keeps=("Home at last, she slept for two days.",),
    ),
    Rule(
        id="contents-heading",
        reason=Reason.NAVIGATION,
        scope=_HEADING,
        languages=frozenset("en de fr es pt it nl pl ru".split()),
        pattern=any_of(
            r"(table of )?contents?( show| hide| toggle)?",
            r"table of content",
            r"(in|on) this (article|page|story|post|guide|review|section)",
            r"jump to( section)?",
            r"quick (links|navigation)",
            r"inhaltsverzeichnis",
            r"(auf dieser seite)",
            r"inhalt",
            r"sommaire",
            r"au sommaire",
            r"table des matières",
            r"(tabla de )?contenidos?",
            r"índice( de contenidos)?",
            r"sumário",
            r"sommario",
            r"indice( dei contenuti)?",
            r"inhoud(sopgave)?",
            r"spis treści",
            r"содержание",
            r"оглавление",
        ),
        longest=50,
        drops=("Table of Contents", "In this article", "Inhaltsverzeichnis"),
        keeps=("In this article of faith", "Content of the letter"),
    ),
    Rule(
        id="pagination",
        reason=Reason.NAVIGATION,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl pl ru ja zh".split()),
        pattern=any_of(
            r"(page|seite|pagina|página|strona|страница) ?\d{1,3} ?(of|/|von|de|sur|di|van|z|из) ?\d{1,3}",
            r"(previous|next|older|newer|prev)( (page|post|posts|article|articles|story|entry|entries|slide|"
            r"section|chapter|»|«))?( (next|previous)( (page|post|article|story))?)?",
            r"(nächste|vorherige|nächster|vorheriger|voriger)( (seite|artikel|beitrag))?",
            r"(page|article) (suivante?|précédente?)",
            r"suivante?",
            r"précédente?",
            r"siguiente",
            r"anterior",
            r"próxim[ao]",
            r"successiv[ao]",
            r"precedente",
            r"volgende",
            r"vorige",
            r"następn[ay]",
            r"poprzedni[ay]?",
            r"(следующая|предыдущая|вперед|назад)( (страница|статья|запись))?",
            r"(前|次)(の|へ)(記事|ページ|画像)?",
            r"上一[篇页]",
            r"下一[篇页]",
            r"(post|beitrags|article)[- ]?navigation",
            r"(pages?:? )?1( ?[| ] ?\d){1,9}( next)?",
            r"(show|load|see|view) (more|less|all|fewer)",
            r"expand( all)?",
            r"collapse( all)?",
            r"(mehr|weniger) anzeigen",
            r"continue",
        ),
        longest=50,
        drops=("Page 1 of 3", "Next page", "Vorheriger Beitrag", "次のページ", "Show less"),
        keeps=("Next stop", "Page 3 of the letter"),
    ),
    Rule(
        id="menu-word",
        reason=Reason.NAVIGATION,
        scope=_BLOCK,
        languages=frozenset("en de fr es it".split()),
        # Only as a link: in plain text, such a word may be a heading.
        pattern=any_of(
            r"home",
            r"search",
            r"menu",
            r"main menu",
            r"close",
            r"log ?in",
            r"log ?out",
            r"sign in",
            r"sign out",
            r"my account",
            r"account",
            r"register",
            r"help",
            r"about( us)?",
            r"contact( us)?",
            r"advertise( with us)?",
            r"careers",
            r"jobs",
            r"privacy( policy| notice)?",
            r"terms( of (use|service))?",
            r"terms (and|&) conditions",
            r"imprint",
            r"impressum",
            r"datenschutz(erklärung)?",
            r"agb",
            r"kontakt",
            r"über uns",
            r"suche",
            r"anmelden",
            r"mein konto",
            r"mediadaten",
            r"mentions légales",
            r"qui sommes-nous\??",
            r"connexion",
            r"se connecter",
            r"recherche",
            r"contacto",
            r"aviso legal",
            r"iniciar sesión",
            r"accedi",
            r"cerca",
            r"chi siamo",
            r"sitemap",
            r"site map",
            r"accessibility",
            r"site index",
            r"rss( feeds?)?",
            r"blog",
            r"shop",
            r"store",
            r"events",
            r"press( room)?",
            r"newsroom",
            r"podcasts?",
            r"videos?",
            r"photos",
            r"news",
            r"all news",
            r"sections",
            r"topics",
            r"more",
            r"archive",
            r"archives",
            r"categories",
            r"editions?",
            r"e-?paper",
            r"today's paper",
            r"classifieds",
            r"obituaries",
            r"puzzles",
            r"crosswords?",
            r"horoscopes?",
            r"weather",
            r"property",
            r"cars",
            r"(public|death|family|legal) notices",
            r"our team",
            r"editorial (policy|guidelines|standards)",
            r"code of ethics",
            r"complaints( procedure| policy)?",
            r"how to complain",
            r"accessibility statement",
            r"modern slavery statement",
            r"help cent(re|er)",
            r"work (for|with) us",
            r"e-?edition",
            r"notifications",
            r"corrections",
            r"stellenmarkt",
            r"immobilien",
            r"traueranzeigen",
            r"abo(-service)?",
            r"leserservice",
            r"veranstaltungen",
            r"horoskop",
            r"wetter",
            r"gewinnspiele",
            r"rätsel",
            r"petites annonces",
            r"météo",
            r"jeux",
            r"mots croisés",
            r"el tiempo",
            r"pasatiempos",
            r"horóscopo",
            r"lotería",
        ),
        linked=0.8,
        longest=40,
        drops=(
            "[Terms of Use]",
            "[Impressum]",
            "[Log in]",
            "[Obituaries]",
            "[Stellenmarkt]",
            "[Se connecter]",
            "[Iniciar sesión]",
        ),
        keeps=("Home", "News", "About us", "Weather permitting, the ferry sails."),
    ),
    Rule(
        id="account-label",
        reason=Reason.NAVIGATION,
        scope=_BLOCK,
        languages=frozenset("en de fr es it pt nl sv no da fi pl cs hu ru uk tr zh ja ko ar el".split()),
        # Links to log in and to log out.
        pattern=any_of(
            r"(log|sign) ?in",
            r"log ?out",
            r"sign ?out",
            r"(sign|log) in or (create an account|register|sign up|subscribe)",
            r"(don't|do you|already)? ?have an account\? (log|sign) ?(in|up).{0,20}",
            r"einloggen",
            r"anmelden",
            r"abmelden",
            r"schließen",
            r"se (dé)?connecter",
            r"mon compte",
            r"inicia(r)? sesión",
            r"mi cuenta",
            r"il mio account",
            r"faça login",
            r"minha conta",
            r"inloggen",
            r"logga in",
            r"logg inn",
            r"log ind",
            r"kirjaudu( sisään)?",
            r"zaloguj( się)?",
            r"přihlásit( se)?",
            r"bejelentkezés",
            r"войти",
            r"увійти",
            r"giriş yap",
            r"登[录錄入]",
            r"返回首页",
            r"ログイン",
            r"로그인",
            r"تسجيل الدخول",
            r"σύνδεση",
        ),
        # A step in a list of instructions is not a link.
        linked=0.5,
        unfinished=True,
        longest=60,
        drops=(
            "[Sign in or register]",
            "[Abmelden]",
            "[Se déconnecter]",
            "[Mi cuenta]",
            "[Logga in]",
            "[Войти]",
            "[ログイン]",
            "[로그인]",
        ),
        keeps=("Log in", "Log in the stove, coat on the hook: he was home.", "Anmelden müssen sich alle Schiffe."),
    ),
    Rule(
        id="tags-line",
        reason=Reason.TAGS,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl pl ru tr zh ja".split()),
        pattern=any_of(
            r"(tags?|tagged( (with|as|in|under))?|filed (under|in|to)|categor(y|ies)|posted (in|under|to)|"
            r"topics?|keywords?|more (about|on)|labels?|explore more on these topics|schlagw(ort|orte|"
            r"örter)|stichw(ort|orte|örter)|themen|kategorien?|mots[- ]clés|étiquettes|thèmes|sujets|"
            r"étiqueté|etiquetas|temas( relacionados)?|categorías?|palabras clave|categorias?|assuntos|"
            r"tópicos|palavras-chave|argomenti|etichette|trefwoorden|onderwerpen|kategorie|tagi|tematy|"
            r"słowa kluczowe|теги|метки|темы|ключевые слова|рубрики|etiketler|konular|关键[词字]|關鍵字|标签|標籤|タグ|"
            r"キーワード|カテゴリー?) ?: ?.{2,200}",
            r"(tagged( (with|as|in|under))?|filed under|posted (in|under)|veröffentlicht (in|unter)|"
            r"verschlagwortet( mit)?|publié dans|classé sous|publicado en|archiviato in|"
            r"опубликовано в) .{2,160}",
        ),
        unfinished=True,
        linked=0.25,
        longest=240,
        drops=("Tags: [Harbour], [Ferries]", "Posted in [Travel]", "Stichwörter: [Hafen], [Fähren]", "Теги: [порт]"),
        keeps=(
            "Topics: first the harbour, then the ferries, then the bridge.",
            "Tagged with a small transmitter, the seal swam to Norway.",
        ),
    ),
    Rule(
        id="tags-heading",
        reason=Reason.TAGS,
        scope=_HEADING,
        languages=frozenset("en de fr es pt it nl pl ru tr zh ja".split()),
        pattern=any_of(
            r"(article |post |related |popular |story )?tags",
            r"(filed|posted) (under|in)",
            r"(related |article |trending )?topics",
            r"(related )?keywords",
            r"categories",
            r"schlagw(orte|örter)",
            r"stichw(orte|örter)",
            r"themen( in diesem artikel| des artikels)?",
            r"mots[- ]clés",
            r"étiquettes",
            r"thématiques",
            r"etiquetas",
            r"temas( relacionados| de la nota)?",
            r"archivado en",
            r"palavras-chave",
            r"assuntos",
            r"tópicos( relacionados)?",
            r"argomenti",
            r"trefwoorden",
            r"onderwerpen",
            r"tagi",
            r"tematy",
            r"теги",
            r"метки",
            r"темы",
            r"etiketler",
            r"关键[词字]",
            r"關鍵字",
            r"标签",
            r"標籤",
            r"タグ",
            r"関連タグ",
            r"キーワード",
        ),
        longest=40,
        drops=("Tags", "Article topics", "Filed under", "Schlagwörter", "Теги"),
        keeps=("Topics of the summit",),
    ),
    Rule(
        id="copyright-line",
        reason=Reason.COPYRIGHT,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl pl ru tr ja zh ar".split()),
        pattern=any_of(
            r"(\(c\)|©|copyright|&copy;) ?[:-]? ?((\(c\)|©|by|copyright) ?)*(\d{4}.{0,200}|"
            r".{2,80}\b(rights reserved|ltd|inc|llc|gmbh|ag|s\.a\.|media|group|news|plc|co)\b.{0,140})",
            r"(저작권자|ⓒ|<저작권자).{0,80}",
            r"무단 ?전재.{0,10}재배포 ?금지.{0,20}",
            r".{0,120}(all rights reserved|alle rechte vorbehalten|tous droits (de reproduction )?réservés|"
            r"todos los derechos reservados|reservados todos los derechos|todos os direitos reservados|"
            r"tutti i diritti riservati|riproduzione riservata|alle rechten voorbehouden|"
            r"wszelkie prawa zastrzeżone|все права защищены|tüm hakları saklıdır|無断(転載|複製|転用).{0,20}禁|"
            r"版权所有|"
            r"版權所有|未经(授权|许可)).{0,160}",
            r"this report by .{2,40} was first published .{2,40}",
            r"免责声明",
            r"版权声明",
            r"(this|the) (material|content|story|article) (may not|cannot|must not) be (published|"
            r"reproduced|republished|copied|used).{0,200}",
            r"(reproduction|republication|copying|unauthori[sz]ed (use|reproduction)) .{0,80}(prohibited|"
            r"forbidden|permission|not permitted).{0,120}",
            r"(republish|reprint|syndicate|license)( (this|our|the))? ?(article|story|content|articles|"
            r"stories)?( for free.{0,80}| under .{2,60})?",
            r"(for|to request) (reprints?|permissions?|reprint (and|&) licensing).{0,100}",
            r"reprints? ?(and|&|/) ?(permissions|licensing)",
            r"get (rights and|reprint) .{0,40}",
            r"proudly powered by .{2,30}",
            r"powered by (wordpress|shopify|blogger|ghost|squarespace|wix|drupal|disqus|taboola|outbrain|"
            r"viafoura|livefyre|coral|hubspot|webflow|substack|beehiiv|google)\b.{0,20}",
            r"(theme|site|website|web ?design)( (designed|built|developed|design|hosted))?( and (built|"
            r"developed|designed|hosted))? by .{2,40}",
            r"未經授權.{0,6}(請勿|不得)轉載.{0,6}",
            r"記事提供.{0,20}",
            r"利用規約",
            r"جميع الحقوق محفوظة.{0,30}",
            r"wszelkie prawa zastrzeżone.{0,40}",
        ),
        longest=340,
        drops=(
            "© 2025 Harbour Post Ltd. All rights reserved.",
            "Copyright 2025 The Harbour Post.",
            "This material may not be published, broadcast, rewritten or redistributed.",
            "Alle Rechte vorbehalten",
            "무단전재 및 재배포 금지",
            "Proudly powered by WordPress",
            "未經授權請勿轉載",
            "جميع الحقوق محفوظة",
            "For permission to republish, contact our syndication team.",
        ),
        keeps=(
            "Copyright of the song belongs to nobody, the judge ruled.",
            "Powered by the tide alone, the mill ground flour until 1950.",
            "未經授權的建築被拆除了",
        ),
    ),
    Rule(
        id="copyright-credit",
        reason=Reason.CREDIT,
        scope=_BLOCK,
        # After `copyright-line`: a © without a year, a company or reserved rights names a picture's owner.
        pattern=r"(foto|photo|bild|image|picture|video)? ?© ?.{2,100}|(foto|photo|bild|image|grafik)?\(c\) .{2,100}",
        longest=120,
        drops=("© Anna Harbourmaster", "(c) Hafenarchiv"),
        keeps=("The sign © was first seen on a map",),
    ),
    Rule(
        id="republished-note",
        reason=Reason.COPYRIGHT,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        # Is above the article as often as below it, and a correction may follow.
        pattern=any_of(
            r"this (article|story|post|piece|essay|interview|column|report) (was |is |has been )?(first |"
            r"originally |previously )+(published|appeared|posted)( (on|in|at|by) .{2,200})?",
            r"(except for the headline, )?this (story|article|copy) (has|was|is) (not )?(been )?(edited|"
            r"auto-generated|published|unedited) (by|from|via) .{0,120}(our (staff|team|editors|editorial)|"
            r"(syndicated|wire|agency|news) (feed|service)).{0,120}",
            r"(reprinted|republished|used|reproduced|photos? used|"
            r"images? used) (here )?with (the )?(kind )?permission( of .{2,60}| from .{2,60}|"
            r" by .{2,60})?[.!]?",
            r"cet article est (extrait|tiré) de (notre|la) (newsletter|lettre).{0,60}",
        ),
        longest=300,
        drops=(
            "This article was originally published in The Harbour Post.",
            "(Except for the headline, this story has not been edited by our staff and is from a syndicated feed.)",
            "Reprinted with permission from the Harbour Post.",
        ),
        keeps=(
            "This article of the treaty was first published in 1987, the court found.",
            "This story has not been told in the harbour before.",
            "Used with permission and without shame, the song opened every game.",
        ),
    ),
    Rule(
        id="syndication-tail",
        reason=Reason.COPYRIGHT,
        scope=_BLOCK,
        languages=frozenset("en de fr es".split()),
        pattern=any_of(
            r"(this|the|a version of this|an earlier version of this|a longer version of this) (article|"
            r"story|post|piece|essay|interview|column|report|op-ed|content|blog post|commentary|text|review|"
            r"excerpt) (was |is |has been |first |originally |previously |also )*(first |originally |"
            r"previously |also )?(published|appeared|posted|ran|republished|syndicated|cross-?posted|"
            r"adapted|excerpted|reprinted|written for|featured|appears).{0,240}",
            r"(this article|the post|this post) .{2,160} (appeared first on|first appeared on) .{2,80}",
            r"(originally|first) (published|appeared|posted) (on|in|at|by) .{2,120}",
            r".{2,120} (appeared first on|first appeared on) .{2,60}",
            r"(the (views|opinions)|views|opinions) (expressed|and opinions|in this).{0,300}",
            r"(dieser|der) (artikel|beitrag|text) (erschien|ist|wurde) (zuerst|ursprünglich|zunächst|"
            r"erstmals|auch|im original) .{0,200}",
            r"cet article (est paru|a été publié|a d'abord).{0,200}",
            r"este artículo (fue publicado|se publicó|apareció|ha sido publicado) .{0,200}",
            r"l'article .{2,120} est apparu en premier sur .{2,60}",
            r"der beitrag .{2,120} erschien zuerst auf .{2,60}",
            r"la entrada .{2,120} (se publicó primero|aparece primero) en .{2,60}",
        ),
        part=Part.BEFORE_OR_AFTER,
        longest=400,
        drops=(
            "A version of this article appeared in The Harbour Post.",
            "The post Ferries at dawn appeared first on The Harbour Post.",
            "Der Beitrag Fähren am Morgen erschien zuerst auf Hafenpost.",
        ),
        keeps=("The letter was first published in 1987.",),
    ),
    Rule(
        id="views-disclaimer",
        reason=Reason.DISCLAIMER,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it ru".split()),
        # Says whose opinion the article does not express.
        pattern=any_of(
            r".{0,140}\b(views|opinions)( and opinions)? (expressed|stated|in this|of (the|our) (authors?|"
            r"writers?|contributors?|guests?|columnists?))\b.{0,120}\b(not|don't) (necessarily |"
            r"always )?(reflect|represent|those of|the (views|opinions|position) of)\b.{0,200}",
            r".{0,160}\bnicht\b.{0,40}\b(der|die) (meinung|ansicht|auffassung)(en)? (der|"
            r"unserer) redaktion\b.{0,120}",
            r".{0,160}\bn'engagent? que (leurs?|ses|son|la responsabilité).{0,120}",
            r"(las|los) (opiniones|artículos|comentarios|columnas|textos) .{0,120}\bno (reflejan|"
            r"representan|coinciden)( necesariamente)? .{0,60}\b(línea editorial|redacción|(este|"
            r"del) (diario|medio|periódico|portal))\b.{0,80}",
            r"(as|os) (opiniões|artigos|comentários|colunas|textos) .{0,120}\bnão (refletem|"
            r"representam)( necessariamente)? .{0,60}\b(linha editorial|redação|(deste|do) (jornal|veículo|"
            r"portal|site))\b.{0,80}",
            r"(le|gli|i) (opinioni|articoli|commenti|testi) .{0,120}\bnon (riflettono|rispecchiano|"
            r"rappresentano)( necessariamente)? .{0,60}\b(linea editoriale|redazione|(di questo|"
            r"del) (giornale|sito|quotidiano))\b.{0,80}",
            r".{2,40} is not responsible for the content of external (web)?sites.{0,60}",
            r"our standards: .{2,60}",
            r"the associated press'?( .{0,80})? receives? (financial )?support from .{2,300}",
            r"мнение (редакции|автора|авторов) (может|могут) не совпадать.{0,120}",
            r".{0,120}может не совпадать с (мнением|позицией|точкой зрения) .{0,60}",
        ),
        longest=420,
        drops=(
            "The views expressed here are the writer's own and do not necessarily reflect those of The Harbour Post.",
            "Gastbeiträge müssen nicht der Meinung der Redaktion entsprechen.",
            "Les propos n'engagent que leurs auteurs.",
            "Las opiniones de los autores no reflejan necesariamente la línea editorial de este diario.",
            "Мнение автора может не совпадать с мнением редакции.",
            "Мнение автора может не совпадать с мнением редакции.",
        ),
        keeps=(
            "His opinions do not represent the club, the statement said.",
            "Nach Meinung der Redaktion hat der Bürgermeister den Hafen verkauft.",
            "Los datos no reflejan la opinión de los vecinos, dijo el alcalde.",
        ),
    ),
    Rule(
        id="developing-story",
        reason=Reason.DISCLAIMER,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da pl ru tr".split()),
        # Says that more will be added to the article.
        pattern=any_of(
            r"this is a (breaking|developing)( news?)? story\b.{0,160}",
            r"(more|further) (details |information |updates? )?(to follow|follows|coming soon|soon)\.{0,3}",
            r"(please )?check back (for|later|soon|here).{0,80}",
            r"(this|the|our) (story|page|article|post|report|blog|live blog) (will be|"
            r"is being) (constantly |continually |regularly )?updated( .{0,60})?",
            r"(dieser|der) (artikel|beitrag|text|liveblog|ticker) wird (laufend|fortlaufend|ständig|"
            r"regelmäßig|derzeit) (aktualisiert|ergänzt).{0,40}",
            r"((eilmeldung|breaking) ?[.:-] ?)?(mehr|weitere informationen|weiteres) (in kürze|folgen|"
            r"folgt)\.{0,3}",
            r"plus d'informations (à suivre|à venir).{0,30}",
            r"(cet article|notre direct) (est|sera) (actualisé|mis à jour) (régulièrement|"
            r"au fur et à mesure|en continu).{0,40}",
            r"(habrá ampliación|noticia en (desarrollo|ampliación|elaboración|actualización))",
            r"(notizia |articolo )?in aggiornamento",
            r"(notícia|matéria|reportagem|texto) em (atualização|desenvolvimento)",
            r"meer (info|nieuws|informatie) volgt.{0,20}",
            r"(artikeln|texten) uppdateras.{0,20}",
            r"(saken|artikkelen|artiklen|historien) (oppdateres|opdateres).{0,20}",
            r"(artykuł|tekst) (jest|będzie) (na bieżąco )?aktualizowany.{0,20}",
            r"новость (дополняется|обновляется).{0,20}",
            r"(haber )?(güncelleniyor|ayrıntılar geliyor|detaylar geliyor|detaylar birazdan)",
            r"this (article|story|post|page|content) is (more than|over|about|now|at least)? ?(\d{1,2}|one|"
            r"two|three|four|five) (years?|months?) old[.!]?",
            r"(the|this|our) live ?(blog|coverage|updates?|feed|page)( page)? (is|are|has|"
            r"have) (now )?(closed|ended|finished|over|paused|concluded).{0,100}",
            r"refresh (this page )?for (the latest )?updates[.!]?",
            r"more (details |updates )?to (come|follow)( shortly| soon)?[.!]{0,3}",
            r"follow (along with )?(our |the )?live (updates|coverage|blog|reporting)( (here|below|"
            r"on .{2,40}))?[.!]?",
            r"(die|der|dieser|unser|unsere|das) live-?(blog|ticker|berichterstattung|stream) (ist|"
            r"wurde) (nun |jetzt |hiermit )?(beendet|geschlossen|vorbei).{0,60}",
            r"this (story|article) is (still )?developing\b.{0,80}",
            r"(denne|den här) (saken|artikkelen|artikeln) (er|är) (over|mer enn|äldre än|"
            r"över) [^.!?]{2,20}( gammel| gammal)?[.!]?",
            r"(artikkelen|artikeln|artiklen|saken|texten) (er|är|blir|har blitt)? ?(oppdatert|uppdaterad|"
            r"opdateret|oppdateres|uppdateras|opdateres)[.!]?",
            r"vi (oppdaterer|uppdaterar|opdaterer) (saken|artikeln|artiklen)[.!]?",
        ),
        longest=240,
        drops=(
            "This is a breaking news story and will be updated.",
            "More to follow...",
            "Dieser Artikel wird laufend aktualisiert.",
            "Plus d'informations à suivre",
            "Noticia en desarrollo",
            "Notizia in aggiornamento",
            "Новость дополняется",
            "This article is more than 5 years old",
            "Our live coverage has ended. Thanks for following along.",
            "Dieser Liveblog ist beendet.",
            "Denne artikkelen er over ett år gammel",
            "Vi oppdaterer saken.",
        ),
        keeps=(
            "A developing story needs patience, said the editor, and he was right to wait.",
            "More details soon came to light in court.",
            "This story is two years old and still nobody tells it.",
            "Saken er over tyve år gammel og aldri løst.",
        ),
    ),
    Rule(
        id="broadcast-note",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset({"de"}),
        # Names the programme in which the broadcaster reported the story.
        pattern=r"(sendung|(dieses|das) thema im programm|über dieses thema berichte(t|te|ten)|"
        r"quelle und sendung) ?: ?.{4,160}",
        longest=200,
        drops=(
            "Dieses Thema im Programm: Hafenradio | Aktuell | 03.03.2025 | 07:00 Uhr",
            "Über dieses Thema berichtet: Hafenradio am 03.03.2025 um 7 Uhr.",
        ),
        keeps=("Die Sendung über den Hafen wurde abgesetzt: Das Geld fehlte.",),
    ),
    Rule(
        id="story-continues",
        reason=Reason.CONTINUES,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da fi pl cs hu ro ru tr".split()),
        pattern=any_of(
            r"(the )?(story|article|content|post|text|recipe|video|review|list|interview|"
            r"gallery) (continues|resumes|follows)( (below|after|here|on|under)( .{0,40})?)?",
            r"(scroll( down)? (to|for) (continue|more|read|keep|see).{0,40})",
            r"scroll( down)?",
            r"continued?( (below|after|on) .{0,40})",
            r"article content( continued)?",
            r"(der )?(artikel|text|beitrag) (geht|wird) (nach|unter|unterhalb|im) .{2,40}(weiter|"
            r"fortgesetzt)",
            r"(la suite|l'article continue|suite de l'article) (après|de l'article|ci-dessous|apr).{0,40}",
            r"(continúa|sigue|la nota (continúa|sigue)|la noticia (continúa|sigue)).{0,10} (leyendo|después|"
            r"tras|debajo|abajo).{0,40}",
            r"continua (dopo|após|depois|abaixo|sotto) .{2,40}",
            r"(lees verder|artikel gaat verder|tekst loopt door|het artikel gaat verder) (onder|na) .{2,40}",
            r"(artikeln|texten|saken|artikkelen|artiklen) (fortsätter|fortsetter|fortsætter) (under|efter|"
            r"etter|nedan).{0,40}",
            r"(artikkeli|juttu|teksti) jatkuu .{2,40}",
            r"(a )?cikk(ünk)? (a )?(hirdetés|reklám) után folytatódik.{0,20}",
            r"articolul continuă (după|mai jos).{0,40}",
            r"článek pokračuje (pod|po|za) .{2,40}",
            r"(dalszy ciąg|dalsza część|ciąg dalszy) (artykułu|tekstu|materiału|wywiadu) (pod|"
            r"poniżej).{0,40}",
            r"(продолжение|материал продолжится) (после|под|ниже) .{2,40}",
            r"haberin devamı (aşağıda|reklam).{0,20}",
            r"continue reading below",
            r"(de )?tekst (gaat|loopt) (verder|door) onder de (foto|foto's|advertentie|video|afbeelding|"
            r"tweet|post)[.!]?",
            r"(weiterlesen|weiter lesen|lesen sie|weiter geht es|weiter) nach der (anzeige|"
            r"werbung)( weiter)?[.!]?",
            r"nach der (anzeige|werbung) (weiterlesen|geht es weiter)[.!]?",
            r"(werbung|anzeige) ?[-:|] ?lesen sie .{2,40}",
            r"lire la suite après la publicité",
            r"continua a leggere dopo la pubblicità",
            r"(continue|continuar|siga) (lendo|leyendo) (após|después|tras) .{2,24}",
            r"read on for more[.!]?",
            r"(verder lezen|continuer la lecture|continue a leitura)",
            r"(teksten|saken|artikkelen|artikeln|artiklen|texten) (fortsetter|fortsätter|fortsætter) (under|"
            r"etter|efter) (bildet|bilden|billedet|videoen|videon|annonsen|annoncen|grafikken|"
            r"innlegget)[.!]?",
            r"dalsza część (artykułu|tekstu|materiału) (znajduje się )?(pod|po) .{2,30}",
            r"продолжение (читайте|на) .{2,30}",
            r"haberin devamı( için .{2,20})?",
        ),
        longest=80,
        drops=(
            "Story continues below",
            "Article continues after this video",
            "Der Artikel geht nach der Anzeige weiter",
            "Artikel gaat verder onder de foto",
            "Artikkeli jatkuu mainoksen jälkeen",
            "Dalsza część artykułu pod materiałem wideo",
            "Продолжение после рекламы",
            "De tekst gaat verder onder de foto",
            "Lesen Sie nach der Anzeige weiter",
            "Lire la suite après la publicité",
            "Teksten fortsetter under bildet",
        ),
        keeps=(
            "The story continues in court on Monday.",
            "De tekst gaat over de haven.",
            "Lesen Sie nach der Anzeige der Polizei den Bericht?",
            "Teksten fortsetter der boka slutter.",
        ),
    ),
    Rule(
        id="player-note",
        reason=Reason.PLAYER,
        scope=_BLOCK,
        languages=frozenset("en de fr es it nl ja sv no da pt".split()),
        pattern=any_of(
            r"(your|this|dein|ihr|tu|su|il tuo|je|uw) (browser|navegador) (does not|doesn't|is (not|out|"
            r"too)|needs|unterstützt|kann|no soporta|no admite|non supporta|ondersteunt|version).{0,200}",
            r"votre navigateur ne .{0,200}",
            r"お使いのブラウザ.{0,100}",
            r"(please )?(enable|activate|turn on) javascript.{0,120}",
            r"we apologi[sz]e, but this video .{2,60}",
            r"try refreshing (your browser|the page).{0,100}",
            r"now playing above",
            r"zum video",
            r"hören sie (hier )?(den|unseren) podcast.{0,60}",
            r"lecture du podcast",
            r"(javascript|adobe flash|flash).{0,40}(required|disabled|enabled|needed|is not).{0,100}",
            r"(watch|play|see|view|listen to|listen) ?(the|this|our|full|live|now)? ?(video|videos|live|"
            r"clip|trailer|episode|podcast|live ?stream|full episode|report)( (below|above|here|now|again|"
            r"player|on youtube.{0,20}|at the top.{0,20}))?",
            r"(video|audio|podcast|media|live) ?(player|unavailable|not available|loading|playback|"
            r"transcript|caption|duration|settings)?( .{0,20}(loading|unavailable|not supported|"
            r"could not).{0,40})?",
            r"(this|the) (video|content|media|embed|post|audio) (is|was|could|can|has|isn't)( (not|"
            r"no longer|be|been|currently|temporarily))* (available|unavailable|loaded|played|removed|"
            r"supported|deleted|found|playable).{0,80}",
            r"(loading|now playing|up next|play|pause|mute|unmute|replay|autoplay|full ?screen|volume|"
            r"captions?|quality|settings|current time|duration|playback (speed|rate)|seek|rewind|forward|"
            r"live|cc|play video|pause video|watch now|watch live|watch video|share video|video duration|"
            r"close video|skip ad|subtitles)( ?\d{1,2}:\d\d(:\d\d)?)?( ?/ ?\d{1,2}:\d\d(:\d\d)?)?( \.\.\.)?",
            r"(video|audio|podcast)? ?\d{1,2}:\d\d(:\d\d)?( (min|minuten|minutes))?",
            r"\d\.?\d{0,2}x",
            r"(video|podcast|audio|bericht)? ?(ansehen|abspielen|anhören|starten)",
            r"voir la vidéo",
            r"regarder( la vidéo)?",
            r"ver (el )?v[ií]deo",
            r"guarda il video",
            r"bekijk( de)? video",
            r"動画(を見る|再生)?",
            r"再生(する)?",
            r"(embed|embedded|view) (this |tweet|post|from|on) ?(on )?(instagram|twitter|x|facebook|youtube|"
            r"tiktok|post|tweet|by .{2,30}).{0,40}",
            r"view this post on instagram",
            r"a post shared by .{2,100}",
            r"see (new |more )?(posts|tweets|photos) (on|from) .{2,40}",
            r"(tweet|beitrag|video|post) (von|by|from) .{2,60} (laden|anzeigen|load)",
            r"(click|tap|press) to (play|unmute|listen|watch)",
            r"(please )?(to play this video you need to|enable javascript to|"
            r"you need to) .{0,40}javascript.{0,40}",
            r"listen ?[-·|(] ?\d{1,2}( min(utes?)?|:\d\d)\)?",
            r"(diesen |den )?(artikel|text|beitrag) (jetzt )?(an)?hören",
            r"(hör|høyr|lyt til) artik(kel|k)?(en|elen|len)",
            r"hør artikkelen",
            r"lyssna på (artikeln|texten)",
            r"escucha(r)? (este|el) (artículo|audio)",
            r"escucha (la|esta) noticia",
            r"ouvir (a )?notícia",
            r"ouça (a|esta) (notícia|reportagem|matéria)",
            r"écouter (cet|l')( ?article)?",
            r"ascolta (l'|questo )articolo",
            r"(this|the) (article|audio|voice)( version)? (was|is|has been) (narrated|generated|read|"
            r"created|voiced|produced) (by|with|using|from)? ?.{0,40}\b(ai|automated|automatically|"
            r"artificial|synthetic|computer|machine|text-to-speech|elevenlabs)\b.{0,120}",
            r"(audio|text-to-speech|narration) (generated |created |powered )?by .{2,40}",
            r"audio generado con (ia|inteligencia artificial).{0,60}",
            r"audio (generato|gerado) (con|por|com) (l')?(ia|ai|inteligência artificial|"
            r"intelligenza artificiale).{0,60}",
            r"((diese|dieser|dieses|die|der|das) )?audio(text|version|datei|fassung|beitrag)? (wurde|ist|"
            r"wird) .{0,24}\b(ki|künstlich|automatisch|synthetisch)\b.{0,60}",
            r"(ljuduppspelningen|rösten|ljudet|upplæsningen|oplæsningen|opplesningen|stemmen) (är|er) (ai|"
            r"ki|syntetisk|automatisk).{0,100}",
            r"(listen|subscribe|available|watch|find us|follow us)( (to|to us|now))? on (apple podcasts|"
            r"spotify|youtube|google podcasts|amazon music|stitcher|soundcloud|itunes|podbean|"
            r"deezer)( .{0,40})?",
            r"(watch|see) (more in |more on )?the (full |complete )?(video|clip|episode) (above|below|"
            r"in the player above)( .{0,60})?[.!]?",
            r"(press|hit|click) play to .{2,60}",
            r"listen to the (full |whole )?(episode|conversation|podcast) (above|below|here|on|in|at|"
            r"wherever) ?.{0,60}",
            r"subscribe (wherever|where) you .{2,40}",
            r"new episodes (every|each|are released|drop) .{2,40}",
            r"hear more on (our|the) .{0,20}podcast[.!]?",
            r"(you can )?listen to (the|our|this) podcast (here|below|above|on|via|at) ?.{0,40}",
        ),
        longest=240,
        drops=(
            "Your browser does not support the audio element.",
            "Watch the video below",
            "This video is not available in your country",
            "A post shared by Anna (@anna)",
            "2:45",
            "This article was narrated by an automated voice.",
            "Lyssna på artikeln",
            "Dieser Audiotext wurde KI-generiert.",
            "Listen on Spotify",
            "Watch the video above to find out more.",
            "Subscribe wherever you get your podcasts.",
        ),
        keeps=(
            "Your browser history is safe with them, the firm said.",
            "Video of the flood reached the mayor.",
            "The audio was taken from the harbour's own recordings, the court heard.",
            "Listen on the pier at night and you hear the seals.",
            "Watch the full moon rise above the pier on Monday.",
        ),
    ),
    Rule(
        id="star-rating",
        reason=Reason.TOOLS,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        pattern=any_of(
            r"average rating:? \d(\.\d{1,2})? ?/ ?\d{1,2}\.? .{0,60}",
            r"no votes so far.{0,60}",
            r"click on a star to rate (it|this).{0,20}",
            r"\d(\.\d{1,2})? ?/ ?5 ?\(\d[\d,.]{0,8} (votes|reviews|ratings)\)",
            r"\d[\d,.]{0,8} (votes|ratings)",
            r"vote count:? \d{1,8}",
        ),
        longest=100,
        drops=("Average rating 4.5 / 5. Vote count: 12", "No votes so far! Be the first to rate this post."),
        keeps=("4.5 of 5 voters stayed at home.", "Average Rating: 4.5"),
    ),
    Rule(
        id="press-contact",
        reason=Reason.TOOLS,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        pattern=any_of(
            r"(media|press|investor)( relations)? (contacts?|inquiries|enquiries|info)( .{0,80})?",
            r"for (media|press) (inquiries|enquiries|information|questions).{0,60}(contact|e-?mail|call|"
            r"visit) .{2,80}",
            r"view source version on .{2,60}",
        ),
        unfinished=True,
        part=Part.AFTER,
        longest=200,
        drops=("Media contact", "For media inquiries, contact press@harbour.example"),
        keeps=("Media contacts had warned the mayor for weeks.",),
    ),
    Rule(
        id="page-message",
        reason=Reason.TOOLS,
        scope=_BLOCK,
        languages=frozenset("en de fr es nl".split()),
        # A message of the page about a part of it that is missing or late.
        pattern=any_of(
            r"(sorry,? )?(this|the) (content|video|page|article|item|audio|"
            r"stream)( player)? (is (currently |temporarily )?(unavailable|not available|"
            r"no longer available|not supported)|(could not|cannot|can't) be (loaded|played|found|"
            r"displayed)|failed to load)( (in|on|due|for) .{2,40})?[.!]?",
            r"(please )?(disable|turn off|pause|whitelist|switch off) (your )?ad-? ?block.{0,60}",
            r"(we (noticed|see|have detected)|it (looks|seems|appears)) (like |that )?(you're|you are|"
            r"you have)[^.!?]{0,24}ad-? ?block.{0,80}",
            r"you are using an (outdated|old|unsupported) browser.{0,80}",
            r"(please )?(upgrade|update) your browser.{0,80}",
            r"please wait( while .{2,40})?[.!]*",
            r"(this|dieses|das|cette|la|este|el|deze|de) (video|vidéo|vídeo|inhalt) (ist|konnte|n'est|"
            r"no está|is|kann)( nicht| plus| niet)?( mehr| langer)? ?(verfügbar|geladen werden|disponible|"
            r"beschikbaar|abgespielt werden)[.!]?",
            r"bitte (aktivieren sie|aktiviere) javascript.{0,60}",
            r"bitte (deaktivieren sie|deaktiviere) .{0,24}adblock.{0,60}",
            r"(veuillez )?activer javascript.{0,40}",
            r"activa javascript.{0,40}",
            r"bitte warten[.!]*",
            r"wird geladen[.!]*",
            r"lädt[.!]*",
            r"chargement( en cours)?[.!]*",
            r"cargando[.!]*",
        ),
        longest=140,
        drops=(
            "Sorry, this content is not available in your region",
            "Please disable your ad blocker",
            "Dieses Video ist nicht mehr verfügbar.",
            "Chargement en cours",
        ),
        keeps=(
            "The page is no longer in the book.",
            "Please wait for the ferry here.",
        ),
    ),
    Rule(
        id="poll",
        reason=Reason.POLL,
        scope=_BLOCK,
        languages=frozenset("en de fr es it".split()),
        pattern=any_of(
            r"(vote|poll|quiz|umfrage|abstimmen|sondage|votez|encuesta|sondaggio|survey)( (now|here|results|"
            r"closed|below|loading|starten|ergebnis|ergebnisse))?",
            r"(take|join|answer|vote in|fill (in|out)) (our|the|this) (poll|quiz|survey|short survey).{0,60}",
            r"(view|see|show) (the )?(poll )?results",
            r"(total )?votes?:? ?\d[\d,.]*",
            r"\d[\d,.]* (votes?|stimmen|voix|votos|voti)",
            r"(did|do|have) you (find|like|enjoy|notice|spot|see).{0,20} (this|an|our|any|the|a) (article|"
            r"error|page|story|mistake|typo|content|helpful|content helpful|post)( .{0,30})?\??",
            r"(thank you|thanks) for (voting|your (feedback|vote|rating)).{0,40}",
            r"(jetzt )?abstimmen",
            r"stimmen sie ab.{0,40}",
            r"(wie|was) (hat|hältst|meinst|denkst) .{0,10}(dir|du|ihnen).{0,60}artikel.{0,30}\??",
            r"hat ihnen der artikel gefallen\??",
            r"fehler gefunden\??.{0,60}",
            r"how would you rate (this|our) (article|story|page|post|content|coverage|service|website|"
            r"site)\?",
        ),
        longest=100,
        drops=(
            "Take our poll",
            "Vote now",
            "Did you find an error?",
            "Stimmen Sie ab: Wohin mit der Fähre?",
            "How would you rate this article?",
        ),
        keeps=(
            "Votes: how the town chose",
            "The poll closed at eight",
            "How would you rate this council's first year?",
        ),
    ),
    Rule(
        id="translation-note",
        reason=Reason.DISCLAIMER,
        scope=_BLOCK,
        languages=frozenset("en de fr ja es it pt sv no da".split()),
        pattern=any_of(
            r"(this|the) (article|text|content|story|page|summary|post|headline) (was|is|"
            r"has been) (generated|created|translated|produced|written|summarized|automatically|"
            r"machine)( (automatically|translated|generated|and|by a machine|by machine|in part))* ?(by|"
            r"with|using|with the help of|via|from) .{0,40}(ai|artificial intelligence|machine|automated|"
            r"automatically|automation|large language|gpt|chatgpt|deepl|google translate)\b.{0,160}",
            r"(hinweis: )?(diese[rs]?|der|die) (artikel|text|meldung|beitrag|nachricht|zusammenfassung|"
            r"inhalt|seite) (wurde|ist) .{0,40}(automatisch|maschinell|ki|künstlicher intelligenz|"
            r"künstlichen intelligenz|ki-).{0,160}",
            r"dies ist eine (maschinelle|automatische|automatisierte) übersetzung.{0,200}",
            r"(dieser|der) artikel ist (älter als .{2,30}|mehr als .{2,30} alt)\.?",
            r"(redaktioneller hinweis|hinweis der redaktion) ?:? ?.{0,160}",
            r"(cet article|ce texte) a été (traduit|généré) .{0,120}",
            r"この記事は.{0,20}(自動|機械|ai).{0,80}",
            r"(ai|ki)[- ]generat(ed|ierte)( (summary|content|image|text|translation|"
            r"zusammenfassung)([ ,(].{0,100})?)?",
            r"(this is a |it has been )?machine[- ]translat(ed|ion).{0,120}",
            r"(summari[sz]e|explain|translate) (this )?(article|story|page|post) (with|using|by) (ai|"
            r"chatgpt|artificial intelligence).{0,20}",
            r"ask (our )?(ai|chatbot|chatgpt).{0,60}",
            r"(zusammenfassung|übersetzung) (von|mit|durch|per) (einer )?(ki|ai|künstlicher? intelligenz|"
            r"chatgpt|deepl)\b.{0,80}",
            r"(sammanfattning(en)?|oppsummering(en)?|resumé(et)?|texten|artikkelen) (är |er )?(gjord|laget|"
            r"lavet|skapad|generert|genererad) (med|av|af|ved hjelp av) (ai|ki|hjälp av ai)\b.{0,120}",
            r"så (jobbar|arbetar) .{2,30} med ai",
            r"slik (jobber|bruker) .{2,30} (med )?(ki|ai)",
            r"(resumen|traducción|résumé|traduction|riassunto|traduzione|sintesi|resumo) (generad[oa]|"
            r"realizad[oa]|cread[oa]|générée?|réalisée?|generat[oa]|realizzat[oa]|gerad[oa]|feit[oa]) (con|"
            r"por|par|avec|da|pela|com) (l'|la |dall')?(ia|ai|inteligencia artificial|"
            r"intelligence artificielle|intelligenza artificiale|inteligência artificial)\b.{0,120}",
            r"(saken|artikkelen|artikeln|artiklen|teksten|texten) (er|är) (oversatt|översatt|oversat) (med|"
            r"av|af|ved hjelp av) (ki|ai|google).{0,60}",
        ),
        longest=260,
        drops=(
            "This article was automatically translated by a machine.",
            "Dieser Artikel wurde maschinell übersetzt.",
            "AI-generated summary, reviewed by an editor",
            "Zusammenfassung von KI erstellt",
            "Summarize this article with AI",
            "Saken er oversatt med KI",
        ),
        keeps=(
            "This article of the treaty was written by the Swedes in a hurry",
            "The summary was written by the council's clerk in March.",
            "Teksten er oversatt av en venn av huset.",
        ),
    ),
    Rule(
        id="how-we-work",
        reason=Reason.DISCLAIMER,
        scope=_BLOCK,
        languages=frozenset("de sv no da nl".split()),
        pattern=any_of(
            r"(så här (jobbar|arbetar)|slik (jobber|arbeider)|sådan arbejder|zo werkt) .{2,60} (med|met|"
            r"aan) .{2,200}",
            r"so arbeitet (die|unsere) redaktion.{0,200}",
        ),
        longest=300,
        drops=("Så här arbetar Hamnbladet med journalistik: uppgifterna ska vara korrekta.",),
        keeps=("Så här stort är hålet i budgeten.", "How we worked: on our knees, in the dark, for nine days."),
    ),
    Rule(
        id="tip-line",
        reason=Reason.TOOLS,
        scope=_BLOCK,
        languages=frozenset("en de nl fr es sv no da fi pl ko cs".split()),
        pattern=any_of(
            r"((do you )?have|got) (a|any) (confidential )?(news )?(tips?|story|stories|"
            r"scoop)( .{2,60})?\?.{0,160}",
            r"(.{4,140}\? )?(please )?(get in touch|let us know)( with)?( us| our (newsroom|news team|"
            r"reporters?|team))?( now| today)? (at|by|via|on|by emailing us at) "
            r"[\w.+-]{1,40}@[\w.-]{2,40}.{0,60}",
            r"(send|share|e-?mail|submit) (us )?your (story|stories|pictures?|photos?|videos?|news|tips|"
            r"letters?)( (and|or) \w{1,20})?( (to|with us|at|via|by) .{2,80})?[.!]?",
            r".{0,160}\b(hinweise|tipps)\b.{0,60}\? ?(dann )?(melden|schreiben|wenden|"
            r"kontaktieren) sie .{2,160}",
            r"(heb je|hebt u|heeft u) een (tip|opmerking|nieuwstip).{0,160}",
            r"(hast du|haben sie|habt ihr) (einen )?(tipps?|hinweise?|fehler)\b.{0,160}",
            r"(tipsa|tips|kontakta|kontakt) oss!?",
            r"har du (ett|et) tip(s)?\?.{0,120}",
            r"masz temat\?.{0,80}",
            r"lähetä juttuvinkki.{0,40}",
            r"제보(하기)?",
            r"(une|vous avez une) info(rmation)? à nous (transmettre|signaler).{0,120}",
            r"¿tienes (alguna )?(pista|información).{0,120}",
            r"(do|did) you (know|have|see|hear) (anything |something )?(more|information|details|a story|"
            r"anything)( .{2,60})?\? (please )?(e-?mail|contact|write to|message|text|call|get in touch|"
            r"tell|let) (us|me|our|with)?.{0,60}",
            r"(have|were) you (been )?(affected|impacted) by .{2,80}\?( .{2,120})?",
            r"have (a|any) (questions?|comments?|feedback|suggestions?|concerns?)( or (a )?(comments?|"
            r"questions?|concerns?|suggestions?))?\? (please )?(contact|e-?mail|write|get in touch|"
            r"let).{0,80}",
            r"(masz|macie) (ciekawy temat|dla nas temat|informacje|informację).{0,40}\? .{2,60}",
            r"máte (tip|zajímavý tip).{0,60}\? .{2,60}",
            r"(we|we'd|we would) (want|love|like|welcome) (to hear )?(from you|your (thoughts|views|"
            r"feedback|comments|letters|opinions?|stories))\b.{0,120}",
            r"(to )?(submit|send) (a |your )?letters? to the editor.{0,100}",
            r"(send|e-?mail|submit) (us )?(your )?(letters|comments|questions|feedback|thoughts|submissions|"
            r"opinions?) (to|at|via|by) .{0,40}@[\w.-]{2,40}.{0,40}",
            r"if you('ve)? (have|know|see|notice|spot|got) (a |any |an |something |anything )?(tip|news|"
            r"information|error|mistake|more|wrong|correction|concern)s?( .{0,60})?,? (please )?(e-?mail|"
            r"contact|let us know|write to|get in touch with|call) (us|our|the newsroom|"
            r"[\w.+-]{1,40}@).{0,100}",
            r"har du (et |ett |sett |några |noen |mer )?(tips|tip|innspill|innspel|något|"
            r"mer å fortelle)( [^.!?]{2,40})?\?( .{2,60})?",
            r"(vil|vill) du (tipse|tipsa) oss[^.!?]{0,30}\?( .{2,60})?",
            r"vet du (mer|noe)[^.!?]{0,30}\? (kontakta?|tipsa?|skriv|ring|send|skicka).{2,60}",
            r"vi vil gjerne høre fra deg[.!]?",
            r"skriv (till|til) (oss|os)( .{2,60})?",
            r"기사 ?제보.{0,20}",
            r"제보는 .{2,20}",
        ),
        longest=240,
        drops=(
            "Do you have a story? Email our newsroom.",
            "Send us your pictures and videos",
            "Is the ferry late where you live? Get in touch at news@harbour.example",
            "Sie haben Hinweise zum Thema? Schreiben Sie vertraulich an unsere Reporterin.",
            "Heb je een tip of opmerking? Stuur ons een bericht.",
            "Do you know more about this? Email us.",
            "Have you been affected by the issues raised in this story?",
            "We'd love to hear from you.",
            "If you have a tip, email us at tips@harbour.example.",
            "Har du tips i saken? Kontakt oss",
            "Vet du mer? Kontakta oss",
        ),
        keeps=(
            "Have a story to tell, she told the pupils, and tell it.",
            "Haben Sie Angst? Das fragte der Richter.",
            "Were you there when the pier broke?",
            "If you know more than the council, tell it to the judge.",
            "Vet du mer än domstolen? Det frågade han.",
        ),
    ),
    Rule(
        id="legal-disclaimer",
        reason=Reason.DISCLAIMER,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        pattern=any_of(
            r"(disclaimer|disclosure|legal notice|important notice|risk warning)s?( ?[:.-] ?.{0,500})?",
            r"(the|this|all|any|our|information|content|nothing) .{0,120}(for (informational|educational|"
            r"information|general information)( and (educational|informational|"
            r"entertainment))? purposes only|does not constitute (an? )?(\w+ )?(advice|endorsement|offer)|"
            r"(not|be) (a substitute for|intended as|construed as) (professional|medical|legal|financial|"
            r"investment).{0,20}advice).{0,300}",
            r"(18\+\.? )?(please gamble responsibly.{0,60}|(be)?gambleaware\.org.{0,60})",
            r"(\*?t&cs?|terms (and|&) conditions)( apply)?[.!]?( (and|&|-) privacy( policy| notice)?\.?)?",
            r"past performance (is|does) (not|no) .{2,120}",
            r"(all )?investing involves risk.{0,160}",
            r"member (fdic|sipc)\b.{0,60}",
        ),
        part=Part.BEFORE_OR_AFTER,
        longest=560,
        drops=(
            "Disclaimer: the information here is for educational purposes only.",
            "18+. GambleAware.org",
            "T&Cs apply",
            "Past performance is not indicative of future results.",
            "Member FDIC",
        ),
        keeps=(
            "The disclaimer on the ferry's ticket was invalid, the court ruled.",
            "Terms and conditions were read out at the quay.",
            "Past performance is what the council is judged by.",
        ),
    ),
)
