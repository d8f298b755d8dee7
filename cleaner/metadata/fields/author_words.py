"""Words around the names of authors, by language: labels, roles, and words that name organizations.

The tables have one line per language, with alternatives separated by vertical bars. Letters are in lower case.
"""

from __future__ import annotations

import re
from typing import Final

# Before the writer's name, with or without a colon. The shared prepositions, such as "by", are in `text.byline_words`.
OPENINGS: Final = {
    "en": "written by|posted by|published by|words by|story by|text by|report by|reported by|reporting by"
    "|article by|articles by|posts by|post by|more posts by|more stories by|more articles by|view all posts by",
    "de": "verfasst von|geschrieben von|ein beitrag von|eine analyse von|ein kommentar von|text von|protokoll von",
    "fr": "écrit par|rédigé par|publié par|propos recueillis par|recueilli par|un texte de|texte de",
    "es": "escrito por|publicado por|texto de|redactado por",
    "pt": "escrito por|publicado por|texto de",
    "it": "dal|dalla|scritto da|pubblicato da|a cura di|testo di|di|da",
    "nl": "geschreven door|tekst van",
    "sv, no, da": "skrevet av|skriven av|skrevet af|tekst av|text av",
    "pl": "napisane przez|opracował|opracowała|rozmawiał|rozmawiała",
    "cs": "napsal|napsala",
    "ro": "scris de",
    "ca, hr, eo": "od",
    "id, ms": "ditulis oleh|oleh",
    "vi": "tác giả",
    "el": "γράφει ο|γράφει η|γράφουν οι|του|της|των|από τον|από την|επιμέλεια",
    "ru": "подготовил|подготовила|беседовал|беседовала|записал|записала",
    "uk": "підготував|підготувала",
    "ar": "بقلم|كتب|كتبت|إعداد",
    "fa": "نوشته",
    "he": "מאת",
    "hi": "द्वारा",
    "th": "โดย|เขียนโดย",
}
# Before the writer's name, and only with a colon, a slash or a line break after it.
LABELS: Final = {
    "en": "author|authors|author's name|name of author|author name|author(s)|writer|writers|reporter"
    "|reporters|text|story|words",
    "de": "autor|autorin|autoren|autor/in|autor:in|verfasser|verfasserin|text|redakteur|redakteurin",
    "fr": "auteur|auteure|autrice|auteurs|texte|textes|journaliste",
    "es": "autor|autora|autores|texto|periodista|redactor|redactora",
    "pt": "autor|autora|autores|texto|repórter",
    "it": "autore|autrice|autori|testo|testi",
    "nl": "auteur|auteurs|tekst",
    "sv, no, da": "text|tekst|skribent|forfatter|journalist|författare",
    "fi": "teksti|kirjoittaja|toimittaja",
    "pl": "autor|autorka|autorzy|tekst",
    "cs, sk": "autor|autorka|autoři|text",
    "hu": "szerző|írta|szöveg",
    "ro": "autor|autori|text",
    "tr": "yazan|yazar|haber",
    "id, ms": "penulis|reporter|wartawan",
    "vi": "tác giả",
    "el": "συντάκτης|συντάκτρια|συγγραφέας|κείμενο|ρεπορτάζ",
    "ru": "автор|авторы|автор статьи|текст|текст и фото|корреспондент|журналист",
    "uk": "автор|авторка|автори|текст",
    "bg, sr": "автор|аутор",
    "ar": "الكاتب|كاتب|الكاتبة|المحرر|تقرير|المؤلف",
    "fa": "نویسنده|خبرنگار",
    "he": "כותב|מאת",
    "hi": "लेखक|लेखिका|रिपोर्ट|रिपोर्टर|संवाददाता",
    "bn": "লেখক|প্রতিবেদক",
    "ko": "글|글쓴이|기자|취재|취재기자|글·사진|작성자|저자",
    "ja": "著者|筆者|執筆|執筆者|文|取材|取材・文|文・取材|文/取材|取材/文|構成・文|文・写真|撮影・文|記者|作者"
    "|ライター|投稿者|寄稿|著|インタビュー・文|文・構成|text",
    "zh": "作者|记者|記者|本报记者|本報記者|通讯员|通訊員|撰文|撰稿|撰稿人|文|文/图|文/圖|文图|图文|圖文|图/文|文字"
    "|特约记者|见习记者|实习记者|采写|文、图|文/摄|文/記者|文/记者|报道|採訪|采访|撰文/摄影|文、摄影",
    "th": "ผู้เขียน|เรื่อง",
}
# Before the names of people who did something else, with or without a colon.
OTHER_WORK: Final = {
    "en": "photo|photos|photograph|photographs|photography|photographer|photographers|image|images|picture|pictures"
    "|illustration|illustrations|graphic|graphics|video|camera|editor|edited|edit|edited by|editing|editing by|editor's"
    "|translation|translated|translated by|translator|reviewed by|fact-checked by|fact checked by"
    "|medically reviewed by|tested by|approved by|information provided by|provided by|sponsor"
    "|sponsored by|presented by|source",
    "de": "foto|fotos|fotograf|fotografin|bild|bilder|grafik|grafiken|kamera|schnitt|redigiert|redigering|übersetzung"
    "|übersetzt|illustrationen|quelle",
    "fr": "photographie|photographies|photographe|crédit|traduit|traduction|relu par",
    "es": "imagen|imágenes|fotografía|fotografías|traducido|traducción|edición|edita|fuente",
    "pt": "fotografia|tradução|edição|fonte",
    "it": "fotografie|traduzione|fonte",
    "nordic": "oversat|översättning|kilde|källa|kuva|kuvat",
    "pl, cs": "zdjęcia|fot.|zdroj|źródło",
    "tr": "fotoğraf|fotoğraflar|kaynak",
    "id": "editor|penyunting",
    "el": "φωτογραφίες|φωτογραφία|φωτό|πηγή",
    "ru": "фото|видео|источник",
    "uk": "джерело",
    "ar": "تصوير|تحرير|المصدر|ترجمة|صورة",
    "hi": "फोटो|संपादक|स्रोत",
    "ko": "사진|편집|영상|그래픽|출처|번역",
    "ja": "写真|撮影|編集|編集部|イラスト|構成|翻訳|監修|提供|協力|画像",
    "zh": "编辑|編輯|责任编辑|責任編輯|责编|選稿|选稿|校对|摄影|攝影|图|圖|图片|圖片|来源|來源|时间|時間|审核|翻译"
    "|编译|监制|美编|制图|视频|稿源|初审|终审|出品|策划|来自|文章来源|发布时间|核稿|編審|翻譯|發佈|发布",
}
# After a person's name, or before it: roles. Endings are tested as well; see `ROLE_ENDINGS`.
ROLES: Final = {
    "en": "reporter|reporters|writer|writers|staff writer|editor|editors|correspondent|correspondents|contributor"
    "|contributors|columnist|columnists|journalist|journalists|director|manager|founder|co-founder|ceo|cto|cmo"
    "|president|professor|producer|specialist|strategist|consultant|analyst|attorney|lawyer|officer|fellow|chief"
    "|editor-in-chief|critic|anchor|intern|chair|chairman|chairwoman|minister|member|executive|reviewer|presenter",
    "de": "redakteur|redakteurin|reporterin|korrespondent|korrespondentin|journalistin|chefredakteur|chefredakteurin"
    "|kolumnist|kolumnistin|redaktør|volontär|volontärin|ressortleiter|ressortleiterin|autorin",
    "fr": "journaliste|correspondant|correspondante|envoyé spécial|envoyée spéciale|rédacteur en chef|chroniqueur",
    "es": "corresponsal|enviado especial|enviada especial|redactor|redactora|periodista|columnista|analista",
    "it": "giornalista|inviato|inviata|corrispondente",
    "pt": "repórter|correspondente|jornalista|colunista",
    "nordic": "skribent|journalisten|korrespondenten",
    "ru": "корреспондент|обозреватель|журналист|редактор",
    "el": "δημοσιογράφος|ανταποκριτής",
}
# Words that mark a text as a desk, a paper, an agency or a company, wherever they are in it.
GROUPS: Final = {
    "en": "staff|editorial|university|institute|agency|news|team|desk|newsroom|bureau|media|magazine|online|marketing"
    "|company|inc|llc|ltd|gmbh|d.o.o|s.r.l|s.p.a|b.v|plc|corp|corporation|group|association|foundation|council|department|center|centre|unit|committee|ministry"
    "|office|contributors|publishing|publishers|press office|newspaper|newspapers|network|services|solutions|times"
    "|tribune|gazette|herald|chronicle|authors|editors|correspondents|writers|guest post|sponsored|archive",
    "credentials and accounts": "certified|licensed|registered|twitter|facebook|instagram|linkedin|whatsapp|youtube"
    "|email|e-mail|subscribe|read more|admin|comments",
    "de": "redaktion|ressort|agentur|nachrichten|zeitung|korrespondenz|presse|presseamt|pressestelle|verlag|ministerium"
    "|lokalredaktion|onlineredaktion|mediengruppe|autoren|newsdesk|stadtwerke",
    "fr": "rédaction|équipe|service politique|service|éditions|journal|agence|presse",
    "es": "redacción|redacciones|agencia|agencias|equipo|ediciones|diario|periódico|editorial",
    "pt": "redação|redacção|agência|equipe|jornal|editora",
    "it": "redazione|agenzia|giornale",
    "nl": "redactie",
    "pl, cs, hr": "redakcja|redakce|redakcia|redakcija",
    "id, tr": "redaksi|ajansı|haber|servisi|merkezi",
    "hu, fi, nordic": "szerkesztőség|toimitus|redaktionen|redaksjonen",
    "el": "newsroom|συντακτική ομάδα|σύνταξη|εφημερίδα",
    "ru, uk, bg": "коллектив|редакция|редакції|редакція|агентство|служба|газета|журнал|новости|пресс-служба|издание",
    "ar, fa": "وكالة|وكالات|صحيفة|جريدة|موقع|قناة|أخبار|اخبار|خبرگزاری|هيئة|فريق|مراسل",
    "hi": "डेस्क|न्यूज|न्यूज़|टीम|भास्कर|समाचार|ब्यूरो",
    "he": "מערכת|חדשות",
}
# Endings, or parts, of names of papers, agencies and desks in scripts without spaces.
UNSPACED_GROUPS: Final = (
    "新聞|新闻|通信|通訊社|通讯社|編集部|编辑部|編輯部|デジタル|报社|報社|日报|日報|晚报|晚報|时报|時報|晨报|周刊|週刊|杂志|雑誌"
    "|网络版|網絡版|财经|財經|科技|频道|頻道|传媒|傳媒|电视台|電視台|客户端|编辑室|取材班|報道部|学会|协会|協会|公司|株式会社"
    "|뉴스|신문|일보|방송|편집국|편집부|취재팀|데스크|통신|미디어|데일리|타임스|투데이|경제|네이버"
)
UNSPACED_GROUP_ENDINGS: Final = "网|網|报|報|社|台|版|刊|综合|整理|編集|编辑|編輯|組|组|部|氏|室|站|委|局|班"

# Days of the week, which may follow a name if only the rest of the date was recognised.
WEEKDAYS: Final = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
# Words that no name of a person has, in labels of buttons, sections and other lines near a byline.
NEVER_IN_NAMES: Final = (
    "article|articles|update|updates|updated|posted|published|policy|privacy|results|all|posts|print|edition|see|read"
    "|view|more|share|follow|connect|newsletter|subscribers|terms|contact|home|opinion|sports|business|politics|culture"
    "|here's|what's|it's|loading|advertisement|continue|reading|developed|report|reports|blog|weblog|guide|guides"
    "|tips|style|design|weekly|daily"
)

# Between a name and a place or a paper: "Ada Moss in Nairobi".
PLACE_PREPOSITIONS: Final = "in|for|For|at|from|aus|für|bei|à|pour|desde|em|para|på|på|uit|voor|на|из|в"


def alternatives(*tables: dict[str, str] | str) -> str:
    """Return the words of the tables as alternatives for a regular expression, the longest first."""
    words: dict[str, None] = {}
    for table in tables:
        for line in table.values() if isinstance(table, dict) else (table,):
            words.update(dict.fromkeys(line.split("|")))
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
