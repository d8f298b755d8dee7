"""Comment sections: their headings, forms and counts."""

from __future__ import annotations

from cleaner.judge.rules.model import Rule, Scope
from cleaner.models import Reason

_BLOCK, _HEADING = Scope.BLOCK, Scope.HEADING
_LANGUAGES = frozenset(
    {
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "sv",
        "no",
        "da",
        "fi",
        "pl",
        "cs",
        "hu",
        "ro",
        "ru",
        "uk",
        "tr",
        "zh",
        "ja",
        "ko",
        "ar",
        "el",
        "id",
        "vi",
        "hi",
    }
)

RULES = (
    Rule(
        id="comments-heading",
        reason=Reason.COMMENTS,
        scope=_HEADING,
        languages=_LANGUAGES,
        pattern=r"comments?|replies|(leave|post|write|add|submit|make|share|drop|join|place|enter) (a|your|an?other|"
        r"us a|the|my)? ?(new )?(reply|replies|comments?|thoughts?|feedback|discussion|conversation|"
        r"responses?|opinion)( (below|here|cancel reply|on this .{2,20}|section|policy|via facebook|"
        r"from readers|rules))?|(leave|post|write|add) (a|your) (reply|comment|"
        r"response)( (to|on|cancel) .{2,80}| cancel reply)?|"
        r"(one|two|three|no|\d{1,5}|\(\d{1,5}\)) ?(comments?|repl(y|ies)|responses?|"
        r"thoughts?)( (on|to) .{2,120})?|comments? ?[:(-]? ?\d{1,5} ?\)?|"
        r"(join|start|continue) the (discussion|conversation|debate)( on .{2,40})?|tell us what you think|"
        r"discussion about this (post|article|story)|what do you think\??|have your say|"
        r"(your|reader|readers'?|top|latest|recent|all|view|show|read|see|hide|load|facebook|older|newer|"
        r"previous) (\d+ )?comments?( \(?\d{1,5}\)?)?|let us know what you think.{0,40}|"
        r"(share|tell us|let us know) your (thoughts|opinion|view|views)( .{2,60})?|"
        r"(schreiben sie |schreibe |hinterlasse |hinterlassen sie |verfasse |"
        r"verfassen sie )?((einen|deinen|ihren|den ersten|eigenen) )?(kommentar|"
        r"antwort)( (schreiben|hinterlassen|verfassen|abgeben|hinzufügen|abbrechen))?|"
        r"(\d{1,5} |keine |alle |leser|neueste |ihre )?kommentare?( \(?\d{1,5}\)?| anzeigen| lesen| laden|"
        r" einblenden)?|diskussion|diskutieren sie (mit|.{2,40})|diskutiere mit|mitdiskutieren|"
        r"ihre meinung( .{2,40})?|(laissez?|laisser|poster|ajouter|écrire|publier|rédiger) (un|votre|"
        r"une) (commentaire|réponse|avis)( .{2,40})?|"
        r"(\d{1,5} |les |vos |aucun )?commentaires?( \(?\d{1,5}\)?)?|réagir|réagissez|"
        r"(deja|dejar|escribe|añade|agrega|publica|haz) (un|tu|una) (comentario|respuesta)( .{2,40})?|"
        r"(\d{1,5} |los |sin |ningún |últimos )?comentarios?( \(?\d{1,5}\)?)?|deja una respuesta( .{2,40})?|"
        r"(deixe|deixar|escreva|adicione|faça) (um|seu|uma|o seu) (comentário|resposta)( .{2,40})?|"
        r"(\d{1,5} |os |nenhum |sem )?comentários?( \(?\d{1,5}\)?)?|"
        r"(lascia|scrivi|aggiungi|inserisci) (un|il tuo|una) (commento|risposta)( .{2,40})?|"
        r"(\d{1,5} |i |nessun )?comment[io]( \(?\d{1,5}\)?)?|"
        r"(laat|geef|plaats|schrijf) (een|je|uw) (reactie|antwoord)( .{2,40})?|"
        r"(\d{1,5} |alle |geen )?reacties?( \(?\d{1,5}\)?)?|"
        r"(lämna|skriv) (en|ett|din) (kommentar|svar)( .{2,40})?|"
        r"(\d{1,5} |inga )?kommentar(er)?( \(?\d{1,5}\)?)?|"
        r"(legg igjen|skriv|tilføj|læg) (en|et|din) (kommentar|svar)( .{2,40})?|kommentera|kommentit|"
        r"jätä kommentti|(dodaj|napisz|zostaw|skomentuj)( (komentarz|odpowiedź|swój komentarz))?( .{2,30})?|"
        r"(\d{1,5} )?komentar(ze|zy|z|e|i)( \(?\d{1,5}\)?)?|(přidat|napsat|napište) komentář( .{2,30})?|"
        r"komentáře|diskuze|(hozzászólás(ok)?|szólj hozzá|vélemény, hozzászólás\?)( .{2,30})?|"
        r"(lasă|lăsați|scrie) un comentariu( .{2,30})?|comentarii|"
        r"(оставить|добавить|написать|напишите|оставьте|добавьте) (комментарий|свой комментарий|отзыв|"
        r"ответ)( .{2,40})?|(\d{1,5} |нет )?комментари(и|ев|й|я)( \(?\d{1,5}\)?)?|обсуждение|обсудить|"
        r"(залишити|додати|написати) (коментар|відповідь)( .{2,30})?|коментар(і|ів)( \(?\d{1,5}\)?)?|"
        r"(bir )?(yorum|yanıt|cevap) (yap(ın)?|yaz(ın)?|bırak(ın)?|gönder)|"
        r"(\d{1,5} )?yorum(lar)?( \(?\d{1,5}\)?)?|"
        r"(αφήστε|γράψτε|προσθέστε) (ένα |το )?(σχόλιο|απάντηση)( .{2,30})?|σχόλια( \(?\d{1,5}\)?)?|"
        r"(发表|發表|添加|我来|写|寫|查看|最新|热门|網友|网友|参与|全部|留下)(你的|您的)?(评论|評論|回复|回覆|"
        r"留言|意见)|(评论|評論|留言|回复)(区|區|列表)?( ?\(?\d{0,5}\)?)?|"
        r"コメント(を(書く|残す|する|投稿(する)?|見る))?( ?\(?\d{0,5}件?\)?)?|"
        r"(댓글|답글)( ?(달기|쓰기|남기기|\d{1,5}개?))?|의견( 남기기)?|"
        r"(اترك|أضف|اكتب|إضافة|شارك ب|ترك) ?(تعليق|رد|تعليقك|تعليقا|تعليقاً|ردا|ردّا)( .{2,30})?|"
        r"(التعليقات|تعليقات|تعليق)( ?\(?\d{0,5}\)?)?|"
        r"(tinggalkan|tulis|beri|kirim) (balasan|komentar)( .{2,30})?|komentar( \(?\d{1,5}\)?)?|"
        r"(bình luận|ý kiến)( .{2,20}| \(?\d{1,5}\)?)?|gửi bình luận|(टिप्पणी|टिप्पणियां|कमेंट)( करें)?",
        longest=140,
        drops=(
            "Leave a Reply",
            "Leave a Reply Cancel reply",
            "3 thoughts on “Harbour town gets its first cargo bike”",
            "Comments (12)",
            "Kommentare",
            "Schreibe einen Kommentar",
            "Laisser un commentaire",
            "Deja un comentario",
            "Deixe um comentário",
            "Lascia un commento",
            "Geef een reactie",
            "Lämna ett svar",
            "Legg igjen en kommentar",
            "Skriv et svar",
            "Kommentit",
            "Dodaj komentarz",
            "Napsat komentář",
            "Szólj hozzá",
            "Lasă un comentariu",
            "Оставить комментарий",
            "Залишити коментар",
            "Yorum yap",
            "Αφήστε ένα σχόλιο",
            "发表评论",
            "コメントを書く",
            "댓글 달기",
            "اترك تعليقا",
            "Tinggalkan komentar",
            "Bình luận",
            "टिप्पणी करें",
        ),
        keeps=("No comment from the mayor", "The discussion about the harbour", "Kommentar zum Haushalt: Zu spät"),
    ),
    Rule(
        id="comments-heading-more-languages",
        reason=Reason.COMMENTS,
        scope=_HEADING,
        languages=frozenset(
            "af sw zu is ca eu hr sr bs sk sl bg mk et lv lt sq ms he fa ur bn ta te mr th ka hy az kk".split()
        ),
        pattern=r"(lewer )?kommentaar|maoni|(toa|acha|andika) maoni( .{2,30})?|((shiya|beka) )?amazwana|athugasemdir|"
        r"(skrifa|skildu eftir) (athugasemd|svar)|(\d{1,5} )?comentaris|(deixa|fes|escriu) un comentari( .{2,30})?|"
        r"iruzkinak|utzi iruzkina|ostavi(te)? (komentar|odgovor)( .{2,30})?|(pridať|pridaj(te)?|zanechajte|"
        r"napíšte) komentár( .{2,30})?|komentáre( \(?\d{1,5}\)?)?|diskusia( \(?\d{1,5}\)?)?|"
        r"komentarji( \(?\d{1,5}\)?)?|"
        r"komentiraj(te)?|коментари( \(?\d{1,5}\)?)?|(остави|оставете|оставите|напиши|напишете|добави) "
        r"(коментар|одговор)( .{2,30})?|kommentaarid( \(?\d{1,5}\)?)?|lisa kommentaar( .{2,30})?|"
        r"komentāri( \(?\d{1,5}\)?)?|pievieno(t|jiet)? komentāru( .{2,30})?|komentarai( \(?\d{1,5}\)?)?|"
        r"(rašyti|palikti|parašykite) (komentarą|atsakymą)( .{2,30})?|"
        r"(lini|lër|shto) (një )?(koment|përgjigje)( .{2,30})?|"
        r"komente( \(?\d{1,5}\)?)?|(tinggalkan|tulis|beri) (komen|balasan)( .{2,30})?|"
        r"תגובות( \(?\d{1,5}\)?)?|(הוספת|השארת|כתוב|כתבו|הוסף|הוסיפו) תגובה( .{2,30})?|"
        r"(نظرات|دیدگاه[ ‌]?ها)( .{2,20})?|(ارسال|ثبت) (نظر|دیدگاه)|دیدگاهتان را بنویسید|تبصرے|تبصرہ کریں|"
        r"মন্তব্য( করুন| লিখুন)?|(কমেন্ট|মন্তব্য) করুন|கருத்துகள்|கருத்து தெரிவிக்கவும்|వ్యాఖ్యలు|"
        r"प्रतिक्रिया( द्या)?|(แสดง)?ความคิดเห็น|კომენტარ(ი|ები)|კომენტარის დამატება|մեկնաբանություններ|"
        r"(գրել|թողնել) մեկնաբանություն|şərhlər|şərh (yaz|yazın|bildir)|пікірлер|пікір (қалдыру|жазу)",
        longest=80,
        drops=(
            "Toa maoni",
            "Shiya amazwana",
            "Athugasemdir",
            "Deixa un comentari",
            "Ostavite komentar",
            "Pridať komentár",
            "Komentarji (3)",
            "Остави коментар",
            "Lisa kommentaar",
            "Pievienot komentāru",
            "Rašyti komentarą",
            "Lini një koment",
            "הוספת תגובה",
            "دیدگاهتان را بنویسید",
            "মন্তব্য করুন",
            "แสดงความคิดเห็น",
            "კომენტარები",
            "Şərh yaz",
        ),
        keeps=("Komentaari ministrilt ei saadud", "Коментари от кмета не последваха"),
    ),
    Rule(
        id="comment-form",
        reason=Reason.COMMENTS,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv pl ru tr ja zh ar cs no da fi ro ko id".split()),
        # The sentences of WordPress's form in its own translations, and of the commonest plugins.
        pattern=r"your e-?mail( address)? will not be (published|shown|shared|displayed).{0,80}|"
        r"required fields are marked.{0,10}|save my name,? (e-?mail|and|website).{0,120}|"
        r"notify me (of|via|by|when|if).{0,80}|this site uses akismet.{0,100}|"
        r"learn how your comment data is processed.{0,10}|"
        r"(you must|you need to|please)( be)? ?(log(ged)?[- ]?in|sign(ed)? in|"
        r"register(ed)?)( (or|and) .{2,30})? (to|in order to|before) (post|leave|comment|reply|join|write|"
        r"submit|add|commenting|posting|posting a comment|leaving).{0,60}|"
        r"(log|sign) ?in (or .{2,30} )?to (comment|reply|leave|post|join|view).{0,60}|"
        r"you must confirm your public display name.{0,40}|"
        r"please (logout|log out) and then log ?in again.{0,100}|"
        r"(comments|commenting) (are|is|has been|have been|on this .{2,20} (are|is)) (now |currently |"
        r"temporarily )?(closed|disabled|turned off|off|moderated|not available|"
        r"loading)( (for|on|to) this .{2,20}| at this time)?\.?|comments? (off|closed)( on .{2,80})?|"
        r"be the first to (comment|reply|know|review|like|share|rate).{0,60}|"
        r"(you can follow|follow) (any|all|the) (responses?|replies|comments) to this (entry|post).{0,180}|"
        r"(you can )?(leave a (response|reply|comment), or trackback).{0,80}|both comments and pings are .{0,60}|"
        r"no comments( yet| so far| to show)?[.!]?.{0,30}|"
        r"(show|hide|view|load|see|read|post|open|close|sort|"
        r"filter)( (all|more|older|newer|previous|\d+))* comments?( \(?\d+\)?)?|cancel reply|"
        r"reply( to .{2,40})?|(report|flag)( abuse| comment| this comment)?|"
        r"(log|sign) ?(in|out) (with|via|to) .{2,30}|sort by.{0,30}|"
        r"(please )?(keep|read|review|see|follow) (your |our |the )?(comments?|commenting|community|"
        r"discussion) (guidelines|policy|rules|respectful|civil).{0,120}|"
        r"(all )?comments (are|will be) (moderated|reviewed|published).{0,80}|"
        r"join the (conversation|discussion) in the comments( section)?( below)?[.!]?|loading comments\.{0,3}|"
        r".{2,60} (maintaining|providing) a (lively but civil|civil|safe|respectful) forum for .{2,180}|"
        r"(ver|mostrar|leer) (los )?comentarios( \(?\d{1,5}\)?)?|comentarios - \d{1,5}|ver comentários|commenta|"
        r"kommentera (artikeln|inlägget)|(dołącz do|weź udział w) dyskusji|zur diskussion|댓글 (보기|쓰기)|"
        r"voir (tous )?les commentaires|réagir à cet article|jetzt kommentieren|reageer|"
        r"(we welcome|please share) your (comments|thoughts).{0,80}|"
        r"(deine|ihre) e-?mail-?adresse wird nicht veröffentlicht.{0,80}|erforderliche felder sind .{0,30}|"
        r"(meinen|name).{0,20} e-mail-adresse und (meine )?website in diesem browser.{0,80}|"
        r"(du musst|sie müssen|bitte) (angemeldet|eingeloggt|dich anmelden|sich anmelden).{0,80}|"
        r"(bitte )?(melden sie sich|melde dich|loggen sie sich|logge dich) (bitte )?(an|ein), um .{0,80}|"
        r"(die )?kommentarfunktion.{0,80}|antwort abbrechen|antworten|noch keine kommentare.{0,40}|"
        r"votre adresse (e-?mail|de messagerie) ne sera pas publiée.{0,80}|"
        r"les champs obligatoires sont .{0,30}|enregistrer mon nom.{0,100}|"
        r"(vous devez|connectez-vous) .{0,30}(connecté|pour (commenter|publier|réagir)).{0,40}|"
        r"annuler la réponse|répondre|(tu|su) (dirección de )?(correo electrónico|"
        r"e-?mail) no será publicad[ao].{0,80}|los campos (obligatorios|requeridos|necesarios) .{0,40}|"
        r"guarda mi nombre.{0,100}|(debes|inicia sesión) .{0,30}(conectado|para (comentar|publicar)).{0,40}|"
        r"cancelar (la )?respuesta|responder|o seu endereço de e-?mail não será publicado.{0,80}|"
        r"(seu )?e-?mail não será publicado.{0,60}|campos obrigatórios .{0,40}|salvar meus dados.{0,100}|"
        r"cancelar resposta|il tuo indirizzo e-?mail non sarà pubblicato.{0,80}|i campi obbligatori .{0,40}|"
        r"salva il mio nome.{0,100}|annulla risposta|rispondi|"
        r"(je|het) e-?mail-?adres (wordt niet|zal niet worden) (gepubliceerd|getoond).{0,80}|"
        r"(vereiste|verplichte) velden .{0,40}|reactie annuleren|beantwoorden|"
        r"din e-?post(adress|adresse)? (kommer|vil) (inte|ikke).{0,80}|obligatoriska fält .{0,30}|avbryt svar|"
        r"svara|svar|(twój|twoj) adres e-?mail nie zostanie opublikowany.{0,80}|wymagane pola są.{0,30}|"
        r"anuluj pisanie odpowiedzi|odpowiedz|ваш (адрес )?e-?mail не будет опубликован.{0,80}|"
        r"обязательные поля .{0,30}|отменить ответ|ответить|"
        r"e-?posta (adresiniz|hesabınız) (yayınlanmayacak|yayımlanmayacak).{0,80}|cevapla|yanıtla|"
        r"メールアドレスが公開されることはありません.{0,60}|返信(する)?|コメントを投稿するには.{0,40}|"
        r"(您的|你的)?(电子)?邮箱地址不会被公开.{0,40}|必填项已用.{0,20}|回复|登录后.{0,10}评论|"
        r"لن يتم نشر عنوان بريدك.{0,60}|الحقول الإلزامية.{0,40}|إلغاء الرد|رد|"
        r"(the )?comments? (on|for|to|section for|section on) this (article|story|post|page|video)( (is|are|"
        r"has been|have been))?( now)? closed[.!]?|this (article|story|post) is( now)? closed (to|"
        r"for) (new )?comments[.!]?|(our )?(community|commenting|comment) (standards|guidelines|rules|policy)|"
        r"(all )?comments are subject to .{2,120}|(what do you think|agree|disagree|do you agree|thoughts|"
        r"your thoughts|tell us|what's your (take|view|opinion)) ?\?? ?(about .{2,60}\?)?,? ?(please )?(let (us|"
        r"me) know|have your say|share your (thoughts|views)|tell us|leave (us )?a comment|drop a comment|"
        r"comment) .{0,40}(comments?( section)?|below)( below)?[.!]?|was (meinen sie|meinst du|denken sie|"
        r"denkst du|halten sie davon|ist ihre meinung)( dazu)?\? .{0,60}kommentar.{0,30}|(schreiben sie|"
        r"schreib|schreibt) (es |uns |ihre meinung |deine meinung )?(uns )?(gerne )?in (die|"
        r"den) kommentaren?[.!]?|bitte (beachten sie|beachte|beachtet) (unsere|die) (netiquette|kommentarregeln|"
        r"community-?richtlinien)[.!]?|(les commentaires sont|"
        r"la section commentaires est) (désormais )?(fermée?s?|désactivés)[.!]?|"
        r"(los comentarios están|comentarios) cerrados[.!]?|(i )?commenti (sono )?chiusi[.!]?|"
        r"(die )?(kommentare|kommentarfunktion) (sind|ist|wurde) (geschlossen|deaktiviert)[.!]?|"
        r"normas de (los )?comentarios|kommentieren|commenter|comentar|reageren|vstoupit do diskuze|"
        r"\d{1,4} réactions?|"
        r"(your )?comments? (is |are )?awaiting moderation[.!]?|there are no comments( yet)?[.!]?|(leave|add|"
        r"drop) (us |me )?a (comment and rating|star rating|rating|review)( .{0,40})?( below)?[.!]?|"
        r"did you make this( recipe)?\?( .{0,80})?|tag (us|me|@\w{2,30}) (on|@).{2,60}|trackbacks?|"
        r"pingbacks?( and trackbacks)?|reader interactions|"
        r"(log|sign) in om te reageren|(accedi|registrati) per commentare|(faça login|entre) para comentar|"
        r"(regístrate|inicia sesión|identifícate) para comentar|sé el primero en comentar|"
        r"soyez (le|la) premi(er|ère) à (commenter|réagir)|seja o primeiro a comentar|sii il primo a commentare|"
        r"tous les commentaires|nog geen reacties|(die )?diskussion (zu diesem (artikel|beitrag|thema)|"
        r"ist (geschlossen|beendet))[.!]?|ihr kommentar zum (thema|artikel|beitrag)|signaler un abus|"
        r"(vi har (begrenset|stengt) )?kommentar(s)?(feltet|fältet|sporet|felt)( (er|är) (stengt|stängt|"
        r"lukket|avstängt))?[.!]?|del din mening i kommentarfeltet[.!]?|kommentointi on suljettu[.!]?|"
        r"(vill du|vil du) kommentera?e?\? .{2,40}|(visa|vis|se|näytä) (alla|alle|kaikki) kommentar(er|it)|"
        r"kommentarer er stengt[.!]?|zaloguj się,? (aby|żeby|by) (skomentować|dodać komentarz)|"
        r"zobrazit (komentáře|diskusi)|comentează|yorum yapmak için .{2,30}|"
        r"войдите,? чтобы (оставить|добавить) комментарий|показать (все )?комментарии|暂无评论|暫無留言|"
        r"(登录|登入)[后後](发表评论|留言)|전체 댓글|"
        r"로그인 후 댓글.{2,30}|lihat semua komentar",
        longest=220,
        drops=(
            "Your email address will not be published. Required fields are marked *",
            "You must be [logged in] to post a comment.",
            "You can follow any responses to this entry through the RSS 2.0 feed. Both comments and pings are closed.",
            "Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert",
            "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
            "Tu dirección de correo electrónico no será publicada.",
            "Twój adres e-mail nie zostanie opublikowany. Wymagane pola są oznaczone *",
            "メールアドレスが公開されることはありません。",
            "لن يتم نشر عنوان بريدك الإلكتروني.",
            "The comments on this article are closed.",
            "What do you think? Let us know in the comments.",
            "Bitte beachten Sie unsere Netiquette.",
            "Your comment is awaiting moderation.",
            "There are no comments yet.",
            "Sé el primero en comentar",
            "Log in om te reageren",
            "Kommentarfeltet er stengt.",
            "Zaloguj się, aby skomentować",
            "Показать комментарии",
        ),
        keeps=(
            "Comments are closed to the public, the court ruled, until the trial ends.",
            "Your email is evidence, the judge told him.",
            "What do you think the council will do now?",
            "Leave a review of the play to those who saw it, he wrote to the editor of the harbour's own paper.",
            "Soyez le premier à partir, dit le maire.",
            "Kommentarer fra ordføreren fikk vi ikke.",
        ),
    ),
    Rule(
        id="comment-count",
        reason=Reason.COMMENTS,
        scope=_BLOCK,
        languages=_LANGUAGES,
        pattern=r"\d{1,5} (comments?|replies|reply|responses?|kommentare?|commentaires?|comentarios?|comentários?|"
        r"comment[io]|reacties?|kommentarer|komentarz[ey]?|komentáře|комментари(и|ев|й|я)|коментар(і|ів)|"
        r"yorum|σχόλια|bình luận)|(评论|評論|コメント|댓글|التعليقات) ?\(?\d{1,5}\)?",
        longest=40,
        drops=("12 Comments", "[3 Kommentare]", "コメント 5"),
        keeps=("12 comments were deleted",),
    ),
)
