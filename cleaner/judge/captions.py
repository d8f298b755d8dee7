"""Recognition of captions that no element marks: lines next to a picture. And of those that are a gallery's text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from cleaner.blocks.stats import MAX_LINK_DENSITY
from cleaner.models import NO_ELEMENT, Block, Document, Element, Kind, Medium, Reason, Verdict
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import letters_and_digits, weighted_length
from cleaner.text.sentences import is_finished

# The weighted length of the longest caption.
MAX_CAPTION_LENGTH = 300
# The weighted length of the shortest line that is a caption because it is alone with a picture, and of the longest one
# if the element around both has no name that says so. A shorter one may be a name or a label.
MIN_BOXED_LENGTH, MAX_BOXED_LENGTH = 30, 200
# How many letters and digits of the words of a picture must be those of the line, and the share (0 to 1) of the longer
# of the two that the shorter one must be.
MIN_SAME_LENGTH, MIN_SAME_SHARE = 12, 0.5
# The most blocks in an element that holds a picture and its caption: the caption and the credit.
MAX_BOX_BLOCKS = 2
# A page with this many different captions that are sentences, and more than this many times as many as paragraphs, is a
# gallery. Both count from this weighted length. On 1,431 development pages, two are galleries by this, whose captions
# are all text, and on the five others with so many captions there are more paragraphs than captions.
MIN_GALLERY_CAPTIONS, MIN_CAPTIONS_PER_PARAGRAPH, MIN_GALLERY_LENGTH = 4, 2, 120
# Elements that show something that has a caption. A frame may be an advertisement.
PICTURES = frozenset("img video amp-img amp-video".split())
# Names of elements around a picture, as whole words: "image-right", "c-picture__box", "imgbox", "data=photo".
_PICTURE_NAME = lazy_pattern(
    r"(?:data=)?(?:.*[-_])?(?:ima?ge?s?|imagen|imagem|immagine|pictures?|pics?|photos?|fotos?|bild(?:er)?|bilde|figures?|"
    r"illustrations?|zdjecie|afbeelding|billede|kuva)(?:box|wrap(?:per)?|container|block|right|left)?(?:[-_].*)?"
)
_ENDS_WITH_BRACKETS = lazy_pattern(r"[(\[（【][^()\[\]（）【】]+[)\]）】]\.?$")
# A photographer and an agency in brackets at the end: "(Ida Kvam/Courier)".
_ENDS_WITH_CREDIT = lazy_pattern(r"[(\[（【][^()\[\]（）【】]*[^\W\d_] ?/ ?[^\W\d_][^()\[\]（）【】]*[)\]）】]\.?$")

SAME_WORDS = Verdict(Reason.CAPTION, evidence="directly after a picture with the same words in its alt text")
ITALIC = Verdict(Reason.CAPTION, evidence="directly after a picture, in italics and not a sentence")
WITH_CREDIT = Verdict(Reason.CAPTION, evidence="directly after a picture, with a credit in brackets")
BOXED = Verdict(Reason.CAPTION, evidence="alone with a picture in an element")


def find_captions(document: Document, first: int, last: int) -> dict[int, Verdict]:
    """Return verdicts for paragraphs next to a picture that are surely its caption.

    `first` and `last` are the places of the first and the last paragraph of the article.
    """
    pictures: defaultdict[int, list[Medium]] = defaultdict(list)
    for medium in document.media:
        if medium.tag in PICTURES and medium.place < len(document.blocks):
            pictures[medium.place].append(medium)
    found: dict[int, Verdict] = {}
    for place, media in pictures.items():
        block = document.blocks[place]
        if block.kind is Kind.PARAGRAPH and weighted_length(block.text) <= MAX_CAPTION_LENGTH:
            verdict = _verdict(document, block, media, is_inside=first < place <= last)
            if verdict is not None:
                found[place] = verdict
    return found


def gallery_captions(document: Document, removals: Collection[int]) -> frozenset[int]:
    """Return the places of the captions that are the text of a gallery; none if the page is not one.

    A block in `removals` (places) counts neither as a caption nor as a paragraph.
    """
    sentences = [block for block in document.blocks if block.place not in removals and is_finished(block.text)]
    captions: dict[str, int] = {}  # the first place of each text; a lightbox often has all of them again
    for block in sentences:
        if block.kind is Kind.CAPTION:
            captions.setdefault(block.text, block.place)
    long_captions = [text for text in captions if weighted_length(text) >= MIN_GALLERY_LENGTH]
    paragraphs = [
        block
        for block in sentences
        if block.kind is not Kind.CAPTION
        and block.linked < MAX_LINK_DENSITY
        and weighted_length(block.text) >= MIN_GALLERY_LENGTH
    ]
    if len(long_captions) < max(MIN_GALLERY_CAPTIONS, MIN_CAPTIONS_PER_PARAGRAPH * len(paragraphs) + 1):
        return frozenset()
    return frozenset(captions.values())


def _verdict(document: Document, block: Block, media: list[Medium], *, is_inside: bool) -> Verdict | None:
    if any(_says_the_same(block.text, medium.words) for medium in media):
        return SAME_WORDS
    if block.links and not block.italic:
        return None
    if _ENDS_WITH_CREDIT.search(block.text):
        return WITH_CREDIT
    is_sentence = is_finished(block.text)
    if block.italic and (not is_sentence or _ENDS_WITH_BRACKETS.search(block.text)):
        return ITALIC
    length = weighted_length(block.text)
    boxes = [box for medium in media if (box := _box(document, block, medium)) is not None]
    if boxes and length >= MIN_BOXED_LENGTH and not block.links:
        is_short_line = is_inside and not is_sentence and length <= MAX_BOXED_LENGTH
        if is_short_line or any(_PICTURE_NAME.fullmatch(token) for box in boxes for token in box.tokens):
            return BOXED
    return None


def _says_the_same(text: str, words: str) -> bool:
    """Whether one of the two is in the other, and is not much shorter."""
    shorter, longer = sorted((letters_and_digits(text), letters_and_digits(words)), key=len)
    return len(shorter) >= max(MIN_SAME_LENGTH, MIN_SAME_SHARE * len(longer)) and shorter in longer


def _box(document: Document, block: Block, medium: Medium) -> Element | None:
    """Return the element around a picture if it begins with this block and holds little else; else `None`."""
    if medium.element == NO_ELEMENT:
        return None
    element = document.elements[medium.element]
    is_box = element.first == block.place and element.last - element.first <= MAX_BOX_BLOCKS and element.tag != "p"
    return element if is_box else None
