"""Find the pictures of an article among the media of the page, by the verdicts on the blocks around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from cleaner.metadata.fields.pictures import is_same_picture, picture_name
from cleaner.metadata.fields.values import http_url
from cleaner.models import NO_ELEMENT, Document, Image, Kind, Medium, Reason, Verdict
from cleaner.patterns import lazy_pattern

_PICTURES = frozenset({"img", "amp-img"})
_MIN_NAME = 12  # characters of a file name that other pictures of the site do not have
_MAX_IMAGES = 100  # of one article
# Names of files that are parts of the page, as whole words.
_FURNITURE = lazy_pattern(
    r"(?:^|[-_.])(?:logos?|logotype|icons?|avatar|gravatar|sprite|pixel|spacer|placeholder|blank|transparent|1x1|badge)"
    r"(?:[-_.]|$)",
    re.IGNORECASE,
)
_PICTURE_FILE = lazy_pattern(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)$", re.IGNORECASE)
# Blocks around a picture that is the article's, although they are not part of its text.
_OF_PICTURES = frozenset({Reason.CAPTION, Reason.CREDIT, Reason.HEADLINE})
# Words before the name of a photographer or an owner, one line for each language.
_CREDIT_WORDS = (
    *("photo", "photograph", "picture", "image", "credit", "courtesy", "source"),
    *("foto", "bild", "quelle", "grafik"),
    *("crédit", "crédits", "photo de"),
    *("fotografía", "imagen", "fuente"),
    *("imagem", "crédito", "reprodução"),
    *("immagine",),
    *("beeld", "bron"),
    *("kuva",),
    *("zdjęcie", "fot.", "fot"),
    *("фото", "источник"),
    *("写真", "撮影"),
    *("图片来源", "图", "摄影"),
)
_CREDIT = lazy_pattern(
    rf"\s*[|(\[（]?\s*((?:©|\(c\)|(?<!\w)(?:{'|'.join(map(re.escape, _CREDIT_WORDS))})\s?[:：/|＝=]).{{2,100}})$",
    re.IGNORECASE,
)


def article_images(
    document: Document, verdicts: Sequence[Verdict], main: str | None, base: str | None
) -> tuple[Image, ...]:
    """Return the pictures of the article, in the order of the page, each once.

    These are the pictures from the headline to the end of the text, except for those in elements that hold only other
    parts of the page or lead elsewhere, and the picture `main` (the URL that the page declares, or `None`), also
    before the headline. `base` is the URL of the page.
    """
    kept = [place for place, verdict in enumerate(verdicts) if verdict.reason is None]
    if not kept:
        return ()
    headline = next((place for place, verdict in enumerate(verdicts) if verdict.reason is Reason.HEADLINE), kept[0])
    first, last = min(headline, kept[0]), kept[-1] + 1
    images: list[Image] = []
    seen: set[str] = set()
    for medium in document.media:
        if medium.tag not in _PICTURES or medium.place > last or len(images) >= _MAX_IMAGES:
            continue
        is_near = first <= medium.place and _is_of_article(document, verdicts, medium)
        if not is_near and main is None:
            continue
        url = http_url(medium.url, base)
        if url is None or not (is_near or (main is not None and is_same_picture(url, main))):
            continue
        if (key := _key(url)) in seen:
            continue
        seen.add(key)
        caption, credit = _words_below(document, verdicts, medium)
        behind = bisect_left(kept, medium.place)
        after = kept[behind - 1] if behind else None
        images.append(Image(url, medium.alt or None, caption, credit, after))
    return tuple(images)


def _key(url: str) -> str:
    """Return what is the same in the URLs of all sizes of a picture: a long file name without its size, or the path."""
    path = urlsplit(url).path
    name = picture_name(url)
    return name if len(name) >= _MIN_NAME else path or url


def _is_of_article(document: Document, verdicts: Sequence[Verdict], medium: Medium) -> bool:
    """Whether the innermost element around the picture has text of the article, its headline or a caption."""
    if medium.element == NO_ELEMENT:
        return False
    if _FURNITURE.search(picture_name(medium.url or "")) or _leads_elsewhere(medium):
        return False
    element = document.elements[medium.element]
    around = range(element.first, element.last)
    if not any(verdicts[place].reason in (None, *_OF_PICTURES) for place in around):
        return False
    # The picture of a card, or of the author, may share its element with the text: then, the next block tells.
    following = verdicts[medium.place].reason if medium.place < len(verdicts) else None
    return following not in (Reason.RELATED, Reason.AUTHOR_BOX, Reason.BYLINE, Reason.AD, Reason.COMMENTS)


def _leads_elsewhere(medium: Medium) -> bool:
    """Whether the picture is a link to another page, and not to a larger size of itself or to a page about it."""
    target = (medium.target or "").strip()
    if not target or target.startswith(("#", "javascript:")) or _PICTURE_FILE.search(target.partition("?")[0]):
        return False
    name = picture_name(medium.url or "")
    return not name or name not in target


def _words_below(document: Document, verdicts: Sequence[Verdict], medium: Medium) -> tuple[str | None, str | None]:
    """Return the caption and the credit in the blocks right behind a picture."""
    captions = list(_blocks_below(document, verdicts, medium))
    caption = " ".join(text for text, reason in captions if reason is not Reason.CREDIT) or None
    credit = " ".join(text for text, reason in captions if reason is Reason.CREDIT).strip("()[]（） ") or None
    if caption is not None and credit is None and (match := _CREDIT.search(caption)):
        credit = match[1].rstrip(")]） ")
        caption = caption[: match.start()].rstrip(" |([（–—-") or None
    return caption, credit


def _blocks_below(
    document: Document, verdicts: Sequence[Verdict], medium: Medium
) -> Iterator[tuple[str, Reason | None]]:
    """Yield the caption and the credit behind the picture, each with its reason, before the next picture."""
    pictures = [other.place for other in document.media if other.place > medium.place]
    end = min([medium.place + 3, len(verdicts), *pictures])
    for place in range(medium.place, end):
        block, reason = document.blocks[place], verdicts[place].reason
        if block.kind is not Kind.CAPTION and reason not in (Reason.CAPTION, Reason.CREDIT):
            return
        yield block.text, reason
