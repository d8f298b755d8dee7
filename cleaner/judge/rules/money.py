"""Advertisements, affiliate notes, paywalls, consent."""

from __future__ import annotations

from cleaner.judge.rules.model import Rule, Scope
from cleaner.models import Reason

_BLOCK, _HEADING = Scope.BLOCK, Scope.HEADING

RULES = (
    Rule(
        id="ad-label",
        reason=Reason.AD,
        scope=_BLOCK,
        languages=frozenset(
            "en de fr es pt it nl sv no da fi pl cs sk sl hr hu ro ru uk tr zh ja ko ar el id ms vi he fa bn th".split()
        ),
        pattern=r"(ads?|advert|advertisements?|advertising|advertisement banner|sponsored|"
        r"sponsored (content|by|post|links?|message|stories)|"
        r"paid (content|post|partnership|advertisement)( by| for)?|promoted( content| stories)?|promotion|"
        r"partner content|ad feedback|ad choices|about ads|"
        r"(remove|hide|close|skip|report( this)?) (ads?|advertisement)|"
        r"paid for (and presented )?by .{2,40}|"
        r"(this is an )?advertisement( ad)?|why am i seeing this ad\??|"
        r"(ad|advertisement|advertising) ?[-|:.,]* ?(continue reading|story continues|scroll|"
        r"article continues|ends|loading|feedback|placeholder|closed?|\d+|skip|advertisement).{0,40}|"
        r"(article|story|content|post) continues? (below|after)( this)? (advertisement|ad|the ad).{0,20}|"
        r"anzeige|werbung|(bezahlte )?(anzeige|werbung)( |[-:/] ?)?(werbung|anzeige|endet?|ende)?|gesponsert|"
        r"sponsored post|werbeanzeige|externer inhalt|advertorial|publicité|annonce(s)?|sponsorisé|"
        r"contenu sponsorisé|la suite après (cette|la) publicité|publicidad|anuncios?|patrocinado( por)?|"
        r"contenido patrocinado|publicidade|continua (após|depois d)a? publicidade|conteúdo patrocinado|"
        r"pubblicità|annuncio|continua dopo la pubblicità|contenuto sponsorizzato|advertentie|"
        r"lees verder( onder| na) de advertentie|annons|reklame?|annonse|annonsørinnhold|"
        r"artikkelen fortsetter under( annonsen)?|artiklen fortsætter efter annoncen|"
        r"(artikeln|texten) fortsätter (efter|under) annonsen|reklama|ogłoszenie|"
        r"materiał (sponsorowany|partnera)|reklamy|inzerce|реклама|на правах рекламы|партн[её]рский материал|"
        r"спецпроект|mainos(sisältö)?|kaupallinen yhteistyö|hirdetés|publicitate|reclamă|quảng cáo|iklan|"
        r"advertensie|tangazo|auglýsing(ar)?|publicitat|publizitatea|oglas(i|no sporočilo)?|inzercia|reklaam|reklāma|"
        r"reklamë|reklamm|פרסומת|תוכן (שיווקי|ממומן)|تبلیغات|آگهی|اشتہار|বিজ্ঞাপন|விளம்பரம்|ప్రకటన|जाहिरात|विज्ञापन|"
        r"โฆษณา|რეკლამა|գովազդ|жарнама|ilan|reklamlar|广告|廣告|推廣|赞助(内容)?|広告|pr|\[?pr\]?|"
        r"スポンサー(リンク|ード)?|광고|"
        r"إعلان(ات)?|διαφήμιση)|"
        r"(sponsored|promoted) (links|stories|content|posts) (by|from) .{2,24}|"
        r"why (are you|am i) seeing (this|these) ads?\??|continua(r)? (após|depois d)a publicidade|"
        r"ads by .{2,20}|"
        r"(content|offers|deals|news|more|stories|posts) from (our|the) (partners|sponsors|advertisers)|"
        r"(from )?our (partners|sponsors)|in association with|presented by|brought to you by( [^.!?]{2,30})?|"
        r"commercial (content|feature|message)|(today's|top|best|this week's) (best |top )?deals( .{0,30})?|"
        r"(discount|voucher|promo) codes|(angebote|inhalte|tipps) (unserer|von unseren) partner|"
        r"partnerangebote?|partnerinhalte?|in (kooperation|zusammenarbeit|partnerschaft) mit|präsentiert von|"
        r"produktempfehlung(en)?|deals des tages|(nos|offres) partenaires|offres (de nos )?partenaires|"
        r"en partenariat avec|codes? promo|nuestros socios|en colaboración con|códigos? (de )?descuento|"
        r"in collaborazione con|em parceria com|in samenwerking met",
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
        pattern=r"(we|i|our site|this (site|article|post|page|story)|this article may|some of the links|"
        r"when you .{2,80}, we|if you .{2,80}, we|if you .{2,80}, i|the products .{2,60}) (may|might|can|will|"
        r"could|sometimes|contains?|includes?|receives?|earns?|gets?|also)\b.{0,80} (commissions?|"
        r"affiliate links?|compensation|a small (fee|percentage)|referral fee|affiliate)\b.{0,240}|"
        r"(when you|if you) (buy|purchase|click|shop|book|make a purchase|sign up).{0,60}(through|via|using|"
        r"from|on) (our|the|my|these|a|this|links).{0,80}(commission|earn|paid|compensat).{0,160}|"
        r".{0,240}\bwe (may|might|can|could|will|sometimes)( also)? (earn|receive|get|make|be paid)\b.{0,40}"
        r"\b(commissions?|compensation|a percentage|referral fees?)\b.{0,200}|"
        r"we (may|might) be (compensated|paid) (when|if) you .{0,240}|"
        r"as an amazon associate.{0,160}|"
        r"(affiliate|advertiser|advertising|sponsor) ?(link )?(disclosure|disclaimer).{0,240}|"
        r"(disclosure|disclaimer) ?: ?.{0,160}(affiliate|commission).{0,160}|"
        r"(all|every|each|our|the|products|we) .{0,200}\b(is|are|was|have been)? ?(independently|"
        r"editorially) (selected|chosen|reviewed).{0,240}|"
        r"prices? (and availability )?(is|are|were)? ?(accurate|correct|subject to change).{0,120}|"
        r"(affiliate|die|der|diese|in|bei|mit|einige|unsere?|wir|hinweis|links|enthält|\*) ?.{0,160}\b(links?|"
        r"provisions?-links?|affiliatelinks?|partnerlinks?)\b.{0,200}(provision|vergütung|einkauf|kaufe?n|"
        r"kauft|erhalten|bekommen).{0,160}|"
        r"(mit|durch)? ?(einem? )?(\*|sternchen|symbol).{0,40}(gekennzeichnet|markiert|affiliate|"
        r"provision).{0,160}|(ces|cet|certains) .{0,60}liens? (affilié|d'affiliation).{0,160}|"
        r"our (editors|experts|team) independently (select|choose|review|test|research)( .{0,160})?[.!]?|"
        r"full disclosure (here|policy)[.!]?|(read|learn|see)( more)?( about)? (our|the) (full )?(editorial|"
        r"review|"
        r"testing|fact-checking|ethics|affiliate|advertising) (policy|guidelines|process|standards|"
        r"methodology|disclosure)[.!]?|(expert|medically|editorially) reviewed|"
        r"this (post|article|content|story|section|page|episode) (is|was|has been) (sponsored|paid for|"
        r"(produced|created|published|made) in (partnership|collaboration|association)|brought to you) (by|"
        r"with) .{2,160}|this is (a|an) (sponsored|paid|advertorial|promotional) (post|article|content|"
        r"feature|message|partnership).{0,80}|the news and editorial staff.{0,30} had no role .{2,80}",
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
        pattern=r"(buy|shop|order|book|check|view|see|compare)( (it|now|here|the|best|latest|price|prices|deal|deals|"
        r"today|online|yours))+( (at|on|from) .{2,30})?|"
        r"(apply|start|try|get started|get a demo|book a demo|request a demo|schedule a demo|get a quote|"
        r"contact us|contact sales|talk to .{2,20}|start (your )?free trial|start for free|"
        r"try (it )?(for )?free|get started( for)? free|sign up (for )?free)( now| today| here| for free|"
        r" free)?!?|\$\d[\d,.]* (at|on|from) .{2,30}|"
        r"(jetzt|hier|bei|zum) ?(jetzt )?(kaufen|bestellen|angebot|shop|amazon|sparen|deal|"
        r"bei .{2,20} (kaufen|ansehen|bestellen))( bei .{2,20})?",
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
        # What a company's blog and a shop set between paragraphs. With a full stop, it may close a paragraph.
        pattern=r"add to (cart|basket|bag|wishlist)|out of stock|sold out|quick view|select options|shop all|"
        r"free shipping (on|over|for) .{2,40}|"
        r"(request|get|ask for) (a|an|your) (free )?(quote|estimate|callback)( (now|today|here))?!?|"
        r"get (a|your) free (consultation|demo|proposal|trial|sample)( (now|today|here))?!?|"
        r"(schedule|book) (a|an|your) (free )?(consultation|demo|call|appointment|meeting|tour)( (now|today|here|"
        r"with .{2,30}))?!?|(call|text) (us )?(now|today)( (at|on) [0-9() .+-]{6,20})?!?|"
        r"call (us )?(at |on )?[0-9() .+-]{7,20}|"
        r"(talk|speak|chat) (to|with) (an? (expert|specialist|advisor|agent)|sales|us)( (now|today))?!?|"
        r"get instant access|"
        r"(get|claim|grab) (your|the|our|a) free (copy|checklist|guide|template|e-?book|download|report)( (now|"
        r"today|here))?!?|(download|get) (the|our|your|this) (free |full )?(guide|e-?book|white ?paper|report|"
        r"checklist|template|pdf|brochure|case study|infographic)( (now|today|here))?!?|"
        r"watch (the )?(webinar|demo|on demand)( (now|today|here))?!?",
        longest=60,
        drops=("Add to cart", "Request a quote", "Download our free ebook", "Call us today at 555-0100"),
        keeps=("Download the report before Friday, for after that it is gone.", "Sold out houses, no empty seat."),
    ),
    Rule(
        id="contact-appeal",
        reason=Reason.AD,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        pattern=r"still have questions\??|have a project in mind\??|ready to get started\??|"
        r"need help\?( .{0,40})?|let's (connect|talk|chat|work together)[.!]?|"
        r"(as )?(seen|featured) (in|on)|trusted by [^.!?]{2,60}|(our|happy) (clients|customers|partners|sponsors)|"
        r"what (our |people |clients |customers ){1,2}(say|are saying)( about us)?|testimonials|client reviews",
        longest=80,
        drops=("Ready to get started?", "As seen in", "Trusted by 10,000+ teams", "What our customers say"),
        keeps=("Trusted by few, the pilot kept his post for thirty years, and was mourned by all when he died.",),
    ),
    Rule(
        id="consent",
        reason=Reason.CONSENT,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl pl ru tr".split()),
        pattern=r"(accept|reject|allow|decline|manage|customi[sz]e|change|review|update|save|deny|only|your|"
        r"use)( (all|my|your|only|the|necessary|essential|optional|preferences|settings|and|&|"
        r"non-essential))* (cookies?( (settings|preferences|policy))?|preferences|consent|"
        r"privacy (settings|choices|options)|choices)|"
        r"(we|this (web)?site|our (web)?site|our partners|we and our .{2,40}|this page) (may )?(uses?|value|"
        r"stores?|and our).{0,60} (cookies|similar technologies)\b.{0,280}|"
        r"by (continuing|using|clicking|visiting|browsing).{0,80}(cookies?|privacy policy|terms).{0,200}|"
        r"(select|click|press|choose|tap)( on)? ['\"]?(accept|agree|allow|reject|decline).{0,120}\b(cookies?|"
        r"consent)\b.{0,160}|"
        r"(cookie|privacy)( policy| settings| notice| preferences| consent| statement| manager)|accept( all)?|"
        r"reject all|(do not sell|your privacy|your california privacy).{0,60}|"
        r"(to (view|see|show|watch|use) this (content|video|post|embed|element),?|"
        r"this (content|video|post) (is|can).{0,40}cookies).{0,200}|"
        r"(this|the) content (is|was|could not be|cannot be) .{0,40}(consent|cookie).{0,160}|"
        r"(alle )?(cookies )?(akzeptieren|ablehnen|zustimmen|zulassen)|"
        r"(cookie|privatsphäre|datenschutz)[- ]?(einstellungen|hinweis|erklärung|richtlinie).{0,20}|"
        r"(wir|diese (web)?seite|diese website) (verwende[nt]|nutz[et]n?|benötig[et]n?|brauch[et]n?|"
        r"binde[nt]).{0,80}(cookies|zustimmung|einwilligung).{0,240}|"
        r"(externer inhalt|externe inhalte|an dieser stelle|hier|ich bin damit einverstanden|mit (dem )?klick|"
        r"zum anzeigen|um .{2,40} (anzuzeigen|zu sehen)).{0,160}(externe|einverstanden|zustimm|"
        r"personenbezogen|einwillig|datenschutz|cookies|drittplattform|daten).{0,260}|"
        r"externer inhalt nicht verfügbar|(deine|ihre) (privatsphäre|datenschutz|cookie)-?einstellungen "
        r"(verhindern|blockieren|erlauben).{0,300}|"
        r"(tout )?accepter( et (fermer|continuer))?|tout refuser|continuer sans accepter|"
        r"(nous|ce site) utilis(ons|e).{0,40}cookies.{0,240}|"
        r"(ce contenu|pour (voir|afficher)|en cliquant).{0,80}(cookies|consent|accept).{0,200}|"
        r"aceptar( todas?)?( las cookies| y continuar)?|rechazar (todo|todas)|"
        r"(este sitio|esta web|utilizamos|usamos).{0,40}cookies.{0,240}|"
        r"(este site|utilizamos|usamos|nós usamos).{0,40}cookies.{0,240}|accetta( tutti)?( i cookie)?|"
        r"(questo sito|utilizziamo).{0,40}cookie.{0,240}|"
        r"(deze (web)?site|wij|we) (gebruikt|gebruiken|plaatsen).{0,40}cookies.{0,240}|"
        r"(alle )?cookies accepteren|(ta strona|serwis|strona).{0,30}(używa|wykorzystuje|"
        r"korzysta).{0,30}(cookies|ciasteczka|plików).{0,200}|"
        r"(сайт|мы) использу(ет|ем).{0,40}(cookie|куки|файлы).{0,240}|"
        r"(bu site|sitemizde|sitemiz).{0,40}çerez.{0,240}|"
        r"(this|the) (article|page|story|post) contains content (provided|hosted) by .{2,160}|(allow|load|"
        r"show|accept) (content from )?(facebook|instagram|x|twitter|tiktok|youtube|google|external|vimeo|"
        r"reddit|third-party)( content)?( from .{2,20})?\??|"
        r"content (is )?(not available|unavailable|blocked) due to (your )?(privacy|cookie|consent) .{2,40}|"
        r"(click|tap) here to (load|view|see|show) (this|the) (content|post|video|tweet).{0,20}|"
        r"to (view|see) this (content|post|video|embed),? .{0,40}(cookies|"
        r"consent).{0,40}|damit (können|werden) (ihre )?personenbezogene daten .{2,120}|(inhalt|inhalte|"
        r"beitrag|post|video) von (facebook|instagram|x|twitter|tiktok|youtube|google|vimeo) (anzeigen|laden|"
        r"erlauben|zulassen|immer anzeigen)",
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
        ),
        keeps=(
            "We use our boats in winter only, the fishermen say.",
            "Accept the prize he would not.",
            "Content from the old museum was brought to the harbour.",
        ),
    ),
)
