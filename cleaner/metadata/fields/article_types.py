"""The type of an article: what the page declares, and the words of its labels and its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from unicodedata import combining, normalize
from urllib.parse import unquote, urlsplit

from cleaner.metadata.fields.values import name_key, text
from cleaner.models import ArticleType

# By the types of schema.org. `Article`, `BlogPosting` and the like do not say what an article is.
_SCHEMA_TYPES: Mapping[str, ArticleType] = {
    "NewsArticle": ArticleType.NEWS,
    "ReportageNewsArticle": ArticleType.NEWS,
    "BackgroundNewsArticle": ArticleType.NEWS,
    "AnalysisNewsArticle": ArticleType.NEWS,
    "OpinionNewsArticle": ArticleType.OPINION,
    "LiveBlogPosting": ArticleType.LIVE,
    "ImageGallery": ArticleType.GALLERY,
    "MediaGallery": ArticleType.GALLERY,
    "VideoObject": ArticleType.VIDEO,
    "Review": ArticleType.REVIEW,
    "CriticReview": ArticleType.REVIEW,
    "ReviewNewsArticle": ArticleType.REVIEW,
    "Recipe": ArticleType.RECIPE,
}
# The names of sections and labels, and of directories of an address, one line for each language. Each is the whole
# label or directory: "Opinion polls" and "how-they-live" are others. Case, spaces and punctuation do not count.
_LABELS: Mapping[ArticleType, tuple[str, ...]] = {
    ArticleType.NEWS: (
        "news|breaking news|world news|local news",
        "nachrichten|meldungen",
        "actualités|actualité|actus",
        "noticias",
        "notícias",
        "notizie",
        "nieuws",
        "nyheter|nyheder",
        "uutiset",
        "wiadomości|aktualności",
        "zprávy|správy",
        "новости|новини",
        "haberler",
        "ニュース",
        "新闻|新聞",
        "뉴스",
    ),
    ArticleType.OPINION: (
        "opinion|opinions|editorial|editorials|op-ed|op-eds|comment|commentary|comment is free|columns|columnists"
        "|columnist|viewpoint|viewpoints|letters to the editor",
        "meinung|meinungen|kommentar|leitartikel|kolumne|kolumnen|gastbeitrag|debatte",
        "opinions|tribunes|éditorial|éditoriaux|édito|éditos|chronique|chroniques|débats|point de vue",
        "opinión|editoriales|columna|columnas|columnistas|tribuna",
        "opinião|editoriais|coluna|colunas|colunistas",
        "opinioni|opinione|editoriale|editoriali|commenti",
        "opinie|opiniestuk|column",
        "ledare|debatt|krönika|krönikor|åsikt|insändare",
        "leder|debat|meninger|kronikk|kronikker|ytring",
        "mielipide|mielipiteet|pääkirjoitus|pääkirjoitukset|kolumni|kolumnit",
        "opinie|felieton|felietony|komentarze",
        "názory|komentáře|komentár|komentáre",
        "vélemény",
        "opinii|editoriale",
        "мнение|мнения|колонка|колонки|думка|думки",
        "köşe yazıları|yazarlar",
        "مقالات|آراء|رأي",
        "社説|オピニオン",
        "社论|社論|评论|評論",
        "사설|오피니언|칼럼",
    ),
    ArticleType.LIVE: (
        "live|live blog|live updates|live coverage|as it happened",
        "live-ticker|im live-ticker",
        "en direct|le direct",
        "en vivo|en directo|minuto a minuto",
        "ao vivo",
        "in diretta|diretta",
        "онлайн-трансляция",
        "canlı|canlı anlatım",
        "速報ライブ",
        "直播",
    ),
    ArticleType.GALLERY: (
        "gallery|galleries|photo gallery|photo galleries|picture gallery|in pictures|in photos|slideshow|slideshows",
        "galerie|galerien|bildergalerie|bildergalerien|bilderstrecke|bilderstrecken|fotostrecke|fotostrecken",
        "fotogalerie|diaporama|diaporamas",
        "galería|galerías|fotogalería|fotogalerías|galería de fotos",
        "galeria|galerias|fotogaleria|galeria de fotos",
        "galleria|gallerie|fotogalleria|fotogallery",
        "fotoreeks|fotoserie",
        "bildspel|bildgalleri",
        "billedgalleri|billedserie",
        "фотогалерея|фоторепортаж",
        "foto galeri|galeri",
        "フォトギャラリー",
        "图集|圖集",
    ),
    ArticleType.VIDEO: (
        "video|videos",
        "vídeo|vídeos",
        "vidéo|vidéos",
        "wideo",
        "видео|відео",
        "فيديو",
        "動画|映像",
        "视频|視頻|影音",
        "동영상|영상",
    ),
    ArticleType.REVIEW: (
        "review|reviews|film review|movie review|film reviews|movie reviews|book review|book reviews|music reviews"
        "|game reviews|restaurant reviews|theatre review|album review",
        "rezension|rezensionen|filmkritik|buchkritik|konzertkritik|theaterkritik|testbericht|testberichte",
        "critique|critiques",
        "reseña|reseñas|crítica de cine",
        "resenha|resenhas",
        "recensione|recensioni",
        "recensie|recensies",
        "recension|recensioner",
        "anmeldelse|anmeldelser|anmeldelsar",
        "arvostelu|arvostelut|arvio|arviot",
        "recenzja|recenzje",
        "recenze|recenzia|recenzie",
        "рецензия|рецензии|рецензія|рецензії",
        "レビュー",
        "리뷰",
    ),
    ArticleType.RECIPE: (
        "recipe|recipes",
        "rezept|rezepte",
        "recette|recettes",
        "receta|recetas",
        "receita|receitas",
        "ricetta|ricette",
        "recept|recepten",
        "recept|recepter",
        "oppskrift|oppskrifter|opskrift|opskrifter",
        "resepti|reseptit",
        "przepis|przepisy",
        "recepty",
        "рецепт|рецепты|рецепти",
        "tarifler|yemek tarifleri",
        "レシピ",
        "食谱|食譜",
        "레시피",
    ),
    ArticleType.PRESS_RELEASE: (
        "press release|press releases|news release|news releases|media release|media releases",
        "pressemitteilung|pressemitteilungen|presseaussendung|medienmitteilung|medienmitteilungen",
        "communiqué de presse|communiqués de presse|communiqués",
        "comunicado de prensa|comunicados de prensa|nota de prensa|notas de prensa",
        "comunicado de imprensa|comunicados de imprensa",
        "comunicato stampa|comunicati stampa",
        "persbericht|persberichten",
        "pressmeddelande|pressmeddelanden",
        "pressemelding|pressemeldinger|pressemeddelelse|pressemeddelelser",
        "lehdistötiedote|lehdistötiedotteet",
        "komunikat prasowy|komunikaty prasowe",
        "tisková zpráva|tiskové zprávy",
        "пресс-релиз|пресс-релизы|прес-реліз|прес-релізи",
        "basın bülteni|basın bültenleri",
        "プレスリリース",
        "보도자료",
    ),
}
_PARTS_OF_ARTICLES = frozenset({ArticleType.VIDEO, ArticleType.GALLERY})
_MAX_LABEL = 40  # characters of a label or a directory
_MAX_PATH = 1_000  # characters of an address that are read


def declared_type(value: Any, title: str | None) -> ArticleType | None:
    """Return what a type of schema.org or a value of `og:type` stands for; `None` if it does not say.

    A dict is a video or a gallery with its name: the page is about it if that is the `title` of the page, and otherwise
    only shows it.
    """
    if isinstance(value, dict):
        name = text(value.get("name"))
        value = value.get("@type") if name and title and name_key(name) == name_key(title) else None
    if not isinstance(value, str):
        return None
    return ArticleType.VIDEO if value.lower().startswith("video.") else _SCHEMA_TYPES.get(value)


def type_of_label(label: str) -> ArticleType | None:
    """Return the type that the whole of a label names; `None` if it names none."""
    return _types_by_label().get(_without_accents(label)) if len(label) <= _MAX_LABEL else None


def type_of_labels(labels: Iterable[str]) -> ArticleType | None:
    """Return the most specific type that one of the labels names.

    "Video" and "Gallery" among other labels say that the article has one, not that it is one.
    """
    labels = list(labels)
    types = filter(None, map(type_of_label, labels))
    return most_specific(each for each in types if len(labels) == 1 or each not in _PARTS_OF_ARTICLES)


def type_of_address(url: str) -> ArticleType | None:
    """Return the type that a directory of an address names. The last part is the name of the page, and none."""
    directories = map(unquote, urlsplit(url).path[:_MAX_PATH].rstrip("/").split("/")[:-1])
    return most_specific(filter(None, map(type_of_label, directories)))


def most_specific(types: Iterable[ArticleType]) -> ArticleType | None:
    """Return the first type that says more than news; else news, if it is among them."""
    news = None
    for each in types:
        if each is not ArticleType.NEWS:
            return each
        news = each
    return news


@cache
def _types_by_label() -> Mapping[str, ArticleType]:
    return {
        _without_accents(label): article_type
        for article_type, lines in _LABELS.items()
        for line in lines
        for label in line.split("|")
    }


def _without_accents(label: str) -> str:
    """Return a label in the form in which labels are compared. Addresses have "opinion" for "opinión"."""
    return name_key("".join(letter for letter in normalize("NFKD", label) if not combining(letter)))
