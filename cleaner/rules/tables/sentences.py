"""Whole sentences that sites add around an article, by language (ISO 639-1)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from cleaner.models import Reason
from cleaner.rules.model import Part, Rule, Scope, any_of
from cleaner.rules.tables.byline import NAMES


def _sentences(
    *,
    id: str,
    reason: Reason,
    phrases: Mapping[str, tuple[str, ...]],
    drops: tuple[str, ...],
    keeps: tuple[str, ...],
    longest: int,
    part: Part = Part.ANYWHERE,
    unfinished: bool = False,
) -> Rule:
    """Return a BLOCK rule whose pattern is any of the `phrases`, which are grouped by language (ISO 639-1)."""
    return Rule(
        id=id,
        reason=reason,
        scope=Scope.BLOCK,
        languages=frozenset(phrases),
        pattern=any_of(*chain.from_iterable(phrases.values())),
        drops=drops,
        keeps=keeps,
        longest=longest,
        part=part,
        unfinished=unfinished,
    )


RULES = (
    _sentences(
        id="author-bio",
        reason=Reason.AUTHOR_BOX,
        phrases={
            "en": (
                # In news, the sentence goes on with what the person did.
                NAMES + r" (covers|reports on|writes about) .{2,80} (for|at) .{2,80}",
                NAMES + r" (is|was|works as|serves as|has been|joined) (an?|the|our) .{0,60}\b((staff |senior |"
                r"freelance |contributing |features? |news |associate |managing |deputy |national |political |"
                r"investigative )?(reporter|writer|editor|columnist|journalist|correspondent|contributor|"
                r"blogger))\b( (at|for|with|in|on|based|who|covering|and|of|from) .{2,400}|\.).{0,200}",
                r"the (writer|author|columnist|reviewer)s? (is|are) (an? |the )?.{0,40}\b(professor|lecturer|"
                r"journalist|writer|editor|reporter|fellow|director|lawyer|attorney|economist|founder|teacher|"
                r"student|researcher|scientist|consultant|member|freelance\w*|columnist|analyst|doctor|physician|"
                r"president|ceo|chair\w*|head)\b.{0,240}",
                r"the (writer|author|columnist|reviewer)s? (teaches|teach|works?) (at|in|as) .{2,240}",
                r"when (s?he|they)( is|'s| are|'re)? ?(not|isn't|aren't) (writing|working|at|behind|in|on|busy|"
                r"covering|editing|leading|teaching|travel\w+|running|reading|creating|reporting|cooking|glued|"
                r"typing|helping)\b.{0,60}, (you('ll| can| will)?|s?he|they|[a-z]{2,14}) .{4,300}",
                r"(his|her|their) (work|writing|articles|stories|reporting|essays|photos|recipes|"
                r"byline)( and .{2,20})? ha(s|ve) (also )?(appeared|been (featured|published)) (in|on|at|"
                r"by) .{0,120}\b(magazines?|newspapers?|times|post|journal|guardian|review|news|publications?|"
                r"outlets?|bbc|npr|cnn|websites?|blogs?)\b.{0,240}",
                r"(s?he|they) (is|are) (also )?the (author|editor|host|co-?host|creator) of .{2,300}",
                r"(s?he|they) (is|are) an? (freelance|award-winning|contributing|regular|certified|registered|"
                r"professional|experienced) .{0,60}\b(writer|journalist|reporter|editor|author|blogger|dietitian|"
                r"nutritionist|photographer|coach|contributor)\b.{0,300}",
                r"(s?he|they) (has|have) (been )?(writing|written|covered|covering|reported|reporting|blogg(ing|"
                r"ed)) .{2,100} (for (over|more|nearly|almost|about|the|\d|a|two|three|five|ten)|since) .{2,160}",
                r"(s?he|they) (holds|earned|received) (an?|his|her|their) .{0,60}(degree|diploma|mba|b\.?a\.?|"
                r"m\.?a\.?|ph\.?d\.?) .{2,200}",
                r"(s?he|they) joined (us|the (team|newsroom|staff|paper|newspaper|magazine|site|desk)) (in|after|as|"
                r"from) .{2,200}",
                NAMES + r" is an? .{0,60}\b(writer|author|copywriter|photographer|dietitian|nutritionist|strategist|"
                r"marketer|documentarian|fact-?checker|content (creator|specialist|manager))\b( (with|specializing|"
                r"specialising|passionate|that|living|focus(ed|ing)|at|for|in|based|who|covering|and|of|from)\b|\.|"
                r",).{0,400}",
            ),
            "de": (
                r"(der|die) (autor|autorin|verfasser|verfasserin|kolumnist|kolumnistin) (ist|lebt|arbeitet|lehrt|"
                r"schreibt) .{2,300}",
                NAMES + r" (ist|arbeitet als|schreibt als) (redakteur|redakteurin|reporter|reporterin|korrespondent|"
                r"korrespondentin|freie journalistin|freier journalist|volontär|volontärin|autor|autorin)\b.{0,300}",
                NAMES + r" schreibt (seit|für|über) .{2,200}",
            ),
            "fr": (r"(l'auteur|l'auteure|l'autrice) est .{2,300}",),
            "es": (r"(el autor|la autora) es .{2,300}",),
            "pt": (r"(o autor|a autora) é .{2,300}",),
            "it": (r"(l'autore|l'autrice) è .{2,300}",),
            "nl": (r"de (auteur|schrijver) is .{2,300}",),
            "pl": (r"(autor|autorka) jest .{2,300}",),
        },
        part=Part.AFTER,
        longest=500,
        drops=(
            "Anna Harbourmaster is a staff writer at The Harbour Post who covers ferries.",
            "Anna Harbourmaster covers ferries for The Harbour Post.",
            "When she's not writing, you can find her hiking with her dogs.",
            "Her work has appeared in several national newspapers.",
            "The writer is a professor of economics at the university.",
            "Anna Harbourmaster is a food writer specializing in smoked fish.",
            "Der Autor ist freier Journalist und lebt in Kiel.",
            "El autor es profesor de economía.",
        ),
        keeps=(
            "Anna Harbourmaster is a captain who wrote for the paper.",
            "When she is not heard, she shouts.",
            "The author of the letter was never found.",
            "Die Autorin des Briefes wurde nie gefunden.",
        ),
    ),
    _sentences(
        id="own-views",
        reason=Reason.DISCLAIMER,
        phrases={
            "en": (
                r"this is an? (opinion|guest|commentary) (piece|article|column|essay|post|section)?[.,:;]? ?(the|and|"
                r"its|all)? ?(views|opinions).{2,160}",
                r"this (column|opinion|piece|essay|op-?ed|letter|commentary|article|blog|post|editorial) (does not|"
                r"doesn't|may not) (necessarily )?(reflect|represent) .{2,200}",
                r"(this|the) (column|opinion|piece|essay|op-?ed|letter|commentary|article|blog|post) (reflects|"
                r"represents|expresses) (only |solely )?the (personal )?(views?|opinions?) of .{2,160}",
                r"(the|this) (author|writer|analyst)s? (has|have|had) (no|an?) (financial|position|stake|interest|"
                r"conflict|business|shares)\b.{2,200}",
                r"(the|this) (author|writer|analyst)s? (holds?|owns?) (no |an? |some )?(shares?|stocks?|positions?|"
                r"stake|long|short)\b.{2,200}",
                r"(the|this) (author|writer|analyst)s? (does|do|did) not (own|hold|have) (any )?(shares?|stocks?|"
                r"positions?|financial|stake)\b.{2,200}",
                r"the authors? (have )?(declares?d?|reports?) (that )?.{0,20}(no |they )?(have no )?(competing|"
                r"conflicts?|known).{2,160}",
            ),
            "de": (
                r"(gastbeiträge|leserbriefe|kommentare|namentlich gekennzeichnete (beiträge|artikel)) (geben|"
                r"spiegeln) .{2,160}",
                r"die redaktion behält sich (das recht )?vor,? .{2,160}",
            ),
            "fr": (r"(les|ces) (propos|opinions) .{2,80} n'engage(nt)? que .{2,120}",),
            "es": (
                r"las opiniones (expresadas|vertidas|publicadas) .{2,80} (son|"
                r"es) (de )?(exclusiva )?responsabilidad .{2,120}",
            ),
            "pt": (r"(este|o) (texto|artigo) não (reflete|representa),? .{2,160}",),
            "pl": (r"(poglądy|opinie) wyrażone w .{2,60} są .{2,120}",),
            "ru": (r"мнение (автора|редакции|авторов) (может|могут) не совпадать .{2,100}",),
            "tr": (r"(yazarın|yazıda yer alan) görüşler.{0,80} (yansıtmaz|aittir|temsil etmez)[.!]?",),
            "zh": (r"(本文|文章)(内容)?(仅|只)代表作者(个人|本人)?(观点|立场).{0,60}",),
        },
        longest=300,
        drops=(
            "This column does not necessarily reflect the opinion of the editorial board.",
            "The author owns shares in the companies mentioned.",
            "Gastbeiträge geben die Meinung der Autoren wieder.",
        ),
        keeps=("This piece represents a whole year of work.", "The author has never left the island."),
    ),
    _sentences(
        id="no-advice",
        reason=Reason.DISCLAIMER,
        phrases={
            "en": (
                r"(the )?(information|contents?|materials?)( (shared|provided|contained|presented|published|found|"
                r"given|available))? (on|in|by|herein|at)\b.{0,80} (is|are) (for|intended|provided|not intended|"
                r"meant|not meant) .{0,60}(general|educational|informational?|illustrative|legal|medical|financial|"
                r"advice|substitute)\b.{0,300}",
                r"(no content|nothing|no information|none of the (content|information)) (on|in) (this|our) (site|"
                r"website|page|blog|article|newsletter|podcast|post)\b.{0,60}(should|is|shall|constitutes?|may|"
                r"can) (be )?(considered|used|construed|taken|intended|legal|medical|financial|investment|"
                r"ever)\b.{2,240}",
                r"(any )?(references?|mention) (to|of) (any|a|specific) .{2,160}(does|do) not (constitute|imply|mean|"
                r"necessarily) .{2,200}",
                r"links to (other|external|third[- ]party) (sites|websites|resources|pages) (are|is|do|does) .{2,160}",
                r"(we|the (author|publisher|site|bbc)) (are|is|accepts?) (not|no) responsib(le|"
                r"ility) for (the )?(content|accuracy|any) .{2,120}",
            ),
            "de": (
                r"alle angaben (sind )?ohne gewähr[.!]?",
                r"irrtümer (und|sowie) änderungen vorbehalten[.!]?",
                r"(die|diese|unsere) (informationen|inhalte|angaben)( .{2,60})? (ersetzen|dienen|stellen) (keine|"
                r"keinen|nur|nicht|lediglich|ausschließlich)\b.{2,200}",
                r"(dieser|der) (artikel|text|beitrag) (ersetzt|dient|stellt) (keine|keinen|nur|nicht|"
                r"lediglich)\b.{2,200}",
            ),
            "fr": (
                r"(ces|les) informations( .{2,60})? ne (remplacent|constituent|sauraient) .{2,200}",
                r"(les|ces) prix (mentionnés|indiqués|affichés)? ?.{0,40} (sont donnés à titre|peuvent) .{2,100}",
            ),
            "es": (r"(la|esta) información( .{2,60})? no (sustituye|reemplaza|constituye) .{2,200}",),
            "it": (r"(le|queste) informazioni( .{2,60})? non (sostituiscono|costituiscono) .{2,200}",),
            "pt": (r"(as|estas) informações( .{2,60})? não (substituem|constituem) .{2,200}",),
        },
        part=Part.BEFORE_OR_AFTER,
        longest=560,
        drops=(
            "The information on this website is for general information only.",
            "Nothing on this site should be considered investment advice.",
            "References to any product or company do not constitute an endorsement.",
            "Alle Angaben ohne Gewähr.",
            "Ces informations ne remplacent pas l'avis d'un médecin.",
        ),
        keeps=(
            "The information in the file is not complete, the lawyer said.",
            "Nothing on this site was older than the chapel.",
        ),
    ),
    _sentences(
        id="paid-for",
        reason=Reason.DISCLAIMER,
        phrases={
            "en": (
                r"this (content|article|post|story|page|feature|video|section) (was|is|has been) (created|produced|"
                r"written|provided|paid for|sponsored|supplied|commissioned|funded) by (our|an?|the) (commercial|"
                r"advertis\w+|sponsor\w*|partner\w*|brand|marketing|paid|external|third)\b.{0,200}",
                r"(our (editors|journalists|reporters)|(the|our) (newsroom|editorial (team|staff|"
                r"department)))( of .{2,30})? (was|were|had|has|is|are) not (involved|responsible) (in|for)\b.{2,160}",
                r"(the |some of the |many of the |all )?(offers|products|listings|cards|companies|rates|links|"
                r"services|lenders|brands)( that| which)? (appear(ing)?|listed|featured|shown|included|presented|"
                r"displayed|are) (on|in) this .{2,240}(compensat|partner|pay|advertis|commission|sponsor)\w*.{0,160}",
                r"how we make money",
                r"we (are|may be|get|might be) compensated .{2,200}",
                r"this compensation (may|does|could|can|will) .{2,160}",
                r"(all )?(opinions|views|thoughts)( expressed)?( here)? are (my|our|entirely my|solely my) own[.!]?",
            ),
            "de": (
                r"(hinweis: )?(dieser|der) (artikel|text|beitrag) enthält .{0,20}(affiliate|partner|"
                r"werbe)[- ]?links?\b.{0,160}",
                r"wenn (sie|du) (über|auf) (diese|einen|unsere|solche) .{0,40}links? .{2,80}(provision|vergütung|"
                r"beteiligt).{0,80}",
                r"für (sie|dich) (entstehen|ändert sich|verändert sich) .{0,60}(kosten|preis|nichts)\b.{0,60}",
                r"der preis ändert sich .{0,40}nicht[.!]?",
            ),
            "fr": (r"cet article contient des liens (affiliés|d'affiliation|sponsorisés).{0,120}",),
            "es": (r"este (artículo|texto) (contiene|incluye) enlaces (de )?(afiliados?|afiliación).{0,120}",),
            "it": (r"questo articolo contiene link (di affiliazione|affiliati).{0,120}",),
            "pt": (r"este artigo contém links (de )?(afiliados?|afiliação).{0,120}",),
            "nl": (r"dit artikel bevat (affiliate[- ]?links|partnerlinks).{0,120}",),
        },
        longest=320,
        drops=(
            "This content was created by our commercial team.",
            "Our editorial team was not involved in producing this content.",
            "Für Sie entstehen dadurch keine Mehrkosten.",
            "Dit artikel bevat affiliate links.",
        ),
        keeps=(
            "This content was created by monks in the twelfth century.",
            "Our journalists were not allowed into the hall.",
            "Für Sie entstehen hier neue Gärten, sagte der Bürgermeister.",
        ),
    ),
    _sentences(
        id="to-read-on",
        reason=Reason.PAYWALL,
        phrases={
            "en": (
                r"you have .{1,12} (free |complimentary |gift )?(articles?|stories)( (left|remaining).{0,40}|\.)",
                r"(this|the) (article|story|content) is free (to read )?(for|until) .{2,60}",
                r"as an? (paid |premium |digital )?(subscriber|member),? you (have|can|get|receive) .{2,160}",
                r"you('re| are) reading (one of )?(our|your|a) (free|premium|subscriber).{0,60}(articles?|guides?|"
                r"stories|story|content).{0,100}",
                r"your subscription is (already )?being used .{2,240}",
                r"(we('ve| have)? )?(noticed|detected|see)( that)? you('re| are) (using|running) an ad.{0,200}",
                r"(our )?ads (help|allow|let|keep|support|pay for) (us|our|the site) .{2,120}",
                r"(please )?consider (disabling|whitelisting|turning off|pausing) .{0,40}ad.{0,4}block.{0,160}",
                r"you must be (at least )?(18|21|16|13)\b.{0,24}(to|or (older|over)).{2,100}",
                r"(please )?(confirm|verify) (your age|(that )?you are (over|at least|18|21)).{0,80}",
                r"already an? (paid |digital |print )?(subscriber|member|user|customer)\? .{2,60}",
                r"(create|set up|make|register)( for)? (an|your|a|my) (new |free )?account( (to|or|and|for|now|today|"
                r"here)\b.{0,80})?[.!]?",
                r"(sign|log) in to (save|read|access|bookmark|view|continue|unlock|follow|listen|comment|"
                r"your)\b.{2,60}",
                r"forgot(ten)? (your )?password\??.{0,60}",
                r"(don't|do not|no) have an account( yet)?\?.{0,60}|need an account\?.{0,40}",
                r"by (creating|registering|opening) (an|your|for an) account,? .{2,120}",
                r"(you will|you'll) be (charged|billed) (automatically|monthly|annually|each|every|[$£€]|when your|"
                r"after your|until you|unless you).{0,100}",
                r"(for )?(only|just) [$£€]\d[\d.,]* (a|per|for|each)( the)?( first)? .{0,20}(months?|weeks?|years?|"
                r"issues?)[.!]?",
                r"(get )?unlimited digital access .{2,80}",
                r"(get )?unlimited access (to (all|our)|for (just|only)) .{2,80}",
                r"give the gift of (journalism|news|reading|a subscription|truth|knowledge).{0,60}",
                r"(read|view|see|download|browse|access) (the|today's|our|this) ((digital|print|online|"
                r"electronic)[ -])?(e-?edition|edition|e-?paper|replica|flipbook)\b.{0,60}",
                r"pick up (a|your) copy (at|in|of|from|today).{0,40}",
                r"(find|read|see) (this|the full) (story|article|interview|report) in (the|our|today's|this|next|"
                r"saturday's|sunday's) .{2,40}(edition|paper|issue|magazine|print).{0,20}",
                r"you do not have access to this .{2,40}",
                r"access (this article )?(through|via|with) your (institution|library|organi[sz]ation|account).{0,40}",
                r"(purchase|rent) (this|the) (article|chapter|pdf|issue|full).{0,60}",
                r"get (full |instant )?access to the full (version|text|article).{0,60}",
            ),
            "de": (
                r"als (abonnent|abonnentin|abonnenten)( .{2,20})? können sie (diesen|den|diese) (artikel|text|"
                r"beitrag) .{2,80}",
                r"sie lesen (gerade )?(einen|diesen) (kostenlosen|kostenfreien) (artikel|text|"
                r"beitrag)[.!]?( .{2,80})?",
                r"(wir haben (festgestellt|bemerkt)|es (scheint|sieht so aus)),? .{2,40}(ad-?blocker|"
                r"werbeblocker).{0,160}",
                r"(bitte )?(deaktivieren|schalten) sie (ihren|den) (ad-?blocker|werbeblocker).{0,160}",
                r"(erstellen|legen) sie (jetzt )?(ein|ihr) (kostenloses |kostenfreies )?(konto|benutzerkonto|"
                r"profil)\b.{0,80}",
                r"registrieren sie sich (jetzt )?(kostenlos|kostenfrei|gratis)?,? .{2,80}",
                r"(passwort|kennwort) vergessen\??.{0,60}",
                r"noch (kein|keinen|nicht) (konto|account|abo|registriert|abonnent)\??.{0,60}",
                r"(lesen sie|hier lesen sie|zur|zum|hier geht es zu[rm]) (die |das |der |unsere |aktuellen |"
                r"heutigen )*(digitalen?|gedruckten?|aktuellen?)? ?(ausgabe|e-?paper|zeitung)( der .{2,30}|"
                r" als .{2,20})?[.!]?",
                r"mit der (registrierung|anmeldung|bestellung) (akzeptieren|stimmen|erkennen) .{2,100}",
            ),
            "fr": (
                r"(vous )?(souhaitez|voulez)[- ](vous )?lire la suite ?\?.{0,80}",
                r"(vous utilisez|il semble que vous utilisiez) un (bloqueur|adblock).{0,160}",
                r"(créez|créer) (gratuitement )?(un|votre|mon) compte\b.{0,80}",
                r"mot de passe oublié ?\??.{0,60}",
                r"(pas encore|vous n'avez pas)( de)?( inscrit| compte| abonné) ?\??.{0,60}",
                r"sans engagement,? .{2,60}",
                r"(lire|feuilleter|consulter) (le|notre) journal (numérique|du jour|en pdf).{0,40}",
                r"retrouvez cet article dans .{2,60}",
            ),
            "es": (
                r"para (seguir|continuar) leyendo,? .{2,80}",
                r"tu suscripción se está usando .{2,300}",
                r"(hemos detectado|parece) que .{0,30}(bloqueador|adblock).{0,160}",
                r"(crea|créate) (una|tu) cuenta\b.{0,80}",
                r"¿?(has )?olvida(ste|do) (tu|su|la) contraseña\??.{0,60}",
                r"¿(aún |todavía )?no tienes (una )?(cuenta|suscripción)\?.{0,60}",
                r"sin (permanencia|compromiso),? .{2,60}",
                r"lee la (edición|versión) (impresa|digital|en pdf).{0,40}",
            ),
            "it": (
                r"(questo|l') ?(articolo|contenuto) è riservato .{2,60}",
                r"per continuare (a leggere|la lettura),? .{2,80}",
                r"crea (un|il tuo) account\b.{0,80}",
                r"(hai dimenticato la )?password( dimenticata)?\?.{0,60}",
                r"non hai (ancora )?un (account|abbonamento)\?.{0,60}",
            ),
            "pt": (
                r"(este|esta) (artigo|conteúdo|matéria|reportagem) é (exclusiv[oa]|restrit[oa]) .{2,60}",
                r"para continuar (lendo|a ler),? .{2,80}",
                r"(crie|faça) (uma|sua|a sua|seu|o seu) (conta|cadastro)\b.{0,80}",
                r"esqueceu (a|sua|a sua) senha\?.{0,60}",
                r"(ainda )?não (tem|possui) (uma )?(conta|cadastro|assinatura)\?.{0,60}",
            ),
            "nl": (
                r"log in om (verder te lezen|dit artikel te lezen)[.!]?",
                r"maak (een|je|nu een) (gratis )?account( aan)?\b.{0,80}",
                r"wachtwoord vergeten\?.{0,60}",
                r"nog geen (account|abonnee|abonnement)\?.{0,60}",
            ),
            "pl": (
                r"(ten|cały) (artykuł|tekst) (jest )?dostępny (jest )?(tylko |wyłącznie )?dla .{2,40}",
                r"aby czytać dalej,? .{2,60}",
                r"(utwórz|załóż) (darmowe )?konto\b.{0,60}",
                r"(nie pamiętasz|zapomniałeś|zapomniałaś) hasła\?.{0,60}",
            ),
            "ru": (
                r"(эта|полная) (статья|версия).{0,20} доступн[аы] (только )?(подписчикам|по подписке|"
                r"зарегистрированным).{0,40}",
                r"(создайте|заведите) (бесплатный )?(аккаунт|профиль)\b.{0,60}",
                r"забыли пароль\?.{0,60}",
            ),
            "tr": (
                r"bu (haber|içerik|yazı) (yalnızca|sadece|yalnız) (abone|üye)ler.{0,40}",
                r"şifre(nizi|ni|mi)( mi)? unuttu(nuz|n|m)( mu)?\?.{0,60}",
            ),
            "ja": (
                r"(無料)?会員登録(する|いただく)?と?で?(、)?続き.{0,30}",
                r"パスワードをお忘れ(ですか|の方).{0,20}",
            ),
            "ko": (r"(이|본) (기사|콘텐츠)는 .{0,12}(회원|구독자) 전용.{0,20}",),
            "sv": (
                r"skapa (ett )?(konto|gratis konto)\b.{0,60}",
                r"glömt (ditt )?lösenord(et)?\?.{0,40}",
            ),
            "no": (
                r"(opprett|lag) (en )?(konto|bruker)\b.{0,60}",
                r"glemt passord(et)?\?.{0,40}",
            ),
            "da": (
                r"opret (en )?(konto|bruger|profil)\b.{0,60}",
                r"glemt (adgangskode|kodeord)\?.{0,40}",
            ),
            "zh": (r"忘[记記]密[码碼].{0,20}",),
        },
        longest=360,
        drops=(
            "You have one free article left this month.",
            "Para seguir leyendo, suscríbete.",
            "Questo articolo è riservato agli abbonati.",
            "Aby czytać dalej, wykup dostęp.",
            "無料会員登録で続きを読む",
        ),
        keeps=(
            "You have two articles of the treaty to read, said the judge.",
            "Para seguir viviendo aquí hay que saber nadar.",
        ),
    ),
    _sentences(
        id="by-mail",
        reason=Reason.SUBSCRIBE,
        phrases={
            "en": (
                r"(we('ll| will)?|i('ll| will)?) (100% )?(guarantee (that )?we will )?(never|not|won't|do not|"
                r"don't) (share|sell|rent|give|disclose)( or (share|sell|rent))? (your|any of your|any) (e-?mail|"
                r"data|information|details|address|personal|privacy|contact|number).{2,120}",
                r"your (information|data|details|e-?mail( address)?|privacy) (is|are|will be|stays?|"
                r"remains?) (100% )?(safe|secure|protected|confidential|private|never shared|important to us|"
                r"kept)( (with us|and .{2,40}))?[.!]?( .{2,20})?",
                r"you('ll| will) (shortly |soon )?receive an? (confirmation|welcome|activation|"
                r"verification)? ?e-?mail .{0,80}",
                r"(please )?check your (spam|junk)( (folder|mail))?.{0,80}",
                r"(enter|leave|fill (in|out)|submit|complete) your (contact )?(details|information)( below)? (and|to|"
                r"so) (we|get|our|one|receive|you|continue|start|request|find|see)\b.{2,120}",
                r"fill (in|out) (the|this|our) (short |quick )?form( below)? (and (we|one|our|get|receive|i)|to get|"
                r"to receive|so)\b.{2,120}",
                r"(i|by .{2,40}, i) (have )?(read|agree|accept|understand|consent|acknowledge)\b.{0,60}(privacy|"
                r"terms)\b.{0,120}",
                r"(we|one of our .{2,20}|someone|a member of .{2,30}|our team|an? (expert|representative|specialist|"
                r"agent|advisor))('ll| will| shall)( soon| shortly)? (be in touch|get back|get in touch with you|"
                r"contact you|respond|reply)\b.{0,80}",
                r"thank(s| you)( so much| very much)? for (contacting us|getting in touch|your (message|inquiry|"
                r"enquiry|order|request|submission|vote|purchase))\b.{0,80}",
                r"your (feedback|input) (helps?|matters|is important|will help)\b.{0,80}",
                r"you (can|may) (change|update|manage|withdraw|adjust|modify|revoke) (your|these) (settings|"
                r"preferences|consent|choices|cookie)\b.{0,100}",
                r"(read|see|find out|learn|find) more (in|about|on) (our|the) (privacy|cookie)\b.{0,60}",
                r"(all )?(required )?fields? ((are )?required|(are )?marked|with an?).{0,80}",
                r"enter your (e-?mail|address).{0,20} to (get|receive|subscribe|sign|read|continue|unlock|"
                r"join).{0,120}",
                r"(our|your) (daily|weekly|monthly|morning|evening|regular|free) (roundup|round-up|digest|guide|look|"
                r"briefing|newsletter|recap|dose|update|e-?mail|selection|summary) (of|to|at|on|for|from|straight|in|"
                r"with) .{2,100}",
                r"the (stories|news|headlines) you need( to (know|start|read).{0,40})?[.!]?",
                r"(stay|keep) (on top of|up to date with|up to speed with|informed about) (the )?(latest|local|"
                r"all( the)?|our|today's) ([\w-]+ ){0,2}(news|headlines|stories)\b.{0,60}",
                r"get caught up (on|with) .{2,60}",
                r"the (most read|best|biggest|top|latest) (stories|news|articles)[^.!?]{0,40}, (delivered|sent|"
                r"straight|every) .{2,60}",
                r"you('re| are) (receiving|getting) this (e-?mail|message|newsletter|because) .{2,100}",
                r"(view|read|open) (this )?(e-?mail |newsletter |message |it )?(online|in (your|a|"
                r"the) browser)( or .{2,40})?[.!]?",
                r"welcome to (our|the|my|this week's) (weekly |daily |monthly )?newsletter.{0,60}",
                r"thank(s| you) for (being|becoming) an? (loyal |valued |new )?(subscriber|reader|member|supporter|"
                r"patron|customer).{0,60}",
                r"this post is (public|free),? so .{2,60}|this post is for (paid|paying|free) .{2,60}",
            ),
            "de": (
                r"wir geben (ihre|deine) (daten|e-?mail-?adresse) .{0,30}nicht (an dritte )?weiter[.!]?",
                r"(vielen dank|danke) für (ihre|deine) (nachricht|anfrage|bestellung|bewertung|rückmeldung|"
                r"kommentar).{0,80}",
                r"wir (melden|setzen) uns .{2,60}(bei|mit) (ihnen|dir).{0,60}",
                r"ich (habe|akzeptiere|stimme|bin) .{0,40}(datenschutz|agb|nutzungsbedingungen).{0,120}",
                r"(bleiben|bleib) (sie )?(immer )?(auf dem laufenden|informiert|up to date)\b.{0,100}",
                r"(starten|starte|beginnen) (sie )?(mit unserem|mit dem) .{0,30}(newsletter|morgenüberblick|"
                r"briefing)\b.{0,60}",
                r"sie erhalten (diesen newsletter|diese e-?mail|diese mail),? .{2,100}",
                r"newsletter (im browser|online) (öffnen|ansehen|lesen)",
            ),
            "fr": (
                r"(vous pouvez )?vous (désabonner|désinscrire) à tout moment.{0,60}",
                r"vos (données|informations) (ne seront|restent|sont) .{2,80}",
                r"(j'accepte|j'ai lu) .{0,60}(conditions|politique|confidentialité).{0,80}",
                r"merci (pour|de) votre (message|demande|commande|inscription).{0,60}",
                r"(chaque|tous les) (matins?|soirs?|jours?|semaines?|vendredis?|dimanches?),? .{0,60}(boîte mail|"
                r"e-?mail|newsletter|mail|boîte aux lettres)\b.{0,40}",
                r"en (vous inscrivant|créant un compte|validant),? vous acceptez .{2,100}",
            ),
            "it": (r"ricevi (ogni|tutte le|le) .{2,60}(notizie|novità|mattina)\b.{0,60}",),
            "nl": (
                r"(u kunt|je kunt) (je|u|zich) (op elk moment|altijd|elk moment) (weer )?(afmelden|uitschrijven)[.!]?",
                r"ontvang (elke|iedere|dagelijks|wekelijks|het) .{2,60}(nieuws|nieuwsbrief|inbox|mail)\b.{0,40}",
            ),
            "ja": (r"(最新|新着)(情報|記事|ニュース)を(メール|お届け).{0,20}",),
            "es": (
                r"(acepto|he leído) .{0,60}(condiciones|política|privacidad|términos).{0,80}",
                r"gracias por (tu|su) (mensaje|consulta|pedido|suscripción|registro).{0,60}",
                r"(cada|todas las|todos los) (mañanas?|días?|semanas?|tardes?),? .{0,60}(correo|boletín|newsletter|"
                r"email)\b.{0,40}",
                r"al registrarte,? (aceptas|estás) .{2,100}",
            ),
        },
        longest=240,
        drops=(
            "We won't give your address to anybody.",
            "Your information is safe with us.",
            "You will receive a confirmation e-mail shortly.",
            "Enter your details and we will be in touch.",
            "Vous pouvez vous désabonner à tout moment.",
        ),
        keeps=(
            "Fill out the form and bring it to the town hall, the clerk said.",
            "Your information was wrong, the officer said.",
        ),
    ),
    _sentences(
        id="liked-it",
        reason=Reason.SHARE,
        phrases={
            "en": (
                r"if you('ve)? (found|find) (this|my|our|the) (article|post|guide|story|content|tutorial|work|blog|"
                r"newsletter|video|site|information)( to be)? (useful|helpful|valuable|interesting|"
                r"informative).{0,40}(consider|support|shar|subscrib|donat|follow|sign)\w*.{2,160}",
            ),
            "de": (
                r"(hat|gefällt|gefiel) (ihnen|dir|euch) (der|dieser|unser) (artikel|beitrag|"
                r"text)( gefallen)?\? .{2,80}",
            ),
            "fr": (
                r"n'hésitez pas à (partager|commenter|liker|vous abonner).{0,80}",
                r"(cet|l')? ?article vous a plu ?\?.{0,80}",
                r"vous avez aimé (cet article|ce contenu|cette vidéo) ?\?.{0,80}",
            ),
            "es": (
                r"¿(te|le|os) (ha gustado|gustó) (este|el) (artículo|contenido|post)\?.{0,80}",
                r"déj(anos|ame) tu (comentario|opinión).{0,60}",
            ),
            "it": (r"ti è piaciuto (questo|l') ?(articolo|post|contenuto)\?.{0,80}",),
            "pt": (r"(você )?gostou (deste|desse|do|da) (artigo|texto|conteúdo|matéria|post)\?.{0,80}",),
            "nl": (r"vond (je|u) dit artikel (interessant|leuk|nuttig|goed)\?.{0,60}",),
            "pl": (r"podobał (ci|wam|państwu) się (ten |nasz )?(artykuł|tekst|wpis)\?.{0,60}",),
            "ru": (r"понравил(ась|ся|ось) (статья|материал|новость|пост|видео)\?.{0,80}",),
            "ja": (r"(ご意見|ご感想)(・ご感想)?(を|は)?(こちら|お寄せ|お聞かせ).{0,20}",),
        },
        longest=300,
        drops=(
            "If you found this guide useful, please share it.",
            "Cet article vous a plu ? Partagez-le.",
            "Понравилась статья? Поделитесь с друзьями.",
        ),
        keeps=("If you found this ring, the owner wants it back.", "Понравилась ли ей статья, она не сказала."),
    ),
    _sentences(
        id="support-us",
        reason=Reason.DONATE,
        phrases={
            "en": (
                r"(our|this|my) (journalism|reporting|work|newsletter|site|newsroom|podcast|blog|website|"
                r"publication) (is|remains|stays) (free|possible|funded|supported|made possible|entirely|100%|"
                r"independent)\b.{0,60}(readers?|you|donations?|members|support|supporters|listeners)\b.{0,140}",
                r".{2,40} is an? (100% )?(reader|listener|community|member)-(supported|funded) (publication|"
                r"newsletter|blog|site|website|podcast|newsroom|project|magazine).{0,200}",
                r"we (depend|rely|count) on (donations|contributions|(the )?support|readers|our readers|"
                r"your) .{2,160}",
                r"if you (like|enjoy|value|appreciate|love) (what (i|we) do|(my|our|this) (work|writing|blog|content|"
                r"newsletter|site|podcast|journalism|posts|articles))\b.{0,40}(consider|support|patreon|donat|coffee|"
                r"subscrib)\w*.{0,160}",
                r"you can (also )?(help )?support (this|my|our|the|me|us) (blog|work|site|newsletter|channel|writing|"
                r"podcast|journalism|project)( and .{2,30})? (by|with|on|through|via|at) .{2,120}",
                r"please consider (becoming|supporting|making|donating|joining|subscribing) .{2,140}",
                r"become an? (paid |paying |free |sustaining )?(member|supporter|subscriber|patron) (today|now|at|"
                r"and|to (support|help|unlock|keep|get|continue|read))\b.{0,120}",
                r"(we|i)( are|'re|'m| am) an? ((small|independent|non-?profit|reader-(supported|funded)|"
                r"volunteer-run),? ){1,3}.{0,30}(newsroom|publication|site|website|blog|outlet|news organi[sz]ation|"
                r"magazine)\b.{2,200}",
                r"no (ads|advertising|paywalls?|clickbait),? (and )?no (ads|advertising|paywalls?|clickbait|"
                r"spam)[.,:;-]? ?.{0,120}",
                r"every (dollar|donation|contribution|gift) (you .{2,20} )?(helps us|counts|is (matched|doubled)|"
                r"will be (matched|doubled)|makes a difference)\b.{0,60}",
                r"help (us )?keep .{2,40} (free|independent|going|alive|online|ad-free|free and independent)( (for|"
                r"and) .{2,60})?[.!]?",
            ),
            "de": (r"(guter|unabhängiger|qualitäts)[ -]?journalismus (kostet|braucht|ist nicht) .{2,160}",),
            "fr": (
                r"(notre|ce) (journal|média|site|travail) (dépend|existe|vit|est financé) .{0,40}(vous|lecteurs|dons|"
                r"abonnés)\b.{0,120}",
            ),
        },
        longest=300,
        drops=(
            "Our journalism is free because readers like you pay for it.",
            "We depend on donations from readers like you.",
            "If you like what I do, consider supporting me on Patreon.",
            "No ads, no paywalls, just stories that matter.",
            "Guter Journalismus kostet Geld. Unterstützen Sie uns.",
        ),
        keeps=(
            "Our work is free of salt, said the baker.",
            "You can support the roof by two beams.",
            "No paywall at the museum could stop the schoolchildren.",
        ),
    ),
    _sentences(
        id="offer",
        reason=Reason.AD,
        phrases={
            "en": (
                r"(use|enter|apply) (the |our |my |this )?(promo |coupon |discount |promotional |"
                r"referral )*code:? ?(?-i:[A-Z0-9]{4,20})\b.{0,140}",
                r"(get|take|save|enjoy|receive|claim) (up to |an extra |an additional )?([$£€] ?\d+|\d+ ?%|"
                r"\d+ ?[$£€]) ?off\b.{0,160}",
                r"(this )?(offer|sale|promotion|discount)( is)? (valid|ends|expires|available) (on|until|while|"
                r"through|only|\d|january|february|march|april|may|june|july|august|september|october|november|"
                r"december|soon|today|tonight|midnight)\b.{0,100}",
            ),
            "de": (
                r"jetzt .{0,24}(kostenlos|gratis) testen( und .{2,60})?[.!]?",
                r"(nach (der|dem) (testphase|probemonat|probezeit)|danach|anschließend) (jederzeit |"
                r"monatlich )?kündbar[.!]?",
            ),
        },
        longest=200,
        drops=(
            "Use code SAVE10 at checkout for 10% off.",
            "Get 20% off your first order.",
            "Offer valid while supplies last.",
            "Jetzt vier Wochen kostenlos testen.",
        ),
        keeps=(
            "Use code that others have written before you.",
            "Get 20 miles off the coast and the phones fall silent.",
        ),
    ),
    _sentences(
        id="free-trial",
        reason=Reason.AD,
        phrases={
            "en": (
                r"(get|claim|download|access|request|try|start|book|schedule|reserve|take) (your|my|our|a|an|"
                r"the)? ?(free|complimentary|no-obligation|\d+[- ]day free) [^.]{2,80}",
                r"(try|start|use|join|get started|sign up|get|test) ([^.!?]{2,24} )?(for )?free( today| now|"
                r" here)?( (\*|-|\|) ?.{0,40}| no credit card required)?",
                r"(request|schedule|book|arrange|get|watch|see) (a|an|your|my) (free |live |personal(i[sz]ed)? |"
                r"quick |product |custom )*(demo|consultation|quote|estimate|appointment|walkthrough|discovery call|"
                r"strategy call|tour)( [^.!?]{2,60})?",
                r"(shop|browse|explore|view) all (the |our )?[^.!?]{2,40}",
            ),
            "de": (r"(jetzt )?(unverbindlich|kostenlos) (anfragen|beraten lassen|anfordern|ausprobieren)",),
        },
        unfinished=True,
        longest=100,
        drops=(
            "Get your free travel checklist",
            "Try Harbour for free",
            "Request a live demo",
            "Jetzt unverbindlich anfragen",
        ),
        keeps=(
            "Get free of the wreck, the captain shouted.",
            "Request a demo and see what the harbour's new cranes can lift.",
        ),
    ),
    _sentences(
        id="ask-us",
        reason=Reason.AD,
        phrases={
            "de": (
                r"(vereinbaren sie|buchen sie) (jetzt |noch heute )?(einen|ein|ihren) .{0,40}(termin|"
                r"beratungsgespräch|erstgespräch|beratungstermin)[.!]?",
                r"kontaktieren sie uns (jetzt|noch heute|für|gern|gerne|unverbindlich)\b.{0,80}",
                r"wir (freuen uns auf|beraten) (sie|ihre|ihren|dich|deine)\b.{0,40}[.!]?",
                r"(jetzt|direkt|online) bewerben[.!]?",
                r"wir (suchen|stellen ein|brauchen) (dich|sie|verstärkung)\b.{0,60}",
                r"(kunden|nutzer|käufer),? die .{2,60}(kauften|gekauft|angesehen)( haben)?.{0,40}|"
                r"wird oft zusammen gekauft",
                r"(kostenloser|gratis|versandkostenfreier?) (versand|lieferung)( ab .{2,20})?",
                r"(inserieren|werben) sie (in|bei|auf) .{2,60}",
                r"finden sie (ihren|ihre|den|die|das) .{2,40} in unserem (stellenmarkt|anzeigenmarkt|immobilienmarkt|"
                r"jobportal|automarkt)[.!]?",
                r"(traueranzeigen|veranstaltungen|termine|stellenanzeigen|immobilien)( .{2,30})? finden sie hier[.!]?",
                r"(fordern sie|bestellen sie) (jetzt |hier |noch heute )?(unseren|unser|den|das|kostenlos) .{2,60}",
                r"laden sie (sich )?(hier|jetzt) .{2,60}(herunter|whitepaper|e-?book|broschüre)[.!]?",
                r"erfahren sie mehr über (unsere|unser|uns)\b.{0,60}",
                r"rufen sie uns an\b.{0,60}",
                r"unsere (experten|berater|expertinnen|fachleute) (beraten|helfen|unterstützen|stehen) .{2,60}",
            ),
            "fr": (
                r"(demandez|obtenez|recevez) (un|votre) devis.{0,60}",
                r"contactez[- ]nous (pour|dès|au|par)\b.{0,80}",
                r"découvrez (toutes? )?(nos|notre) (offres?|services?|produits?|catalogue|boutique|gamme)\b.{0,60}",
                r"appelez[- ]nous\b.{0,60}",
                r"nos (experts|conseillers) (vous|sont) .{2,60}",
            ),
            "es": (
                r"(solicita|pide|consigue) (un|tu) presupuesto.{0,60}",
                r"contáct(a|e)nos (para|hoy|ahora|al|por)\b.{0,80}",
                r"descubre (todos |todas )?(nuestros|nuestras|nuestra|nuestro) (productos|servicios|ofertas|tienda|"
                r"catálogo)\b.{0,60}",
                r"llámanos\b.{0,60}",
            ),
            "it": (
                r"(richiedi|chiedi) (un|il tuo) preventivo.{0,60}",
                r"contattaci (per|ora|subito|oggi)\b.{0,80}",
                r"scopri (tutti )?(i nostri|le nostre|la nostra|il nostro) (prodotti|servizi|offerte|negozio|"
                r"catalogo)\b.{0,60}",
            ),
            "pt": (
                r"(peça|solicite) (um|seu|o seu) orçamento.{0,60}",
                r"entre em contato (para|conosco|com)\b.{0,80}",
            ),
            "nl": (
                r"(neem (vandaag nog )?contact (met ons )?op (voor|via|met)|vraag (een|nu|"
                r"vrijblijvend)) .{0,60}(offerte|afspraak|informatie)\b.{0,40}",
            ),
            "en": (
                r"(register|sign up|save your (seat|spot)|reserve your (seat|spot))( now| today| here)?( for|"
                r" at) (our|your|the|a|this|an) .{0,60}\b(webinar|workshop|masterclass|course|online course|"
                r"event)s?\b.{0,60}",
                r"join (our|us for|the|my) .{0,30}(webinar|workshop|masterclass)\b.{0,80}",
                r"watch the (webinar|recording|replay)\b.{0,60}",
                r"(we are|we're) (currently |always )?hiring\b.{0,80}",
                r"(view|see|browse|check out|explore) (our |all |the )*(current |open |latest )?(vacancies|openings|"
                r"open positions|open roles|careers)\b.{0,40}",
                r"request (more )?info(rmation)?( (about|on|for) .{2,60}| or apply .{2,20})?[.!]?",
                r"(customers|people|shoppers) who .{2,40} also (bought|viewed|liked)",
                r"(frequently|often|commonly) bought together",
                r"(usually |order |this item )?(ships|dispatched|delivered) (in|within) (\d|one|two|three|24|48|"
                r"the next).{2,24}",
                r"(this (product|item) is )?currently (out of stock|unavailable|sold out)[.!]?",
                r"(rated|rating:?) \d\.\d+ ?(out of|/) ?5\b.{0,60}",
                r"(read|see|view|show|check) ((all|customer|our|more) )+(customer |"
                r"user )?reviews( from our customers)?[.!]?",
                r"(advertise (with|here|on)|place an ad|list your (business|event|property)|submit (your|an) event|"
                r"post a job|place a (notice|classified|ad))\b.{0,80}",
                r"(find|search for|browse) (your next |more |local )?(jobs?|homes|cars|events|properties|obituaries|"
                r"legal notices) (on|in|near|for|at) (our|your|the|you)\b.{0,60}",
                r"(browse|search|view) (the )?(obituaries|classifieds|legal notices|public notices|jobs|"
                r"job listings)( .{2,60})?",
                r"(share|leave|post) (your|a) (memories|memory|condolences|tribute) (of|for|on|with|in).{0,60}",
                r"send flowers( to the family)?( .{2,40})?",
            ),
        },
        longest=160,
        drops=(
            "Vereinbaren Sie einen kostenlosen Beratungstermin.",
            "Contactez-nous pour plus d'informations.",
            "Solicita un presupuesto sin compromiso.",
        ),
        keeps=("Kontaktieren Sie uns nie wieder, schrieb der Bürgermeister zurück.",),
    ),
    _sentences(
        id="tell-us",
        reason=Reason.TOOLS,
        phrases={
            "en": (
                r"(suggest|report|submit|request|propose) an? (correction|edit|typo)( (request|"
                r"to this .{2,12}))?( ?reprints)?[.!]?",
                r"(help us|tell us|let us know)( what| how| which| about)? (we should|you want|you'd like|"
                r"to) (us to )?(cover|report|see|investigate|write|improve).{0,80}",
                r"(ask|send|submit|e-?mail) (us |our )+(an? |your )?(questions?|reporters?|experts?|columnists?|"
                r"story ideas)( .{2,60})?[.!]?",
                r"(do you )?have a question (for|about) .{2,40}\?( .{2,80})?",
                r"(letters|submissions) (should|must|may) be (no (longer|more)|under|fewer|edited|signed|kept|"
                r"limited|less|submitted|e-?mailed|addressed)\b.{0,100}",
                r"want to write for us\?.{0,80}",
                r"we (welcome|accept|invite|encourage) (your |reader )?(submissions|letters|contributions|pitches|"
                r"op-?eds|feedback|comments)\b.{0,80}",
                r"pitch us .{0,60}",
                r"(respond|reply) to this (article|story|column|op-?ed)( .{2,40})?[.!]?",
                r"corrections?: (please )?(e-?mail|contact|write).{2,60}",
                r"we (strive|aim|try|are committed|want) (for|to be|to) (accura|fair|correct).{2,100}",
                r"(see|read|learn( more)? about|find out)( more about)? (our|how we|why you can) (ethics|standards|"
                r"trust|policies|editorial|reporting|report the news|work|fact-check|journalism|principles|newsroom|"
                r"team|mission|test|review)\b.{0,60}",
                r"meet (the|our) (team|staff|newsroom)( behind .{2,40})?[.!]?",
                r"learn more about (us|our team|our mission|our company|what we do)\b.{0,40}",
            ),
            "de": (
                r"haben sie (noch )?(fragen|anregungen|kritik|hinweise)\? .{2,80}",
                r"was (denken|meinen|halten) sie( .{2,30})?\? (schreiben|diskutieren|stimmen|sagen|teilen) .{2,80}",
                r"schreiben sie (uns )?(einen leserbrief|ihre meinung|uns)\b.{0,80}",
                r"leserbriefe( an die redaktion)?,? (bitte|sind|können|richten|senden|schicken) .{2,80}",
                r"haben sie (anregungen|ideen|themen|wünsche)( .{2,40})?\?( .{2,80})?",
                r"(unsere|die) redaktion erreichen sie .{2,60}|so erreichen sie (unsere|die) redaktion",
            ),
            "fr": (
                r"vous avez (repéré|trouvé|constaté|vu) une (erreur|faute|coquille) ?\?.{0,80}",
                r"écrivez[- ]nous (pour|à|par)\b.{0,80}",
            ),
            "it": (r"hai (trovato|notato|visto) un (errore|refuso)\?.{0,60}",),
            "nl": (r"heb (je|jij|u) een (fout|foutje|typfout|taalfout) (gezien|gevonden|ontdekt)\?.{0,60}",),
            "zh": (
                r"(如|若)(有)?侵(权|犯).{0,30}(联系|删除).{0,20}",
                r"扫(描)?(二维)?码关注.{0,20}",
                r".{0,12}(原创|转载).{0,10}(请|须)注明(出处|来源).{0,20}",
            ),
            "es": (r"escríbenos (y|a|para|con)\b.{0,80}",),
        },
        longest=160,
        drops=(
            "Suggest a correction to this article.",
            "Haben Sie Fragen? Schreiben Sie uns eine E-Mail.",
            "Hai trovato un errore? Segnalacelo.",
            "扫描二维码关注我们的公众号",
        ),
        keeps=("Suggest a name for the ferry, the mayor asked.", "Was denken Sie? fragte die Richterin."),
    ),
    _sentences(
        id="commenting",
        reason=Reason.COMMENTS,
        phrases={
            "en": (
                r"(with|if you have|using) an? .{0,30}\b(mastodon|fediverse|bluesky|activitypub)\b.{0,20}(account|"
                r"profile|server)?.{0,60}(you can|reply|respond|comment).{2,300}",
                r"(discuss|comment|reply|respond|join the discussion)( on| to| via)? (this( (post|article|"
                r"page))? )?(on|via|by|to) (hacker news|reddit|mastodon|bluesky|lobsters|e-?mail|twitter|the forum|"
                r"discord|slack|linkedin)\b.{0,60}",
                r"reply (to this post )?(by|via) e-?mail[.!]?",
                r"(webmentions?|replies) (for|on|to) this (page|post|article) .{2,100}",
                r"comments (are )?(powered|hosted) by .{2,60}",
                r"(your )?comments? (is|are|will be|must be) (moderated|approved)\b.{0,80}",
                r"(please )?(be|keep|stay|remain) .{0,24}(respectful|civil|polite|kind|on[- ]topic|"
                r"courteous) in (the|your|our) comments?.{0,60}",
                r"we reserve the right to (delete|remove|edit|moderate|close|refuse|not publish|reject) .{2,140}",
                r"by (posting|submitting|leaving) an? (comment|review),? .{2,160}",
                r"all comments are (solely )?the (opinions?|views|responsibility) .{2,80}",
                r"(we are|we're) no longer accepting comments.{0,60}",
                r"(newest|oldest|best|top|most recent|latest) comments first",
            ),
            "de": (
                r"(bitte )?bleiben sie (sachlich|höflich|fair|beim thema)\b.{0,100}",
                r"(die )?kommentare (geben|spiegeln) .{2,100}",
                r"(mit dem absenden|durch das absenden) .{2,120}(kommentar|netiquette).{0,80}",
                r"kommentare werden (vor|erst|nach|moderiert|geprüft|nicht) .{2,60}|(für diesen (artikel|"
                r"beitrag) ist )?die kommentarfunktion .{0,30}(deaktiviert|geschlossen|abgeschaltet|"
                r"nicht verfügbar)[.!]?",
                r"melden sie sich an,? um zu kommentieren.{0,40}",
            ),
            "fr": (
                r"les commentaires sont (fermés|désactivés|clos|modérés)\b.{0,60}",
                r"(connectez|identifiez)[- ]vous pour (laisser|poster|écrire|ajouter) .{2,40}",
            ),
            "es": (
                r"los comentarios (están|han sido) (cerrados|desactivados|moderados)\b.{0,60}",
                r"inicia sesión para (dejar|escribir|publicar|añadir) .{2,40}",
            ),
            "it": (
                r"i commenti sono (chiusi|disattivati|moderati)\b.{0,60}",
                r"accedi per (lasciare|scrivere|inserire) .{2,40}",
            ),
            "pt": (
                r"os comentários (estão|foram) (fechados|encerrados|desativados|moderados)\b.{0,60}",
                r"(faça|inicie) (o )?(login|sessão) para (comentar|deixar|escrever)\b.{0,40}",
            ),
            "nl": (
                r"reageren( op dit (artikel|bericht))? is niet (meer )?mogelijk[.!]?",
                r"log in om (te reageren|een reactie).{0,40}",
            ),
            "zh": (r"[请請](先)?登[录錄入](后|後)?(再)?(发表|發表)?(评论|評論|留言).{0,10}",),
        },
        longest=360,
        drops=(
            "Discuss this post on Hacker News.",
            "Reply by e-mail",
            "With an account on Mastodon, you can reply to this post.",
        ),
        keeps=("Discuss the plan by letter, he urged.", "With an account of the storm, the paper sold out."),
    ),
    _sentences(
        id="player-sentence",
        reason=Reason.PLAYER,
        phrases={
            "en": (
                r"your (browser|device) (does not|doesn't|is not|cannot|can't) (support|allow|play|display|able|"
                r"supported|have)\b.{0,120}",
                r"(click|tap)( on)?( the| any| an?)? (image|photo|picture|map|chart|graphic|thumbnail)s?( above|"
                r" below)? (to|for) (enlarge|view|zoom|see|expand|an? larger|a bigger|open|full).{0,60}",
                r"an error (has )?occurred while (loading|playing|processing|retrieving|submitting|trying) .{2,100}",
                r"(please )?(try again|refresh)( later)? or (refresh|reload|contact).{2,80}",
                r"if (the|this) (problem|error|issue) (persists|continues),? (please )?(contact|call|e-?mail|"
                r"reach out to|let) (us|our|support|customer|the)\b.{0,80}",
                r"(can't|cannot|can not|don't|unable to|if you (can't|cannot|don't|are unable to|can not)) (see|view|"
                r"hear|watch|load) (the|this|any|our) (video|poll|form|quiz|gallery|map|chart|graphic|image|player|"
                r"module|survey|audio|embed|content|comments?|button|podcast|table|newsletter)s?\b.{0,120}",
                r"(having |got )?(trouble|problems|difficulty|difficulties|issues) (viewing|seeing|reading|loading|"
                r"accessing) (this|the|our) (page|article|e-?mail|video|newsletter|content|site|story)\b.{0,80}",
                r"(reading|viewing|watching|on) (this )?(on|in|the)( the| a| your)? (app|mobile|phone|tablet|"
                r"desktop)\? .{2,80}",
                r"(the |this )?audio (is|was|may be|version|has been) (is |was )?(generated|created|read|produced|"
                r"automated|auto)\b.{2,120}",
                r"(a|this|the) (tweet|post|video)( from .{2,40})? (could not be loaded|has been deleted|"
                r"is unavailable|is no longer available|cannot be displayed|is private).{0,40}",
                r"embed this (chart|map|video|graphic|table).{0,40}",
                r"(get|download|view|see) the data( behind (this|the) (chart|map|story|graphic|"
                r"table))?( as .{2,20})?[.!]?",
                r"explore the (interactive )?(map|data|chart|graphic|table)( below| here)[.!]?",
                r"(use|enter|type)( in)? .{0,30}(search box|search bar|postcode|post code|zip code) .{0,20}(to (find|"
                r"see|search|check|look)|below).{0,60}",
                r"(select|choose|change|set|pick) your (state|region|location|country|city|town|area|edition|"
                r"postcode|zip( code)?) (to see|for local|to get)\b.{0,40}",
                r"(seven|five|ten|\d{1,2})-day (weather )?forecast.{0,40}",
            ),
            "de": (
                r"(diesen|den) (artikel|text|beitrag) können sie (sich )?(auch |hier )?(anhören|hören)[.!]?",
                r"an dieser stelle (finden|befinden|wird|ist|sehen) .{0,80}(drittquellen|externer inhalt|"
                r"externe inhalte|youtube|instagram|twitter|facebook|tiktok).{0,80}",
                r"(beim laden|bei der wiedergabe) (des|der) .{2,40} (ist ein fehler|trat ein fehler).{2,60}",
                r"(sie können|falls sie) (das|dieses) video nicht (sehen|abspielen).{0,80}",
                r"(das|dieses) video (ist|steht) .{0,40}nicht (mehr )?(verfügbar|zur verfügung)[.!]?",
                r"(der )?inhalt wird geladen.{0,40}",
                r"(zum|für) (öffnen|vergrößern|ansehen|start|starten) .{0,30}(auf das bild|bild|hier) (klicken|"
                r"tippen|anklicken)[.!]?",
                r"(klicken|tippen) sie (hier )?auf (das|die|ein|den) (bild|foto|grafik|karte|galerie|pfeil),? .{2,80}",
                r"(hier klicken|klicken sie hier),? um .{2,80}",
                r"(den|unseren) podcast (finden|hören|gibt) .{2,80}",
                r"abonnieren sie (den|unseren) podcast\b.{0,60}",
                r"(hören|sehen) sie (hier )?(die|den|das) (ganze|ganzen|gesamte|gesamten|komplette|"
                r"vollständige) (folge|beitrag|sendung|interview|gespräch|film|doku).{0,60}",
                r"die (ganze|komplette) (sendung|folge) .{0,40}(mediathek|audiothek|podcast).{0,30}",
                r"mehr dazu (in der sendung|im podcast|im video|in der mediathek)\b.{0,60}",
            ),
            "pt": (
                r"(seu|o seu) navegador não suporta .{2,60}",
                r"(este|esse|o) (vídeo|conteúdo) (já )?não está (mais )?disponível.{0,60}",
                r"clique na (imagem|foto) para .{2,60}",
                r"ouça (o|este|nosso) podcast .{2,60}",
            ),
            "pl": (
                r"twoja przeglądarka nie obsługuje .{2,60}",
                r"(ten|to) (film|materiał|wideo|nagranie|treść) nie jest (już )?dostępn[yae].{0,40}",
                r"kliknij (zdjęcie|w zdjęcie|obrazek),? (aby|żeby|by) .{2,60}",
            ),
            "ru": (
                r"ваш браузер не поддерживает .{2,60}",
                r"(это )?(видео|содержание) (больше )?(недоступно|удалено).{0,40}",
                r"(нажмите|кликните) на (фото|картинку|изображение|карту),? чтобы .{2,60}",
                r"слушайте (наш|наши|этот) подкаст.{0,60}",
            ),
            "tr": (
                r"tarayıcınız .{2,40} desteklemiyor[.!]?",
                r"bu (video|içerik) artık (mevcut|kullanılabilir) değil[.!]?",
                r"büyütmek için .{2,40}",
            ),
            "fr": (
                r"(cette vidéo|ce contenu|cette page) (n'est (plus|pas)|n'est malheureusement plus) "
                r".{0,20}(disponible|accessible).{0,60}",
                r"cliquez sur (l'image|la photo|la carte) pour .{2,60}",
                r"(écoutez|retrouvez) (le|ce|notre|nos) podcasts? .{2,80}",
            ),
            "es": (
                r"(este|el) (contenido|vídeo|video|audio|artículo) (ya )?no está disponible.{0,60}",
                r"(haz|haga) clic (en|sobre) la (imagen|foto|fotografía) para .{2,60}",
                r"escucha (el|este|nuestro|nuestros) (pódcasts?|podcasts?) .{2,80}",
            ),
            "it": (
                r"(questo|il) (video|contenuto) non è (più )?disponibile.{0,60}",
                r"clicca (sull'immagine|sulla foto) per .{2,60}",
                r"ascolta (il|questo|i nostri) podcast .{2,60}",
            ),
            "nl": (
                r"(deze|de) (video|content|pagina) is niet (meer )?beschikbaar.{0,60}",
                r"klik op de (foto|afbeelding|kaart) (om|voor) .{2,60}",
                r"(luister|beluister) (naar )?(de|deze|onze) podcasts? .{2,60}",
            ),
            "sv": (
                r"(videon|klippet|innehållet) är inte (längre )?(tillgänglig|tillgängligt).{0,40}",
                r"klicka på (bilden|bilderna|kartan) för att .{2,60}",
                r"lyssna på podden .{2,60}",
            ),
            "no": (
                r"(videoen|innholdet) er ikke (lenger )?(tilgjengelig).{0,40}",
                r"klikk på (bildet|kartet) for å .{2,60}",
                r"lytt til podkasten .{2,60}",
            ),
            "da": (
                r"(videoen|indholdet) er ikke (længere )?tilgængelig.{0,40}",
                r"klik på billedet for at .{2,60}",
            ),
            "ja": (
                r"(画像|写真)をクリック(する|して).{0,12}拡大.{0,10}",
                r"(この|本)動画(は|の)(公開|配信)(を|は)?終了.{0,12}",
            ),
            "zh": (
                r"[点點][击擊](图片|圖片).{0,12}",
                r"(该|此|本)(视频|視頻|影片)已(下架|删除|刪除|失效).{0,10}",
            ),
        },
        longest=200,
        drops=(
            "Click the image to enlarge.",
            "Diesen Artikel können Sie sich auch anhören.",
            "Ваш браузер не поддерживает видео.",
        ),
        keeps=("Tap the picture frame for luck, the guide says.", "Diesen Artikel können Sie vergessen, sagte er."),
    ),
    _sentences(
        id="licence",
        reason=Reason.COPYRIGHT,
        phrases={
            "en": (
                r"((this|our|the|all) (work|article|post|story|text|content|site|page|website|blog|image|"
                r"material)s? (is|are) |(text|content|article|photos?|images?) (is |are )?)?(licensed|made available|"
                r"released) under (an? |the )?(cc|creative commons)\b.{0,200}",
                r"you (may|can|are (free|welcome) to) (republish|reprint|repost) (this|our) (article|story|stor|text|"
                r"content|piece|work|report|post).{2,200}",
            ),
            "de": (
                r"nachdruck(,? auch auszugsweise,?)? (nur|verboten|nicht|untersagt)\b.{0,60}",
                r"(der|dieser) (text|artikel|beitrag|inhalt) steht unter (einer|der) .{0,20}(creative|cc).{2,60}",
            ),
            "es": (r"prohibida (su|la) reproducción.{0,60}",),
            "pt": (r"é proibida a reprodução.{0,80}",),
            "pl": (r"(kopiowanie|przedruk|rozpowszechnianie) .{0,60}(zabronion|zgody|zastrzeżon).{0,40}",),
            "ru": (r"(перепечатка|копирование|использование материалов) .{0,60}(только|запрещен|разрешен).{0,60}",),
        },
        longest=280,
        drops=(
            "This work is licensed under a Creative Commons licence.",
            "You may republish this article online or in print.",
        ),
        keeps=("You may reprint your ticket at the pier.", "Under the Creative Commons roof of the market hall"),
    ),
    _sentences(
        id="picture-source",
        reason=Reason.CREDIT,
        phrases={
            "en": (
                r"(featured|cover|header|hero|lead|banner|main|top|title) (image|photo|picture|illustration|art|"
                r"artwork|photograph|graphic)( credit)?( is| was)? ?(by|from|via|courtesy|generated|created|:|"
                r"©) .{2,100}",
                r"all (other )?(images|photos|photographs|pictures|illustrations|graphics)( (in|on) (this|"
                r"the) .{2,12})?( are| were)? (courtesy|by|©|copyright|via|credit|from|taken by|used|"
                r"provided) .{2,120}",
                r"(the )?(image|photo|picture|illustration)s?( above| below)? (was|were|is|are) (generated|created|"
                r"made) (by|with|using) (an )?(ai|dall|midjourney|artificial|chatgpt|gemini|stable|"
                r"adobe firefly)\b.{0,80}",
                r"(photo )?illustrations?( for .{2,40})? by .{2,60}",
            ),
        },
        longest=160,
        drops=(
            "Featured image by the author.",
            "All images courtesy of the artist unless otherwise stated.",
            "The image above was generated by AI.",
        ),
        keeps=("Cover photo albums with linen, the binder said.", "All photos of that night were lost."),
    ),
    _sentences(
        id="funded-by",
        reason=Reason.DISCLAIMER,
        phrases={
            "en": (
                r"(this )?(story|reporting|article|series|investigation|coverage|journalism) (was|is|"
                r"has been) (supported|funded|made possible|underwritten)( in part)? (by|through|with|thanks) (an? |"
                r"the |our )?.{0,80}(grant|fund|foundation|donations?|readers?|support|fellowship|center|centre|"
                r"institute|initiative)\b.{0,200}",
            ),
        },
        part=Part.BEFORE_OR_AFTER,
        longest=360,
        drops=("This reporting was supported by a grant from the Harbour Foundation.",),
        keeps=("This story was supported upright by the crane.",),
    ),
    _sentences(
        id="official-site",
        reason=Reason.NAVIGATION,
        phrases={
            "en": (
                r"(this is )?an official website of .{2,80}",
                r"here's how you know.{0,20}",
                r"official websites use \.gov.{0,200}",
                r"(only )?share sensitive information only .{2,80}",
                r"secure \.gov websites use https.{0,160}",
                r"a \.gov website belongs to .{2,160}",
                r"a lock .{0,30}or https.{0,160}",
            ),
        },
        longest=260,
        drops=("An official website of the United States government", "Secure .gov websites use HTTPS."),
        keeps=("An official visit of the king's website team was cancelled.",),
    ),
    _sentences(
        id="press-release",
        reason=Reason.DISCLAIMER,
        phrases={
            "en": (
                r"view original content.{0,120}",
                r"(this|certain|some)( of the)? .{0,40}(press release|news release|statements?|document|"
                r"release)\b.{0,60} (contains?|constitutes?|includes?|are|"
                r"is) .{0,30}forward-looking statements?.{0,400}",
                r"forward-looking statements? .{2,400}",
            ),
            "de": (r"(original-content|originalmeldung) (von|auf|übermittelt).{2,120}",),
        },
        longest=500,
        drops=(
            "View original content to download multimedia",
            "Forward-looking statements involve risks and uncertainties.",
        ),
        keeps=("This document is a forward-looking plan, the mayor said.",),
    ),
    _sentences(
        id="use-of-page",
        reason=Reason.TOOLS,
        phrases={
            "en": (
                r"(jump|skip|scroll) (straight |right |down )*to (the )?recipe( card)?( below)?[.!]?",
                r"(save|pin) (this|it|the|me) ?(recipe|post|image|article|guide)?( for)? later[.!]*",
                r"(\*? ?)?nutrition(al)? (information|info|facts|values?|data|details) .{0,60}(estimate|approximate|"
                r"courtesy|calculated|automatically)\w*.{0,200}",
                r"don't forget to (rate|pin|tag|subscribe|follow|bookmark) .{2,100}",
                r"copy link( to share .{2,30}| copied| logo)?[.!]?",
                r"(send|e-?mail|forward|recommend) (this|the)? ?(article|story|page|post|link|it)? ?to (an?|"
                r"your) (friend|colleague)s?[.!]?",
                r"print (this |the )?(article|story|page|recipe|post|version)( for later)?[.!]?",
                r"(edit|improve) this page( (on|in|at) .{2,20})?[.!]?",
                r"view (the )?source( of this page| on .{2,20})[.!]?",
                r"suggest (changes|edits) (to|on) this .{2,20}",
                r"(view|see|open) (a |in )?(larger map|google maps)( .{0,30})?",
                r"get directions( (on|to|from) .{2,40})?[.!]?",
                r"(read|view|see|find)( this| the| it| in)?( original)?( article| story| page| post)? ?in (spanish|"
                r"english|german|french|arabic|chinese|japanese|portuguese|italian|russian|korean|hindi|dutch|polish|"
                r"ukrainian|turkish|mandarin)( here)?[.!]?",
                r"this (article|story|page|post|guide) is (also )?available in .{2,60}",
                r"you can (also )?(find|read|listen to|watch|hear) (this|our) (article|story|podcast|show|"
                r"conversation|episode) (on|at|in|via) .{2,60}",
                r"report a problem( with .{2,40})?",
                r"request an accessible .{2,60}",
                r"skip past .{2,40}",
                r"(enable|turn on|allow|block|disable) ((push|desktop|browser) notifications( .{2,60})?|"
                r"notifications to (stay|get|receive|be)\b.{2,60})[.!]?",
                r"this (site|page|website) (works best|is best viewed|requires|is optimized) .{2,80}",
                r"you('re| are) using an (outdated|old|unsupported) browser.{0,80}",
                r"some (parts|features|elements|content) (of|on) this (page|site) may .{2,60}",
                r"(loading|fetching) (more |the )?(stories|articles|posts|comments|content|results).{0,40}",
                r"use the arrow keys to (navigate|browse|scroll|see)\b.{0,40}",
                r"open (this )?(image|picture|photo) in (a )?(new|full|larger) .{2,30}",
                r"opens in (a )?new (tab|window)",
                r"(back|return) to (the )?(top|home ?page|previous page|next article|list|article list|"
                r"search results|overview|all (posts|articles|news)|main (page|menu)|blog|news)( of (the|this) page|"
                r" of articles)?[.!]?",
            ),
            "de": (
                r"(zum rezept springen|direkt zum rezept|rezept (drucken|speichern|merken))",
                r"(größere )?karte (vergrößern|öffnen|anzeigen)",
                r"(dieser|der) (artikel|text|beitrag) ist auch (auf|in) .{2,40}(verfügbar|erschienen|zu lesen)[.!]?",
            ),
            "fr": (
                r"(lire|voir) (cet article |la version )?en (anglais|espagnol|allemand|arabe)",
                r"imprimer (la recette|cet article|l'article)",
            ),
            "es": (
                r"(leer|lea|ver) (este artículo |esta noticia )?en (inglés|español|catalán|portugués)",
                r"imprimir (la receta|este artículo)",
            ),
        },
        longest=240,
        drops=(
            "Jump straight to the recipe below.",
            "Save this guide for later!",
            "Send this article to a friend.",
            "Edit this page on GitHub.",
            "Read this article in Spanish.",
            "Rezept drucken",
        ),
        keeps=(
            "Edit this page of history, the minister told the printers.",
            "Print this letter, she begged the editor.",
            "Read it in English to the children",
        ),
    ),
    _sentences(
        id="reviewed-on",
        reason=Reason.DATE,
        phrases={
            "en": (
                r"(page |content )?last (medically )?reviewed:?( by .{2,40}| on| in)? ?.{2,40}",
                r"next review( due| date)?:? .{2,40}",
                r"(this|the) (page|article|post|guide|content) (was )?last (updated|modified|edited|reviewed|changed|"
                r"checked) .{2,60}",
            ),
            "de": (
                r"(diese seite|der artikel|dieser artikel) wurde zuletzt (am|im) .{2,40} (geändert|bearbeitet|"
                r"aktualisiert|überprüft)[.!]?",
            ),
            "fr": (r"(cette page|cet article) a été (modifiée?|mise? à jour) pour la dernière fois .{2,40}",),
            "es": (
                r"(esta página|este artículo) (se editó|fue (modificad|editad|actualizad)[oa]|"
                r"se actualizó) por última vez .{2,40}",
            ),
        },
        longest=90,
        drops=(
            "Page last reviewed: 12 March 2024",
            "Next review due: 12 March 2027",
            "This page was last updated in March.",
        ),
        keeps=("Last reviewed in the mayor's time, the dyke plan was lost, then found again by a clerk in 1990.",),
    ),
    _sentences(
        id="join-us",
        reason=Reason.SUBSCRIBE,
        phrases={
            "en": (
                r"join (thousands|hundreds|millions|over|more than|our|\d[\d,.]*k?\+?)( of)? .{0,60}(readers|"
                r"subscribers|members|community|forum|discord|slack|telegram|newsletter|others who|"
                r"professionals)\b.{0,100}",
            ),
            "de": (r"werden sie (jetzt )?(teil unserer community|mitglied)\b.{0,80}",),
            "fr": (r"rejoignez (notre|la) (communauté|groupe|chaîne|canal).{0,80}",),
            "es": (r"únete a (nuestr[ao]|la) (comunidad|grupo|canal).{0,80}",),
            "pt": (r"(junte-se|entre|participe) (à|no|do|a) (nossa|nosso) (comunidade|grupo|canal).{0,80}",),
            "it": (r"unisciti (alla|al) (nostra|nostro) (comunità|community|gruppo|canale).{0,80}",),
            "tr": (r"(whatsapp|telegram) (kanalımıza|grubumuza) katılın[.!]?",),
        },
        longest=180,
        drops=(
            "Join thousands of readers in our community.",
            "Join our Slack community to chat with us.",
            "Únete a nuestra comunidad.",
        ),
        keeps=("Join thousands of ants and you see a road, the biologist says.",),
    ),
    _sentences(
        id="other-stories",
        reason=Reason.RELATED,
        phrases={
            "en": (
                r"that's (all|it) (for|from) (our|the|today's) live .{2,80}",
                r"(this )?live ?-?(blog|coverage|updates|reporting) (is |has )?(now )?(closed|ended|over|paused)[.!]?",
                r"catch up (with|on) .{0,40}(stories|headlines|news|highlights)\b.{0,40}",
                r"here('s| are| is) (a look at |some of )?(the |today's |our )+(top|main|biggest|latest) (stories|"
                r"headlines|news).{0,80}",
                r"(the )?(top|main|biggest|latest|most important) (stories|headlines) (from|around|for|today|"
                r"this week|of (the|this) (day|week|month))( [^.!?,]{2,40})?",
                r"(more |other |some )?(stories|articles|posts|content|videos|news|products|books|items|reads|shows|"
                r"podcasts) (that )?you (may|might|'ll|will|could|can't) (also )?(like|enjoy|love|miss|"
                r"be interested in).{0,30}",
                r"(more |other )?(stories|articles|posts|content|videos|news|products) (recommended|selected|picked|"
                r"chosen|curated|just|handpicked) for you.{0,20}",
                r"you (may|might|'ll|could) (also )?(be interested in|like|enjoy|love) (to read|reading|our|"
                r"some of (my|our)|(these|other|the following|more) (articles|stories|posts|books|topics|reads|"
                r"news))\b.{0,60}",
                r"readers also (read|liked|viewed|enjoyed|loved)\b.{0,40}",
                r"see what('s| is) (trending|popular|new|happening|hot)\b.{0,40}",
                r"here are (some|a few|more|our) (other |related |more |similar |additional )*(articles|posts|"
                r"stories) (you|that|on|about|for|from|we)\b.{0,80}",
            ),
            "de": (
                r"(die )?(meistgelesenen?|wichtigsten|neuesten) (artikel|meldungen|nachrichten|themen|"
                r"beiträge)( (des tages|der woche|von heute|im überblick|auf einen blick))?",
                r"(mehr|weitere|alle|aktuelle|alle aktuellen|weitere aktuelle) (nachrichten|meldungen|infos|"
                r"informationen|artikel|berichte|themen|entwicklungen)( .{2,60})? (finden|lesen|gibt es|im|"
                r"in unserem|erhalten) (sie|im|in|hier|auf|liveticker|newsblog|ticker|überblick).{0,60}",
                r"mehr (zum thema|dazu|zu diesem thema) (finden|lesen|erfahren) sie .{2,40}",
                r"alles wichtige (aus|zu|zum|zur|im|in) .{2,60}(blick|überblick)[.!]?",
                r"die nachrichten (des tages|der woche|am (morgen|abend|mittag)) .{2,30}",
                r"das sollten sie (heute )?(gelesen|wissen|gesehen).{0,20}",
            ),
            "fr": (
                r"(les )?(articles|sujets|vidéos) (qui pourraient vous intéresser|que vous pourriez aimer|"
                r"recommandés pour vous)",
                r"(l'essentiel|toute l'actualité) (de l'actualité|du jour|en continu).{0,40}",
                r"(retrouvez|suivez) (toutes? )?(nos|l'|les|notre) ?(informations?|infos|actualités?|actu|articles|"
                r"direct)\b.{0,60}(direct|site|ici|temps réel|rubrique|live)\b.{0,40}",
            ),
            "es": (
                r"(otras|más) (noticias|artículos|historias) que (te|le) (pueden|podrían) (interesar|gustar)",
                r"(las )?(noticias|historias) (más (leídas|importantes|destacadas)) (del día|de hoy|de la semana)",
                r"(consulta|sigue|lee|mira) (toda la|todas las|la|las) (actualidad|última hora|noticias|"
                r"información)\b.{0,60}(web|directo|aquí|minuto|portal)\b.{0,30}",
            ),
        },
        longest=140,
        drops=(
            "More stories you may like",
            "Here are today's top stories.",
            "Stories recommended for you",
            "That's all for our live coverage today.",
            "Die neuesten Meldungen der Woche",
        ),
        keeps=("The top stories of the tower had burned out.", "You might like the sea, but not in March."),
    ),
    _sentences(
        id="agency-material",
        reason=Reason.BYLINE,
        phrases={
            "en": (
                r"this (report|article|story) (includes|contains|incorporates|used|uses) (material|information|"
                r"reporting|content|quotes|data) from .{2,80}",
            ),
            "de": (
                r"(mit material|unter verwendung von material|mit informationen) (von|der) [^.!?]{0,40}\b(dpa|afp|ap|"
                r"reuters|kna|epd|apa|sda|nachrichtenagentur|agenturen)\b[^.!?]{0,20}",
            ),
            "fr": (r"avec (des|les) informations (de|d'|du) [^.!?]{2,60}",),
            "es": (r"con información de [^.!?]{2,60}",),
        },
        part=Part.BEFORE_OR_AFTER,
        longest=120,
        drops=("This report includes material from news agencies.", "Avec les informations de notre agence"),
        keeps=("With information of that kind, nobody can build.",),
    ),
    _sentences(
        id="archived",
        reason=Reason.DISCLAIMER,
        phrases={
            "en": (
                r"(this is an archived|this (article|story|page|content) is (from our archives?|archived)|"
                r"this page contains archived)\b.{0,120}",
                r"(this content|this page|(the )?information (in|on) this (article|page)|"
                r"this article) (is no longer being|is no longer|may be|might be|may not be) (updated|outdated|"
                r"out of date|obsolete|maintained|current|up to date)\b.{0,100}",
            ),
            "de": (
                r"(dieser (artikel|beitrag|text)|diese (meldung|seite)) (stammt|ist) aus (dem|unserem) archiv.{0,80}",
                r"(dieser|diese|der|die) (artikel|beitrag|seite|inhalt|text)( .{2,20})? wird nicht (mehr|"
                r"länger) (aktualisiert|gepflegt)[.!]?",
                r"(dieser inhalt|diese seite|dieses angebot|dieser beitrag)( ist|"
                r" steht)( leider)? nicht mehr (verfügbar|zur verfügung|abrufbar)[.!]?",
            ),
            "fr": (
                r"cet article (est archivé|date de plus).{0,60}",
                r"cet article (est issu|provient) de nos archives[.!]?",
            ),
            "es": (r"este artículo (tiene más de|es de archivo).{0,60}",),
        },
        longest=200,
        drops=(
            "This content is no longer being updated.",
            "Information in this article may be outdated.",
            "This story is from our archive.",
        ),
        keeps=("This content woman is no longer being updated on her son's case.",),
    ),
    _sentences(
        id="take-part",
        reason=Reason.POLL,
        phrases={
            "en": (
                r"(play|try|solve|do) (today's|our|this week's|your daily) .{0,30}(crossword|puzzle|quiz|sudoku|"
                r"wordle|game)s?\b.{0,40}",
                r"looking for .{2,30}(crossword|puzzle|quiz)\? .{2,40}",
                r"(test your knowledge|take (our|this) (quiz|poll|survey)|cast your vote|"
                r"vote (now )?in our .{2,30})( .{2,60})?[.!]?",
                r"(enter|nominate) (now|our|someone|your|here|for|to).{0,60}(competition|contest|chance to win|"
                r"awards|giveaway|draw|sweepstakes)\b.{0,60}",
                r"thank(s| you) for voting.{0,40}",
            ),
            "de": (
                r"(machen sie mit|stimmen sie ab|jetzt abstimmen|nehmen sie (jetzt )?teil)\b.{0,80}",
                r"diese (umfrage|abstimmung) ist (bereits |leider )?(beendet|abgelaufen|geschlossen)[.!]?",
                r"(teilnahmeschluss|einsendeschluss) (ist|:)? ?.{2,60}",
                r"der rechtsweg ist ausgeschlossen[.!]?",
                r"machen sie mit bei .{2,60}",
            ),
            "fr": (
                r"(participez|répondez) à (notre|la|nos) (sondage|question|enquête|quiz)\b.{0,60}",
                r"tentez de (gagner|remporter) .{2,80}",
            ),
            "es": (r"participa en (nuestra|nuestro|la|el) (encuesta|sorteo|concurso|quiz)\b.{0,60}",),
            "it": (r"partecipa al (nostro )?(sondaggio|concorso|quiz)\b.{0,60}",),
            "pt": (r"participe (da|de|do) (nossa|nosso) (enquete|pesquisa|sorteio|quiz)\b.{0,60}",),
            "nl": (r"doe mee aan (onze|de) (poll|enquête|prijsvraag|quiz)\b.{0,60}",),
            "sv": (r"rösta i (vår|dagens) (omröstning|fråga|enkät).{0,40}",),
            "no": (r"stem i (vår|dagens) (avstemning|spørsmål).{0,40}",),
            "pl": (r"weź udział w (naszej|naszym) (ankiecie|sondzie|konkursie|quizie).{0,40}",),
            "ru": (r"примите участие в (нашем|нашей) (опросе|викторине|конкурсе|голосовании).{0,40}",),
            "tr": (r"anketimize katılın[.!]?",),
            "ja": (r"アンケート(に|へ)(ご協力|お答え|ご回答).{0,12}",),
        },
        longest=140,
        drops=(
            "Play today's crossword here.",
            "Test your knowledge of the coast.",
            "Enter our competition for a chance to win.",
        ),
        keeps=("Play the game of the council and you lose, she said.",),
    ),
    _sentences(
        id="scholarly-note",
        reason=Reason.COPYRIGHT,
        phrases={
            "en": (
                r"(cite|how to cite)( this)? (article|page|paper|entry|work|us|this)\b.{0,60}",
                r"(copy|download|export|get) (the |a )?(citation|reference)s?( .{2,60})?[.!]?",
                r"open access( article)?( (under|published|licensed|distributed) .{0,80})?",
                r"received:? .{2,30}[;,/|] ?(revised.{2,30})?accepted.{2,80}",
                r"peer review (information|file) .{2,80}",
                r"publisher's note:? .{2,200}",
                r"(declaration of )?(conflicts?|competing) (of )?interests?:? ?(statement:? )?(none|the authors?|no|"
                r"nil|all authors)\b.{0,160}",
                r"funding: .{2,120}",
                r"(\*? ?)?correspondence( should be addressed)?( to)?:? .{2,120}",
                r"supplementary (material|information|data)s? .{0,60}(available|online|found).{0,60}",
                r"(request|get) (permission|permissions|rights)( .{2,60})?",
                r"(rights,? )?reprints (and|&) permissions.{0,80}",
                r"(interested in )?(licensing|reprinting|republishing|syndicating) this (article|story|content|"
                r"image).{0,60}",
                r"for permission to (republish|reprint|reuse|use|reproduce),? .{2,80}",
                r"(to )?(purchase|order|buy) (a )?reprints?,? .{2,60}",
                r"distributed by .{2,60}",
            ),
        },
        part=Part.BEFORE_OR_AFTER,
        longest=240,
        drops=(
            "Cite this article as follows",
            "Received 3 March; accepted 5 May; published 7 June.",
            "Interested in republishing this article?",
        ),
        keeps=(
            "Funding for the pier ran out in May.",
            "Received with applause, the captain accepted.",
            "Distributed among the poor, the fish was gone by noon",
        ),
    ),
    _sentences(
        id="credit-line",
        reason=Reason.BYLINE,
        phrases={
            "de": (
                r"(aufgezeichnet von|das (gespräch|interview) führten?|die fragen stellten?) "
                r"(?-i:[A-ZÄÖÜ])[^.!?:]{2,60}[.!]?",
                r"(redaktionelle mitarbeit|mitarbeit|protokoll|interview|recherche|"
                r"moderation) ?: ?(?-i:[A-ZÄÖÜ])[^.!?:]{2,60}",
            ),
            "fr": (
                r"(propos recueillis par|recherche et rédaction|entretien réalisé par|réalisation|"
                r"avec la collaboration de|adaptation|traduction) ?:? ?(?-i:[A-ZÀ-Þ])[^.!?:]{2,60}[.!]?",
            ),
            "es": (
                r"(entrevista de|redacción|edición|guion|realización|con la colaboración de|"
                r"información de) ?:? (?-i:[A-ZÀ-Þ])[^.!?:]{2,60}[.!]?",
            ),
            "it": (r"(a cura di|intervista di|testo di|montaggio|riprese) ?:? ?(?-i:[A-ZÀ-Þ])[^.!?:]{2,60}[.!]?",),
        },
        part=Part.BEFORE_OR_AFTER,
        longest=90,
        drops=(
            "Das Gespräch führte Anna Hafen.",
            "Redaktionelle Mitarbeit: Anna Hafen",
            "Recherche et rédaction : Anna Port",
        ),
        keeps=("Interview mit dem Kapitän? Niemals, sagte er.",),
    ),
)
