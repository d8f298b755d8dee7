"""Picture credits, captions, and messages of picture viewers."""

from __future__ import annotations

from cleaner.models import Reason
from cleaner.rules.model import Rule, Scope, any_of

_BLOCK = Scope.BLOCK
_AGENCY = (
    r"(getty( images)?|afp|reuters|ap|ap photo|associated press|dpa|picture alliance|epa(-efe)?|efe|ansa|"
    r"imago( images)?|shutterstock|istock(photo)?|unsplash|pexels|pixabay|adobe ?stock|"
    r"alamy( stock photo)?|depositphotos|wikimedia( commons)?|wikipedia|flickr|creative commons|bloomberg|"
    r"zuma( press)?|xinhua|keystone|apa|ntb|tt|ritzau|scanpix|pap|tass|тасс|риа новости|sipa|belga|anp|"
    r"agência brasil|pa (wire|media|images)|pti|ani|yonhap|kyodo|jiji|时事|共同|新华社|getty/afp|"
    r"afp via getty images|nasa|midjourney|dall-?e|chatgpt|freepik|canva|dreamstime|123rf|eyeevem?|"
    r"stock photo)"
)
_PICTURE = (
    r"((header |file |archive |cover |lead |featured |main |top |stock |banner |hero |feature |"
    r"title )?(photos?|images?|pictures?|photographs?|pics?|illustrations?|screenshots?|artwork|cartoon|"
    r"foto(grafie|s|graf(in)?|grafía|grafia)?|bild(er|quelle|nachweis|rechte|credits?)?|symbolbild|"
    r"symbolfoto|archivbild|archivfoto|titelbild|beitragsbild|grafik|crédit(s)?( photos?)?|photographie|"
    r"imagen|imágenes|immagine|imagem|afbeelding|beeld|bilde|billede|zdjęcie|zdj\.|fot\.|obrázek|kép|fotó|"
    r"фото|изображение|иллюстрация|fotoğraf|görsel|resim|φωτό|写真|画像|提供|图|图片|圖|圖片|사진|صورة|"
    r"الصورة)( (credits?|courtesy|source|via|copyright|supplied|provided|taken|used|de|d'archive|quelle|"
    r"credit line|id|rights|by|from|of))*)"
)

