"""Elements that say by class, id, role or tag what they hold.

A pattern matches a whole token: `related` takes `class="related"` and leaves `class="unrelated-note"` alone. It sees
`-` for any run of dashes and underscores, and is asked a second time about the token without what themes put before and
after: `related` takes `js-article__related-list`, too.
"""

from __future__ import annotations

from cleaner.judge.rules.model import Rule, Scope
from cleaner.models import Reason

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
        # WordPress plugins and recommendation services, by the names they write.
        pattern=r"jp-relatedposts(-[\w-]*)?|sharedaddy-related|yarpp(-related|-thumbnails?[-\w]*)?|crp-related|"
        r"rp4wp-related-posts|irp-[\w-]{2,40}|"
        r"[\w-]{0,20}(outbrain|taboola|zergnet|revcontent|plista|dianomi|mgid|nativo)[\w-]{0,40}|"
        r"ob-widget[\w-]*|trc-[\w-]+|inline-?related[\w-]*|"
        r"widget-(recent-entries|recent-posts|popular[\w-]*|related[\w-]*)|td-(related|block-related)[\w-]*|"
        r"tdb-single-related|elementor-widget-(posts|post-navigation|loop-grid)|"
        r"elementor-post-navigation[\w-]*|wp-block-(latest-posts|query|rss|post-navigation-link)|"
        r"wp-block-latest-posts-list|single-post-related|summary-item|mntl-(article-list|recirc)[\w-]*|"
        r"see-also-[\w-]+",
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
        pattern=r"(share|sharing|shares|social|socials|share-?(this|bar|tools?|buttons?|links?|icons?|menu|options|"
        r"widget|count)|social-?(share|sharing|media|links?|icons?|bar|buttons?|follow|menu|nav|network|"
        r"networks|tools)|sharebar|sharethis|sharetools|socialmedia|"
        r"share-(facebook|twitter|x|linkedin|pinterest|whatsapp|email|reddit|mastodon|bluesky|telegram|tumblr|"
        r"print|threads|nextdoor|pocket)|share-jetpack-[\w-]+|follow-?(us|bar|links|buttons?)|teilen)"
        + r"|sharedaddy|sd-(sharing|social|block|like|title|content|button|sharing-enabled|social-icon|"
        r"link-color)(-[\w-]+)?|addtoany[\w-]*|a2a-[\w-]+|addthis[\w-]*|shariff[\w-]*|heateor[\w-]*|"
        r"ssba[\w-]*|swp-(social-panel|share-button)[\w-]*|jetpack-likes-widget-(wrapper|unloaded)|"
        r"mashsb[\w-]*|essb-[\w-]+|(whatsapp|telegram)-(cta|channel|banner|box|promo|follow)|"
        r"google-news-(follow|button|cta|banner)|dm-follow|(post-)?likes-widget-placeholder|"
        r"like-button-container|post-ufi(-[\w-]+)?|"
        r"et-(social|pb-social)[\w-]*|td-(post-sharing|social)[\w-]*|tdb-single-post-share|"
        r"wp-(block-)?social-links?(-[\w-]+)?|"
        r"elementor-(widget-(social-icons|share-buttons)|social-icons-wrapper|share-btn[\w-]*)|jssocials[\w-]*",
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
        pattern=r"(comments?|commentlist|comment-?(list|form|section|respond|body|content|meta|author|reply|count|box|"
        r"thread|navigation|notes|actions|metadata|header|edit-link|awaiting-moderation|template|tree)|"
        r"commentform|comments-?(area|title|link|list|section|count|wrapper|container|open|closed|app|form|"
        r"template|bubble)|comments?-app|leave-?a?-?(comment|reply)|respond|reply-title|disqus[\w-]*|"
        r"dsq-[\w-]+|wpd(iscuz)?-[\w-]+|wpdiscuz\w*|wpdcom|fb-comments|livefyre[\w-]*|remark42[\w-]*|cusdis[\w-]*|"
        r"coral-(talk|comments|stream|thread|container)|talk-stream[\w-]*|hyvor-talk[\w-]*|utterances|giscus|"
        r"spot-?im[\w-]*|viafoura[\w-]*|vf-(comments|conversations)[\w-]*|akismet[\w-]*|commento|isso-thread|"
        r"jp-carousel-comment[\w-]*|kommentare?|commentaires|comentarios|reader-comments|user-comments|"
        r"reacties)"
        + r"|comment-\d{1,9}|thread-(even|odd|alt)|bypostauthor|role=comment|itemprop=comment|<fb:comments>",
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
        pattern=r"(bylines?|by-line|authors?|author-?(name|names|line|link|info|list|url|byline|role|title|date|meta|"
        r"details|label|wrapper|container|group|image|avatar|social)|writers?|p-author|contributors?|"
        r"credits?-?(line|byline)|(article|entry|post|story|page|single)-?(meta|info|byline|details|metadata)|"
        r"entry-meta[\w-]*|meta-(info|data|author|line|top|wrap|wrapper)|dateline|posted-?(on|by|in)|"
        r"autor(in)?|auteur|autore|mntl-(bylines|attribution|author|article-meta)[\w-]*|"
        r"blog-item-(meta|author)[\w-]*|blog-meta-item[\w-]*|elementor-widget-post-info|"
        r"wp-block-post-(author|date)[\w-]*|td-module-meta-info|td-post-author-name|"
        r"tdb-(single-author|single-date|post-meta)[\w-]*|byline-[\w-]{1,20}|vcard)" + r"|itemprop=author|rel=author",
        drops=("byline", "article__meta", "author-name", "itemprop=author"),
        keeps=("author-interview", "authorities", "meta-analysis"),
    ),
    Rule(
        id="date-element",
        reason=Reason.DATE,
        scope=_ELEMENT,
        pattern=r"(date|dates|(post|entry|article|publish(ed)?|pub|publication|update[d]?|modified|created|story|"
        r"display)-?(date|time|on|datetime)|date-?(published|modified|line|time|posted|updated|created)|"
        r"datetime|timestamp|time-?stamp|time-ago|last-?(updated?|modified)|updated|published|publishdate|"
        r"pubdate|posted)" + r"(-(line))?" + r"|itemprop=(datepublished|datemodified|datecreated)|<time>",
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
        pattern=r"((wp|image|img|photo|picture|figure|media|video|gallery|slide|lightbox|embed|graphic|foto|bild|"
        r"fig)-?caption(-text)?|caption|captions|caption-?text|figcaption|legende|bildunterschrift|bildtext|"
        r"(pic|img|image|photo)-desc(ription)?|"
        r"pie-de-foto|didascalia|fotobijschrift|mntl-figure-caption[\w-]*|figure-article-caption[\w-]*|"
        r"primary-image-figcap[\w-]*|blocks-gallery-item-caption|wp-element-caption|jp-carousel-[\w-]+)"
        + r"|<figcaption>|itemprop=caption",
        drops=("wp-caption-text", "image-caption", "<figcaption>"),
        keeps=("captioned-video-dispute", "image"),
    ),
    Rule(
        id="credit-element",
        reason=Reason.CREDIT,
        scope=_ELEMENT,
        pattern=r"((image|img|photo|picture|media|figure|video|caption|foto|bild|graphic)-?(credits?|source|copyright|"
        r"attribution|author|owner|rights|by|photographer)|credits?|photographer|photo-?by|"
        r"copyright-(holder|image)|bildquelle|bildnachweis|fotograf|fotocredit|figure-article-caption-owner|"
        r"itemprop=copyrightholder)" + r"(-(line|name))?|itemprop=(copyrightholder|copyrightnotice|credittext)",
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
        # "paywall" alone is on the article's own text on many pages: it is what a subscriber gets.
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
        pattern=r"[\w-]{0,16}cookie-?(banner|notice|consent|bar|law|policy|popup|modal|message|settings|info|overlay|"
        r"dialog|hint|alert|disclaimer|preferences|revoke|layer)[\w-]*|cookies?|onetrust[\w-]*|ot-sdk[\w-]*|"
        r"cookielaw[\w-]*|cli-(modal|bar|tab|user|plugin|switch|style|fluid|container|row|col|settings|"
        r"privacy)[\w-]*|clisettingspopup|wt-cli[\w-]*|"
        r"cmp-(container|banner|modal|root|wrapper|message)[\w-]*|cmplz[\w-]*|cky-[\w-]+|gdpr[\w-]*|"
        r"ccpa[\w-]*|(consent|privacy)-?(banner|manager|notice|modal|popup|overlay|dialog|layer|wall|box|"
        r"prompt|placeholder|wrapper|container|message|hint)[\w-]*|didomi[\w-]*|qc-cmp[\w-]*|"
        r"usercentrics[\w-]*|uc-(embed|embedding|banner|root)[\w-]*|sp-message[\w-]*|borlabs[\w-]*|"
        r"-?brlbs[\w-]*|truste[\w-]*|cybotcookiebot[\w-]*|tarteaucitron[\w-]*|iubenda[\w-]*|"
        r"fc-(consent|dialog)[\w-]*|moove-gdpr[\w-]*|"
        r"(opt|click|two-click|2click)-?(in|to-load)-?(embed|content|placeholder|consent|container)|"
        r"embed-?consent[\w-]*|external-?(content|embed)-?(placeholder|consent|notice|overlay)",
        drops=("cookie-notice", "onetrust-banner-sdk", "consent-placeholder"),
        keeps=("cookie-recipe", "consent-law", "privacy"),
    ),
    Rule(
        id="navigation-element",
        reason=Reason.NAVIGATION,
        scope=_ELEMENT,
        pattern=r"<nav>|role=(navigation|menu|menubar|menuitem|search)|"
        r"((js|c|m|l|site|main|primary|secondary|mobile|footer|header|top|sub|mega|utility|global|social|side|"
        r"desktop|drop|hamburger|nav|user|page|post|section|sticky|off-?canvas|bottom|wp-block|block|legal|"
        r"local)-?)?(nav|navigation|navbar|menu|nav-?menu|menus|submenu|nav-?bar|"
        r"nav-?links)(-(container|wrapper|wrap|list|item|items|link|links|inner|toggle|toggler|menu|content|"
        r"single|previous|next|overlay|drawer|main|primary|footer|mobile|title|\d{1,3}))*|menu-item[\w-]*|"
        r"(post|posts|paging|comment|image)-navigation|nav-(previous|next|below|above|single)|"
        r"breadcrumbs?(-[\w-]{1,30})?|(c|m|article|page|site|rank-math|yoast|wp-block|block|"
        r"mntl-universal)-breadcrumbs?(-[\w-]{1,30})?|mntl-breadcrumbs[\w-]*|ariane|brotkrumen|breadcrumblist|"
        r"pagination(-[\w-]{1,30})?|pager(-[\w-]{1,20})?|page-(links|numbers|nav)|wp-pagenavi|"
        r"item-pagination[\w-]*|itempagination|skip-?(link|links|to-content|nav|to-main)|skiplinks?|"
        r"screen-reader-skip[\w-]*|elementor-nav-menu[\w-]*|elementor-widget-nav-menu|dropdown-menu|"
        r"mega-?menu[\w-]*|off-?canvas(-(menu|nav|content|left|right))?|site-map|sitemap",
        drops=("<nav>", "breadcrumbs", "menu-item-1234", "post-navigation", "role=navigation"),
        keeps=("navigational-hazards", "menu-of-the-day", "pageant"),
    ),
    Rule(
        id="contents-element",
        reason=Reason.NAVIGATION,
        scope=_ELEMENT,
        pattern=r"(ez-toc|lwptoc|rank-math-toc|wp-block-rank-math-toc-block|wp-block-yoast-seo-table-of-contents|"
        r"simpletoc|ht-toc|toc-container|toc-title|toc-list|tocbot|eztoc)(-[\w-]{1,30})?|"
        r"ez-toc[\w-]*|lwptoc[\w-]*|(article|post|page|c|js|block|sticky|elementor)?-?(toc|"
        r"table-?of-?contents?)(-(container|wrapper|wrap|list|item|title|inner|box|block|sidebar|nav|heading|"
        r"header|link|links|widget|sticky|content))?|elementor-toc[\w-]*|elementor-widget-table-of-contents|"
        r"inhaltsverzeichnis|jump-?(links?|menu|to-?nav|nav|list)",
        # A heading of this name is what the list points to.
        spares=frozenset(f"<h{level}>" for level in range(1, 7)),
        drops=("ez-toc-container", "table-of-contents", "toc_container"),
        keeps=("stock", "protocol", "<h2> toc-heading-3"),
    ),
    Rule(
        id="tags-element",
        reason=Reason.TAGS,
        scope=_ELEMENT,
        pattern=r"(tags|tags?-?(list|links?|cloud|label|wrapper|container|box|section|item)|tagcloud|taglist|"
        r"post-?tags?|(article|entry|story)-?(tags?|topics?|keywords?|categor(y|ies))|cat-?links|"
        r"post-categor(y|ies)|topics|topics?-?(list|links|tags)|keywords|themen|schlagworte|schlagwoerter|"
        r"etiquetas|mots-cles|temas|tagi|wp-block-post-terms|widget-(tag-cloud|categories)|td-tags|tdb-tags|"
        r"tdb-single-tags|blog-meta-item-(tags|categories)|blog-item-category[\w-]*)" + r"|itemprop=keywords",
        drops=("post-tags", "tags-links", "entry-categories", "itemprop=keywords"),
        keeps=("price-tags-dispute", "tag-of-war", "topic"),
    ),
    Rule(
        id="footer-element",
        reason=Reason.COPYRIGHT,
        scope=_ELEMENT,
        pattern=r"<footer>|role=contentinfo|((js|c|l|site|page|global|main|article|entry|post|story|blog|colophon|"
        r"publication|mntl|shopify-section|elementor-location|region|et-l-)-)?footer(-(container|wrapper|wrap|"
        r"inner|content|bottom|top|main|menu|nav|links?|widgets?|widget-area|copyright|legal|social|section|"
        r"column|col|row|text|info|terms|buttons|block|navigation|area|newsletter|address|logo|list|"
        r"\d{1,2}))*|colophon|mainfooter|site-?info|"
        r"(footer-)?(copyright|copyrights|copy-right)(-(text|container|wrapper|line|notice|info|bar|area))?|"
        r"legal-(links|footer|text|info)|imprint|site-(below|above|primary|bottom|middle|top)-footer[\w-]*|"
        r"ast-footer[\w-]*",
        drops=("<footer>", "site-footer", "copyright", "role=contentinfo"),
        keeps=("footerless", "copyright-trial", "copyright-law-explained"),
    ),
    Rule(
        id="sidebar-element",
        reason=Reason.NAVIGATION,
        scope=_ELEMENT,
        pattern=r"role=complementary|((js|c|l|site|page|article|primary|secondary|single|post|entry|"
        r"widget)-)?side-?bar(-(inner|primary|secondary|widget|widgets|area|column|module|block|box|item|"
        r"\d{1,2}))*|widget-?area|widgettitle|widget-title|right-?rail(-(ads?|inner|content|container|column|col|widgets?))?|rail-right|"
        r"widget-(search|text|nav-menu|archive|meta|calendar|categories|media-image|recent-comments|block|"
        r"links|pages|rss|social[\w-]*|custom-html|facebook[\w-]*)",
        # A page builder makes the article itself of widgets.
        spares=frozenset({"so-panel"}),
        drops=("sidebar", "widget-area", "primary-sidebar", "right-rail", "widget widget_custom_html"),
        # Arc XP calls the whole layout by its rail.
        keeps=("sidebars-of-history", "railway", "b-right-rail-advanced__main", "so-panel widget widget_text"),
    ),
    Rule(
        id="dialog-element",
        reason=Reason.NAVIGATION,
        scope=_ELEMENT,
        pattern=r"<dialog>|role=(dialog|alertdialog|tooltip|tab|switch|status|alert|progressbar)|"
        r"((js|c|m|l|site|search|login|newsletter|signup|subscribe|share|cookie|exit|video|image|gallery|"
        r"promo|popup|pum|bootstrap|mfp|fancybox)-)?(modal|pop-?up|lightbox|overlay|pop-?over|tooltip|toast|"
        r"snackbar|drawer|pushdown)(-(container|wrapper|wrap|inner|content|dialog|body|header|footer|title|"
        r"close|overlay|backdrop|window|box|text|\d{1,3}))*|pum(-[\w-]+)?|elementor-location-popup|"
        r"elementor-popup[\w-]*|search-?(form|box|bar|field|input|overlay|toggle|results?-?overlay|wrapper|"
        r"modal|container)(-[\w-]{1,20})?|wp-block-search(-[\w-]{1,30})?|widget-search|"
        r"login-?(form|box|modal|wall|overlay|prompt|link|button)|<search>",
        drops=("<dialog>", "modal-content", "search-form", "role=dialog"),
        keeps=("modality", "research-form", "overlaying"),
    ),
    Rule(
        id="button-element",
        reason=Reason.NAVIGATION,
        scope=_ELEMENT,
        # Not "<button>": accordions keep their questions in one.
        pattern=r"((c|js|m|a|o|wp-block|wp-element|et-pb|elementor|elementor-widget|hero|ghost|kg|sqs-block|cta|more|"
        r"load-more|read-more|show-more|see-more|view-more|download|subscribe|share|close|back|submit|buy|"
        r"shop|primary|secondary)-)?(btn|buttons?)(-(primary|secondary|default|lg|sm|md|xs|large|small|medium|"
        r"block|link|outline|container|wrapper|wrap|group|text|inner|content|label|inline|tertiary|ghost|dark|"
        r"light|round|rounded|more|danger|success|info|warning|full|solid|icon|cta|module-wrapper|card))*|"
        r"wp-block-buttons?(-[\w-]{1,30})?|kg-button-card|kg-cta-card|kg-signup-card|cta-button|"
        r"call-?to-?action(-[\w-]{1,20})?|read-?more(-link|-button|-btn)?|more-link|readmore|"
        r"continue-reading|load-?more|show-?more-(button|link|btn)|elementor-button-wrapper|button-wrapper",
        drops=("btn btn-primary", "wp-block-buttons", "read-more", "more-link"),
        keeps=("button-quail", "buttoned-up", "buttonwood-agreement"),
    ),
    Rule(
        id="form-element",
        reason=Reason.SUBSCRIBE,
        scope=_ELEMENT,
        pattern=r"<form>|<label>|<fieldset>|<select>|<legend>|gform-[\w-]+|gform-?\w*|gfield[\w-]*|wpcf7[\w-]*|"
        r"wpforms[\w-]*|nf-form[\w-]*|ninja-forms[\w-]*|contact-?form[\w-]*|w-form(-[\w-]{1,20})?|"
        r"e-form-[\w-]+|elementor-(widget-)?form(-[\w-]{1,30})?|elementor-field[\w-]*|"
        r"form-(item|group|field|fields|wrapper|container|row|control|check|label|check-label|title|actions|"
        r"inline)|webform[\w-]*|hbspt-form[\w-]*|typeform[\w-]*",
        drops=("<form>", "gform_wrapper", "wpcf7-form"),
        keeps=("form", "formation", "platform"),
    ),
    Rule(
        id="reader-hidden-element",
        reason=Reason.HIDDEN,
        scope=_ELEMENT,
        # For screen readers, or not for them: in both cases not text of the article.
        pattern=r"sr-only(-focusable)?|screen-?reader(-text|-only|-response)?|visually-?hidden(-[\w-]{1,20})?|"
        r"visuallyhidden|assistive-text|a11y-(only|hidden|text)|"
        r"(u|c|is|h|t|usa|elementor|text|element)-(visually-hidden|sr-only|screen-only|screen-reader(-text)?|"
        r"invisible|hidden-visually)|hidden-visually|show-for-sr|offscreen|robots-nocontent|no-print|noprint|"
        r"d-print-none|print:hidden|print-none|hide-for-print|hidden-print|hide-print|print-hidden|no-js|nojs|"
        r"noscript-warning",
        drops=("screen-reader-text", "visually-hidden", "print:hidden"),
        keeps=("screen", "hidden-harbour", "invisible-man"),
    ),
    Rule(
        id="player-element",
        reason=Reason.PLAYER,
        scope=_ELEMENT,
        pattern=r"(video|audio|media|podcast|jw|brightcove|bc|vjs|mejs|plyr|dailymotion|youtube|vimeo|brid|anyclip|"
        r"connatix|ex-co|primis|kaltura)-?(player|js|controls?|container-player|overlay|playlist|"
        r"carousel)(-[\w-]{1,30})?|jw(player)?-[\w-]+|jwplayer|vjs-[\w-]+|video-js|mejs-[\w-]+|"
        r"plyr-[\w-]+|powa-[\w-]+|wp-playlist[\w-]*|"
        r"podcast-?(player|subscribe|links|episode-links|promo)[\w-]*|powerpress[\w-]*|amp-video-?[\w-]*|"
        r"video-(playlist|transcript|title|duration|meta|description|headline|caption)|audio-?player[\w-]*|"
        r"trinity-?(audio|player)[\w-]*|beyondwords[\w-]*|ao-player[\w-]*|elevenlabs[\w-]*|speechkit[\w-]*",
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
