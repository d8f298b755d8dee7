"""Small pages that are recognised by their whole text: consent walls, notices, fine print, app shells."""

from __future__ import annotations

import pytest

from cleaner import NoArticleError, PageKind, clean

MENU = '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
HEADLINE = "<h1>The power station from above</h1><div><video src=/v.mp4></video></div>"


def kind_of(body: str, *, title: str = "Harbour Post", head: str = "") -> PageKind | None:
    try:
        clean(f"<html><head><title>{title}</title>{head}</head><body>{MENU}{body}</body></html>")
    except NoArticleError as error:
        return error.article.page_kind
    return None


WALLS = {
    "en": (
        "<p>Visit the site for free with personalised advertising and tracking. See our privacy policy.</p>"
        "<button>Agree and go on</button><p>Or subscribe for 2.99 a month and read without adverts.</p>"
    ),
    "de": (
        "<p>Besuchen Sie uns wie gewohnt mit Werbung. Wir und unsere Partner speichern Cookies auf Ihrem Gerät.</p>"
        "<button>Einwilligen</button><p>Nutzen Sie uns ohne Werbetracking für 3,99 Euro im Monat.</p>"
    ),
    "fr": (
        "<p>La publicité finance le travail de notre rédaction. Vous pouvez accepter les traceurs, ou vous abonner"
        " pour 2 euros par mois.</p><a href=/a>Tout accepter</a><a href=/b>S’abonner</a>"
    ),
    "pl": (
        "<p>Aby czytać za darmo, wyraź zgodę na przetwarzanie danych osobowych przez nas i naszych partnerów.</p>"
        "<p>Możesz też wykupić dostęp bez reklam za 9 zł miesięcznie.</p>"
    ),
    "ru": (
        "<p>Бесплатно, с рекламой и файлами cookie: мы и наши партнёры обрабатываем ваши данные.</p>"
        "<button>Согласиться</button><p>Или оформите подписку за 99 рублей в месяц и читайте без рекламы.</p>"
    ),
    "ja": (
        "<p>当サイトと提携会社は、クッキーを使って利用者に合わせた広告を表示します。</p><button>同意して続ける</button>"
        "<p>月額300円で、広告なしで読むこともできます。</p>"
    ),
}
NOTICES = {
    "en": "<h2>This story has expired</h2><p>For older ones, please try the search box or contact our archive.</p>",
    "en error": "<h1>Something went wrong</h1><p>We could not load this page. Go back to the home page.</p>",
    "de": "<h1>Nicht verfügbar</h1><p>Der Beitrag wurde entfernt. Bitte nutzen Sie unsere Suche.</p>",
    "fr": "<h1>Désolé</h1><p>Cet article n’est plus disponible. Vous pouvez revenir à la page d’accueil.</p>",
    "ru": "<h1>Материал удалён</h1><p>Воспользуйтесь поиском или вернитесь на главную страницу.</p>",
    "zh": "<h1>文章已删除</h1><p>您访问的文章已被删除或已归档，请使用搜索功能查找其他内容，或返回首页。</p>",
}
FINE_PRINT = {
    "legal, en": (
        "<p>© 2014 Post House. All rights reserved. Use of this site means that you accept our terms of use. No part"
        " of it may be reproduced without the written permission of Post House.</p>"
    ),
    "legal, de": (
        "<p>© 2014 Kanalhaus. Alle Rechte vorbehalten. Wer diese Seiten nutzt, stimmt den Nutzungsbedingungen zu.</p>"
    ),
    "newsletter, en": "<p>Sign up for our letter. By signing up you accept our terms and the privacy policy.</p>",
    "newsletter, fr": "<p>Recevez chaque matin notre lettre d’information. Désabonnez-vous à tout moment.</p>",
}


@pytest.mark.parametrize("wall", WALLS.values(), ids=WALLS)
def test_consent_walls(wall: str) -> None:
    """A page of which all sentences ask for consent, or offer a subscription instead, is a consent wall."""
    assert PageKind.CONSENT is kind_of(f"<div>{wall}</div>")


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_notices(notice: str) -> None:
    """A page that only says that its article is gone, or cannot be shown, is an error page."""
    assert PageKind.ERROR is kind_of(f"<main>{notice}</main>")


@pytest.mark.parametrize("text", FINE_PRINT.values(), ids=FINE_PRINT)
def test_fine_print(text: str) -> None:
    """A video page of which the only text is a legal notice or a newsletter box is empty, and has no text."""
    page = f"<html><body>{MENU}<main>{HEADLINE}</main><div>{text}</div></body></html>"
    with pytest.raises(NoArticleError) as caught:
        clean(page)
    assert (PageKind.EMPTY, "") == (caught.value.article.page_kind, caught.value.article.text)


@pytest.mark.parametrize(
    "text",
    [
        "Seu navegador não tem suporte a JavaScript. Ative o JavaScript para usar o site.",
        "We load our stories by script. Your browser does not run JavaScript, so nothing can be shown here.",
        "JavaScript ist in Ihrem Browser ausgeschaltet. Schalten Sie es ein, um den Artikel zu lesen.",
    ],
)
def test_app_shells(text: str) -> None:
    """A page that only asks for JavaScript is of the kind `needs_javascript`."""
    assert PageKind.NEEDS_JAVASCRIPT is kind_of(f"<div id=x><p>{text}</p></div>")


@pytest.mark.parametrize(
    "text",
    [
        "<p>The regulator of Halm has fined three shops that tracked their customers without consent. They had set"
        " advertising cookies before anybody could refuse.</p><p>“We will appeal,” said one of them.</p>",
        "<p>The council of Halm decided on Tuesday to close the old bridge to lorries for eighteen months.</p>",
        "<p>The archive of Halm was removed from the town hall on Friday. The files are no longer available until"
        " spring, the town said.</p>",
        "<p>Wer die Seiten des Verlags Halm ohne Werbung lesen will, zahlt künftig drei Euro im Monat. Alle anderen"
        " müssen Cookies zustimmen.</p><p>Datenschützer kritisieren das Modell.</p>",
        "<p>Most pages work without it. If you turn off JavaScript in your browser, you will see what I mean: the news"
        " loads faster.</p><p>I have tried it for a month, and I have missed two maps and one calculator.</p>",
        "<p>The court ruled on Monday that the painter’s heirs hold the copyright to the mural in the station.</p>"
        "<p>The town had sold prints of it for years. It now has to pay them nine thousand crowns.</p>",
    ],
)
@pytest.mark.parametrize("banner", ["", "<p>We use cookies.</p><button>Accept all</button>"])
def test_short_articles(text: str, banner: str) -> None:
    """A short article about such a subject is an article, with a cookie banner, too."""
    assert kind_of(f"<article><h1>What the town decided</h1>{text}</article><div>{banner}</div>") is None


@pytest.mark.parametrize("body", [*WALLS.values(), *NOTICES.values()], ids=[*WALLS, *NOTICES])
def test_declared_articles(body: str) -> None:
    """A page whose head says that it is an article is neither a wall nor a notice."""
    head = '<meta property="og:type" content="article">'
    assert kind_of(f"<main>{body}</main>", head=head) not in (PageKind.CONSENT, PageKind.ERROR)