RULES = (
    Rule(
        id="picture-credit",
        reason=Reason.CREDIT,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da pl cs hu ru tr el ja zh ko ar".split()),
        pattern=any_of(
            _PICTURE + r" ?[:/©|=-]+ ?.{2,100}",
            r"(photo|image|picture|photograph|illustration|graphic|photography|foto|video)s? (by|via|"
            r"courtesy of|courtesy|from|credit|provided by|supplied by|source|von|de) .{2,80}",
            r"(credit|credits|image source|photo source|courtesy|picture|copyright|crédit|créditos?|"
            r"source image|bildquelle|quelle) ?[:©]+ ?.{2,80}",
            r"(photo|image|picture) (supplied|provided|courtesy|credit)",
            r"(photo )?courtesy (of )?.{2,60}",
            r"via " + _AGENCY,
            r"fot\. ?.{2,60}",
        ),
        unfinished=True,
        longest=140,
        drops=(
            "Photo: Anna Harbourmaster/Harbour Agency",
            "(Image credit: Anna Harbourmaster)",
            "Foto: Anna Hafenmeister",
            "Bildquelle: Stadtarchiv",
            "Фото: Анна Портова",
            "写真＝港湾局",
            "Crédit photo : Anna Port",
            "Fot. Anna Morska",
            "Quelle: ntv.de, mdi/dpa",
        ),
        keeps=(
            "Image: it is what the harbour has lost, and what it wants back.",
            "Pictures of the flood went around the world",
        ),
    ),
    Rule(
        id="agency-credit",
        reason=Reason.CREDIT,
        scope=_BLOCK,
        pattern=any_of(
            r"(© ?)?" + _AGENCY + r"( ?[/|,-] ?.{2,40})?",
            r".{2,60}[/|(] ?" + _AGENCY + r"\)?",
            r".{2,60} via " + _AGENCY,
            r".{2,60}, (dpa|afp|ap|reuters|getty images|epa)",
        ),
        unfinished=True,
        longest=100,
        drops=("Anna Harbourmaster/Getty Images", "AFP via Getty Images", "© dpa", "Adobe Stock"),
        keeps=("Reuters contributed to the fund", "The picture went to Reuters"),
    ),
    Rule(
        id="source-line",
        reason=Reason.CREDIT,
        scope=_BLOCK,
        languages=frozenset("en de fr es it pt nl sv no da pl".split()),
        # Under tables and charts, and at the end of an article that names its agencies.
        pattern=r"(data )?(sources?|quellen?|fuentes?|fontes?|fonti|bron(nen)?|"
        r"källor|källa|kilder|kilde|źródł[oa]) ?[:/|] ?.{2,90}",
        most_linked=0.3,
        unfinished=True,
        longest=110,
        drops=("Source: City records, own count", "Quellen: Statistisches Landesamt, eigene Zählung"),
        keeps=(
            "Sources say that the harbour will close",
            "Source: a spring under the altar, walled in by the monks.",
            "Source: [EPA iWARM]",
        ),
    ),
    Rule(
        id="caption-with-credit",
        reason=Reason.CAPTION,
        scope=_BLOCK,
        languages=frozenset("en de fr es nl sv no da pl ru ja zh".split()),
        # A sentence that ends with the photographer or the agency.
        pattern=any_of(
            r".{8,380}\((ap photo|photos?( by| courtesy| credit|/|:)|image( by| credit| courtesy|:|/)|"
            r"picture:|photograph( by|:)|file photo|courtesy (of|photo)|foto( von|:|/)|bild:|reuters/|getty|"
            r"afp(/| photo)|credit:|pic:|fot\.|фото)[^()]{0,80}\)",
            r".{8,380}[.!?\"] (photograph|photos?|image|picture|foto|fotograf|bild|credit|crédit|"
            r"image credit|photo credit|picture credit|bildquelle|fot\.|фото|beeld|photo by|foto av|"
            r"foto von) ?[:/©] ?[^.:]{2,80}",
            r".{8,380} ?© ?(?-i:[A-ZÀ-Þ])[^.©]{2,80}",
            r".{8,380}[.!?\"] ?" + _AGENCY + r"/[^./]{2,60}",
            r".{8,380}=.{2,30}(撮影|提供|写す)",
            r".{8,380}\(.{0,20}(撮影|提供|写す|摄|攝)\)",
            r"(media|image|video) caption,? .{8,300}",
        ),
        longest=480,
        drops=(
            "The harbour at dawn on Monday. (AP Photo/Anna Harbourmaster)",
            "Der Hafen am Morgen ist leer. Foto: Anna Hafenmeister",
            "The harbour at dawn. Photograph: Anna Harbourmaster",
            "Der Hafen am Morgen ist leer. IMAGO/Anna Hafenmeister",
            "早朝の港で網を直す漁師たち＝３日、港町（代表撮影）",
            "Image caption, The harbour at dawn on Monday",
        ),
        keeps=(
            "The harbour closed on Monday (the second time this year).",
            "She asked for a photo: nobody had one, not even the mayor.",
            "Image captions are written by the desk.",
        ),
    ),
    Rule(
        id="file-picture",
        reason=Reason.CAPTION,
        scope=_BLOCK,
        languages=frozenset("en de".split()),
        pattern=any_of(
            r"(?-i:FILE) ?[:-] ?.{8,300}",
            r"(file photo|file image|photo illustration|symbolbild|symbolfoto|archivbild|"
            r"archivfoto) ?[:-] ?.{8,300}",
            r"(a |an )?(file|representational|representative|illustrative|stock) (photo|image|picture|"
            r"pic)s?( .{2,60})?",
            r"in this (file )?(photo|image|picture|frame grab|image (made|taken) from video)( (taken|"
            r"provided|released|made|from|posted).{2,80})?,.{8,300}",
            r"symbolbild",
            r"symbolfoto",
            r"archivbild",
            r"archivfoto",
        ),
        longest=340,
        drops=("FILE - The harbour stands empty on Monday, March 3, 2025.", "File photo", "Symbolbild"),
        keeps=("In this photo she saw her father.", "The file photo was older than the mayor said."),
    ),
    Rule(
        id="caption-from-left",
        reason=Reason.CAPTION,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da pl cs ru".split()),
        # Says who is where in a picture.
        pattern=any_of(
            r"pictured,? (at the (back|front|top|rear), )?(from )?(far )?(left|right|l-r)\b.{8,380}",
            r"((pictured |seen |standing |seated )?(from )?left to right|l-r|von links( nach rechts)?|"
            r"v\. ?l\.|v\. ?l\. ?n\. ?r\.|vlnr|de gauche à droite|de izquierda a derecha|"
            r"da esquerda para a direita|da sinistra( a destra| verso destra)?|van links naar rechts|"
            r"från vänster( till höger)?|fra venstre( mod højre| til høyre)?|od lewej( do prawej)?|"
            r"zleva( doprava)?|слева направо) ?[:(] ?.{8,380}",
        ),
        most_linked=0.3,
        longest=440,
        drops=(
            "Pictured from left, are Anna Harbourmaster and John Tidewater at the quay.",
            "From left to right: Anna Harbourmaster, John Tidewater",
            "Von links: Anna Hafenmeister und Jan Flut",
            "De gauche à droite : Anna Port et Jean Marée",
        ),
        keeps=(
            "Pictured in the report is a harbour that no longer exists.",
            "From left to right, nobody in parliament wanted the bridge.",
        ),
    ),
    Rule(
        id="picture-viewer",
        reason=Reason.CAPTION,
        scope=_BLOCK,
        languages=frozenset("en de fr es it nl sv no da ja pt pl cs ro tr ru".split()),
        pattern=any_of(
            r"(view|open|see|show|hide|close|toggle|click|tap|enlarge|expand|zoom|press)( (to|the|this|for|"
            r"in|on|here|full|larger|photo|image|images|picture|gallery|caption|captions|photos|fullscreen|"
            r"slideshow|enlarge|view|expand|zoom|version|size|more|screen|all|full-size))+( (in|"
            r"full) ?screen| in gallery| in a new window)?",
            r"(image|photo|picture|slide|bild|foto|imagen|immagine) ?\d{1,3} ?(of|/|von|de|di|"
            r"sur) ?\d{1,3}( .{0,20})?",
            r"\d{1,3} ?(of|von) ?\d{1,3}( (photos|images|bilder|fotos))?",
            r"(\d{1,3} )?(photos?|images?|bilder|fotos?|pictures?)( gallery| galerie)?",
            r"(photo|image|picture) ?(gallery|caption|credit)",
            r"caption( options)?",
            r"image",
            r"(bild|bilder|foto) (vergrößern|anzeigen|öffnen|in vollbild|ansehen)",
            r"(zur )?(bilder|foto)(galerie|strecke)",
            r"vollbild",
            r"voir (l'image|la galerie|toutes les photos|le diaporama).{0,20}",
            r"agrandir( l'image)?",
            r"ampliar( (foto|imagen))?",
            r"ver (galería|fotos|imagen).{0,20}",
            r"apri (la )?(foto|galleria|immagine).{0,20}",
            r"ingrandisci",
            r"vergroot( afbeelding)?",
            r"(öppna|åpne|åbn|vis|visa|se|förstora|forstørr|forstør) (bild|bilden|bilder|bildet|billedet|"
            r"billede|foto)( i (helskärm|fullskärm|fullskjerm|fuldskærm)| större| større)?",
            r"(画像|写真)(を(拡大|見る)|ギャラリー|一覧)?.{0,10}",
            r"拡大(する|画像)?",
            r"(this is an? |for )?(file|stock|representational|representative|representation|illustrative|"
            r"archive) (photo|image|picture|pic|photograph)s?( (used )?(only|"
            r"for representation).{0,30})?[.!]?",
            r"(photo|image|picture|pic)s? (is |are )?(used )?for (representation|representational|"
            r"illustrative|illustration|reference)( purposes?)?( only)?[.!]?",
            r"(photo|image) (d'illustration|d'archives?|prétexte)[.!]?",
            r"(imagen|foto|fotografía) de archivo[.!]?",
            r"foto (d'archivio|di repertorio|ter illustratie|ilustrativ[ao]|illustrativ[ao])[.!]?",
            r"(zdjęcie|fot\.|foto) (ilustracyjne|ilustrační|poglądowe)[.!]?",
            r"(bildergalerie|fotostrecke|photo gallery|gallery|diaporama|galería|galleria|galeria|"
            r"in pictures)( de fotos| de imágenes| fotografica)?( ?[:|-] ?.{2,80})?",
            r"(weitere|mehr|alle|more|all|other) (bilder|fotos|photos|images|pictures)",
            r"(nächstes|vorheriges) bild",
            r"(next|previous) (image|photo|picture)",
            r"plein écran",
            r"pantalla completa",
            r"schermo intero",
            r"tela cheia",
            r"(guarda|vedi|ver|veja|bekijk|voir|view|see|alle) (la |le |de |las |as |les |os |a |all |"
            r"all the |toutes les |more |\d{1,3} (more )?)?(gallery|galerie|galeria|galería|foto|fotos|"
            r"foto's|photos|images|pictures)",
            r"se (bildene|bilderna|billederne|flere bilder|fler bilder|alle bilder|alla bilder|"
            r"alle billeder|video(en)?)",
            r"(zobacz|więcej) (zdjęcia|zdjęć|galerię|wideo|film)",
            r"(další|více) (fotky|fotografie|fotografií)",
            r"vezi galeri[ae]( foto)?",
            r"fotoğraf galerisi",
            r"(смотреть|все) (все )?фото",
            r"фотогалерея",
        ),
        longest=70,
        drops=(
            "View image in fullscreen",
            "Image 2 of 7",
            "Bild vergrößern",
            "Öppna bild i helskärm",
            "[toggle caption]",
            "Photo d'illustration",
            "Photo used for illustrative purposes only",
            "Bildergalerie: Der Hafen im Winter",
            "View 5 Images",
            "Ver galería",
            "Se flere bilder",
            "Zobacz galerię",
            "Фотогалерея",
        ),
        keeps=(
            "See the gallery before it closes for good.",
            "Image of a harbour",
            "The photo is used for navigation.",
            "Gallery owners fear for the quay.",
            "Se bildene av haven før den forsvant, ba hun.",
        ),
    ),
)
