"""Advertisements, affiliate notes and consent."""

from __future__ import annotations

from cleaner.models import Reason
from cleaner.rules.model import Rule, Scope, any_of

_BLOCK, _HEADING = Scope.BLOCK, Scope.HEADING

RULES = (
    Rule(
        id="ad-label",
        reason=Reason.AD,
        scope=_BLOCK,
        languages=frozenset(
            "en de fr es pt it nl sv no da fi pl cs sk sl hr hu ro ru uk tr zh ja ko ar el id ms vi he fa bn th".split()
        ),
        pattern=any_of(
            r"(ads?|advert|advertisements?|advertising|advertisement banner|sponsored|sponsored (content|by|"
            r"post|links?|message|stories)|paid (content|post|partnership|advertisement)( by| for)?|"
            r"promoted( content| stories)?|promotion|partner content|ad feedback|ad choices|about ads|"
            r"(remove|hide|close|skip|report( this)?) (ads?|advertisement)|"
            r"paid for (and presented )?by .{2,40}|(this is an )?advertisement( ad)?|"
            r"why am i seeing this ad\??|(ad|advertisement|advertising) ?[-|:.,]* ?(continue reading|"
            r"story continues|scroll|article continues|ends|loading|feedback|placeholder|closed?|\d+|skip|"
            r"advertisement).{0,40}|(article|story|content|post) continues? (below|"
            r"after)( this)? (advertisement|ad|the ad).{0,20}|anzeige|werbung|(bezahlte )?(anzeige|"
            r"werbung)( |[-:/] ?)?(werbung|anzeige|endet?|ende)?|gesponsert|sponsored post|werbeanzeige|"
            r"externer inhalt|advertorial|publicité|annonce(s)?|sponsorisé|contenu sponsorisé|"
            r"la suite après (cette|la) publicité|publicidad|anuncios?|patrocinado( por)?|"
            r"contenido patrocinado|publicidade|continua (após|depois d)a? publicidade|conteúdo patrocinado|"
            r"pubblicità|annuncio|continua dopo la pubblicità|contenuto sponsorizzato|advertentie|"
            r"lees verder( onder| na) de advertentie|annons|reklame?|annonse|annonsørinnhold|"
            r"artikkelen fortsetter under( annonsen)?|artiklen fortsætter efter annoncen|(artikeln|"
            r"texten) fortsätter (efter|under) annonsen|reklama|ogłoszenie|materiał (sponsorowany|partnera)|"
            r"reklamy|inzerce|реклама|на правах рекламы|партн[её]рский материал|спецпроект|mainos(sisältö)?|"
            r"kaupallinen yhteistyö|hirdetés|publicitate|reclamă|quảng cáo|iklan|advertensie|tangazo|"
            r"auglýsing(ar)?|publicitat|publizitatea|oglas(i|no sporočilo)?|inzercia|reklaam|reklāma|"
            r"reklamë|reklamm|פרסומת|תוכן (שיווקי|ממומן)|تبلیغات|آگهی|اشتہار|বিজ্ঞাপন|விளம்பரம்|ప్రకటన|"
            r"जाहिरात|विज्ञापन|โฆษณา|რეკლამა|գովազդ|жарнама|ilan|reklamlar|广告|廣告|推廣|赞助(内容)?|広告|pr|\[?pr\]?|"
            r"スポンサー(リンク|ード)?|광고|إعلان(ات)?|διαφήμιση)",
            r"(sponsored|promoted) (links|stories|content|posts) (by|from) .{2,24}",
            r"why (are you|am i) seeing (this|these) ads?\??",
            r"continua(r)? (após|depois d)a publicidade",
            r"ads by .{2,20}",
            r"(content|offers|deals|news|more|stories|posts) from (our|the) (partners|sponsors|advertisers)",
            r"(from )?our (partners|sponsors)",
            r"in association with",
            r"presented by",
            r"brought to you by( [^.!?]{2,30})?",
            r"commercial (content|feature|message)",
            r"(today's|top|best|this week's) (best |top )?deals( .{0,30})?",
            r"(discount|voucher|promo) codes",
            r"(angebote|inhalte|tipps) (unserer|von unseren) partner",
            r"partnerangebote?",
            r"partnerinhalte?",
            r"in (kooperation|zusammenarbeit|partnerschaft) mit",
            r"präsentiert von",
            r"produktempfehlung(en)?",
            r"deals des tages",
            r"(nos|offres) partenaires",
            r"offres (de nos )?partenaires",
            r"en partenariat avec",
            r"codes? promo",
            r"nuestros socios",
            r"en colaboración con",
            r"códigos? (de )?descuento",
            r"in collaborazione con",
            r"em parceria com",
            r"in samenwerking met",
        ),
        longest=70,
        drops=(
            "Advertisement",
            "- Advertisement -",
            "Anzeige",
            "ANZEIGE: Werbung",
            "Publicité",
            "Publicidad",
            "Reklama",
            "Реклама",
            "広告",
            "إعلان",
            "Mainos",
            "Hirdetés",
            "Iklan",
            "פרסומת",
            "Sponsored by",
            "Sponsored links by Taboola",
            "Why are you seeing this ad?",
            "Ads by Google",
            "Content from our partners",
            "In Kooperation mit",
            "Offres partenaires",
            "Article continues after advertisement",
        ),
        keeps=(
            "Advertising is what the paper lived on",
            "Anzeige gegen den Bürgermeister",
            "Sponsored links in the fence were paid by the harbour.",
            "Ads by the road are forbidden near the harbour.",
            "Presented by the mayor himself, the plan failed at once.",
            "In collaborazione con la scuola, dice il sindaco.",
        ),
    ),
    Rule(
        id="affiliate-note",
        reason=Reason.DISCLAIMER,
        scope=_BLOCK,
        languages=frozenset("en de fr es".split()),
        pattern=any_of(
            r"(we|i|our site|this (site|article|post|page|story)|this article may|some of the links|"
            r"when you .{2,80}, we|if you .{2,80}, we|if you .{2,80}, i|the products .{2,60}) (may|might|"
            r"can|will|could|sometimes|contains?|includes?|receives?|earns?|gets?|"
            r"also)\b.{0,80} (commissions?|affiliate links?|compensation|a small (fee|percentage)|"
            r"referral fee|affiliate)\b.{0,240}",
            r"(when you|if you) (buy|purchase|click|shop|book|make a purchase|sign up).{0,60}(through|via|"
            r"using|from|on) (our|the|my|these|a|this|links).{0,80}(commission|earn|paid|compensat).{0,160}",
            r".{0,240}\bwe (may|might|can|could|will|sometimes)( also)? (earn|receive|get|make|"
            r"be paid)\b.{0,40}\b(commissions?|compensation|a percentage|referral fees?)\b.{0,200}",
            r"we (may|might) be (compensated|paid) (when|if) you .{0,240}",
            r"as an amazon associate.{0,160}",
            r"(affiliate|advertiser|advertising|sponsor) ?(link )?(disclosure|disclaimer).{0,240}",
            r"(disclosure|disclaimer) ?: ?.{0,160}(affiliate|commission).{0,160}",
            r"(all|every|each|our|the|products|we) .{0,200}\b(is|are|was|have been)? ?(independently|"
            r"editorially) (selected|chosen|reviewed).{0,240}",
            r"prices? (and availability )?(is|are|were)? ?(accurate|correct|subject to change).{0,120}",
            r"(affiliate|die|der|diese|in|bei|mit|einige|unsere?|wir|hinweis|links|enthält|"
            r"\*) ?.{0,160}\b(links?|provisions?-links?|affiliatelinks?|partnerlinks?)\b.{0,200}(provision|"
            r"vergütung|einkauf|kaufe?n|kauft|erhalten|bekommen).{0,160}",
            r"(mit|durch)? ?(einem? )?(\*|sternchen|symbol).{0,40}(gekennzeichnet|markiert|affiliate|"
            r"provision).{0,160}",
            r"(ces|cet|certains) .{0,60}liens? (affilié|d'affiliation).{0,160}",
            r"our (editors|experts|team) independently (select|choose|review|test|research)( .{0,160})?[.!]?",
            r"full disclosure (here|policy)[.!]?",
            r"(read|learn|see)( more)?( about)? (our|the) (full )?(editorial|review|testing|fact-checking|"
            r"ethics|affiliate|advertising) (policy|guidelines|process|standards|methodology|"
            r"disclosure)[.!]?",
            r"(expert|medically|editorially) reviewed",
            r"this (post|article|content|story|section|page|episode) (is|was|has been) (sponsored|paid for|"
            r"(produced|created|published|made) in (partnership|collaboration|association)|"
            r"brought to you) (by|with) .{2,160}",
            r"this is (a|an) (sponsored|paid|advertorial|promotional) (post|article|content|feature|message|"
            r"partnership).{0,80}",
            r"the news and editorial staff.{0,30} had no role .{2,80}",
        ),
        longest=420,
        drops=(
            "We may earn a commission when you buy through links on our site.",
            "Our editors choose every product here. If you buy through our links, we may earn a commission.",
            "As an Amazon Associate I earn from qualifying purchases.",
            "Disclosure: this post contains affiliate links.",
            "Our editors independently select these products.",
            "Learn about our editorial process",
            "This article was produced in partnership with Harbour Cruises.",
        ),
        keeps=(
            "A commission earned on links, the court found, is income.",
            "Our editors sit in the old customs house.",
            "This article of the law was made in partnership of two ministries, neither of which now wants it.",
        ),
    ),
    Rule(
        id="buy-button",
        reason=Reason.AD,
        scope=_BLOCK,
        languages=frozenset("en de".split()),
        pattern=any_of(
            r"(buy|shop|order|book|check|view|see|compare)( (it|now|here|the|best|latest|price|prices|deal|"
            r"deals|today|online|yours))+( (at|on|from) .{2,30})?",
            r"(apply|start|try|get started|get a demo|book a demo|request a demo|schedule a demo|"
            r"get a quote|contact us|contact sales|talk to .{2,20}|start (your )?free trial|start for free|"
            r"try (it )?(for )?free|get started( for)? free|sign up (for )?free)( now| today| here|"
            r" for free| free)?!?",
            r"\$\d[\d,.]* (at|on|from) .{2,30}",
            r"(jetzt|hier|bei|zum) ?(jetzt )?(kaufen|bestellen|angebot|shop|amazon|sparen|deal|"
            r"bei .{2,20} (kaufen|ansehen|bestellen))( bei .{2,20})?",
        ),
        linked=0.8,
        longest=60,
        drops=("[Buy now at Amazon]", "[Get started]", "[Start free trial]"),
        keeps=("Buy now, pay later", "Get started early"),
    ),
    Rule(
        id="shop-button",
        reason=Reason.AD,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        # Buttons between the paragraphs of company blogs and shops. With a full stop, such a line may end a paragraph.
        pattern=any_of(
            r"add to (cart|basket|bag|wishlist)",
            r"out of stock",
            r"sold out",
            r"quick view",
            r"select options",
            r"shop all",
            r"free shipping (on|over|for) .{2,40}",
            r"(request|get|ask for) (a|an|your) (free )?(quote|estimate|callback)( (now|today|here))?!?",
            r"get (a|your) free (consultation|demo|proposal|trial|sample)( (now|today|here))?!?",
            r"(schedule|book) (a|an|your) (free )?(consultation|demo|call|appointment|meeting|tour)( (now|"
            r"today|here|with .{2,30}))?!?",
            r"(call|text) (us )?(now|today)( (at|on) [0-9() .+-]{6,20})?!?",
            r"call (us )?(at |on )?[0-9() .+-]{7,20}",
            r"(talk|speak|chat) (to|with) (an? (expert|specialist|advisor|agent)|sales|us)( (now|today))?!?",
            r"get instant access",
            r"(get|claim|grab) (your|the|our|a) free (copy|checklist|guide|template|e-?book|download|"
            r"report)( (now|today|here))?!?",
            r"(download|get) (the|our|your|this) (free |full )?(guide|e-?book|white ?paper|report|checklist|"
            r"template|pdf|brochure|case study|infographic)( (now|today|here))?!?",
            r"watch (the )?(webinar|demo|on demand)( (now|today|here))?!?",
        ),
        longest=60,
        drops=("Add to cart", "Request a quote", "Download our free ebook", "Call us today at 555-0100"),
        keeps=("Download the report before Friday, for after that it is gone.", "Sold out houses, no empty seat."),
    ),
    Rule(
        id="contact-appeal",
        reason=Reason.AD,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        pattern=any_of(
            r"still have questions\??",
            r"have a project in mind\??",
            r"ready to get started\??",
            r"need help\?( .{0,40})?",
            r"let's (connect|talk|chat|work together)[.!]?",
            r"(as )?(seen|featured) (in|on)",
            r"trusted by [^.!?]{2,60}",
            r"(our|happy) (clients|customers|partners|sponsors)",
            r"what (our |people |clients |customers ){1,2}(say|are saying)( about us)?",
            r"testimonials",
            r"client reviews",
        ),
        longest=80,
        drops=("Ready to get started?", "As seen in", "Trusted by 10,000+ teams", "What our customers say"),
        keeps=("Trusted by few, the pilot kept his post for thirty years, and was mourned by all when he died.",),
    ),
    Rule(
        id="consent",
        reason=Reason.CONSENT,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl pl ru tr".split()),
        pattern=any_of(
            r"(accept|reject|allow|decline|manage|customi[sz]e|change|review|update|save|deny|only|your|"
            r"use)( (all|my|your|only|the|necessary|essential|optional|preferences|settings|and|&|"
            r"non-essential))* (cookies?( (settings|preferences|policy))?|preferences|consent|"
            r"privacy (settings|choices|options)|choices)",
            r"(we|this (web)?site|our (web)?site|our partners|we and our .{2,40}|this page) (may )?(uses?|"
            r"value|stores?|and our).{0,60} (cookies|similar technologies)\b.{0,280}",
            r"by (continuing|using|clicking|visiting|browsing).{0,80}(cookies?|privacy policy|terms).{0,200}",
            r"""(select|click|press|choose|tap)( on)? ['\"]?(accept|agree|allow|reject|"""
            r"decline).{0,120}\b(cookies?|consent)\b.{0,160}",
            r"(cookie|privacy)( policy| settings| notice| preferences| consent| statement| manager)",
            r"accept( all)?",
            r"reject all",
            r"(do not sell|your privacy|your california privacy).{0,60}",
            r"(to (view|see|show|watch|use) this (content|video|post|embed|element),?|this (content|video|"
            r"post) (is|can).{0,40}cookies).{0,200}",
            r"(this|the) content (is|was|could not be|cannot be) .{0,40}(consent|cookie).{0,160}",
            r"(alle )?(cookies )?(akzeptieren|ablehnen|zustimmen|zulassen)",
            r"(cookie|privatsphäre|datenschutz)[- ]?(einstellungen|hinweis|erklärung|richtlinie).{0,20}",
            r"(wir|diese (web)?seite|diese website) (verwende[nt]|nutz[et]n?|benötig[et]n?|brauch[et]n?|"
            r"binde[nt]).{0,80}(cookies|zustimmung|einwilligung).{0,240}",
            r"(externer inhalt|externe inhalte|an dieser stelle|hier|ich bin damit einverstanden|"
            r"mit (dem )?klick|zum anzeigen|um .{2,40} (anzuzeigen|zu sehen)).{0,160}(externe|einverstanden|"
            r"zustimm|personenbezogen|einwillig|datenschutz|cookies|drittplattform|daten).{0,260}",
            r"externer inhalt nicht verfügbar",
            r"(deine|ihre) (privatsphäre|datenschutz|cookie)-?einstellungen (verhindern|blockieren|"
            r"erlauben).{0,300}",
            r"(tout )?accepter( et (fermer|continuer))?",
            r"tout refuser",
            r"continuer sans accepter",
            r"(nous|ce site) utilis(ons|e).{0,40}cookies.{0,240}",
            r"(ce contenu|pour (voir|afficher)|en cliquant).{0,80}(cookies|consent|accept).{0,200}",
            r"aceptar( todas?)?( las cookies| y continuar)?",
            r"rechazar (todo|todas)",
            r"(este sitio|esta web|utilizamos|usamos).{0,40}cookies.{0,240}",
            r"(este site|utilizamos|usamos|nós usamos).{0,40}cookies.{0,240}",
            r"accetta( tutti)?( i cookie)?",
            r"(questo sito|utilizziamo).{0,40}cookie.{0,240}",
            r"(deze (web)?site|wij|we) (gebruikt|gebruiken|plaatsen).{0,40}cookies.{0,240}",
            r"(alle )?cookies accepteren",
            r"(ta strona|serwis|strona).{0,30}(używa|wykorzystuje|korzysta).{0,30}(cookies|ciasteczka|"
            r"plików).{0,200}",
            r"(сайт|мы) использу(ет|ем).{0,40}(cookie|куки|файлы).{0,240}",
            r"(bu site|sitemizde|sitemiz).{0,40}çerez.{0,240}",
            r"(this|the) (article|page|story|post) contains content (provided|hosted) by .{2,160}",
            r"(allow|load|show|accept) (content from )?(facebook|instagram|x|twitter|tiktok|youtube|google|"
            r"external|vimeo|reddit|third-party)( content)?( from .{2,20})?\??",
            r"content (is )?(not available|unavailable|blocked) due to (your )?(privacy|cookie|"
            r"consent) .{2,40}",
            r"(click|tap) here to (load|view|see|show) (this|the) (content|post|video|tweet).{0,20}",
            r"to (view|see) this (content|post|video|embed),? .{0,40}(cookies|consent).{0,40}",
            r"damit (können|werden) (ihre )?personenbezogene daten .{2,120}",
            r"(inhalt|inhalte|beitrag|post|video) von (facebook|instagram|x|twitter|tiktok|youtube|google|"
            r"vimeo) (anzeigen|laden|erlauben|zulassen|immer anzeigen)",
        ),
        longest=420,
        drops=(
            "We use cookies to give you the best experience.",
            "Accept all cookies",
            "Select Accept to consent to cookies, or Reject to decline them.",
            "Wir verwenden Cookies, um unsere Website zu verbessern.",
            "Diese Seite benötigt Ihre Zustimmung.",
            "This article contains content provided by Instagram.",
            "Allow Facebook content?",
            "Inhalt von Instagram anzeigen",
            "[Privacy Policy]",
        ),
        keeps=(
            "We use our boats in winter only, the fishermen say.",
            "Accept the prize he would not.",
            "Content from the old museum was brought to the harbour.",
        ),
    ),
)
