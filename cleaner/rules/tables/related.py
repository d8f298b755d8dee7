"""Lines and sections that link to other articles."""

from __future__ import annotations

from cleaner.models import Reason
from cleaner.rules.model import Rule, Scope, any_of

_BLOCK, _HEADING = Scope.BLOCK, Scope.HEADING

RULES = (
    Rule(
        id="related-line",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        # "Read more:" begins sentences, too; their rest is not a link.
        pattern=r"(see also|also see|also read|read (also|more|next|on)|"
        r"related( article| story| coverage| reading| report| news| link| topic)?s?( include)?|"
        r"more on (this|the)( story| topic| subject)?|"
        r"(you )?(may|might) also (like|enjoy|be interested( in)?)|(you )?(can|may|might) also (read|check( out)?)|"
        r"check out( also)?|also check out|don't miss|watch( also| more| now)?|also watch|"
        r"recommended( reading| story)?|further reading|must[- ]read|trending( now)?|in case you missed it|"
        r"icymi|(go|read|dig) deeper|previously|next article|previous article) ?[:|>-]+ ?.{1,160}",
        linked=0.5,
        longest=200,
        drops=(
            "See also: [Ferry timetable for spring]",
            "Read more | [What the tide tables leave out]",
            "WATCH | [The moment the ferry hit the pier]",
        ),
        keeps=(
            "Read more: that is what the school wants of every child.",
            "Previously: the harbour had been closed for [two weeks] when the storm came.",
        ),
    ),
    Rule(
        id="related-line-unlinked",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        # For plain text without links: only phrases that begin no sentence. A headline has no full stop at its end.
        pattern=r"(see also|also see|also read|read also|read next|read more|also on .{3,40}|"
        r"related( article| story| coverage| reading| report)?s?|(you )?(can|may|might) also (read|check( out)?)|"
        r"you (may|might) also (like|enjoy|be interested( in)?)|more on (this|the)( story| topic)?|"
        r"recommended reading|must[- ]read|in case you missed it|icymi|next article|"
        r"previous article) ?[:|>-]+ ?.{8,160}",
        unfinished=True,
        longest=200,
        drops=("ALSO READ: Harbour town gets its first cargo bike", "Next article: Ferries at dawn"),
        keeps=("See also: the council's own figures, which say the opposite.",),
    ),
    Rule(
        id="see-also-headline",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da pl cs id".split()),
        # The plugin that writes these lines puts two spaces or an element between label and headline, no punctuation.
        pattern=r"(see also|also read|read also|read next|lesen sie auch|lies auch|(à )?(lire|voir) (aussi|également)|"
        r"le[ea] también|leia também|leggi anche|lees ook|läs (också|även)|les også|læs også|"
        r"czytaj (także|też|również)|čtěte také|baca juga) .{12,160}",
        linked=0.5,
        unfinished=True,
        longest=200,
        drops=(
            "See also [Harbour town gets its first cargo bike]",
            "À lire aussi [Le port ferme à minuit, les pêcheurs protestent]",
        ),
        keeps=(
            "See also the letter that [the mayor] wrote in 1987, which is kept in the town archive.",
            "Lire aussi bien que son frère, c'était tout ce que [l'enfant] voulait.",
        ),
    ),
    Rule(
        id="label-headline",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it".split()),
        # A label in capitals before the headline of another story.
        pattern=r"(?-i:WATCH|MORE|LISTEN|READ|EXPLAINED|VIDEOS?|VIDÉOS?|VÍDEOS?|PHOTOS|FOTOS|IN PICTURES|GALLERY|"
        r"INTERACTIVE|PODCAST|DON'T MISS|LIVE|LEIA|VEJA|LEE|LEGGI|GUARDA|REGARDER|LIRE) ?[:|>-]+ ?[^|]{12,160}",
        linked=0.5,
        unfinished=True,
        longest=200,
        drops=(
            "MORE: [Harbour town gets its first cargo bike]",
            "EXPLAINED | [Why the ferry hit the pier]",
            "VIDÉO - [Le port ferme à minuit]",
        ),
        keeps=("More: that is what the fishermen want.", "Watch: the tide turns twice a day"),
    ),
    Rule(
        id="click-here",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset("de fr es pt it nl sv no da pl ru".split()),
        pattern=any_of(
            r"(klicken sie|klicke|klick) (bitte )?hier(,)? .{2,100}",
            r"cliquez ici (pour|afin) .{2,100}",
            r"haga clic (aquí|en este enlace) para .{2,100}",
            r"(pincha|pulsa|clica) aquí para .{2,100}",
            r"clique aqui (para|e) (?!.{0,80}\b(whatsapp|telegram)\b).{2,100}",
            r"clicca qui per .{2,100}",
            r"klik hier (om|voor) .{2,100}",
            r"klicka här för .{2,100}",
            r"klikk her for .{2,100}",
            r"klik her for .{2,100}",
            r"kliknij (tutaj|tu),? (aby|żeby) .{2,100}",
            r"нажмите (сюда|здесь),? чтобы .{2,100}",
        ),
        linked=0.4,
        unfinished=True,
        longest=140,
        drops=("[Clique aqui para ler mais]", "[Cliquez ici pour voir la carte]"),
        keeps=("Cliquez ici pour voir le reste, disait le pirate à ses victimes.",),
    ),
    Rule(
        id="related-line-languages",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset("de fr es pt it nl sv no da fi pl cs ro hu tr id vi".split()),
        pattern=any_of(
            r"(lesen sie (auch|dazu|mehr|hier|weiter)( auch| dazu| hier)?|lies(t)? (auch|hier|dazu)( mehr|"
            r" auch)?|siehe auch|mehr zum thema|mehr (dazu|lesen|hier|infos|informationen)|auch interessant|"
            r"zum (artikel|thema|weiterlesen)|weiterlesen|passend dazu|hintergrund|(à )?(lire|voir|"
            r"écouter) (aussi|également)|lisez aussi|voir aussi|à lire|notre dossier|pour aller plus loin|"
            r"en savoir plus|sur le même (sujet|thème)|le[ea] (también|más)|lee además|vea (también|más)|"
            r"ver (también|más|además)|te puede interesar|le puede interesar|más información|mira también|"
            r"también lee|relacionad[ao]s?|le(ia|r) (também|mais|ainda)|veja (também|mais)|saiba mais|"
            r"confira( também)?|leggi( anche| qui)?|approfondisci|guarda anche|vedi anche|per approfondire|"
            r"lees (ook|meer|verder)|bekijk ook|zie ook|meer (lezen|over dit onderwerp)|läs (också|även|mer|"
            r"vidare)|se (också|även|også)|les (også|mer)|læs (også|mere)|lue (myös|lisää)|katso myös|"
            r"czytaj (także|też|również|więcej|dalej)|zobacz (także|też|również)|przeczytaj (także|też|"
            r"również)|polecamy|čtěte (také|též|více)|přečtěte si( také)?|viz také|citește (și|mai mult)|"
            r"citeşte (şi|mai mult)|olvas(d|sa)? (el|tovább)( ezt is)?|kapcsolódó cikk(ünk)?|"
            r"ilgili haber(ler)?|ayrıca bakınız|bunlar da ilginizi çekebilir|baca juga|lihat juga|"
            r"simak juga|xem thêm|đọc thêm|mời (bạn )?xem thêm) ?[:|>-]+ ?.{1,160}",
            r"lesetipps? ?[:|-]+ ?.{1,160}",
        ),
        linked=0.4,
        unfinished=True,
        longest=200,
        drops=(
            "Lesen Sie auch: [Fähren fahren ab Montag früher]",
            "Notre dossier : [Le port ferme à minuit]",
            "Lea también: [El puerto cierra a medianoche]",
            "Leia também: [O porto fecha à meia-noite]",
            "Leggi anche: [Il porto chiude a mezzanotte]",
            "Lees ook: [De haven gaat om middernacht dicht]",
            "Läs också: [Hamnen stänger vid midnatt]",
            "Les også: [Havna stenger ved midnatt]",
            "Læs også: [Havnen lukker ved midnat]",
            "Lue myös: [Satama sulkeutuu keskiyöllä]",
            "Czytaj także: [Port zamyka się o północy]",
            "Čtěte také: [Přístav se zavírá o půlnoci]",
            "Citește și: [Portul se închide la miezul nopții]",
            "İlgili Haber: [Liman gece yarısı kapanıyor]",
            "Baca juga: [Pelabuhan tutup tengah malam]",
            "Xem thêm: [Cảng đóng cửa lúc nửa đêm]",
            "Lesetipp: [Der Hafen öffnet wieder]",
        ),
        keeps=(
            "Hintergrund: Die Stadt hatte den Vertrag im [Mai] gekündigt, weil das Geld fehlte.",
            "Más información: el ayuntamiento atiende por teléfono.",
            "Ein Lesetipp: [das Buch] über den Hafen ist wieder da.",
        ),
    ),
    Rule(
        id="related-line-scripts",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset("ru uk el zh ja ko ar hi".split()),
        pattern=r"((читайте|смотрите|см\.?) (также|ещ[её]|далее)|подробнее|по теме|материалы по теме|"
        r"читайте (також|ще|далі)|дивіться також|за темою|διαβάστε (επίσης|ακόμα|περισσότερα)|"
        r"δείτε (επίσης|ακόμα)|διαβάστε|延伸[阅閱][读讀]|相[关關](阅读|閱讀|新[闻聞]|报道|報導|文章)|"
        r"推[荐薦][阅閱][读讀]|更多[报報][导導道]|[点點][击擊][查看阅读閱讀]{2}|関連(記事|リンク|ニュース)|"
        r"あわせて読みたい|合わせて読みたい|こちらも読む|【?関連】?|관련 ?(기사|뉴스)|함께 읽기|"
        r"اقرأ أيض[اً]{1,2}|إقرأ أيض[اً]{1,2}|اقرأ المزيد|شاهد أيض[اً]{1,2}|أخبار ذات صلة|यह भी पढ़ें|"
        r"ये भी पढ़ें|और पढ़ें|संबंधित खबर) ?[:|>：・-]* ?.{2,160}",
        linked=0.4,
        longest=200,
        drops=(
            "Читайте также: [Порт закрывается в полночь]",
            "Читайте також: [Порт зачиняється опівночі]",
            "Διαβάστε επίσης: [Το λιμάνι κλείνει τα μεσάνυχτα]",
            "延伸阅读：[港口将于午夜关闭]",
            "関連記事：[港は深夜に閉鎖]",
            "관련 기사: [항구는 자정에 문을 닫는다]",
            "اقرأ أيضا: [الميناء يغلق عند منتصف الليل]",
            "यह भी पढ़ें: [बंदरगाह आधी रात को बंद होगा]",
        ),
        keeps=(
            "Подробнее о закрытии порта рассказал мэр на встрече с [жителями].",
            "関連記事を書いた記者は、港で生まれた。",
        ),
    ),
    Rule(
        id="related-line-scripts-unlinked",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset("ru uk zh ja ko ar hi".split()),
        pattern=any_of(
            r"((читайте|смотрите) (также|ещ[её])|читайте (також|ще)|дивіться також|延伸[阅閱][读讀]|相[关關](阅读|閱讀|"
            r"新[闻聞]|报道|報導)|推[荐薦][阅閱][读讀]|関連記事|あわせて読みたい|관련 ?기사|اقرأ أيض[اً]{1,2}|"
            r"إقرأ أيض[اً]{1,2}|"
            r"شاهد أيض[اً]{1,2}|यह भी पढ़ें|ये भी पढ़ें) ?[:|>-]+ ?.{4,160}",
            r"【関連(記事)?】.{4,160}",
        ),
        unfinished=True,
        longest=200,
        drops=("Читайте также: Порт закрывается в полночь", "【関連】港は深夜に閉鎖", "相关阅读: 港口将于午夜关闭"),
        keeps=("Читайте также: эту надпись оставили на двери школы.",),
    ),
    Rule(
        id="related-line-more-languages",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset("af sw zu xh is lb ca gl eu hr sr bs sk sl bg mk et lv lt sq ms tl az kk".split()),
        pattern=r"(lees nog|sien ook|verwante (artikel|berig|storie)s?|soma (pia|zaidi)|"
        r"(tazama|angalia) pia|habari zinazohusiana|funda (futhi|kabanzi|okuningi|olunye udaba|kwakhona|"
        r"ngakumbi)( lapha| apha)?|lestu (einnig|líka|meira)|lesa (einnig|líka|meira)|sjá (einnig|líka|nánar)|"
        r"tengdar (fréttir|greinar)|(liest|lies) (och|méi)|méi (zum|iwwer d'?) ?(thema|sujet)|"
        r"(llegiu|llegeix|vegeu|mireu) també|le tamén|irakurri (ere|gehiago)|ikusi (ere|gehiago)|"
        r"(pro)?čitajte? (još|i|više|također|takođe)|pogledajte? (još|i)|povezan[aeio] (članak|članci|vijesti|"
        r"vesti)|(pre)?čítajte( si)? (aj|tiež|viac)|súvisiac[ei] (článk[yu]|články|správy)|"
        r"preberite (tudi|še|več)|sorodn[aei] (članki|novice|vsebine)|(прочетете|вижте) (още|също)|"
        r"още по темата|свързани (статии|новини)|прочитај(те)? (и|още|повеќе)|прочитајте (још|и)|"
        r"погледајте (још|и)|повезане вести|loe (ka|lisaks|veel)|vaata (ka|lisaks)|lasi(et)? (arī|vēl|vairāk)|"
        r"skati(es|eties) arī|skaityk(ite)? (taip pat|daugiau|plačiau)|taip pat skaityk(ite)?|"
        r"lexo(ni)? (edhe|gjithashtu|më shumë|po ashtu)|shiko edhe|baca (lagi|seterusnya)|"
        r"berita berkaitan|basahin (din|rin|pa)|kaugnay na (balita|artikulo)|(həmçinin|bunu da) oxu(yun)?|"
        r"ətraflı oxu(yun)?|тағы оқыңыз|сондай-ақ оқыңыз) ?[:|>-]+ ?.{1,160}",
        linked=0.4,
        unfinished=True,
        longest=200,
        drops=(
            "Sien ook: [Die hawe sluit om middernag]",
            "Soma pia: [Bandari yafungwa usiku wa manane]",
            "FUNDA FUTHI: [Itheku livalwa phakathi kwamabili]",
            "Lestu einnig: [Höfnin lokar á miðnætti]",
            "Liest och: [Den Hafe mécht um Mëtternuecht zou]",
            "Llegiu també: [El port tanca a mitjanit]",
            "Pročitajte još: [Luka se zatvara u ponoć]",
            "Čítajte aj: [Prístav sa zatvára o polnoci]",
            "Preberite tudi: [Pristanišče se zapre opolnoči]",
            "Прочетете още: [Пристанището затваря в полунощ]",
            "Loe ka: [Sadam suletakse keskööl]",
            "Lasi arī: [Osta tiek slēgta pusnaktī]",
            "Skaitykite taip pat: [Uostas uždaromas vidurnaktį]",
            "Lexo edhe: [Porti mbyllet në mesnatë]",
            "Baca lagi: [Pelabuhan tutup tengah malam]",
            "Həmçinin oxuyun: [Liman gecə yarısı bağlanır]",
        ),
        keeps=(
            "Loe ka: seda ütles [õpetaja] igale lapsele, kes raamatukokku tuli.",
            "Čítajte viac: to je všetko, čo [škola] od detí chce.",
        ),
    ),
    Rule(
        id="related-line-more-scripts",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset("he fa ur bn ta te mr gu ml kn pa th ka hy ne am".split()),
        pattern=r"(קראו (גם|עוד)|קרא (גם|עוד)|ראו גם|לקריאה נוספת|כתבות (נוספות|קשורות)|עוד בנושא|"
        r"بیشتر بخوانید|همچنین بخوانید|(مطالب|اخبار) مرتبط|مزید پڑھیں|یہ بھی پڑھیں|متعلقہ خبریں|"
        r"আর[ওো] পড়ুন|সম্পর্কিত (খবর|সংবাদ)|மேலும் படிக்க|இதையும் (படிக்க|படியுங்கள்)|"
        r"(ఇది|ఇవి) కూడా చదవండి|సంబంధిత వార్తలు|(हेही|हे देखील) वाचा|आणखी वाचा|આ પણ વાંચો|"
        r"ഇതും വായിക്കുക|കൂടുതൽ വായിക്കുക|ಇದನ್ನೂ ಓದಿ|ਇਹ ਵੀ ਪੜ੍ਹੋ|อ่าน(ต่อ|เพิ่มเติม|ข่าวเพิ่มเติม)|"
        r"ข่าวที่เกี่ยวข้อง|(ასევე|აგრეთვე) წაიკითხეთ|წაიკითხეთ (აგრეთვე|ასევე)|(կարդացեք|կարդալ) նաև|"
        r"यो पनि पढ्नुहोस्|ተጨማሪ ያንብቡ) ?[:|>・-]* ?.{2,160}",
        linked=0.4,
        longest=200,
        drops=(
            "קראו גם: [הנמל נסגר בחצות]",
            "بیشتر بخوانید: [بندر نیمه‌شب بسته می‌شود]",
            "مزید پڑھیں: [بندرگاہ آدھی رات کو بند ہوگی]",
            "আরও পড়ুন: [মধ্যরাতে বন্দর বন্ধ হবে]",
            "மேலும் படிக்க: [துறைமுகம் நள்ளிரவில் மூடப்படும்]",
            "हेही वाचा: [बंदर मध्यरात्री बंद होणार]",
            "อ่านเพิ่มเติม: [ท่าเรือปิดเวลาเที่ยงคืน]",
            "წაიკითხეთ აგრეთვე: [პორტი შუაღამისას იკეტება]",
            "Կարդացեք նաև՝ [Նավահանգիստը փակվում է կեսգիշերին]",
        ),
        keeps=("עוד בנושא הנמל: ראש העיר אמר ל[תושבים] שהוא ייסגר.",),
    ),
    Rule(
        id="read-more",
        reason=Reason.RELATED,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da pl ru uk tr zh ja ko ar el cs fi hu ro id".split()),
        # The whole text is a button or the last line of a teaser.
        pattern=any_of(
            r"(read|see|view|show|load|learn|watch|discover|find out|click here to read) more( here| now|"
            r" stories| articles| posts| news| about it| \.\.\.)?",
            r"(click|tap)( here)? (for|to (read|see|view|learn|find out)) more( information| details)?",
            r"(read|view|see) (the )?(full|whole|entire|original|complete) (story|article|post|report|text|"
            r"interview|review|list|statement|bio|profile)( here)?",
            r"(continue|keep) reading( here| \.\.\.)?",
            r"more info(rmation)?",
            r"(read|view|see|show) (all|next|on|now|story|article|post)s?",
            r"view all .{2,40}",
            r"for more (stories|news|articles) like this,? .{2,40}",
            r"(you can )?read the (full|whole|entire|original) (story|report|article|statement) (here|"
            r"below)\.?",
            r"(mehr|weitere|alle) (nachrichten|artikel|infos|informationen|beiträge|texte|"
            r"meldungen)\b.{0,80}\b(finden sie|findest du|gibt es|im überblick).{0,60}",
            r"lesen sie (hier|dazu) mehr (über|zu|zum|zur) .{2,80}",
            r"find out more here",
            r"read (the|this) (article|story|post|review)",
            r"see all .{2,40}",
            r"explore more",
            r"jump to review",
            r"weiterlesen",
            r"mehr (lesen|erfahren|anzeigen|laden|infos)",
            r"jetzt (lesen|weiterlesen)",
            r"zum (artikel|beitrag)",
            r"alle anzeigen",
            r"hier (weiterlesen|mehr lesen)",
            r"lire (la suite|plus|l'article( complet)?)",
            r"en savoir plus",
            r"voir (plus|tout)",
            r"(leer|ver|saber|lee|vea) más",
            r"seguir leyendo",
            r"ver (todo|todos)",
            r"continuar leyendo",
            r"(leia|ler|saiba|ver|veja) mais",
            r"continuar lendo",
            r"continue lendo",
            r"(leggi|scopri) (di più|tutto|l'articolo)",
            r"continua a leggere",
            r"vedi (altro|tutti)",
            r"(lees|bekijk) (meer|verder|alles)",
            r"läs (mer|vidare)",
            r"visa (mer|alla)",
            r"les mer",
            r"vis (mer|mere)",
            r"læs mere",
            r"czytaj (więcej|dalej)",
            r"zobacz (więcej|wszystkie)",
            r"číst (dále|více)",
            r"zobrazit více",
            r"читать (далее|полностью|ещ[её]|дальше)",
            r"подробнее",
            r"показать ещ[её]",
            r"читати (далі|більше)",
            r"докладніше",
            r"devamını (oku|okuyun|gör)",
            r"daha fazla",
            r"διαβάστε περισσότερα",
            r"περισσότερα",
            r"[阅閱][读讀](更多|全文|原文)",
            r"查看(更多|全文|原文)",
            r"[点點][击擊]查看(更多|全文|原文)",
            r"更多",
            r"(続き|もっと|全文|記事)を?(読む|見る)",
            r"続きを読む",
            r"もっと見る",
            r"記事全文を読む",
            r"더 ?보기",
            r"자세히 ?보기",
            r"계속 읽기",
            r"اقرأ المزيد",
            r"المزيد",
            r"قراءة المزيد",
            r"عرض المزيد",
            r"تابع القراءة",
            r"(back|return|go back|go) to (all |our |the )?(posts|articles|blog( home)?|news|list|overview|"
            r"index|home( ?page)?|resources|insights|newsroom|results|press releases)",
            r"go back",
            r"(all|browse all|view all|see all|explore (more|all)|browse|explore) (posts|articles|stories|"
            r"news|resources|insights|blog posts|guides|recipes|episodes|videos|case studies)",
            r"learn more about (us|our (company|team|services|work))",
            r"read the case study",
            r"jatka lukemista",
            r"näytä lisää",
            r"więcej",
            r"chcesz wiedzieć więcej\? .{2,40}",
            r"(více se dozvíte|číst dále|pokračovat ve čtení)( zde)?",
            r"tovább olvasom",
            r"citește mai departe",
            r"читайте подробнее",
            r"(點我)?看更多",
            r"点击进入(专题)?",
            r"続きはこちら",
            r"(この記事の)?関連ニュース",
            r"ニュース一覧",
            r"기사 더보기",
            r"오늘의 주요 ?뉴스",
            r"lanjutkan membaca",
        ),
        longest=80,
        drops=(
            "[Read more]",
            "Read the full story »",
            "Weiterlesen",
            "[Lire la suite]",
            "続きを読む",
            "查看更多",
            "اقرأ المزيد",
            "Back to all posts",
            "Browse all articles",
            "Näytä lisää",
            "Tovább olvasom",
            "View all posts by Anna Harbourmaster",
        ),
        keeps=(
            "Read more books was her only advice.",
            "Learn more, earn more",
            "Go back to the harbour before dark, he said.",
            "Więcej niż połowa mieszkańców wyjechała",
        ),
    ),
    Rule(
        id="related-heading",
        reason=Reason.RELATED,
        scope=_HEADING,
        languages=frozenset({"en"}),
        pattern=any_of(
            r"(see also|also read|read (also|next|more)|(more )?(related|similar|recommended|featured|"
            r"popular|recent|latest|trending|other|further|suggested|new) (articles?|posts?|stories|story|"
            r"content|news|topics?|reading|readings|links?|videos?|reads|coverage|blogs?|resources|products|"
            r"items|searches|headlines|pages|insights|guides?|entries)|related|recommended( for you)?|"
            r"trending( now| today)?|up next|what to read next|you (may|might) (also )?(like|enjoy|"
            r"be interested in)|(things )?you (may|might) have missed|in case you missed it|"
            r"don't miss( this| it)?|(most|top) (popular|read|viewed|shared|commented|stories|news|articles|"
            r"posts|recent|emailed|watched|headlines)( today| this week| now)?( in .{2,30})?|popular( now|"
            r" today| this week)?|(the )?latest|editors?'?s?'? (picks?|choice)|staff picks?|must[- ]reads?|"
            r"more (stories|news|articles|posts|reading|reads|to (read|explore|discover)|like this|"
            r"headlines|videos)|more on( this( story| topic| subject)?)?|latest (in|from|on) .{2,40}|"
            r"keep (reading|exploring)|more top stories|recommended from .{2,30}|promoted links|"
            r"related internet links|(más|mais) (información|informações|sobre (este|esse|esto|el) .{2,30})|"
            r"explore( more)?( on these topics| related content| topics)?|from (the web|around the web|"
            r"our partners|our sponsors)|around the web|promoted( stories| content)?|readers (also|"
            r"are also) (read|like|viewed).{0,20}|people (also|are) (read|reading|viewed)|on this topic|"
            r"topics? in this (article|story)|more helpful articles.{0,40}|next up|hot topics|also (on|"
            r"in) .{2,40}|other (posts|articles|stories|news) .{2,40}|more (great )?(stories|articles|posts|"
            r"news|coverage|reading) (from|by|on|in|about|like) .{2,60}|related (posts|articles|stories|"
            r"to) .{2,40}|here's what (you may have missed|others are reading)|"
            r"you may also be interested in.{0,30}|if you (liked|enjoyed) this.{0,60}|what (others|"
            r"people) are reading|check out (our )?(other|more|latest|related) .{2,40}|"
            r"join the conversation on .{2,40})",
            r"more (topics|top stories|headlines|videos|podcasts)",
            r"more in (news|business|sports?|politics|world|entertainment|opinion|lifestyle|technology|tech|"
            r"health|science|culture|travel|local news)",
            r"read more (on|about) this (story|topic|subject)",
            r"just in",
        ),
        longest=80,
        drops=(
            "Related articles",
            "You may also like",
            "More stories from the harbour",
            "[Most read]",
            "More in Business",
            "More topics",
        ),
        keeps=("The related party", "More news than the town could print", "More in business than in art, she says."),
    ),
    Rule(
        id="more-from",
        reason=Reason.RELATED,
        scope=_HEADING,
        languages=frozenset({"en"}),
        # "More from the front" is a heading of articles, too; prose follows it there, so the section ends at once.
        pattern=r"more (from|by) .{2,50}",
        unfinished=True,
        longest=60,
        drops=("More from [The Harbour Post]",),
        keeps=("More from less: how a village halved its water bill, and what it gave up for that.",),
    ),
    Rule(
        id="related-heading-languages",
        reason=Reason.RELATED,
        scope=_HEADING,
        languages=frozenset("de fr es pt it nl sv no da fi pl cs ro hu tr id vi".split()),
        pattern=any_of(
            r"(mehr (zum thema|lesen über|dazu|aus .{2,30}|von .{2,30}|zu .{2,40}|news|artikel|themen)|"
            r"zum thema|auch interessant|das könnte (sie|dich|ihnen|euch|dir) (auch|ebenfalls|"
            r"noch)? ?(interessieren|gefallen)|weitere (artikel|beiträge|themen|nachrichten|news|meldungen|"
            r"links|informationen|videos)( .{2,40})?|weiterführende (links|informationen|artikel)|(ähnliche|"
            r"verwandte|passende|aktuelle|neueste|neue|beliebte|empfohlene|letzte|andere) (artikel|beiträge|"
            r"themen|nachrichten|news|meldungen|videos|inhalte)|meist ?gelesen(e artikel)?|"
            r"am meisten gelesen|meistkommentiert|lesen sie (auch|mehr( zum thema)?|weiter|dazu)( auch)?|"
            r"siehe auch|lesetipps?|empfehlungen( der redaktion| für sie)?|unsere empfehlung(en)?|"
            r"die wichtigsten (nachrichten|meldungen|themen)( des tages)?|"
            r"empfohlener (redaktioneller )?inhalt|top[- ]?(themen|news|artikel)|neueste|beliebt|"
            r"das interessiert .{2,40}|aktuelle themen|zum weiterlesen|mehr lesen|mehr entdecken|"
            r"passend zum (thema|artikel)|à lire (aussi|également|ensuite)|(à )?lire aussi|voir aussi|"
            r"sur le même (sujet|thème)|(nos )?articles (similaires|liés|recommandés|connexes|récents|"
            r"populaires)|(les )?plus (lus|récents|populaires|commentés|partagés)|vous (aimerez|"
            r"pourriez) (aussi|également)( aimer)?|ailleurs sur le web|dans la même rubrique|à la une|"
            r"pour aller plus loin|dernières (actus|actualités|infos|nouvelles)|nos recommandations|"
            r"la rédaction vous (conseille|recommande)|contenus sponsorisés|(le|te) puede interesar|"
            r"(también )?te puede interesar|(notas?|noticias?|artículos?|contenidos?|temas|"
            r"entradas) (relacionad[ao]s?|recomendad[ao]s?|similares)|relacionad[ao]s?|(lo )?más (leído|"
            r"visto|popular|reciente|comentado|noticias)s?|(últimas|otras|más) noticias|lea también|"
            r"lee también|ver también|le recomendamos|te recomendamos|además|recomendad[ao]s|(notícias|"
            r"artigos|matérias|conteúdos?|posts) (relacionad[ao]s?|recomendad[ao]s?)|leia (também|mais)|"
            r"veja (também|mais)|saiba mais|mais (lidas|lidos|vistos|notícias|recentes)|últimas notícias|"
            r"(você )?pode (te )?interessar|recomendad[ao]s para você|(articoli|notizie|contenuti|"
            r"argomenti) (correlat[ie]|simili|recenti|suggeriti|consigliati)|leggi anche|"
            r"potrebbe(ro)? interessarti( anche)?|(i )?più (letti|visti|popolari)|ultime notizie|"
            r"ti potrebbe(ro)? (anche )?interessare|da non perdere|lees ook|bekijk ook|"
            r"meer over( dit onderwerp| .{2,40})?|gerelateerde?( (artikelen|berichten|nieuws))?|"
            r"meest gelezen|ook interessant|aanbevolen( artikelen)?|laatste nieuws|läs (också|även|mer)|"
            r"relaterat|relaterade (artiklar|nyheter)|mest läst(a)?|mer (om|från|i ämnet).{0,40}|"
            r"senaste nytt|rekommenderat|les også|mest lest|relaterte (artikler|saker)|siste nytt|læs også|"
            r"mest læste|relaterede artikler|seneste nyt|lue myös|luetuimmat|aiheesta lisää|(powiązane|"
            r"podobne|polecane|najnowsze|najpopularniejsze)( (artykuły|wpisy|tematy|materiały))?|(czytaj|"
            r"zobacz|przeczytaj) (także|też|również)|polecamy|najczęściej czytane|to może cię zainteresować|"
            r"(související|podobné|nejčtenější|další)( (články|témata|zprávy))?|čtěte také|"
            r"mohlo by vás zajímat|(articole|știri) (similare|recomandate|asemănătoare)|citește și|"
            r"cele mai citite|kapcsolódó (cikkek|hírek|anyagok)|legolvasottabb|ajánljuk|ilgili (haberler|"
            r"yazılar|konular|içerikler)|benzer (haberler|yazılar)|en çok okunan(lar)?|ilginizi çekebilir|"
            r"bunlar da ilginizi çekebilir|önerilen haberler|(artikel|berita) (terkait|lainnya|terpopuler)|"
            r"baca juga|terpopuler|tin liên quan|bài viết liên quan|xem thêm|đọc nhiều|tin cùng chuyên mục)",
            r"(nos|toutes nos) dernières (actualités|infos|vidéos)",
            r"toute l'(actualité|info)( .{2,30})?",
            r"nos podcasts",
            r"aus dem ressort",
            r"ti potrebbe(ro)? interessare( anche)?",
            r"net binnen",
            r"přečtěte si (také|i|dále)",
            r"olvasta már\??",
            r"legfrissebb( hírek)?",
            r"son dakika( haberleri)?",
            r"đọc thêm",
            r"tin mới( nhất)?",
        ),
        longest=80,
        drops=(
            "Mehr zum Thema",
            "Das könnte Sie auch interessieren",
            "Sur le même sujet",
            "Noticias relacionadas",
            "Leia também",
            "Articoli correlati",
            "Lees ook",
            "Läs också",
            "Les også",
            "Læs også",
            "Lue myös",
            "Czytaj także",
            "Čtěte také",
            "Citește și",
            "Kapcsolódó cikkek",
            "İlgili Haberler",
            "Baca juga",
            "Tin liên quan",
            "Ti potrebbe interessare anche",
            "Net binnen",
            "Die wichtigsten Meldungen des Tages",
        ),
        keeps=("Mehr Themen als Seiten", "Además, el puerto cierra", "Net binnen de haven lag het schip."),
    ),
    Rule(
        id="related-heading-scripts",
        reason=Reason.RELATED,
        scope=_HEADING,
        languages=frozenset("ru uk el zh ja ko ar hi".split()),
        pattern=any_of(
            r"((читайте|смотрите) (также|ещ[её]|по теме)|(материалы|новости|статьи|ещ[её]) по теме|по теме|"
            r"похожие (статьи|новости|материалы|записи)|(самое|популярное|самые) ?(читаемое|популярное|"
            r"обсуждаемое|читаемые)?|(последние|главные|другие|популярные|свежие) (новости|материалы|"
            r"статьи)|вам (может быть|будет) интересно|(главные|лента) (новости|новостей)|рекомендуем|"
            r"связанные (статьи|новости)|новости партн[её]ров|читайте (також|ще)|(схожі|останні|"
            r"інші) (новини|статті)|(новини|матеріали) (за темою|партнерів)|популярне|διαβάστε (επίσης|"
            r"ακόμα)|σχετικά (άρθρα|θέματα)|δείτε επίσης|τελευταία νέα|延伸[阅閱][读讀]|相[关關](阅读|閱讀|"
            r"新[闻聞]|报道|報導|"
            r"文章|推荐|链接)|推[荐薦](阅读|閱讀|文章|新闻)?|[热熱][门門](新闻|新聞|文章|推荐|排行|話題)?|最新(新闻|新聞|文章|消息)|更多(新闻|新聞|文章|内容)|"
            r"猜你喜欢|你可能(也|还)?(喜欢|感兴趣).{0,6}|您可能(也|还)?(喜欢|感兴趣).{0,6}|大家都在看|精[选選](文章|新聞)?|関連(記事|リンク|ニュース|キーワード|"
            r"トピックス?|情報|コンテンツ|ワード|動画|サイト)(一覧)?|(あわせて|合わせて|併せて)読みたい|おすすめ(の)?(記事|情報|コンテンツ|ニュース)?|(人気|最新|新着|注目|"
            r"アクセス)(の)?(記事|ニュース|ランキング|情報|コンテンツ)|アクセスランキング|ランキング|こちらもおすすめ|次に読みたい|この記事も読まれています|ピックアップ|トピックス|"
            r"관련 ?(기사|뉴스|글)|많이 본 (뉴스|기사)|추천 (기사|뉴스)|인기 (기사|뉴스)|최신 (기사|뉴스)|(مقالات|"
            r"أخبار|مواضيع|مواد|"
            r"اخبار) (ذات صلة|متعلقة|مشابهة|أخرى)|اقرأ أيض[اً]{1,2}|إقرأ أيض[اً]{1,2}|شاهد أيض[اً]{1,2}|"
            r"قد يعجبك( أيض[اً]{1,2})?|الأكثر (قراءة|مشاهدة|شعبية|تداولا)|آخر الأخبار|ذات صلة|"
            r"المزيد من .{2,30}|(संबंधित|ताज़ा|ताजा|अन्य) (खबरें|खबर|समाचार|लेख)|यह भी पढ़ें|ये भी पढ़ें)",
            r"ειδήσεις σήμερα",
            r"τελευταίες ειδήσεις",
        ),
        longest=60,
        drops=(
            "Читайте также",
            "Читайте також",
            "Διαβάστε επίσης",
            "相关阅读",
            "関連記事",
            "관련 기사",
            "مقالات ذات صلة",
            "संबंधित खबरें",
            "Ειδήσεις σήμερα",
        ),
        keeps=(
            "По теме реформы спорили до ночи",
            "関連記事を消した新聞社",
            "热门城市的冬天",
            "Ειδήσεις από το λιμάνι έφτασαν αργά",
        ),
    ),
    Rule(
        id="related-heading-more-languages",
        reason=Reason.RELATED,
        scope=_HEADING,
        languages=frozenset(
            "af sw zu xh is lb ca gl eu hr sr bs sk sl bg mk et lv lt sq ms he fa ur bn ta te mr th ka hy az kk".split()
        ),
        pattern=r"(verwante (artikels|berigte|stories)|mees gelees|jongste nuus|soma (pia|zaidi)|"
        r"habari (zinazohusiana|zaidi|nyingine)|izindaba ezi(fanayo|ningi)|(ezinye|funda ezinye) izindaba|"
        r"lestu (einnig|líka|meira)|sjá (einnig|líka)|tengdar (fréttir|greinar)|mest (lesið|lesnar)|"
        r"nýjustu fréttir|liest och|méi zum (thema|sujet)|meescht gelies|(llegiu|llegeix|vegeu) també|"
        r"(notícies|articles) relacionad[ae]s|també et pot interessar|el més (llegit|vist)|le tamén|"
        r"novas relacionadas|o máis lido|irakurrienak|albiste gehiago|(pro)?čitajte? (još|također|takođe)|"
        r"povezan[eio] (članci|vijesti|vesti|teme)|(moglo bi|možda) vas (i )?zanima(ti)?|najčitanij[ei]|"
        r"najnovij[ei] (vijesti|vesti)|(pre)?čítajte( si)? (aj|tiež)|súvisiace (články|správy|témy)|"
        r"mohlo by vás zaujímať|najčítanejšie|preberite (tudi|še)|sorodn[ei] (članki|novice|vsebine)|"
        r"morda vas zanima|najbolj brano|(прочетете|вижте) (още|също)|още по темата|"
        r"свързани (статии|новини)|най-четени|последни новини|прочитај(те)? (и|повеќе)|"
        r"поврзани (вести|статии)|прочитајте (још|и)|повезане вести|најчитаније|најновије вести|"
        r"loe ka|samal teemal|seotud (artiklid|lood|uudised)|enim loetud|viimased uudised|lasi(et)? (arī|vēl)|"
        r"saistīt(ie|ās) (raksti|ziņas)|lasītākais|jaunākās ziņas|skaityk(ite)? (taip pat|daugiau)|"
        r"taip pat skaityk(ite)?|susij(ę|usios) (straipsniai|naujienos)|skaitomiausi|naujausios naujienos|"
        r"lexo(ni)? (edhe|gjithashtu)|lajme të (ngjashme|fundit)|më të lexuarat|baca lagi|"
        r"(berita|artikel) berkaitan|berita (lain|terkini)|paling popular|קראו (גם|עוד)|"
        r"כתבות (נוספות|קשורות|אחרונות)|עוד בנושא|אולי יעניין אותך|הנקראות ביותר|بیشتر بخوانید|"
        r"(مطالب|اخبار) (مرتبط|مشابه)|(پربازدیدترین|آخرین|پربیننده) ?(ها|اخبار|ترین)?|مزید پڑھیں|"
        r"متعلقہ خبریں|تازہ ترین( خبریں)?|আর[ওো] (পড়ুন|খবর)|সম্পর্কিত (খবর|সংবাদ)|সর্বশেষ( খবর| সংবাদ)?|"
        r"সর্বাধিক পঠিত|மேலும் படிக்க|தொடர்புடைய செய்திகள்|சமீபத்திய செய்திகள்|(ఇది|ఇవి) కూడా చదవండి|"
        r"సంబంధిత వార్తలు|(हेही|हे देखील) वाचा|संबंधित बातम्या|ताज्या बातम्या|ข่าวที่เกี่ยวข้อง|ข่าวล่าสุด|"
        r"อ่านเพิ่มเติม|(ასევე|აგრეთვე) წაიკითხეთ|მსგავსი (სიახლეები|სტატიები)|(կարդացեք|կարդալ) նաև|"
        r"(oxşar|əlaqəli|digər|son) xəbərlər|ən çox oxunanlar|ұқсас жаңалықтар|соңғы жаңалықтар)",
        longest=60,
        drops=(
            "Verwante artikels",
            "Habari zinazohusiana",
            "Tengdar fréttir",
            "Notícies relacionades",
            "Povezani članci",
            "Súvisiace články",
            "Sorodne novice",
            "Още по темата",
            "Seotud artiklid",
            "Saistītie raksti",
            "Susiję straipsniai",
            "Lajme të ngjashme",
            "Berita berkaitan",
            "כתבות נוספות",
            "مطالب مرتبط",
            "متعلقہ خبریں",
            "আরও পড়ুন",
            "தொடர்புடைய செய்திகள்",
            "संबंधित बातम्या",
            "ข่าวที่เกี่ยวข้อง",
            "Oxşar xəbərlər",
        ),
        keeps=("Najnovije vijesti iz luke nisu dobre", "Още по темата за пристанището спориха до полунощ"),
    ),
)
