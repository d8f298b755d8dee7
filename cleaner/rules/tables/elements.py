"""Elements whose class, id, role or tag says what they hold.

A pattern matches a whole token: `related` matches `class="related"`, but not `class="unrelated-note"`. In the token,
each run of dashes and underscores is one `-`. The pattern is also tried on the token without the prefixes and suffixes
that themes add, so `related` matches `js-article__related-list`, too.
"""

from __future__ import annotations

from cleaner.models import Reason
from cleaner.rules.model import Rule, Scope, any_of

_ELEMENT = Scope.ELEMENT

RULES = (
    Rule(
        id="related-element",
        reason=Reason.RELATED,
        scope=_ELEMENT,
        pattern=r"(related|related-?(posts?|articles?|content|stories|story|news|items?|links?|topics?|reading|"
        r"coverage|videos?)|relatedposts|read-?(more|also|next)-(posts?|articles?|links?|box|block|list|also)|"
        r"read-?also|also-?read|see-?also|(you-)?may-(also-)?like|recommended|"
        r"recommended-?(posts?|articles?|content|stories|reading)|recommendations?|recirc(ulation)?|"
        r"more-(stories|articles|posts|news|from|like-this|on-this)|"
        r"most-?(read|popular|viewed|recent|commented)|popular-?(posts?|articles?|stories)|"
        r"trending(-(posts?|now|stories|news|topics))?|latest-?(posts?|news|articles?|stories)|"
        r"recent-?(posts?|articles?|news)|similar-?(posts?|articles?)|other-?(posts|articles|news)|up-?next|"
        r"read-?next|next-?(article|post|story|up)|prev(ious)?-?(article|post|story)|editors?-picks?|"
        r"promoted-(stories|content)|teaser-?list|further-reading|(a-)?lire-aussi|leggi-anche|lees-(ook|meer)|"
        r"(noticias|notas|articulos)-relacionad[ao]s|relacionad[ao]s|(leer|lee|lea|ver)-tambien|te-puede-interesar|"
        r"leia-(mais|tambem)|baca-juga|linksisip|relaterade?|les-ogsa|las-mer|mehr-zum-thema|"
        r"artikel-?empfehlung(en)?|weitere-(artikel|themen)|suggested-?(articles?|posts?|stories)|top-?stories)",
        drops=("related-posts", "yarpp-related article__related", "c-related-articles__list", "baca-juga"),
        keeps=("unrelated", "related-party-transactions"),
    ),
    Rule(
        id="related-plugin",
        reason=Reason.RELATED,
        scope=_ELEMENT,
        # The class names of WordPress plugins and recommendation services.
        pattern=any_of(
            r"jp-relatedposts(-[\w-]*)?",
            r"sharedaddy-related",
            r"yarpp(-related|-thumbnails?[-\w]*)?",
            r"crp-related",
            r"rp4wp-related-posts",
            r"irp-[\w-]{2,40}",
            r"[\w-]{0,20}(outbrain|taboola|zergnet|revcontent|plista|dianomi|mgid|nativo)[\w-]{0,40}",
            r"ob-widget[\w-]*",
            r"trc-[\w-]+",
            r"inline-?related[\w-]*",
            r"widget-(recent-entries|recent-posts|popular[\w-]*|related[\w-]*)",
            r"td-(related|block-related)[\w-]*",
            r"tdb-single-related",
            r"elementor-widget-(posts|post-navigation|loop-grid)",
            r"elementor-post-navigation[\w-]*",
            r"wp-block-(latest-posts|query|rss|post-navigation-link)",
            r"wp-block-latest-posts-list",
            r"single-post-related",
            r"summary-item",
            r"mntl-(article-list|recirc)[\w-]*",
            r"see-also-[\w-]+",
        ),
        drops=("jp-relatedposts", "taboola-below-article", "yarpp", "trc_related_container", "crp_related"),
        keeps=("summary", "irp"),
    ),
    Rule(
        id="newsletter-element",
        reason=Reason.SUBSCRIBE,
        scope=_ELEMENT,
        pattern=r"(newsletters?|news-letter|newsletter-?(sign-?up|form|subscribe|subscription|promo|cta|teaser|embed|"
        r"banner|optin|registration)|subscribe|subscription|subscriptions|"
        r"subscribe-?(form|btn|button|now|cta|widget|email|blog|prompt)|subscription-?(form|widget|prompt)|"
        r"email-?(sign-?up|capture|subscribe|subscription|optin|form)|sign-?up|signup-?(form|cta|widget)|"
        r"nl-sign-?up|subscription-banner|mailing-?list|opt-?in(-form)?|(mc-embed-[\w-]{1,30}|mc4wp[\w-]*|"
        r"wp-block-jetpack-subscriptions[\w-]*|jetpack-subscription-widget|widget-blog-subscription|"
        r"subscription-widget[\w-]*|convertkit[\w-]*|formkit[\w-]*|hs-form[\w-]*|klaviyo[\w-]*|mailpoet[\w-]*|"
        r"mailerlite[\w-]*|ml-form[\w-]*|tnp(-[\w-]+)?|sumome[\w-]*|optin-monster[\w-]*|sib-form[\w-]*))",
        drops=("newsletter-signup", "wp-block-jetpack-subscriptions__container", "article__newsletter"),
        keeps=("newsletter-reader-stories", "signupgenius-report"),
    ),
    Rule(
        id="donate-element",
        reason=Reason.DONATE,
        scope=_ELEMENT,
        pattern=r"(donat(e|ion|ions)|donat(e|ion)-?(box|form|appeal|cta|prompt|banner|button|promo|widget)|"
        r"support-(us|our-work|journalism)|fundrais(er|ing)-(appeal|banner|box)|"
        r"contribution-(box|banner|epic)|patreon[\w-]*|membership-(promo|appeal|cta|banner)|"
        r"reader-revenue[\w-]*|spenden(aufruf|box|banner|hinweis))",
        drops=("donation-box", "article-donate"),
        keeps=("donation-scandal", "support"),
    ),
    Rule(
        id="share-element",
        reason=Reason.SHARE,
        scope=_ELEMENT,
        pattern=any_of(
            r"(share|sharing|shares|social|socials|share-?(this|bar|tools?|buttons?|links?|icons?|menu|"
            r"options|widget|count)|social-?(share|sharing|media|links?|icons?|bar|buttons?|follow|menu|nav|"
            r"network|networks|tools)|sharebar|sharethis|sharetools|socialmedia|share-(facebook|twitter|x|"
            r"linkedin|pinterest|whatsapp|email|reddit|mastodon|bluesky|telegram|tumblr|print|threads|"
            r"nextdoor|pocket)|share-jetpack-[\w-]+|follow-?(us|bar|links|buttons?)|teilen)",
            r"sharedaddy",
            r"sd-(sharing|social|block|like|title|content|button|sharing-enabled|social-icon|"
            r"link-color)(-[\w-]+)?",
            r"addtoany[\w-]*",
            r"a2a-[\w-]+",
            r"addthis[\w-]*",
            r"shariff[\w-]*",
            r"heateor[\w-]*",
            r"ssba[\w-]*",
            r"swp-(social-panel|share-button)[\w-]*",
            r"jetpack-likes-widget-(wrapper|unloaded)",
            r"mashsb[\w-]*",
            r"essb-[\w-]+",
            r"(whatsapp|telegram)-(cta|channel|banner|box|promo|follow)",
            r"google-news-(follow|button|cta|banner)",
            r"dm-follow",
            r"(post-)?likes-widget-placeholder",
            r"like-button-container",
            r"post-ufi(-[\w-]+)?",
            r"et-(social|pb-social)[\w-]*",
            r"td-(post-sharing|social)[\w-]*",
            r"tdb-single-post-share",
            r"wp-(block-)?social-links?(-[\w-]+)?",
            r"elementor-(widget-(social-icons|share-buttons)|social-icons-wrapper|share-btn[\w-]*)",
            r"jssocials[\w-]*",
        ),
        drops=("share-buttons", "sharedaddy sd-sharing-enabled", "social-share__list", "wp-block-social-links"),
        keeps=("shareholders", "social-science", "market-share-table"),
    ),
    Rule(
        id="tools-element",
        reason=Reason.TOOLS,
        scope=_ELEMENT,
        pattern=r"((article|post|page|story|entry)-?(tools?|actions?|toolbar|utilities|functions|controls|buttons)|"
        r"toolbar|print-?(button|link|icon|only|this)|print-?friendly[\w-]*|printfriendly|"
        r"bookmark(-?(button|icon))?|save-(button|article|story)|font-?size(-?(control|switch|changer)s?)?|"
        r"text-?(resize|size-control)|(audio|listen)-?(player|button|to-article|article)|read-?speaker[\w-]*|"
        r"rsbtn[\w-]*|tts-player|copy-link|feedback-?(form|widget|box)|back-?to-?top|scroll-?to-?top)",
        drops=("article-tools", "print-button", "back-to-top"),
        keeps=("tools", "audio", "print"),
    ),
    Rule(
        id="comments-element",
        reason=Reason.COMMENTS,
        scope=_ELEMENT,
        pattern=any_of(
            r"(comments?|commentlist|comment-?(list|form|section|respond|body|content|meta|author|reply|"
            r"count|box|thread|navigation|notes|actions|metadata|header|edit-link|awaiting-moderation|"
            r"template|tree)|commentform|comments-?(area|title|link|list|section|count|wrapper|container|"
            r"open|closed|app|form|template|bubble)|comments?-app|leave-?a?-?(comment|reply)|respond|"
            r"reply-title|disqus[\w-]*|dsq-[\w-]+|wpd(iscuz)?-[\w-]+|wpdiscuz\w*|wpdcom|fb-comments|"
            r"livefyre[\w-]*|remark42[\w-]*|cusdis[\w-]*|coral-(talk|comments|stream|thread|container)|"
            r"talk-stream[\w-]*|hyvor-talk[\w-]*|utterances|giscus|spot-?im[\w-]*|viafoura[\w-]*|"
            r"vf-(comments|conversations)[\w-]*|akismet[\w-]*|commento|isso-thread|"
            r"jp-carousel-comment[\w-]*|kommentare?|commentaires|comentarios|reader-comments|user-comments|"
            r"reacties)",
            r"comment-\d{1,9}",
            r"thread-(even|odd|alt)",
            r"bypostauthor",
            r"role=comment",
            r"itemprop=comment",
            r"<fb:comments>",
        ),
        drops=("comments-area", "comment-respond", "disqus_thread", "wpdiscuz_hidden_secondary_form"),
        keeps=("commentary", "comment-of-the-minister"),
    ),
    Rule(
        id="author-box-element",
        reason=Reason.AUTHOR_BOX,
        scope=_ELEMENT,
        pattern=r"((about-?)?(the-)?author-?(bio|box|card|profile|description|about|block|biography|footer|section|"
        r"panel)|authorbox|about-?author|author-about|authors?-bio|bio|bio-?box|"
        r"elementor-(widget-)?author-box[\w-]*|saboxplugin[\w-]*|m-a-box[\w-]*|molongui[\w-]*|"
        r"pp-(author-boxes|multiple-authors)[\w-]*|post-author-box|writer-bio|contributor-bio|"
        r"mntl-author-tooltip[\w-]*|"
        r"autor(en)?-?box|td-author[\w-]*|user-bio|profile-box)",
        drops=("author-bio", "about-author", "saboxplugin-wrap", "post-author-box"),
        keeps=("bio-fuels", "authorship"),
    ),
    Rule(
        id="byline-element",
        reason=Reason.BYLINE,
        scope=_ELEMENT,
        pattern=any_of(
            r"(bylines?|by-line|authors?|author-?(name|names|line|link|info|list|url|byline|role|title|date|"
            r"meta|details|label|wrapper|container|group|image|avatar|social)|writers?|p-author|"
            r"contributors?|credits?-?(line|byline)|(article|entry|post|story|page|single)-?(meta|info|"
            r"byline|details|metadata)|entry-meta[\w-]*|meta-(info|data|author|line|top|wrap|wrapper)|"
            r"dateline|posted-?(on|by|in)|autor(in)?|auteur|autore|mntl-(bylines|attribution|author|"
            r"article-meta)[\w-]*|blog-item-(meta|author)[\w-]*|blog-meta-item[\w-]*|"
            r"elementor-widget-post-info|wp-block-post-(author|date)[\w-]*|td-module-meta-info|"
            r"td-post-author-name|tdb-(single-author|single-date|post-meta)[\w-]*|byline-[\w-]{1,20}|vcard)",
            r"itemprop=author",
            r"rel=author",
        ),
        drops=("byline", "article__meta", "author-name", "itemprop=author"),
        keeps=("author-interview", "authorities", "meta-analysis"),
    ),
    Rule(
        id="date-element",
        reason=Reason.DATE,
        scope=_ELEMENT,
        pattern=any_of(
            r"(date|dates|(post|entry|article|publish(ed)?|pub|publication|update[d]?|modified|created|"
            r"story|display)-?(date|time|on|datetime)|date-?(published|modified|line|time|posted|updated|"
            r"created)|datetime|timestamp|time-?stamp|time-ago|last-?(updated?|modified)|updated|published|"
            r"publishdate|pubdate|posted)" + r"(-(line))?",
            r"itemprop=(datepublished|datemodified|datecreated)",
            r"<time>",
        ),
        drops=("post-date", "timestamp", "itemprop=datepublished", "<time>"),
        keeps=("update-of-the-plan", "dated-harbour"),
    ),
    Rule(
        id="reading-time-element",
        reason=Reason.READING_TIME,
        scope=_ELEMENT,
        pattern=r"((estimated-)?read(ing)?-?time|time-to-read|lesezeit|temps-lecture|"
        r"rt-(reading-time|label|time|prefix|postfix)|span-reading-time|"
        r"(post|page|article)-?views?(-?count(er)?)?|view-?count(er)?)",
        drops=("reading-time", "post-views"),
        keeps=("reading", "scenic-views"),
    ),
    Rule(
        id="caption-element",
        reason=Reason.CAPTION,
        scope=_ELEMENT,
        pattern=any_of(
            r"((wp|image|img|photo|picture|figure|media|video|gallery|slide|lightbox|embed|graphic|foto|"
            r"bild|fig)-?caption(-text)?|caption|captions|caption-?text|figcaption|legende|bildunterschrift|"
            r"bildtext|(pic|img|image|photo)-desc(ription)?|pie-de-foto|didascalia|fotobijschrift|"
            r"mntl-figure-caption[\w-]*|figure-article-caption[\w-]*|primary-image-figcap[\w-]*|"
            r"blocks-gallery-item-caption|wp-element-caption|jp-carousel-[\w-]+)",
            r"<figcaption>",
            r"itemprop=caption",
        ),
        drops=("wp-caption-text", "image-caption", "<figcaption>"),
        keeps=("captioned-video-dispute", "image"),
    ),
    Rule(
        id="credit-element",
        reason=Reason.CREDIT,
        scope=_ELEMENT,
        pattern=any_of(
            r"((image|img|photo|picture|media|figure|video|caption|foto|bild|graphic)-?(credits?|source|"
            r"copyright|attribution|author|owner|rights|by|photographer)|credits?|photographer|photo-?by|"
            r"copyright-(holder|image)|bildquelle|bildnachweis|fotograf|fotocredit|"
            r"figure-article-caption-owner|itemprop=copyrightholder)" + r"(-(line|name))?",
            r"itemprop=(copyrightholder|copyrightnotice|credittext)",
        ),
        drops=("photo-credit", "image__source", "credit"),
        keeps=("credit-crunch", "photography"),
    ),
    Rule(
        id="ad-element",
        reason=Reason.AD,
        scope=_ELEMENT,
        pattern=r"(ads?|advert|adverts|advertising|advertisement|advertisements|advertorial|adsbygoogle|adslot|"
        r"ad-?(slot|unit|container|wrapper|wrap|label|box|block|banner|placeholder|space|zone|area|break|"
        r"holder|notice|disclaimer|text|title|content|inline|in-article|leaderboard|sidebar|header|footer|"
        r"mobile|desktop|body|\d{1,3})|(inline|inarticle|in-article|article|content|breaker|native|mobile|"
        r"desktop|top|bottom|mid|dfp|gpt|google|banner|sticky|display)-ads?|(dfp|gpt)-[\w-]{1,40}|"
        r"div-gpt-ad[\w-]*|google-ad[\w-]*|"
        r"sponsor(ed|s|ship)?(-(content|post|link|links|label|message|by|box|block|banner|logo|posts))?|"
        r"paid-(post|content|partner)[\w-]*|native-?ad[\w-]*|anzeige|werbung|publicidad|publicite|pubblicita|"
        r"reklama?|annonce|partner-(content|links|offers)|commercial-(unit|label)|skyscraper|leaderboard|"
        r"teads|taboola)(-(container|wrapper|label|inner|text|title|box|[a-z0-9]))?",
        drops=("ad-slot", "advertisement", "div-gpt-ad-1234-0", "adsbygoogle"),
        keeps=("adaptation", "address", "head", "ad-hoc-committee"),
    ),
    Rule(
        id="affiliate-element",
        reason=Reason.DISCLAIMER,
        scope=_ELEMENT,
        pattern=r"(affiliate-?(disclaimer|disclosure|notice|note|info|text|message)|disclaimer|disclosure|"
        r"advertiser-disclosure|legal-?(disclaimer|notice)|"
        r"(ai|machine|auto)-(translation|summary|generated)-(note|notice|disclaimer))" + r"",
        drops=("affiliate-disclaimer", "disclosure"),
        keeps=("disclosure-of-the-files",),
    ),
    Rule(
        id="paywall-element",
        reason=Reason.PAYWALL,
        scope=_ELEMENT,
        # Not "paywall" alone: on many pages it is the class of the article's text, which only subscribers get.
        pattern=r"(paywall-?(overlay|prompt|message|banner|teaser|offer|cta|modal|info|notice|box|barrier|promo|"
        r"login)|(subscriber|member)-only-(notice|message|banner|prompt)|registration-?wall|regwall|"
        r"meter-?(banner|prompt|message)|piano-(offer|container|paywall|inline|template)[\w-]*|"
        r"tp-(modal|container|iframe)[\w-]*|subscribe-?wall|abo-?(teaser|hinweis|box|promo)|"
        r"offer-?(page|box|teaser|wall)|steady-paywall[\w-]*|(plus|premium)-teaser)",
        drops=("paywall-overlay", "piano-offer"),
        keeps=("paywall", "paywall-content", "meter"),
    ),
    Rule(
        id="consent-element",
        reason=Reason.CONSENT,
        scope=_ELEMENT,
        pattern=any_of(
            r"[\w-]{0,16}cookie-?(banner|notice|consent|bar|law|policy|popup|modal|message|settings|info|"
            r"overlay|dialog|hint|alert|disclaimer|preferences|revoke|layer)[\w-]*",
            r"cookies?",
            r"onetrust[\w-]*",
            r"ot-sdk[\w-]*",
            r"cookielaw[\w-]*",
            r"cli-(modal|bar|tab|user|plugin|switch|style|fluid|container|row|col|settings|privacy)[\w-]*",
            r"clisettingspopup",
            r"wt-cli[\w-]*",
            r"cmp-(container|banner|modal|root|wrapper|message)[\w-]*",
            r"cmplz[\w-]*",
            r"cky-[\w-]+",
            r"gdpr[\w-]*",
            r"ccpa[\w-]*",
            r"(consent|privacy)-?(banner|manager|notice|modal|popup|overlay|dialog|layer|wall|box|prompt|"
            r"placeholder|wrapper|container|message|hint)[\w-]*",
            r"didomi[\w-]*",
            r"qc-cmp[\w-]*",
            r"usercentrics[\w-]*",
            r"uc-(embed|embedding|banner|root)[\w-]*",
            r"sp-message[\w-]*",
            r"borlabs[\w-]*",
            r"-?brlbs[\w-]*",
            r"truste[\w-]*",
            r"cybotcookiebot[\w-]*",
            r"tarteaucitron[\w-]*",
            r"iubenda[\w-]*",
            r"fc-(consent|dialog)[\w-]*",
            r"moove-gdpr[\w-]*",
            r"(opt|click|two-click|2click)-?(in|to-load)-?(embed|content|placeholder|consent|container)",
            r"embed-?consent[\w-]*",
            r"external-?(content|embed)-?(placeholder|consent|notice|overlay)",
        ),
        drops=("cookie-notice", "onetrust-banner-sdk", "consent-placeholder"),
        keeps=("cookie-recipe", "consent-law", "privacy"),
    ),
    Rule(
        id="navigation-element",
        reason=Reason.NAVIGATION,
        scope=_ELEMENT,
        pattern=any_of(
            r"<nav>",
            r"role=(navigation|menu|menubar|menuitem|search)",
            r"((js|c|m|l|site|main|primary|secondary|mobile|footer|header|top|sub|mega|utility|global|"
            r"social|side|desktop|drop|hamburger|nav|user|page|post|section|sticky|off-?canvas|bottom|"
            r"wp-block|block|legal|local)-?)?(nav|navigation|navbar|menu|nav-?menu|menus|submenu|nav-?bar|"
            r"nav-?links)(-(container|wrapper|wrap|list|item|items|link|links|inner|toggle|toggler|menu|"
            r"content|single|previous|next|overlay|drawer|main|primary|footer|mobile|title|\d{1,3}))*",
            r"menu-item[\w-]*",
            r"(post|posts|paging|comment|image)-navigation",
            r"nav-(previous|next|below|above|single)",
            r"breadcrumbs?(-[\w-]{1,30})?",
            r"(c|m|article|page|site|rank-math|yoast|wp-block|block|"
            r"mntl-universal)-breadcrumbs?(-[\w-]{1,30})?",
            r"mntl-breadcrumbs[\w-]*",
            r"ariane",
            r"brotkrumen",
            r"breadcrumblist",
            r"pagination(-[\w-]{1,30})?",
            r"pager(-[\w-]{1,20})?",
            r"page-(links|numbers|nav)",
            r"wp-pagenavi",
            r"item-pagination[\w-]*",
            r"itempagination",
            r"skip-?(link|links|to-content|nav|to-main)",
            r"skiplinks?",
            r"screen-reader-skip[\w-]*",
            r"elementor-nav-menu[\w-]*",
            r"elementor-widget-nav-menu",
            r"dropdown-menu",
            r"mega-?menu[\w-]*",
            r"off-?canvas(-(menu|nav|content|left|right))?",
            r"site-map",
            r"sitemap",
        ),
        drops=("<nav>", "breadcrumbs", "menu-item-1234", "post-navigation", "role=navigation"),
        keeps=("navigational-hazards", "menu-of-the-day", "pageant"),
    ),
    Rule(
        id="contents-element",
        reason=Reason.NAVIGATION,
        scope=_ELEMENT,
        pattern=any_of(
            r"(ez-toc|lwptoc|rank-math-toc|wp-block-rank-math-toc-block|"
            r"wp-block-yoast-seo-table-of-contents|simpletoc|ht-toc|toc-container|toc-title|toc-list|tocbot|"
            r"eztoc)(-[\w-]{1,30})?",
            r"ez-toc[\w-]*",
            r"lwptoc[\w-]*",
            r"(article|post|page|c|js|block|sticky|elementor)?-?(toc|table-?of-?contents?)(-(container|"
            r"wrapper|wrap|list|item|title|inner|box|block|sidebar|nav|heading|header|link|links|widget|"
            r"sticky|content))?",
            r"elementor-toc[\w-]*",
            r"elementor-widget-table-of-contents",
            r"inhaltsverzeichnis",
            r"jump-?(links?|menu|to-?nav|nav|list)",
        ),
        # A heading with such a name is a target of the list.
        unless_token=frozenset(f"<h{level}>" for level in range(1, 7)),
        drops=("ez-toc-container", "table-of-contents", "toc_container"),
        keeps=("stock", "protocol", "<h2> toc-heading-3"),
    ),
    Rule(
        id="tags-element",
        reason=Reason.TAGS,
        scope=_ELEMENT,
        pattern=any_of(
            r"(tags|tags?-?(list|links?|cloud|label|wrapper|container|box|section|item)|tagcloud|taglist|"
            r"post-?tags?|(article|entry|story)-?(tags?|topics?|keywords?|categor(y|ies))|cat-?links|"
            r"post-categor(y|ies)|topics|topics?-?(list|links|tags)|keywords|themen|schlagworte|"
            r"schlagwoerter|etiquetas|mots-cles|temas|tagi|wp-block-post-terms|widget-(tag-cloud|"
            r"categories)|td-tags|tdb-tags|tdb-single-tags|blog-meta-item-(tags|categories)|"
            r"blog-item-category[\w-]*)",
            r"itemprop=keywords",
        ),
        drops=("post-tags", "tags-links", "entry-categories", "itemprop=keywords"),
        keeps=("price-tags-dispute", "tag-of-war", "topic"),
    ),
    Rule(
        id="footer-element",
        reason=Reason.COPYRIGHT,
        scope=_ELEMENT,
        pattern=any_of(
            r"<footer>",
            r"role=contentinfo",
            r"((js|c|l|site|page|global|main|article|entry|post|story|blog|colophon|publication|mntl|"
            r"shopify-section|elementor-location|region|et-l-)-)?footer(-(container|wrapper|wrap|inner|"
            r"content|bottom|top|main|menu|nav|links?|widgets?|widget-area|copyright|legal|social|section|"
            r"column|col|row|text|info|terms|buttons|block|navigation|area|newsletter|address|logo|list|"
            r"\d{1,2}))*",
            r"colophon",
            r"mainfooter",
            r"site-?info",
            r"(footer-)?(copyright|copyrights|copy-right)(-(text|container|wrapper|line|notice|info|bar|"
            r"area))?",
            r"legal-(links|footer|text|info)",
            r"imprint",
            r"site-(below|above|primary|bottom|middle|top)-footer[\w-]*",
            r"ast-footer[\w-]*",
        ),
        drops=("<footer>", "site-footer", "copyright", "role=contentinfo"),
        keeps=("footerless", "copyright-trial", "copyright-law-explained"),
    ),
    Rule(
        id="sidebar-element",
        reason=Reason.NAVIGATION,
        scope=_ELEMENT,
        pattern=any_of(
            r"role=complementary",
            r"((js|c|l|site|page|article|primary|secondary|single|post|entry|widget)-)?side-?bar(-(inner|"
            r"primary|secondary|widget|widgets|area|column|module|block|box|item|\d{1,2}))*",
            r"widget-?area",
            r"widgettitle",
            r"widget-title",
            r"right-?rail(-(ads?|inner|content|container|column|col|widgets?))?",
            r"rail-right",
            r"widget-(search|text|nav-menu|archive|meta|calendar|categories|media-image|recent-comments|"
            r"block|links|pages|rss|social[\w-]*|custom-html|facebook[\w-]*)",
        ),
        # This page builder builds the article itself from widgets.
        unless_token=frozenset({"so-panel"}),
        drops=("sidebar", "widget-area", "primary-sidebar", "right-rail", "widget widget_custom_html"),
        # Arc XP names the whole layout after its rail.
        keeps=("sidebars-of-history", "railway", "b-right-rail-advanced__main", "so-panel widget widget_text"),
    ),
    Rule(
        id="dialog-element",
        reason=Reason.NAVIGATION,
        scope=_ELEMENT,
        pattern=any_of(
            r"<dialog>",
            r"role=(dialog|alertdialog|tooltip|tab|switch|status|alert|progressbar)",
            r"((js|c|m|l|site|search|login|newsletter|signup|subscribe|share|cookie|exit|video|image|"
            r"gallery|promo|popup|pum|bootstrap|mfp|fancybox)-)?(modal|pop-?up|lightbox|overlay|pop-?over|"
            r"tooltip|toast|snackbar|drawer|pushdown)(-(container|wrapper|wrap|inner|content|dialog|body|"
            r"header|footer|title|close|overlay|backdrop|window|box|text|\d{1,3}))*",
            r"pum(-[\w-]+)?",
            r"elementor-location-popup",
            r"elementor-popup[\w-]*",
            r"search-?(form|box|bar|field|input|overlay|toggle|results?-?overlay|wrapper|modal|"
            r"container)(-[\w-]{1,20})?",
            r"wp-block-search(-[\w-]{1,30})?",
            r"widget-search",
            r"login-?(form|box|modal|wall|overlay|prompt|link|button)",
            r"<search>",
        ),
        drops=("<dialog>", "modal-content", "search-form", "role=dialog"),
        keeps=("modality", "research-form", "overlaying"),
    ),
    Rule(
        id="button-element",
        reason=Reason.NAVIGATION,
        scope=_ELEMENT,
        # Not "<button>": accordions have their questions in buttons.
        pattern=any_of(
            r"((c|js|m|a|o|wp-block|wp-element|et-pb|elementor|elementor-widget|hero|ghost|kg|sqs-block|cta|"
            r"more|load-more|read-more|show-more|see-more|view-more|download|subscribe|share|close|back|"
            r"submit|buy|shop|primary|secondary)-)?(btn|buttons?)(-(primary|secondary|default|lg|sm|md|xs|"
            r"large|small|medium|block|link|outline|container|wrapper|wrap|group|text|inner|content|label|"
            r"inline|tertiary|ghost|dark|light|round|rounded|more|danger|success|info|warning|full|solid|"
            r"icon|cta|module-wrapper|card))*",
            r"wp-block-buttons?(-[\w-]{1,30})?",
            r"kg-button-card",
            r"kg-cta-card",
            r"kg-signup-card",
            r"cta-button",
            r"call-?to-?action(-[\w-]{1,20})?",
            r"read-?more(-link|-button|-btn)?",
            r"more-link",
            r"readmore",
            r"continue-reading",
            r"load-?more",
            r"show-?more-(button|link|btn)",
            r"elementor-button-wrapper",
            r"button-wrapper",
        ),
        drops=("btn btn-primary", "wp-block-buttons", "read-more", "more-link"),
        keeps=("button-quail", "buttoned-up", "buttonwood-agreement"),
    ),
    Rule(
        id="form-element",
        reason=Reason.SUBSCRIBE,
        scope=_ELEMENT,
        pattern=any_of(
            r"<form>",
            r"<label>",
            r"<fieldset>",
            r"<select>",
            r"<legend>",
            r"gform-[\w-]+",
            r"gform-?\w*",
            r"gfield[\w-]*",
            r"wpcf7[\w-]*",
            r"wpforms[\w-]*",
            r"nf-form[\w-]*",
            r"ninja-forms[\w-]*",
            r"contact-?form[\w-]*",
            r"w-form(-[\w-]{1,20})?",
            r"e-form-[\w-]+",
            r"elementor-(widget-)?form(-[\w-]{1,30})?",
            r"elementor-field[\w-]*",
            r"form-(item|group|field|fields|wrapper|container|row|control|check|label|check-label|title|"
            r"actions|inline)",
            r"webform[\w-]*",
            r"hbspt-form[\w-]*",
            r"typeform[\w-]*",
        ),
        drops=("<form>", "gform_wrapper", "wpcf7-form"),
        keeps=("form", "formation", "platform"),
    ),
    Rule(
        id="reader-hidden-element",
        reason=Reason.HIDDEN,
        scope=_ELEMENT,
        # Text for screen readers only, or hidden from print or readers: neither is text of the article.
        pattern=any_of(
            r"sr-only(-focusable)?",
            r"screen-?reader(-text|-only|-response)?",
            r"visually-?hidden(-[\w-]{1,20})?",
            r"visuallyhidden",
            r"assistive-text",
            r"a11y-(only|hidden|text)",
            r"(u|c|is|h|t|usa|elementor|text|element)-(visually-hidden|sr-only|screen-only|"
            r"screen-reader(-text)?|invisible|hidden-visually)",
            r"hidden-visually",
            r"show-for-sr",
            r"offscreen",
            r"robots-nocontent",
            r"no-print",
            r"noprint",
            r"d-print-none",
            r"print:hidden",
            r"print-none",
            r"hide-for-print",
            r"hidden-print",
            r"hide-print",
            r"print-hidden",
            r"no-js",
            r"nojs",
            r"noscript-warning",
        ),
        drops=("screen-reader-text", "visually-hidden", "print:hidden"),
        keeps=("screen", "hidden-harbour", "invisible-man"),
    ),
    Rule(
        id="player-element",
        reason=Reason.PLAYER,
        scope=_ELEMENT,
        pattern=any_of(
            r"(video|audio|media|podcast|jw|brightcove|bc|vjs|mejs|plyr|dailymotion|youtube|vimeo|brid|"
            r"anyclip|connatix|ex-co|primis|kaltura)-?(player|js|controls?|container-player|overlay|"
            r"playlist|carousel)(-[\w-]{1,30})?",
            r"jw(player)?-[\w-]+",
            r"jwplayer",
            r"vjs-[\w-]+",
            r"video-js",
            r"mejs-[\w-]+",
            r"plyr-[\w-]+",
            r"powa-[\w-]+",
            r"wp-playlist[\w-]*",
            r"podcast-?(player|subscribe|links|episode-links|promo)[\w-]*",
            r"powerpress[\w-]*",
            r"amp-video-?[\w-]*",
            r"video-(playlist|transcript|title|duration|meta|description|headline|caption)",
            r"audio-?player[\w-]*",
            r"trinity-?(audio|player)[\w-]*",
            r"beyondwords[\w-]*",
            r"ao-player[\w-]*",
            r"elevenlabs[\w-]*",
            r"speechkit[\w-]*",
        ),
        drops=("video-player", "vjs-modal-dialog", "powerpress_links"),
        keeps=("video", "card-player-story", "media"),
    ),
    Rule(
        id="poll-element",
        reason=Reason.POLL,
        scope=_ELEMENT,
        pattern=r"(polls?|quiz|survey|voting|rating|ratings|star-rating|umfrage|abstimmung|sondage|encuesta|sondaggio|"
        r"opinary[\w-]*|pinpoll[\w-]*|pds-[\w-]+|wp-polls[\w-]*|kk-star-ratings[\w-]*|rate-?this[\w-]*|"
        r"post-ratings[\w-]*|rmp-[\w-]+|was-this-helpful|"
        r"helpful-[\w-]+)(-(container|wrapper|wrap|box|block|widget|embed|form|results|question|options|"
        r"title))?",
        drops=("poll", "wp-polls-form", "umfrage"),
        keeps=("pollution", "polling-station-map"),
    ),
    Rule(
        id="app-element",
        reason=Reason.APP,
        scope=_ELEMENT,
        pattern=r"(app-?(banner|promo|download|store|stores|badges?|links?|install|teaser|cta|prompt)|"
        r"smart-?app-?banner|smartbanner|download-?(the-)?app|mobile-app-(promo|banner|cta)|get-(the-)?app|"
        r"google-?play(-badge)?|app-?store(-badge)?)",
        drops=("app-banner", "smartbanner", "download-app"),
        keeps=("application", "apple-store-theft"),
    ),
)
