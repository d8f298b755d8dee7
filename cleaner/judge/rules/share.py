"""Share bars, appeals to follow, and the page's tools."""

from __future__ import annotations

from cleaner.judge.rules.model import Rule, Scope
from cleaner.models import Reason

_BLOCK, _HEADING = Scope.BLOCK, Scope.HEADING
_SERVICE = (
    r"(facebook|twitter|x|x \(twitter\)|instagram|whatsapp|telegram|linkedin|reddit|pinterest|tumblr|"
    r"threads|bluesky|mastodon|tiktok|youtube|flipboard|messenger|viber|line|vk|вконтакте|одноклассники|"
    r"weibo|wechat|snapchat|xing|pocket|skype|google\+?|google plus|google news|e-?mail|mail|print|"
    r"copy link|link|rss|sms|email this|copy|pinterest pin|nextdoor|hacker news|truth social|signal|"
    r"newsletter|微博|微信|ok|more)"
)

RULES = (
    Rule(
        id="share-label",
        reason=Reason.SHARE,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da fi pl cs hu ro ru uk tr zh ja ko ar el id vi hi".split()),
        pattern=r"(click (here )?to )?(share|sharing|tweet|pin|post|"
        r"send)( (this|the|it|now|on|link|via|us|your thoughts|with friends|full|options|"
        r"this with .{3,30}))?( (article|story|post|page|news|video|link|entry|content|recipe|with .{3,30}|"
        r"on social media|on|via|to|by|:))*|shares?|spread the (word|love|news)!?|(share|shared) \d+|"
        r"\d+[.,]?\d*[km]? shares?|sharing is caring!?|pass it on|share options|toggle share.{0,20}|"
        r"tell your friends|teilen sie (diesen|den) (artikel|beitrag)|"
        r"(artikel |beitrag |seite |jetzt |diesen artikel )?(teilen|weitersagen|merken|"
        r"verschicken|versenden)( auf| über| via)?|"
        r"(partager|partagez)( (cet|l'|cette|la|le|sur|par|via)? ?(article|page|actu|info|contenu)?)?( sur)?|"
        r"(compart(ir|e|a|ilhe|ilhar|ilhar|ir en|ilhe isso))( (este|esta|esto|el|la|o|a|essa|esse|no|na|en|em|"
        r"via|:))?( (artículo|noticia|nota|artigo|notícia|matéria|página|redes( sociales| sociais)?|"
        r"contenido))?|condividi(lo)?( (su|questo|via|l'))?( ?articolo)?|"
        r"(delen|deel)( (dit|op|via|deze))?( (artikel|bericht|pagina))?|"
        r"dela( (artikeln|sidan|på|via|den här artikeln))?|del( (artikkelen|artikkel|artikel|saken|på|denne))?|"
        r"jaa( artikkeli)?|(udostępnij|podziel się)( (artykuł|na|to|ten|tym))?( artykuł(em)?)?|"
        r"sdílet( (článek|na))?|megosztás|oszd meg( .{2,30})?|distribuie( .{2,30})?|"
        r"поделиться( (с друзьями|в соцсетях|новостью|ссылкой|статьей|на|в))?|поделитесь( .{2,30})?|поширити|"
        r"поділитися( .{2,30})?|paylaş(ın)?|haberi paylaş|κοινοποίηση|μοιραστείτε( το)?|"
        r"(分享|转发|轉發|分享(到|至|本文|文章|给好友)|分享：)|"
        r"(シェア|共有|ツイート|記事を(シェア|共有)|この記事を(シェア|共有))(する)?|공유(하기)?|"
        r"(شارك|مشاركة|انشر)( (المقال|الخبر|هذا الخبر|هذا المقال|على|عبر))*|bagikan( .{2,20})?|"
        r"chia sẻ( .{2,20})?|(शेयर|साझा) करें|"
        r"(the )?link (was |is )?copied to (the )?clipboard[.!]?|"
        r"(der )?link (wurde )?(in die zwischenablage )?kopiert[.!]?|lien copié[.!]?|"
        r"(e-?mail|send) (this )?(story|article|page) to a friend|enlace copiado[.!]?|link copia(t|d)o[.!]?|"
        r"kopier(a)? (lenke|lenken|länk|länken|link)|kopiér link|kopieer link|kopiuj link|skopiuj link|기사 ?공유|"
        r"share the love[.!]?|pin (it|this|me)( post| recipe| image)?( for later)?[.!]?|(like|share|pin|"
        r"tweet) loading\.{3}|share and cite",
        longest=80,
        drops=(
            "Share this article:",
            "Artikel teilen",
            "Partager cet article",
            "Compartir",
            "Compartilhe",
            "Condividi",
            "Deel dit artikel",
            "Dela",
            "Del artikkelen",
            "Jaa",
            "Udostępnij",
            "Sdílet",
            "Megosztás",
            "Distribuie",
            "Поделиться",
            "Поділитися",
            "Paylaş",
            "Κοινοποίηση",
            "分享",
            "この記事をシェアする",
            "공유하기",
            "شارك المقال",
            "Bagikan",
            "Chia sẻ",
            "शेयर करें",
            "Link copied to clipboard",
            "Lien copié",
            "Pin it for later",
            "Share the love",
        ),
        keeps=(
            "Share the road, share the cost",
            "Del av artikkelen var diktet opp",
            "Teilen muss man lernen",
            "The link was copied by hand from the old map.",
            "Share the love of the sea, he told the children.",
        ),
    ),
    Rule(
        id="share-label-more-languages",
        reason=Reason.SHARE,
        scope=_BLOCK,
        languages=frozenset(
            "af sw is ca eu hr sr bs sk sl bg mk et lv lt sq ms tl he fa ur bn ta te mr th ka hy az kk".split()
        ),
        pattern=r"deel( hierdie)? (artikel|berig|storie)|(shiriki|sambaza)( habari hii)?|"
        r"deila( (þessu|fréttinni|grein))?|"
        r"comparteix( (l'article|la notícia|a|això))?|partekatu|podijeli(te)?( (članak|na .{2,20}))?|"
        r"podeli(te)?( (vest|na .{2,20}))?|zdieľa(ť|j|jte)( (článok|na .{2,20}))?|deli(te)? (članek|novico|na .{2,20})|"
        r"сподели(те)?( (статията|с приятели|во .{2,20}))?|подели(те)?( вест)?|jaga( (artiklit|uudist|lugu))?|"
        r"(dalīties|kopīgot|dalies)( .{2,20})?|(pasi)?dalink(ite)?s?( .{2,20})?|"
        r"(pasi)?dalinti(s)?( .{2,20})?|"
        r"(shpërndaje?|ndaje)( .{2,20})?|kongsi(kan)?( .{2,20})?|ibahagi( .{2,20})?|(שתפו|שתף|שיתוף)( .{2,20})?|"
        r"(اشتراک[ ‌]?گذاری|به اشتراک بگذارید)( .{2,20})?|شیئر کریں|শেয়ার( করুন)?|পোস্ট শেয়ার করুন|பகிர(்|வும்)?|"
        r"షేర్ (చేయండి|చేయి)|शेअर करा|แชร์( .{2,20})?|გაზიარება|կիսվել|paylaşın|бөлісу",
        longest=60,
        drops=(
            "Deila fréttinni",
            "Comparteix",
            "Podijeli na Facebooku",
            "Zdieľať článok",
            "Сподели",
            "Jaga artiklit",
            "Dalīties",
            "Pasidalinti",
            "Kongsi",
            "שתפו",
            "به اشتراک بگذارید",
            "শেয়ার করুন",
            "แชร์",
        ),
        keeps=("Jaga lugu edasi, palus ema, ja laps jagas.", "Podelite kruh, je rekel župnik vsem v cerkvi."),
    ),
    Rule(
        id="share-on-service",
        reason=Reason.SHARE,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da pl ru tr".split()),
        pattern=r"(click (here )?to )?((share|tweet|pin|post|send|save|e-?mail|read|discuss|submit|print|recommend|"
        r"copy|forward|auf|über|via|per|bei|sur|par|por|su|op|på|na|no|через|teilen|partager|partagez|"
        r"compartir|compartilhar|condividi|delen|deel|dela|del|udostępnij|поделиться|отправить|envoyer|enviar|"
        r"invia|senden|versenden|this|it|a|link|article|story|page|on|to|by|with|in|friend|clipboard|em|en|w|"
        r"в|do|pelo|através) ){1,6}"
        + _SERVICE
        + r"'?( \(?opens in (a )?new (window|tab)\)?)?( (teilen|weiterleiten|verschicken|merken|posten|senden|"
        r"partager|compartir|delen|dela|del|da paylaş|de paylaş|ta paylaş|te paylaş|"
        + _SERVICE[1:]
        + r")?|click to (share|print|e-?mail|copy|send) .{0,80}\(opens in (a )?new window\).{0,30}|(facebook|"
        r"twitter|whatsapp|linkedin|telegram|reddit|pinterest|x|e-?mail) \(opens in (a )?new (window|tab)\)|"
        r"(facebook|twitter|whatsapp|linkedin|telegram)'?(da|de|ta|te) paylaş",
        longest=140,
        drops=(
            "Share on Facebook",
            "Click to share on Mastodon (Opens in new window) Mastodon",
            "Auf Facebook teilen",
            "Partager sur Facebook",
        ),
        keeps=("Share on Facebook fell by nine percent on Monday.", "Post on X by the mayor"),
    ),
    Rule(
        id="share-services",
        reason=Reason.SHARE,
        scope=_BLOCK,
        # A single name heads a section of a guide to such services, but then it is no link.
        pattern=r"(share|tweet|teilen|partager)?( ?[|,/·•:-]? ?" + _SERVICE + r"){1,12}",
        linked=0.6,
        longest=160,
        drops=("[Facebook] [Twitter] [WhatsApp] [Email]", "[LinkedIn]"),
        keeps=("Facebook",),
    ),
    Rule(
        id="share-services-row",
        reason=Reason.SHARE,
        scope=_BLOCK,
        pattern=r"(share|tweet|teilen|partager)?( ?[|,/·•:-]? ?"
        + _SERVICE
        + r"){2,12}|(share (on|via|by|to) "
        + _SERVICE
        + r" ?){2,12}",
        longest=160,
        drops=("Facebook Twitter WhatsApp Email", "Facebook | X | Copy link", "Share on X Share on LinkedIn"),
        keeps=("Facebook and WhatsApp",),
    ),
    Rule(
        id="follow-appeal",
        reason=Reason.SHARE,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        pattern=r"(follow|like|find|connect with|join|subscribe to|add|watch|check out|catch) (us|the author|me|him|"
        r"her|them|.{2,50}) (on|at|via|in|as) ?(our )?("
        + _SERVICE[1:-1]
        + r"|social( media)?|twitter/x|discord|patreon|our socials)\b.{0,120}|follow (us|me|along|"
        r"the author)( (here|now|at|on) ?.{0,60})?[.!]?|(connect with|find) us( on| at)?|(join|follow) (our|"
        r"the) (official )?.{0,30}\b(whatsapp|telegram|facebook|discord|signal) ?(channel|group|community|"
        r"page|server).{0,100}|(join|follow) .{2,40} on whatsapp.{0,80}|(follow|"
        r"stay connected)( us)?( on social media)?|follow our live (blog|coverage|updates).{0,60}|"
        r"our (social media|whatsapp channel|telegram channel)|"
        r"(twitter|instagram|facebook|x|e-?mail|linkedin) ?[:/-]? ?@\w{2,30}|(add|make|set) .{2,40} (as )?(a|"
        r"your) preferred source.{0,60}|"
        r"(follow|unfollow)( this)? (author|topic|story|writer|reporter)|(get|receive) (alerts|notifications|"
        r"updates) (for|on|about) this (topic|author|story)|"
        r"(click|tap) here to (follow|join|subscribe to) (our|the|us).{2,80}|"
        r"(thank you|thanks)( so much| very much)? for (reading|visiting|following( along)?|watching|"
        r"listening|stopping by|tuning in)( (this|our|my) [^.!?]{2,60}|"
        r" (?-i:[A-Z])[^.!?,]{2,40})?([.!]( .{2,120})?)?|turn on (push )?notifications .{2,60}|"
        r"never miss (a|an|our|any) .{2,40}: .{2,60}|stay informed with (our|us|the) .{2,80}",
        unfinished=False,
        longest=220,
        drops=(
            "Follow us on Facebook and Twitter",
            "Follow [The Harbour Post on Google News] for more.",
            "Join our WhatsApp channel",
            "Follow author",
            "Get alerts for this topic",
            "Click here to follow our WhatsApp channel",
            "Thanks for reading!",
        ),
        keeps=(
            "Follow the coast on foot and you need three days.",
            "Like the mayor, most voters are on no list.",
            "Follow author and translator through the old town.",
            "Thanks for reading the tide tables, no boat was lost, he says.",
        ),
    ),
    Rule(
        id="follow-appeal-languages",
        reason=Reason.SHARE,
        scope=_BLOCK,
        languages=frozenset("de fr es pt it nl sv no pl ru uk tr ar zh ja fi cs hu ro el id he da".split()),
        pattern=r"((folgen sie|folge|folgt) ((uns|mir)[.!]?|[^.!?]{2,30})( (auch )?(auf|bei|hier) .{2,80})?|"
        r"(besuchen sie|besuche) uns auf .{2,60}|(suivez|suivre|rejoignez)(-| )(nous|moi|notre|"
        r"nous sur)( .{2,80})?[.!]?|(síguenos|síganos|seguir|sigue|siga|únete a|siga-nos|sigam?|nos siga|"
        r"acompanhe)( (en|no|na|nas|nos|o|a|nuestro|nosso|a nuestro))? .{0,60}(facebook|twitter|instagram|"
        r"whatsapp|telegram|youtube|google|tiktok|redes|canal|x\b).{0,60}|síguenos|siga-nos|"
        r"(seguici|segui|unisciti)( (su|sui|anche|il nostro|al nostro|.{2,30}))? .{0,40}(facebook|twitter|"
        r"instagram|whatsapp|telegram|youtube|google|tiktok|social|canale).{0,60}|seguici|"
        r"volg (ons|.{2,30})( (ook )?(op|via) .{2,60})?|följ (oss|.{2,30}) på .{2,60}|"
        r"følg (oss|os|.{2,30}) på .{2,60}|(śledź|obserwuj|polub|dołącz do)( (nas|.{2,40}))? (na|w) .{2,60}|"
        r"(следите за .{2,60}|подписывайтесь на (нас|наш|канал) .{2,80}|(мы|читайте нас) (в|на) .{2,60})|"
        r"(стежте за|читайте нас) .{2,60}|bizi (.{2,40} )?takip edin|"
        r"(تابعونا|تابعنا|تابعوا)( (على|عبر) .{2,60})?|"
        r"(关注|關注|扫码关注|掃碼關注)(我们|我們|公众号|微信|微博).{0,40}|"
        r"(フォロー|をフォロー)(する|してください)?)|"
        r"(jetzt |hier )?((geht es|geht's) (hier )?(zum|zu unserem)|(abonnieren sie|abonniere|folgen sie|"
        r"folge|folgt)( hier| jetzt)? (unseren|unserem|dem|den)) .{0,24}(whatsapp|telegram|instagram|"
        r"youtube)-?(kanal|channel|account)( .{0,40})?|(jetzt |hier )?(unseren|unserem|dem|den) .{0,24}(whatsapp|"
        r"telegram|instagram|youtube)-?(kanal|channel|account)( (jetzt|hier))? (abonnieren|"
        r"folgen)[.!]?|(autor(in)?|thema) (folgen|abonnieren)|(suivez|retrouvez|rejoignez) .{2,60} sur (notre|"
        r"nos) (chaîne|chaînes|canal|page|compte) .{2,60}|(entr[ea]|particip[ea]|únete|sigue|siga|síguenos|"
        r"segui|seguici|iscriviti|accedi) .{0,60}\b(canal|canale|grupo|gruppo|comunidade) .{0,16}(whatsapp|"
        r"telegram)[.!]?( .{2,60})?|följ oss( på .{2,40})?|följ .{2,30} på (facebook|instagram|x|whatsapp|"
        r"google)|følg oss( på .{2,40})?|seuraa meitä( .{2,40})?|obserwuj nas( .{2,40})?|sledujte nás( .{2,40})?|"
        r"kövess(en|en minket|en bennünket|)? ?(minket|bennünket|be)? .{0,10}(facebookon|"
        r"instagramon|google .{2,20}|youtube-on)[.!]?|urmăre(ș|ş)te-ne( .{2,40})?|urmăriți-ne( .{2,40})?|"
        r"bizi takip edin( .{2,40})?|ακολουθήστε (μας|το .{2,30}) .{2,40}|تابعنا على( .{2,40})?|"
        r"تابعونا على( .{2,40})?|(ikuti|simak) .{2,60} di (google news|whatsapp|telegram|tiktok)( .{0,40})?|"
        r"עקבו אחרינו( .{2,40})?|"
        r"(danke|vielen dank|herzlichen dank) (fürs|für das|für ihr|für dein|für eure?) (lesen|interesse|"
        r"lektüre)[.!]?|merci (de|pour) (votre lecture|votre fidélité|nous lire)[.!]?|gracias por (leer|"
        r"leernos|tu visita|su visita|tu lectura)[.!]?|nichts (mehr )?verpassen ?[:!-].{2,100}|"
        r"(immer auf dem laufenden|immer informiert|bleiben sie informiert|auf dem laufenden) ?(bleiben|mit|:|"
        r"!).{2,100}|"
        r"(gefällt|gefiel|hat) (ihnen|dir|euch) (dieser|der|unser) (artikel|text|beitrag)( gefallen)?\?.{0,60}|"
        r"vous avez aimé cet article ?\? .{2,60}|si te ha gustado (este|esta) (artículo|"
        r"noticia|reportaje).{2,80}|"
        r"(больше|все|главные) новост(ей|и) (в|на) (нашем )?(telegram|телеграм).{0,24}|"
        r"більше новин (у|в) (нашому )?(telegram|телеграм).{0,24}|google news'te (takip edin|abone ol).{0,24}|"
        r"gabung (di|ke) grup .{2,24}|dziękujemy(,)? (że|za) (przeczyta).{2,30}",
        longest=160,
        drops=(
            "Folgen Sie uns auf Facebook",
            "Suivez-nous sur Instagram",
            "Síguenos en Facebook",
            "Seguici su Instagram",
            "Volg ons op Facebook",
            "Следите за новостями в Telegram",
            "Bizi Google News'te takip edin",
            "تابعونا على فيسبوك",
            "Hier geht es zum WhatsApp-Kanal",
            "Participe do canal no WhatsApp",
            "Ακολουθήστε μας στο Google News",
            "Danke fürs Lesen!",
            "Immer auf dem Laufenden bleiben: Folgen Sie uns auf Google News.",
            "Больше новостей в нашем Telegram-канале",
        ),
        keeps=(
            "Folgen hat das für die Fischer am Hafen.",
            "Suivez la côte pendant trois jours.",
            "Den Telegram-Kanal gibt es seit 2019.",
            "Folgen Sie dem Fluss bis zur Schleuse.",
            "Danke für den Fisch, sagte er.",
            "Больше новостей в тот день не было.",
        ),
    ),
    Rule(
        id="quoted-post",
        reason=Reason.EMBED,
        scope=_BLOCK,
        # A post that was copied with its picture's address, and who wrote it on which day.
        pattern=r".{2,400}pic\.(twitter|x)\.com/\w{4,20}.{0,60}|.{2,60} \(@\w{2,20}\) .{0,24}\b(19|20)\d\d",
        longest=480,
        drops=(
            "The ferry is late again #harbour pic.twitter.com/Ab12Cd34Ef",
            "— Anna Harbourmaster (@anna_harbour) March 3, 2025",
        ),
        keeps=("She wrote as Anna (@anna_harbour) until the account was closed in 2024.",),
    ),
    Rule(
        id="page-tool",
        reason=Reason.TOOLS,
        scope=_BLOCK,
        languages=frozenset("en de fr es it nl pl ru ja sv no ko zh".split()),
        pattern=r"(print|e-?mail|save|bookmark|copy|listen( to)?|download|gift|"
        r"cite)( (this|the|as))*( (article|story|page|post|pdf|link|version|friendly( version)?|for later|now|"
        r"to my .{2,20}))?|(copy|copied)( link| url)?( to clipboard)?!?|link copied!?|"
        r"(add|save) to (my )?(favou?rites|reading list|bookmarks|list|saved.{0,20})|"
        r"printer[- ]friendly.{0,20}|(decrease|increase|reset|adjust) (font|text) ?size|(font|text) size|"
        r"(large|small|medium|normal) (text|font)|a ?a ?a|"
        r"listen to (this|the) (article|story|post|episode).{0,40}|(play|pause) audio|audio (version|player)|"
        r"read aloud|text to speech|(\d{1,2}:)?\d{1,2}:\d\d ?/ ?(\d{1,2}:)?\d{1,2}:\d\d|"
        r"(article|story) (actions|tools|options)|"
        r"report (this|an|a)( (article|error|ad|typo|problem|mistake|issue))?|"
        r"(improve|edit) this (page|article|blog post|post)( on github)?|give (this|feedback).{0,40}|"
        r"was this (article|page|information|post|content|answer) helpful\??.{0,30}|"
        r"(suggest|submit) (an edit|a correction)|rate this (article|post|page)|"
        r"(open|close|toggle) (menu|navigation|search|share|modal|dialog).{0,20}|"
        r"((box|text|inhalt|infobox|details|tabelle) )?(auf|aus|zu|ein)klappen( ((box|text|inhalt|infobox|details|"
        r"tabelle) )?(auf|aus|zu|ein)klappen)?|"
        r"loading\.{3}|(add to|remove from) bookmarks?|"
        r"(please )?refresh (the|this) page .{2,120}|(artikel |seite )?(verschenken|schenken)|zum anfang|"
        r"auf einer seite lesen|lire plus tard|offrir (cet |l')article|ajouter (aux|à mes) favoris|"
        r"kopieer link|حجم الخط|"
        r"(artikel |seite )?(drucken|vorlesen|anhören|merken|speichern|ausdrucken|kopieren)|link kopieren|"
        r"link kopiert!?|per (e-?)?mail (versenden|teilen|verschicken)|"
        r"schrift(größe| größer| kleiner)|artikel anhören.{0,30}|(fehler|problem) melden|"
        r"imprimer( l'article)?|écouter( l'article| cet article)?.{0,20}|copier le lien|enregistrer|"
        r"(taille du texte)|imprimir|guardar|escuchar( la noticia| artículo)?|copiar (enlace|link|el enlace)|"
        r"stampa|ascolta( l'articolo)?|salva|copia link|salvar|ouvir|opslaan|afdrukken|"
        r"luister( naar dit artikel)?|bewaren|drukuj|posłuchaj( artykułu)?|распечатать|версия для печати|"
        r"печать|印刷(する)?|文字サイズ.{0,10}|保存(する)?|スクラップ|ブックマーク(する)?|"
        r"リンクをコピー(する)?|打印(本页)?|字号.{0,6}|朗読|"
        r"saved|unfollow|submit|dislike|read less|expand( article| story| all)?|open the app|"
        r"order reprints( .{0,60})?|(purchase|request|get|buy) (licensing|reprint|reuse|permission)( rights|s|"
        r" to .{2,20})?|"
        r"reuse this content|"
        r"(jump|skip) to (the )?recipe( card)?|print (the |this )?recipe|rate this recipe|copy code|(show|"
        r"view|read|hide) (the )?transcript|view (the )?pdf|permalink|article metrics|how to cite( this .{2,20})?|"
        r"suggest (edits|changes)|(view|edit|find|see) (this |it )?(page |source )?on github|(was|"
        r"is) this (useful|helpful)\??( yes( no)?.{0,10})?|yes no|"
        r"meine favoriten|(zur|auf die) merkliste( hinzufügen| setzen)?|schrift (vergrößern|verkleinern)|"
        r"(artikel )?vorlesen( lassen)?|enregistrer l'article|sauvegarder( l'article)?|"
        r"lecture audio|guardar artículo|enviar por (correo|e-?mail)|tamaño del? (texto|letra)|"
        r"envoyer par (e-?mail|mail)|"
        r"skriv ut( artikeln| artikkelen| saken)?|lagre( artikkelen| saken)?|spara( artikeln)?|"
        r"laster innhold(et)?[.!]*|følg saken|abonner på varsler|följ (skribenten|ämnen? i den här artikeln)|"
        r"wyłącz blokadę reklam.{0,40}|立即下載 ?app|카카오톡 공유|이 기사를 공유합니다|네이버에서 구독하기",
        longest=70,
        drops=(
            "Print",
            "Listen to this article",
            "Copy link",
            "Artikel drucken",
            "Box aufklappen Box zuklappen",
            "0:00 / 4:12",
            "Purchase licensing rights",
            "Expand article",
            "Jump to Recipe",
            "View PDF",
            "Was this helpful?",
            "Schrift vergrößern",
            "Taille du texte",
            "Skriv ut artikeln",
            "Følg saken",
        ),
        keeps=(
            "Print is not dead",
            "Save the harbour",
            "Request permission from the harbour master first.",
            "Print the recipe and hang it on the wall.",
            "Schrift und Bild gehören zusammen, sagt sie.",
            "Spara artikeln åt mig, bad han.",
        ),
    ),
    Rule(
        id="error-report",
        reason=Reason.TOOLS,
        scope=_BLOCK,
        languages=frozenset("de fr es it pt nl sv no da fi pl cs hu ru uk tr".split()),
        # Readers are asked to tell what is wrong.
        pattern=r"feedback an die redaktion|haben sie feedback .{2,60}|"
        r"(reportar|reporta|avisar de) (un )?error|¿?(has )?encontra(do|ste) (algún|un) error\?.{0,60}|"
        r"segnala( un)? errore|reportar( um)? erro|encontrou (algum |um )?erro\?.{0,60}|"
        r"fout (gezien|gevonden|melden|ontdekt)\??.{0,60}|rätta artikeln?|rapportera fel|"
        r"(fel|feil|fejl) i (artikeln|artikkelen|artiklen)\?.{0,60}|(meld|rapporter)( om)? (feil|fejl)|"
        r"ilmoita virheestä|zgłoś błąd|(zauważyłeś|widzisz|znalazłeś) błąd\?.{0,60}|nahlásit chybu|"
        r"našli jste( v článku)? chybu\?.{0,60}|hibát talált\?.{0,60}|"
        r"(нашли|заметили|увидели) (ошибку|опечатку)\?.{0,100}|(помітили|знайшли|побачили) помилку\?.{0,100}|"
        r"помилка в тексті\?.{0,80}|hata bildir|"
        r"(spot(ted)?|found|see|notice|seen) (a|an|any|something)? ?(mistake|error|typo|wrong|"
        r"inaccuracy)s?( (in|on) (this|the) .{2,20})?\? .{2,60}|"
        r"(send|submit|suggest|request) (us )?(a )?(correction|feedback)|(war|ist|fanden sie|hat ihnen) (dieser|"
        r"diesen|der|den) (artikel|beitrag|"
        r"text)( .{0,20})?(hilfreich|nützlich|gefallen|lesenswert|interessant)\??|"
        r"feedback (zum|zu diesem) (artikel|beitrag)|signaler (un|une) (problème|erreur|faute)( .{0,40})?|"
        r"(reportar|informar de) un error|"
        r"rätta oss|"
        r"to (report|request|submit|suggest) (a|an) (correction|error|mistake)( .{2,40})?, (please )?(e-?mail|"
        r"contact|click|write|call|use|fill|visit|send) .{2,80}|(read|see|view) our corrections? (policy|"
        r"page).{0,20}|we strive for accuracy.{0,120}|une (erreur|faute|coquille) (dans|sur) .{2,30}\? .{2,60}",
        longest=140,
        drops=(
            "Feedback an die Redaktion",
            "Signaler une erreur",
            "¿Encontraste un error?",
            "Segnala un errore",
            "Fel i artikeln? Hör av dig.",
            "Zgłoś błąd",
            "Нашли ошибку? Выделите её и нажмите Ctrl+Enter",
            "Spot a mistake? Let us know",
            "Feedback zum Artikel",
            "Send feedback",
            "To report a correction, email corrections@harbour.example.",
        ),
        keeps=(
            "Encontraste un error en la vida ajena, le dijo, y no en la tuya.",
            "Found a mistake in the tide table, he wrote to the council at once.",
            "To report a mistake takes courage.",
        ),
    ),
)
