"""Prompts to subscribe, to donate and to get an app, and paywalls."""

from __future__ import annotations

from cleaner.models import Reason
from cleaner.rules.model import Part, Rule, Scope, any_of

_BLOCK, _HEADING = Scope.BLOCK, Scope.HEADING

RULES = (
    Rule(
        id="newsletter-appeal",
        reason=Reason.SUBSCRIBE,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        # An imperative and, later, what the reader gets. "Sign up" alone begins sentences about schools and armies.
        pattern=any_of(
            r"(want (more|to) .{0,80}\? ?|don't miss .{0,60}[.!] ?|stay .{0,60}[.!] ?|"
            r"never miss .{0,60}[.!] ?|like this .{0,40}\? ?|enjoy.{0,60}\? ?)?(click here (to|"
            r"and) )?(please )?(sign[- ]?up|signup|subscribe|register|opt in|enter your e-?mail|join)( here|"
            r" now| today| below| free| for free)?( address)?,?( to| for| and| our| the| below| with| free|"
            r" \d[\d,.]*k?\+?|:) .{0,140}\b(newsletters?|e-?mails?|inbox|mailing list|e-?mail alerts|"
            r"daily briefing|e-?mail list|weekly digest|bulletin|mailbox|push notifications)\b.{0,120}",
            r"(sent|delivered|out|published) (every|each) (week(day)?|day|morning|monday|tuesday|wednesday|"
            r"thursday|friday|saturday|sunday)( (morning|afternoon|evening))?[.!]?",
            r"(get|receive) (a|an|the|our) (daily|weekly|monthly|morning|evening) (recap|roundup|round-up|"
            r"digest|briefing|summary|update) .{2,120}",
            r"(our|the|your) (best|top|biggest|most important|essential) .{0,40}(stories|news|reporting|"
            r"journalism).{0,60}(curated by|delivered|sent|straight|direct(ly)?) .{0,40}(inbox|e-?mail|"
            r"every (morning|day|week\w{0,4})|each (morning|day|week\w{0,4})|our editors)\b.{0,60}",
            r"to stay (up to date|informed|in the loop).{0,60}, (subscribe|sign up|join) .{2,80}",
            r"if you('ve| have)? (enjoyed|liked|like|enjoy|found|loved) (reading )?this (article|story|post|"
            r"newsletter)( .{2,40})?, .{0,60}(subscrib|sign|shar|newsletter|follow|forward).{2,100}",
            r"our (free |daily |weekly |morning )?newsletter (brings|delivers|gives|keeps|offers|"
            r"rounds) .{2,120}",
            r"(get|receive) breaking news (alerts?|e-?mails?|notifications|updates|on your|in your|sent|"
            r"delivered).{0,80}",
            r"you('re| are) reading (a free article|.{2,40} newsletter).{0,120}",
        ),
        longest=320,
        drops=(
            "Sign up for our morning newsletter and never miss a tide.",
            "Subscribe to get the latest posts sent to your email.",
            "Join 5,000 readers and get [our newsletter] every Friday",
            "Delivered every weekday morning.",
            "Get a weekly recap of the biggest stories on the coast.",
            "The most important stories of the day, curated by our editors.",
            "If you enjoyed this article, please share it with a friend.",
            "Get breaking news alerts on your phone.",
        ),
        keeps=(
            "Subscribers to the newsletter lost their savings when the company went under.",
            "Sign up sheets for the evacuation hung in every shop.",
            "Delivered every Monday morning, the fish had sold out by ten.",
            "If you enjoyed the old pier, the council has bad news for you.",
        ),
    ),
    Rule(
        id="get-in-inbox",
        reason=Reason.SUBSCRIBE,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        pattern=any_of(
            r"(get|receive|have) .{3,120} ((delivered|sent|straight|direct|directly|right)( (straight|right|"
            r"directly|direct))? )?(in|to|into) your (e-?mail )?(inbox|e-?mail|mailbox).{0,120}",
            r"(get|receive) (the |our |my |a )?.{0,60}\b(newsletter|email updates|e-?mail alerts|"
            r"latest (news|updates|posts|articles))\b.{0,60}",
        ),
        longest=260,
        drops=("Get the best stories of the week delivered to your inbox.", "Receive our weekly newsletter"),
        keeps=("Getting the newsletter to print took the pupils a year.",),
    ),
    Rule(
        id="sign-up-for-news",
        reason=Reason.SUBSCRIBE,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        # Asks readers to sign up for something that comes by e-mail.
        pattern=any_of(
            r"(sign up|subscribe|register)( now| here| today| below| free| for free)? (for|"
            r"to) .{0,140}\b(news|recap|updates?|alerts|deals|tips|insights|offers|recipes|stories|briefing|"
            r"digest)\b.{0,140}",
            r".{2,240}(?<=[.!?,-] )subscribe (now|today|here)[.!]?",
        ),
        longest=320,
        drops=(
            "Sign up for breaking news, reviews and the week's best deals.",
            "Independent reporting for the coast needs you - subscribe now!",
        ),
        keeps=(
            "Signing up for news of the missing took her all night.",
            "Few subscribe today, fewer than the paper needs.",
        ),
    ),
    Rule(
        id="newsletter-form",
        reason=Reason.SUBSCRIBE,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl ru ja zh".split()),
        pattern=any_of(
            r"(enter |type )?(your )?e-?mail( address)?( here)? ?\*?( ?\(required\))?( ?\.\.\.)?",
            r"no spam.{0,40}",
            r"we (don't|won't|never|do not|will never) (send )?spam.{0,60}",
            r"(you can )?(unsubscribe|opt[- ]out|cancel) (at )?any ?time.{0,60}",
            r"by (signing up|subscribing|submitting|entering|providing|registering|clicking|joining|"
            r"checking).{0,60} (you|i) (agree|accept|consent|acknowledge|are agreeing|confirm|will receive|"
            r"may receive|also agree|understand).{0,240}",
            r"(i|you) (agree|consent) to (receive|the (terms|privacy)|be contacted|our|your).{0,160}",
            r"(thanks?|thank you)( so much)? for (subscribing|signing up|joining|registering|"
            r"your subscription|your submission).{0,100}",
            r"(please )?check your (inbox|e-?mail)( or spam folder)?.{0,80}",
            r"(please )?enter a valid e-?mail.{0,40}",
            r"(thank you! your submission has been received!|oops! something went wrong.{0,60})",
            r"(an error occurred|something went wrong).{0,20}please try again.{0,40}",
            r"join (over )?[\d,.]+[km]?\+? (other )?(subscribers|readers|followers|people|others|"
            r"members).{0,80}",
            r"this site is protected by (re|h)captcha.{0,120}",
            r"(leave this field (empty|blank).{0,40})",
            r"first name ?\*?",
            r"last name ?\*?",
            r"(ihre )?e-?mail[- ]?adresse( eingeben)? ?\*?",
            r"(votre )?(adresse )?(e-?mail|courriel)",
            r"(tu )?(correo electrónico|e-?mail)",
            r"(seu )?e-?mail",
            r"(la tua )?e-?mail",
            r"(je |uw )?e-?mail(adres)?",
            r"(ваш )?(e-?mail|адрес электронной почты)",
            r"メールアドレス",
            r"(电子)?邮箱(地址)?",
            r"(please )?(enter|provide|type|use) (a|your) (valid )?e-?mail( address)?[.!]?",
            r"(thank you|thanks) for (signing up|subscribing|registering)( to .{2,60})?[.!]?",
            r"(you are|you're) (now )?(subscribed|signed up|in)( to .{2,60})?[.!]?( look for .{2,80})?",
            r"you have successfully (joined|subscribed).{0,60}",
            r"(your )?(newsletter )?(sign-?up|subscription|registration) (was|is) successful[.!]?",
            r"(sorry,? )?(an error (has )?occurred|there was (a problem|an error)|"
            r"something went wrong)[.!,]?( (and )?(please )?try again( later)?[.!]?)?",
            r"(vielen dank|danke) für (ihre|deine) (anmeldung|registrierung)[.!]?",
            r"bitte (geben sie|gib) (hier )?(eine gültige|ihre|deine) e-?mail-?adresse (ein|an)[.!]?",
            r"(es ist )?(leider )?(ist )?(ein )?fehler (ist )?aufgetreten[.!,]?( bitte versuche?n? (sie "
            r")?es (später|in kürze|noch ?mal|erneut).{0,20})?",
            r"merci (pour|de) votre inscription[.!]?",
            r"(veuillez|merci de) (saisir|entrer|renseigner) (une|votre) adresse (e-?mail|mail|"
            r"électronique)( valide)?[.!]?",
            r"(por favor,? )?(introduce|introduzca|ingresa|ingrese) (un|tu|su) (e-?mail|"
            r"correo( electrónico)?)( válid[oa])?[.!]?",
            r"gracias por (suscribirte|registrarte|tu registro)[.!]?",
            r"inserisci (un|il tuo|la tua) (indirizzo )?e-?mail( valid[oa])?[.!]?",
            r"grazie per (l'iscrizione|esserti iscritto)[.!]?",
            r"(full|first|last|company|business|your) name",
            r"phone( number)?",
            r"job title",
            r"your message",
            r"submit( form| now| comment)",
            r"(all )?fields (marked )?(with )?.{0,20}(are )?(required|mandatory)[.!]?",
            r"\* ?(indicates|denotes|=)? ?required( fields?)?",
            r"indicates required( fields?)?",
            r"(please )?(fill|complete|fill in) (out |in )?(the|this|our) (short |quick |"
            r"simple )?form( below)?( to .{2,80})?[.!]?",
            r"(create|open) (a|your) (free )?account",
            r"no credit card (required|needed)[.!]?",
            r"forgot (your )?(password|username)\??",
        ),
        longest=300,
        drops=(
            "Enter your email address…",
            "By signing up you agree to our [Terms] and [Privacy Policy].",
            "Unsubscribe at any time.",
            "Ihre E-Mail-Adresse",
            "You're in! Look for our next email soon.",
            "Bitte geben Sie eine gültige E-Mail-Adresse ein.",
            "Sorry, there was a problem.",
            "Fill out the form below to get started.",
            "Phone number",
            "No credit card required",
        ),
        keeps=(
            "Your email was in the trove, the investigators told her.",
            "By signing the treaty, both sides agree to talk.",
            "Something went wrong at the lock, and the harbour master tried again.",
            "Fill out the form and bring it to the town hall, the clerk told them twice.",
        ),
    ),
    Rule(
        id="newsletter-note",
        reason=Reason.SUBSCRIBE,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        # Messages of a form before and after it is sent, and lines around it.
        pattern=any_of(
            r"there was an error,? please .{2,60}",
            r"a welcome e-?mail is on its way.{0,100}",
            r"the next issue of .{2,60} will soon be in your inbox\.?",
            r"we encountered an issue signing you up.{0,60}",
            r"interested in (more|other) newsletters\?.{0,60}",
            r"i would like to (be emailed|receive) .{2,160}",
            r"be the first to get breaking news.{0,60}",
            r"for (the latest|more) (news|updates|stories)[^.]{0,60}, (follow|visit|check|download|sign up|"
            r"subscribe|go to|click) .{2,80}",
            r"keep up with all the latest .{2,120} by following .{2,40}",
            r"(manage|get|create) (my |your )?(alerts|notifications|email alerts)",
            r"follow (topics|this topic|these topics)",
            r"for more (information|details) (about|on) how we (use|process|handle|protect) your (data|"
            r"information|details).{0,80}",
            r"(we )?(respect|value) your (privacy|inbox)[.!]?( .{0,60})?",
            r"we (hate|don't like|never|won't|will never|promise not to) (send (you )?)?(spam|share|"
            r"sell).{0,60}",
            r"we'll never (share|sell|spam) .{2,60}",
            r"(join|be part of) (our|the) (community|mailing list|tribe)[.!]?",
            r"get (new|our latest|the latest) (posts|articles|stories) (by|via|in) .{2,30}",
            r"don't miss out[.!]?",
        ),
        longest=360,
        drops=(
            "A welcome email is on its way. If you don't see it, please check your junk folder.",
            "For the latest news, follow us on Facebook",
            "Manage alerts",
            "For more information about how we use your data read our privacy notice",
            "We respect your privacy. Unsubscribe at any time.",
            "We'll never share your email.",
        ),
        keeps=(
            "There was an error in the count, and the mayor asked for a new one.",
            "For more information about the ferries, ask at the quay.",
            "We respect your choice, said the mayor.",
        ),
    ),
    Rule(
        id="form-message",
        reason=Reason.SUBSCRIBE,
        scope=_BLOCK,
        languages=frozenset("en de fr es it pt nl".split()),
        # Labels, consents and answers of forms in other languages, and some that the English rules lack.
        pattern=any_of(
            r"(this|dieses|ce|este|questo|dit) (field|feld|champ|campo|veld) (is|ist|est|es|é|è) (required|"
            r"erforderlich|obligatoire|obligatorio|obbligatorio|obrigatório|verplicht|"
            r"for validation purposes.{0,60})[.!]?",
            r"pflichtfeld(er)?",
            r"success! (you|your|thank) .{2,60}",
            r"whoops!? (there|something|an error) .{2,60}",
            r"(please )?check your (inbox|e-?mail).{2,60}confirm.{0,60}",
            r"bitte bestätigen sie (ihre|die) (e-mail-adresse|anmeldung).{0,60}",
            r"sie erhalten in kürze eine .{2,40}",
            r"ich (stimme zu|willige ein|bin damit einverstanden), dass .{2,120}",
            r"ich habe die datenschutz.{2,60}",
            r"es gelten (die|unsere) (datenschutz|nutzungs|allgemeinen).{2,60}",
            r"mit dem (abschicken|absenden|klick).{2,120}",
            r"your (information|data|details|e-?mail)( address)? will (only |not )?be (used|shared|"
            r"processed|stored).{2,120}",
            r"by (signing up|subscribing|registering),? you (agree|will|consent|accept|confirm).{2,160}",
            r"(yes[,!] )?(i would like|i'd like|i want|i'm okay|i agree) (to (receive|get|subscribe)|"
            r"with getting) .{2,120}",
            r"en (vous inscrivant|cliquant sur .{2,24}),? vous acceptez .{2,100}",
            r"votre adresse (e-?mail|mail) est utilisée .{2,100}",
            r"al (suscribirte|registrarte),? aceptas .{2,100}",
            r"(passwort vergessen|mot de passe oublié|has olvidado tu contraseña|"
            r"hai dimenticato la password|esqueceu a senha|wachtwoord vergeten) ?\??",
            r"¿has olvidado (tu|la) contraseña\?",
            r"(sign in|log in|continue|register|sign up) with (google|facebook|apple|your e-?mail|email|x|"
            r"twitter)",
            r"mit (google|facebook|apple|e-mail) (anmelden|einloggen|fortfahren)",
            r"se connecter avec (google|facebook|apple)",
            r"(iniciar sesión|continuar) con (google|facebook|apple)",
            r"(you have been|you've been) .{0,14}(logged|signed) (in|out)[.!]?",
            r"(manage|edit) (my|your) (account|subscription|profile|preferences)",
            r"(edit profile|notification settings)",
            r"hier (können sie sich|geht's zur|geht es zur|bitte)? ?(anmelden|anmeldung)[.!]?",
        ),
        longest=240,
        drops=(
            "This field is required",
            "Mit Google anmelden",
            "By signing up, you will create an account and receive offers.",
            "Mot de passe oublié ?",
            "Al suscribirte aceptas los términos y condiciones.",
        ),
        keeps=(
            "This field is planted with rye.",
            "Hier können Sie sich umsehen, sagt der Wirt.",
            "By signing the treaty, the two towns ended a quarrel of forty years.",
        ),
    ),
    Rule(
        id="newsletter-promise",
        reason=Reason.SUBSCRIBE,
        scope=_BLOCK,
        languages=frozenset("en de fr es it pt nl".split()),
        # A promise of a newsletter in a sentence of its own, or the note that readers can unsubscribe.
        pattern=any_of(
            r".{0,80}\bfree[.,]? (and )?(you can )?(unsubscribe|cancel|opt out|leave) (any|at any|"
            r"when).{2,30}",
            r".{0,60}\b(you can|you may) unsubscribe (at any ?time|any ?time|whenever).{0,60}",
            r"one e-?mail (a|per|every) (week|day|month).{0,40}",
            r"no spam[.!,].{2,60}",
            r"(a|your|our|the) (free |daily |weekly |morning |evening )*(dose|look|guide|digest|round-?up|"
            r"briefing|update|e-?mail) [^.!?]{2,60},? (delivered |sent |straight |direct )*(in|"
            r"to) your (inbox|phone|e-?mail)[.!]?",
            r"(get|have) (the|all|our|more) [^.!?]{2,60} (sent|delivered|direct|straight|"
            r"directly) to your .{2,24}",
            r"(get|read|hear) [^.!?]{2,60} (with|in|through|via) our (free |daily |weekly )?(e-?mail|"
            r"newsletter|alerts)s?[.!]?",
            r"everything you need to know [^.!?]{2,60}, in (one|a single) (e-?mail|newsletter)[.!]?",
            r"(stay|keep) (ahead|across|up to date|up|informed)[^.,!?]{0,40}(newsletter|news|notifications|"
            r"headlines|the latest)\b[^.,!?]{0,40}[.!]?",
            r"(don't|never) miss (out on )?(a|an|any|another|the) (story|headline|headlines|update|post|"
            r"thing|issue|article)( (from|of|in|on) [^.!?]{2,40})?[.!]?",
            r"sign up now for [^.!?]{2,80}[.!]?",
            r"(der|unser|dieser) newsletter (ist kostenlos|versorgt|informiert|liefert|bringt|"
            r"erscheint).{2,120}",
            r"(kostenlos|gratis) (und|&) jederzeit .{2,24}",
            r"(sie können|du kannst) (sich|dich|den newsletter|ihn) jederzeit (wieder )?(ab|kündig).{2,40}",
            r"(das wichtigste|die wichtigsten|alles wichtige|das beste)[^.!?]{2,80}(postfach|"
            r"newsletter)\b.{0,20}",
            r"(gratuit et )?sans engagement[.!]?",
            r"(vous pouvez vous )?désin(scrire|scription)( possible)? .{0,4}tout moment[.!]?",
            r"(l'essentiel|le meilleur|toute l'(actualité|info))[^.!?]{2,60}(boîte mail|boîte aux lettres|"
            r"par mail|newsletter|chaque matin|chaque soir)[.!]?",
            r"(es )?(gratis y )?puedes darte de baja .{2,40}",
            r"(lo mejor|las noticias|lo más importante|toda la actualidad)[^.!?]{2,60}en tu (correo|e-?mail|"
            r"móvil|bandeja de entrada)[.!]?",
            r"(puoi|potrai) disiscriverti .{2,40}",
            r"(le notizie|il meglio)[^.!?]{2,60}nella tua (casella|posta|mail).{0,20}",
            r"(você )?pode cancelar .{0,16}qualquer momento[.!]?",
            r"(as principais|as melhores|o melhor)[^.!?]{2,60}no seu (e-?mail|celular|whatsapp)[.!]?",
            r"(gratis en )?(altijd )?opzegbaar[.!]?",
            r"je kunt je (op elk moment|altijd) (weer )?(afmelden|uitschrijven)[.!]?",
        ),
        longest=200,
        drops=(
            "Free, and you can unsubscribe at any time.",
            "Your daily look at the harbour, in your inbox.",
            "Das Wichtigste aus dem Hafen, jeden Morgen in Ihrem Postfach.",
            "Désinscription possible à tout moment.",
            "Puedes darte de baja en cualquier momento.",
            "Das Beste der Woche direkt in Ihr Postfach",
        ),
        keeps=(
            "Free of charge and you can leave the car at the harbour, the flyer says.",
            "Das Wichtigste stand in keinem Brief.",
            "Stay ahead of the tide, the old men say.",
        ),
    ),
    Rule(
        id="subscriber-offer",
        reason=Reason.PAYWALL,
        scope=_BLOCK,
        languages=frozenset("en de fr es it pt nl".split()),
        pattern=any_of(
            r"subscribe (today|now)? ?(and|to) (get|unlock|read|enjoy|receive) .{2,80}",
            r"(special|limited) (time )?offer ?:.{2,80}",
            r"(start|manage) your subscription( now| today)?[.!]?",
            r"try (premium|plus|digital)( for)? .{2,40}",
            r"already (subscribed|registered|a member)\? .{2,40}",
            r"(log|sign) in (or (register|subscribe|sign up) )?to (continue|read on|read more|keep reading|"
            r"unlock)( reading)?( .{2,40})?[.!]?",
            r"to (read|continue reading|unlock) (the|this) (full |rest of the |whole )?(story|"
            r"article)( in full)?, .{2,60}",
            r"the rest of this (article|story) is .{2,60}",
            r"this is your last free .{2,40}",
            r"you have .{1,12} free (articles|stories) .{2,40}",
            r"dieser (artikel|beitrag|text) ist (teil unseres|exklusiv|nur|ausschließlich) .{0,24}(angebot|"
            r"abonnent|premium|plus|abo|mitglieder).{0,40}",
            r"(diesen artikel )?weiterlesen mit .{2,40}",
            r"jetzt .{2,24}-?mitglied werden",
            r"zum abo(-shop)?",
            r"abo abschließen",
            r"(testen sie|teste) (uns|.{2,30}) .{0,24}(kostenlos|gratis|für).{0,40}",
            r"\d{1,2} (wochen|tage|monate?) (kostenlos|gratis|für .{2,12}) (testen|lesen)[.!]?",
            r"(jetzt )?(für|ab) (nur )?\d[\d,.]{0,4} ?(€|euro) .{0,20}(testen|lesen).{0,20}",
            r"sie haben noch kein (abo|konto|abonnement)\?( .{2,60})?",
            r"sie sind (bereits|schon) abonnent(in)?\?( .{2,60})?",
            r"cet article est réservé (à nos|aux) abonnés[.!]?",
            r"pour (lire|continuer|accéder)[^.!?]{2,60}, abonnez-vous.{0,40}",
            r"abonnez-vous (pour|à partir de|dès) .{2,30}",
            r"profitez de (notre|nos|l'|cette) ?offre.{0,60}",
            r"essayez gratuitement.{0,40}",
            r"(vous êtes|vous n'êtes pas) (déjà|encore) abonné(e|\(e\))? ?\?( .{2,60})?",
            r"suscríbete (por|desde|a(?! .{0,12}\b(newsletter|bolet[ií]n|boletines|canal)\b)) .{2,40}",
            r"prueba (gratis|gratuita)( .{2,30})?",
            r"¿(aún|todavía) no eres suscriptor\?( .{2,60})?",
            r"abbonati a (partire da|soli|\d).{0,30}",
            r"assine (por|a partir de|já) .{2,30}",
            r"nog geen abonnee\?( .{2,60})?",
        ),
        longest=160,
        drops=(
            "Subscribe today and get unlimited access",
            "Testen Sie uns 4 Wochen kostenlos",
            "Pour lire la suite, abonnez-vous",
            "¿Aún no eres suscriptor?",
            "Dieser Artikel ist exklusiv für Abonnenten",
        ),
        keeps=(
            "To read the full story of the ferry, one has to go to the archive.",
            "Dieser Artikel ist nur dreimal im Gesetz erwähnt.",
        ),
    ),
    Rule(
        id="subscribe-label",
        reason=Reason.SUBSCRIBE,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl sv no da fi pl cs hu ro ru uk tr zh ja ko ar el id vi hi".split()),
        pattern=any_of(
            r"(our |free |the |daily |weekly |e-?mail )?newsletters?( ?signup| sign[- ]up| subscription)?",
            r"(subscribe|sign up|signup|join|register)( now| today| here| for free| free| us| below)?!?",
            r"(sign up|subscribe|register|join) (to|for) (our |the |my |free )?(daily |weekly |free |email |"
            r"e-mail )?(newsletters?|e-?mails?( updates)?|updates|mailing list|blog|alerts)( now| today|"
            r" here| below| via email)?!?",
            # "Subscribe to continue reading" is a paywall prompt: see `subscriber-only`.
            r"subscribe (to(?! (continue|keep|read|unlock|access|view|get access|see|finish)\b)|for|via|by|with) "
            r".{2,50}",
            r"stay (informed|updated|connected|in the (loop|know)|up[- ]to[- ]date|tuned|in touch)!?",
            r"never miss (a|an) (story|post|article|update|thing|beat|episode|issue)!?( again)?",
            r"get (the latest|our) (news|updates|stories|posts|newsletter)( .{2,40})?",
            r"subscribed?",
            r"already have a wordpress\.com account\? log in now\.?",
            r"like this",
            r"like loading",
            r"loading",
            r"(jetzt )?(newsletter )?(abonnieren|anmelden|bestellen)",
            r"(unseren |den |zum )?newsletter( jetzt)? (abonnieren|bestellen|anmelden|anmeldung)",
            r"zum newsletter( anmelden)?",
            r"jetzt (kostenlos )?(registrieren|anmelden|abonnieren|bestellen|testen)",
            r"abo(nnement)?( bestellen| abschließen)?",
            r"(s'|je m'|m'|abonnez-vous|s'abonner|inscrivez-vous|je m'inscris)( ?inscrire| ?abonner|"
            r" ?abonne)?( (à|a) (la|notre|nos|cette) (newsletter|infolettre|newsletters|"
            r"lettre)( .{2,40})?)?!?",
            r"(notre |nos |la )?infolettre",
            r"(suscríb(ete|ase)|suscribirse|suscribirme|regístrate|apúntate)( ahora| gratis| aquí)?( (a|"
            r"al) (nuestr[oa] |la |el )?(newsletter|boletín|boletines|canal)( .{2,40})?)?!?",
            r"boletín(es)?( informativo)?",
            r"(inscreva-se|assine|cadastre-se|assinar)( já| agora| aqui| grátis)?( (na|a|nossa|"
            r"em) (nossa )?(newsletter|canal)( .{2,40})?)?!?",
            r"boletim( informativo)?",
            r"(iscriviti|abbonati|registrati)( ora| subito| gratis| qui)?( (alla|al) (nostra |"
            r"nostro )?(newsletter|canale)( .{2,40})?)?!?",
            r"(schrijf je (nu )?in|abonneer( je)?|meld je aan|aanmelden|inschrijven|abonneren|"
            r"word abonnee)( nu)?( (voor|op) (onze|de) nieuwsbrief( .{2,40})?)?!?",
            r"nieuwsbrief(ven)?",
            r"prenumerera( nu| på .{2,40})?",
            r"anmäl dig( till .{2,40})?",
            r"nyhetsbrev",
            r"bli prenumerant",
            r"abonner( nå| nu)?",
            r"meld deg på( .{2,40})?",
            r"tilmeld dig( .{2,40})?",
            r"bestill abonnement",
            r"nyhedsbrev(e)?",
            r"uutiskirje",
            r"tilaa( uutiskirje)?",
            r"(zapisz się|subskrybuj|zasubskrybuj|prenumeruj|dołącz)( teraz)?( (do|"
            r"na) (naszego )?(newslettera?|kanału?)( .{2,40})?)?!?",
            r"přihlaste se( .{2,40})?",
            r"odebírat( novinky)?",
            r"(feliratkozás|iratkozz fel|iratkozzon fel)( .{2,40})?",
            r"hírlevél",
            r"abonează-te( .{2,40})?",
            r"abonare",
            r"(подпи(шитесь|сывайтесь|саться|ска)|подпишись)( (на|в) .{2,50})?!?",
            r"рассылка",
            r"(підпи(шіться|суйтесь|сатися|ска)|підписуйтеся)( (на|в) .{2,50})?!?",
            r"(bültene |bültenimize |e-bültene )?(abone ol(un)?|kayıt ol(un)?|üye ol(un)?)!?",
            r"e-?bülten",
            r"εγγραφείτε( .{2,40})?",
            r"εγγραφή( .{2,40})?",
            r"(订阅|訂閱|免费订阅|立即订阅|訂閱電子報|电子报|電子報|订阅(我们的)?(邮件|通讯|新闻))",
            r"(メールマガジン|メルマガ|ニュースレター)(の)?(登録|購読|を登録|に登録)?(する)?",
            r"(無料)?(会員)?登録(する|はこちら)?",
            r"購読(する|はこちら)",
            r"구독(하기)?",
            r"뉴스레터( 구독)?",
            r"(اشترك|اشتركي?)( الآن)?( (في|معنا|ب).{2,40})?",
            r"النشرة البريدية",
            r"النشرة الإخبارية",
            r"berlangganan( .{2,40})?",
            r"đăng ký( .{2,40})?",
            r"(न्यूज़लेटर|सब्सक्राइब करें)",
        ),
        longest=100,
        drops=(
            "Subscribe",
            "Subscribe to The Harbour Post",
            "Newsletter abonnieren",
            "Inscrivez-vous à notre newsletter",
            "Suscríbete a nuestro boletín",
            "Assine nossa newsletter",
            "Iscriviti alla newsletter",
            "Schrijf je in voor onze nieuwsbrief",
            "Prenumerera",
            "Meld deg på nyhetsbrevet",
            "Tilmeld dig nyhedsbrevet",
            "Zapisz się do newslettera",
            "Přihlaste se k odběru",
            "Feliratkozás",
            "Подпишитесь на рассылку",
            "Підписуйтесь на наш канал",
            "Bültene abone ol",
            "Εγγραφείτε στο newsletter",
            "订阅",
            "メルマガ登録",
            "구독하기",
            "اشترك في النشرة البريدية",
            "Đăng ký nhận bản tin",
        ),
        keeps=(
            "Subscribe, she said, and you own a piece of the theatre.",
            "Anmelden müssen sich auch die Gäste der Fähre.",
        ),
    ),
    Rule(
        id="subscribe-label-more-languages",
        reason=Reason.SUBSCRIBE,
        scope=_BLOCK,
        languages=frozenset("af sw is ca eu hr sr bs sk sl bg mk et lv lt sq ms he fa bn th az ka".split()),
        pattern=any_of(
            r"teken in( op .{2,40})?",
            r"(jisajili|jiunge)( .{2,40})?",
            r"(gerast áskrifandi|kaupa áskrift|skráðu þig á póstlistann)",
            r"subscriu-te( .{2,40})?",
            r"harpidetu( .{2,40})?",
            r"pretplati(te)? se( .{2,40})?",
            r"prihlás(te|iť)? sa (na|k) odber(u)?( .{2,30})?",
            r"odoberať( newsletter| novinky)?",
            r"naroči(te)? se( na .{2,40})?",
            r"(абонирай(те)?|претплати(те)?) се( .{2,40})?",
            r"(telli|liitu)( meie)? (uudiskirja|uudiskirjaga|leht|ajaleht)",
            r"(abonē(t|jiet)?|pieteikties) (jaunumus|jaunumiem|ziņas)",
            r"prenumeruo(k|kite|ti)( naujienlaiškį)?",
            r"abonohu(ni)?( .{2,40})?",
            r"langgan(i)? (buletin|surat berita|sekarang)",
            r"(הירשמו|הרשמה|הצטרפו) (לניוזלטר|לעדכונים|לרשימת התפוצה)( .{2,30})?",
            r"(عضویت در خبرنامه|مشترک شوید)",
            r"সাবস্ক্রাইব( করুন)?",
            r"สมัครรับ(ข่าวสาร|จดหมายข่าว)",
            r"abunə ol(un)?",
            r"გამოწერა",
        ),
        longest=80,
        drops=(
            "Subscriu-te al butlletí",
            "Pretplatite se na newsletter",
            "Prihlásiť sa na odber",
            "Naročite se na novice",
            "Абонирайте се за бюлетина",
            "Prenumeruokite naujienlaiškį",
            "הירשמו לניוזלטר",
            "Abunə ol",
        ),
        keeps=("Pretplatite se na strpljenje, poručio je gradonačelnik ribarima koji luku čekaju već godinama.",),
    ),
    Rule(
        id="newsletter-appeal-languages",
        reason=Reason.SUBSCRIBE,
        scope=_BLOCK,
        languages=frozenset("de fr es pt it nl sv no da pl ru tr fi uk zh id hu".split()),
        pattern=any_of(
            r"((melden sie sich|abonnieren sie|bestellen sie|melde dich|abonniere|abonniert|"
            r"registrieren sie sich|jetzt|hier) .{0,120}\bnewsletter\b.{0,120}|"
            r"mit unserem .{0,40}newsletter .{2,80}|unser whatsapp-kanal.{0,80}|(.{2,40}: )?(der|unser|"
            r"dieser) .{0,60}\bnewsletter informiert .{0,240}|.{2,120}\bnewsletter\b.{0,120}\b(hier geht('s|"
            r" es) zur anmeldung|jetzt( kostenlos)? (anmelden|abonnieren))[.!]?|.{2,120}\b(hier|"
            r"jetzt) .{0,60}newsletter (anmelden|abonnieren)[.!]?|mit (der|ihrer) (anmeldung|"
            r"registrierung) .{0,200}|(recevez|abonnez-vous|inscrivez-vous) .{0,120}(newsletters?|"
            r"infolettre|lettres? d'info(rmation)?s?|e-?mail|courriel|boîte mail)\b.{0,120}|(recibe|reciba|"
            r"suscríbete|suscríbase|apúntate) .{0,120}(newsletter|boletín|correo|e-?mail)\b.{0,120}|(receba|"
            r"assine|inscreva-se|cadastre-se) .{0,120}(newsletter|boletim|e-?mail|whatsapp|"
            r"telegram)\b.{0,120}|(ricevi|iscriviti|abbonati) .{0,120}(newsletter|e-?mail|"
            r"casella)\b.{0,120}|(ontvang|schrijf je in|meld je aan|abonneer je) .{0,120}(nieuwsbrief|"
            r"newsletter|inbox|mailbox)\b.{0,120}|(få|prenumerera|anmäl dig|meld deg|tilmeld dig|"
            r"abonner) .{0,120}(nyhetsbrev|nyhedsbrev|inkorg|innboks|indbakke|"
            r"e-?post)[a-zåäöæø]{0,4}\b.{0,100}|(zapisz się|otrzymuj|subskrybuj) .{0,120}(newsletter|"
            r"e-?mail|skrzynk)[a-zęąa]{0,3}\b.{0,100}|(подпишитесь|подписывайтесь|"
            r"получайте) .{0,120}(рассылк|telegram|телеграм|канал|почт|дзен|новост)[а-я]{0,6}\b.{0,100}|"
            r"(bültenimize|bültenine|e-bültene|günlük|haftalık|ücretsiz) .{0,80}(abone|kayıt|üye) ol.{0,60})",
            r"(erhalten sie|erhalte|lesen sie) (täglich|wöchentlich|jeden (morgen|abend|tag|freitag|"
            r"sonntag)|einmal (täglich|pro woche|die woche)) .{0,80}(nachrichten|newsletter|meldungen|"
            r"neuigkeiten|news|themen|geschichten|e-?mail|postfach)\b.{0,80}",
            r"recevez (chaque|tous les) (matin|soir|jour|semaine|lundi|vendredi|matins|jours)s? .{2,120}",
            r"recib[ae] (cada|todos los|todas las) (mañana|día|días|semana|mañanas|"
            r"semanas) .{0,60}(noticias|actualidad|titulares|newsletter|boletín|correo|e-?mail)\b.{0,60}",
            r"(få|saat) [^.!?]{2,60}(innboksen?|inkorgen?|inkorg|indbakken?|e-posten?|mailen?|"
            r"sähköpostiisi)[.!]?",
            r"(meld|anmäl|tilmeld|anmeld) (deg|dig) [^.!?]{0,24}(nyhetsbrev(et)?|"
            r"nyhedsbrev(et)?)( .{0,24})?[.!]?",
            r"(du )?kan (melde deg av|avsluta [^.!?]{2,30}|afmelde dig) (når som helst|när som helst|"
            r"når du vil)[.!]?",
            r"tilaa uutiskir.{2,20}",
            r"(najważniejsze|najlepsze) [^.!?]{2,60}(skrzynkę|e-maila?|newsletter.{0,4})[.!]?",
            r"możesz zrezygnować w każdej chwili[.!]?",
            r"(bądź|być) na bieżąco.{0,60}",
            r"dołącz do (subskrybentów|nas|grona).{0,40}",
            r"ne maradjon le .{2,40}",
            r"розсилка новин",
            r"главное за день",
            r"加入會員",
            r"dapatkan berita terbaru.{0,60}",
        ),
        longest=300,
        drops=(
            "Melden Sie sich hier für unseren Newsletter an.",
            "Ausgeh-Tipps für die Küste: Hier kostenlos für den Hafen-Newsletter anmelden!",
            "Recevez chaque matin notre newsletter dans votre boîte.",
            "Recevez notre lettre d’information chaque matin.",
            "Recibe cada mañana nuestra newsletter.",
            "Получайте главные новости в нашем Telegram-канале.",
            "Recevez chaque matin l'essentiel de l'actualité",
            "Få de viktigste nyhetene rett i innboksen",
            "Możesz zrezygnować w każdej chwili.",
        ),
        keeps=(
            "Der Newsletter der Partei, so das Gericht, war unzulässig.",
            "Für den Newsletter der Partei konnte sich jeder anmelden.",
            "Получайте ответ мэра: порт закрыт.",
            "Recevez chaque matin, dit-il, la marée comme elle vient.",
            "Få de siste ut av huset, sa brannsjefen.",
            "Bądź na miejscu przed świtem, powiedział.",
        ),
    ),
    Rule(
        id="discover-more-from",
        reason=Reason.SUBSCRIBE,
        scope=_HEADING,
        languages=frozenset({"en"}),
        # The heading of Jetpack's subscribe box; the name of the site follows.
        pattern=r"discover more from .{2,100}",
        unfinished=True,
        longest=140,
        drops=("Discover more from The Harbour Post",),
        keeps=("Discover more from the museum's own archive, which opens its doors on Sunday.",),
    ),
    Rule(
        id="in-your-inbox",
        reason=Reason.SUBSCRIBE,
        scope=_HEADING,
        languages=frozenset("en de fr es it nl sv no da".split()),
        # The heading of a newsletter box.
        pattern=any_of(
            r".{2,60} ((straight|direct|directly|right|delivered) )?(in|to|into) your (inbox|mailbox)",
            r".{2,60} (direkt )?in (dein|ihr)(em|en)? (e-?mail-?)?(postfach|posteingang)",
            r".{2,60} dans (votre|ta) boîte (mail|de réception)",
            r".{2,60} en (tu|su) (correo|bandeja de entrada)",
            r".{2,60} nella tua casella( di posta)?",
            r".{2,60} in je (inbox|mailbox)",
            r".{2,60} i (din|deres) (inbox|inkorg|innboks|indbakke)",
        ),
        unfinished=True,
        # Inside an article, it may be the heading of a section about such mail.
        part=Part.BEFORE_OR_AFTER,
        longest=90,
        drops=("The Harbour Post in your inbox", "Das Beste der Woche in Ihrem Posteingang"),
        keeps=("There is a dead fish in your inbox, the message said.",),
    ),
    Rule(
        id="subscriber-only",
        reason=Reason.PAYWALL,
        scope=_BLOCK,
        languages=frozenset("en de fr es it nl sv no ja zh".split()),
        pattern=any_of(
            r"(already|are you) (a|an) (subscriber|member)\b.{0,60}",
            r"(already )?have an account\?.{0,60}",
            r"(this|the) (article|content|story|post|video|page) is (only )?(for|available (only )?to|"
            r"reserved for|exclusive to|free for) .{0,40}(subscribers|members|readers).{0,60}",
            r"(subscribe|sign up|log ?in|sign in|register|create (a|an) (free )?account|become a (member|"
            r"subscriber)|subscribe now)( now| today| for free)? to (continue|keep|read|unlock|access|view|"
            r"get access|see|finish).{0,140}",
            r"to (continue|keep) reading.{0,120}",
            r"(you have|you've) (reached|read|used|run out).{0,60}(articles?|limit).{0,60}",
            r"(for )?(subscribers|members|premium)[- ]only( content| article)?",
            r"unlock (this|the (full )?|unlimited|full) ?(article|story|access|content|post|archive).{0,60}",
            r"(start|begin) your (free )?trial.{0,40}",
            r"free trial",
            r"(subscribe|cancel|access|save|start) .{0,40}(for (only|just)|from) [$€£]\d.{0,60}",
            r"(get )?(unlimited|full) (digital )?access .{0,80}(subscri|month|week|digital).{0,60}",
            r"you have \d{1,2} (free )?(articles?|stories|story) (remaining|left)\b.{0,60}",
            r"(jetzt )?(registrieren|anmelden) und weiterlesen",
            r"jetzt weiterlesen( .{2,40})?",
            r"(haben sie|sie haben|du hast|hast du) (schon|bereits) ein (abo|abonnement|konto)\?.{0,60}",
            r"la suite est réservée aux abonnés.{0,40}",
            r"(weiterlesen|lesen sie weiter|jetzt) (mit|im|mit dem) .{0,40}(abo|abonnement|plus|"
            r"premium)\b.{0,80}",
            r"(dieser|der) (artikel|inhalt|beitrag) ist (nur )?(für|exklusiv|kostenpflichtig).{0,80}",
            r"(sie sind )?bereits (abonnent|registriert|kunde|abonniert)\b.{0,60}",
            r"(cet |l')?(article|contenu) (est )?réservé aux (abonnés|membres).{0,60}",
            r"déjà abonné.{0,60}",
            r"il vous reste .{0,40}(à lire|de cet article).{0,60}",
            r"(contenido|artículo) (exclusivo|solo|sólo)? ?(para|de) suscriptores.{0,40}",
            r"¿?ya eres suscriptor.{0,40}",
            r"contenuto riservato agli abbonati.{0,40}",
            r"sei già abbonato.{0,40}",
            r"(dit artikel is )?(exclusief|alleen) voor abonnees.{0,60}",
            r"al abonnee\?.{0,40}",
            r"redan prenumerant.{0,40}",
            r"allerede abonnent.{0,40}",
            r"この(記事|コンテンツ)は(有料)?(会員|登録会員|購読者)限定.{0,60}",
            r"有料会員(になると|限定|登録).{0,80}",
            r"残り\d+文字.{0,40}",
            r"この記事の続きを.{0,40}",
            r"本文[为為]付[费費]内容.{0,20}",
            r"[继繼][续續][阅閱][读讀].{0,10}(订阅|訂閱|会员|會員).{0,20}",
            r"(unlimited access\. )?cancel (anytime|at any time)[.!]?",
            r"not (yet )?a subscriber( yet)?\? .{2,60}",
            r"keep reading with a (free|7-day|30-day) .{2,40}",
            r"this (story|article|content|post|video|podcast) is (available )?(exclusively|"
            r"only) (available )?(to|for) .{0,40}(subscribers|members|readers)[.!]?",
            r"(jederzeit|monatlich|täglich|wöchentlich) kündbar[.!]?",
            r"est[ae] (noticia|artículo|contenido|información) es (exclusiv[oa]|solo) para suscriptores[.!]?",
        ),
        longest=240,
        drops=(
            "Already a subscriber? [Log in]",
            "Subscribe to continue reading",
            "Der Artikel ist kostenpflichtig",
            "この記事は会員限定です。",
            "This story is available exclusively to Harbour Post subscribers.",
            "Jederzeit kündbar",
        ),
        keeps=(
            "To continue, the project needs ninety million euros a year.",
            "The subscriber list was for sale.",
            "This pier is available exclusively to members of the rowing club.",
        ),
    ),
    Rule(
        id="subscriber-only-languages",
        reason=Reason.PAYWALL,
        scope=_BLOCK,
        languages=frozenset("de fr es it pt nl sv no da fi pl cs ru tr ja zh".split()),
        pattern=any_of(
            r"(exklusiv|nur) für abonnent(en|innen und abonnenten)",
            r"mit .{1,14} weiterlesen",
            r"zugang zu allen .{2,30}(beiträgen|artikeln|inhalten)",
            r"für diese funktion müssen sie (angemeldet|eingeloggt) sein.{0,40}",
            r"(den )?vollständigen artikel lesen",
            r"cet article vous est offert.{0,60}",
            r"pour lire .{2,80}(connectez|identifiez)-vous",
            r"(connectez|identifiez)-vous pour (lire|continuer|accéder).{0,60}",
            r"(regístrate|suscríbete|inicia sesión|identifícate)( gratis)? para (seguir|"
            r"continuar) leyendo.{0,40}",
            r"si tienes cuenta .{2,40}inicia sesión.{0,20}",
            r"esta funcionalidad es s[oó]lo para suscriptores",
            r"contenido exclusivo( para suscriptores)?",
            r"(accedi|abbonati|registrati) per (continuare a )?leggere.{0,40}",
            r"hai già un abbonamento\?.{0,30}",
            r"(assine|faça login|cadastre-se) para (ler|continuar).{0,40}",
            r"conteúdo exclusivo( para assinantes)?",
            r"já é assinante\?.{0,40}",
            r"(log in|meld je aan|word abonnee) om (verder )?te lezen.{0,40}",
            r"verder lezen\?",
            r"(logga in|bli prenumerant|prenumerera) för att läsa.{0,40}",
            r"bli prenumerant",
            r"(logg inn|bli abonnent|kjøp abonnement)( for å lese.{0,40})?",
            r"(log ind|bliv abonnent|køb abonnement)( for at læse.{0,40})?",
            r"vain tilaajille",
            r"(kirjaudu|tilaa) .{0,30}lukeaksesi.{0,40}",
            r"(zaloguj się|wykup dostęp|kup subskrypcję),? (aby|by|i) czyta(ć|j).{0,30}",
            r"(tylko|artykuł|treść) dla (prenumeratorów|subskrybentów)",
            r"(přihlaste se|předplaťte si)( a| pro) (čt|pokrač).{2,40}",
            r"(jen|pouze) pro předplatitele",
            r"(вход|только) для подписчиков",
            r"(войдите|оформите подписку),? чтобы (читать|продолжить).{0,40}",
            r"okumaya devam etmek için .{2,60}",
            r"(les|läs|læs) hele?a? (saken|artikkelen|artikeln|artiklen) (med|som|ved) .{2,30}",
            r"(denne|den här|denna) (saken|artikkelen|artikeln|artiklen) (er|är) (kun |bare |endast |"
            r"bara )?(for|låst|för|til) ?(abonnenter|prenumeranter|medlemmer|medlemmar)?[.!]?",
            r"artiklen er (kun )?for abonnenter[.!]?",
            r"tämä (artikkeli|juttu) on (vain )?tilaajille[.!]?",
            r"artykuł (jest )?dostępny (tylko )?dla .{2,30}",
            r"czytaj dalej z .{2,30}",
            r"masz już konto\? .{2,30}",
            r"článek je (pouze |jen )?pro předplatitele.{0,20}",
            r"続きを読むには.{2,40}",
            r"ログインして続きを読む.{0,10}",
            r"(請先登入|请先登录|登录后.{2,10}|登入後.{2,10})",
        ),
        longest=160,
        drops=(
            "Exklusiv für Abonnenten",
            "Pour lire gratuitement cet article réservé aux abonnés, connectez-vous",
            "Regístrate gratis para seguir leyendo",
            "Accedi per continuare a leggere",
            "Assine para ler",
            "Log in om verder te lezen",
            "Logga in för att läsa vidare",
            "Logg inn for å lese videre",
            "Køb abonnement",
            "Zaloguj się, aby czytać dalej",
            "Вход для подписчиков",
            "Läs hela artikeln som prenumerant",
            "Artykuł dostępny tylko dla prenumeratorów",
        ),
        keeps=(
            "Mit dem Roman in der Hand wollte keiner weiterlesen.",
            "Contenido exclusivo para ricos: así llamó el alcalde al puerto.",
            "Läs hela artikeln i tidningen från 1987, rådde han.",
        ),
    ),
    Rule(
        id="donate-appeal",
        reason=Reason.DONATE,
        scope=_BLOCK,
        languages=frozenset({"en"}),
        pattern=any_of(
            r"(please )?(donate|give|contribute|make a (tax-deductible )?(donation|gift|"
            r"contribution))( (now|today|here|monthly|once))?( to (us|support .{2,60}|our .{2,60}|"
            r"help .{2,60}))?!?",
            r"(please )?(support|help|help us|fund|sustain|back) (us|our|independent|quality|local|this|"
            r"nonprofit|non-profit|investigative|fearless|free|public|trusted) ?(site|website|work|"
            r"journalism|reporting|news|newsroom|mission|publication|blog|podcast|media|press|journalists|"
            r"nonprofit newsroom|independent .{2,30})?( .{0,60}(donat|contribut|subscri|member|support|by |"
            r"today|now).{0,80})?!?",
            r"(please )?consider (making a (donation|contribution|gift)|becoming a (member|patron|"
            r"subscriber|supporter|paid)|donating|supporting (us|our|independent|the)|subscribing|"
            r"a donation).{0,160}",
            r"(become|be) a (member|patron|supporter|sustaining member|sustainer|friend|"
            r"paid subscriber)( today| now| of .{2,40}| and .{2,80}| for .{2,40})?[.!]?",
            r"(if you )?(like|enjoy|value|appreciate)(ed)? (what you|this|our|the) (read|article|story|post|"
            r"piece|content|work|reporting|site|see|journalism|coverage|just read).{0,160}",
            r"enjoyed this (piece|article|story|post)\?.{0,120}",
            r"buy (me|us) a (coffee|beer|ko-fi|tea).{0,40}",
            r"(we|our newsroom|our journalism) (need|rel(y|ies)|depends?) (on )?(you|your (help|support|"
            r"donations?|contributions?)|readers like you|our readers).{0,160}",
            r"(your|every) (donation|contribution|gift|support|subscription)s? .{0,20}(help|make|keep|go|"
            r"allow|enable|ensure|is tax|are tax|matter|support|fund).{0,160}",
            r"support (us|our work|our journalism|the show)( on patreon| now| today| here)?",
            r"(make|give) a (one-time|one-off|monthly|single|recurring) (contribution|donation|gift)( (now|"
            r"today))?[.!]?",
            r"(please )?help (us )?(to )?keep (our|this|local|independent) (journalism|reporting|news|site|"
            r"work) (free|alive|going|independent|strong|running).{0,60}",
            r"(from|for) as little as [$£€]\d+( a month)?,? you can .{2,80}",
        ),
        longest=300,
        drops=(
            "Donate now",
            "Support our journalism by making a donation today.",
            "Enjoyed this piece? We need your help to keep publishing.",
            "Make a one-time contribution",
            "Help us keep our journalism free for everyone.",
            "From as little as £1 you can support us.",
        ),
        keeps=(
            "Support the bridge with steel, the engineers had urged.",
            "Donate blood, the hospital asked, and four hundred came.",
            "Help us keep our harbour clean, the children wrote.",
        ),
    ),
    Rule(
        id="donate-appeal-languages",
        reason=Reason.DONATE,
        scope=_BLOCK,
        languages=frozenset("de fr es pt it nl sv pl ru uk ja zh".split()),
        pattern=r"((jetzt )?(spenden|unterstützen|fördermitglied werden|mitglied werden|abo abschließen)( sie uns)?!?|"
        r"(bitte )?(unterstützen sie|unterstütze|unterstützt) (uns|unsere[nm]?|unabhängigen|die|"
        r"den) .{0,160}(spende|journalismus|arbeit|abo|beitrag|mitglied|förder|redaktion).{0,120}|"
        r"(ihnen|dir) (gefällt|hat) (dieser|der|unser|was) .{0,160}|"
        r"wenn (ihnen|dir) (dieser|der|unser) (artikel|beitrag|text) gef(ä|a)ll.{0,160}|"
        r"(hat|gefällt) (ihnen|dir|euch) (dieser|der|unser) (artikel|beitrag|text).{0,20}\? .{0,60}(spende|unterstütz|"
        r"mitglied).{0,160}|"
        r"(ihre|deine) (spende|unterstützung) .{0,140}|(faites|faire) un don( .{0,80})?|"
        r"(soutenez|soutenir)(-nous| .{2,40}(média|journal|presse|rédaction|indépend|journalis).{0,80})?|"
        r"je (soutiens|donne|fais un don)|(haz(te)?|haga|hacer|colabora|apóyanos|dona|"
        r"donar)( (una donación|soci[oa]|un donativo|ahora|con .{2,60}|aquí))?!?|"
        r"apoya (nuestro|el|a) (periodismo|trabajo|.{2,30}independiente).{0,100}|"
        r"(apoie|doe|contribua|faça uma doação)( (o|nosso|agora|com) .{2,80})?|"
        r"(sostieni(ci)?|dona|fai una donazione|aiutaci)( (ora|subito|il nostro .{2,60}))?|"
        r"(steun|doneer|word lid|word donateur)( (ons|nu|onze .{2,60}|.{2,30}journalistiek.{0,40}))?|"
        r"(stöd|swisha|ge en gåva|donera)( (oss|nu|vårt .{2,60}|.{2,30}journalistik.{0,40}))?|"
        r"(wesprzyj|wspieraj)( (nas|nasz.{0,60}|.{2,40}dziennikarstwo.{0,60}))?|"
        r"поддерж(ите|ать|ать нас)( (нас|редакцию|проект|.{2,40}журналист.{0,40}))?|"
        r"підтрима(йте|ти)( (нас|редакцію|проєкт|.{2,40}журналіст.{0,40}))?|寄付(する|はこちら)|"
        r"[捐赞贊](款|助)(我们|我們|支持)?)",
        longest=300,
        drops=(
            "Unterstützen Sie unabhängigen Journalismus mit Ihrer Spende.",
            "Faites un don",
            "Haz una donación",
            "Steun onze journalistiek",
            "Поддержите редакцию",
        ),
        keeps=("Unterstützen will die Stadt auch die Fischer am Hafen.", "Soutenir la digue coûte cher, dit le maire."),
    ),
    Rule(
        id="app-appeal",
        reason=Reason.APP,
        scope=_BLOCK,
        languages=frozenset("en de fr es pt it nl pl ru tr zh ja ar".split()),
        pattern=any_of(
            r"(download|get|install|try|open in) (the |our |it (on|from) )?(.{0,40}\b(app|apps)\b|"
            r"the app store|google play|app store)( (today|now|here|for free|on|for|from|to) ?.{0,80})?[.!]?",
            r"(also )?available (on|for|in) (the )?(app store|google play|ios|android|iphone).{0,60}",
            r"(our|the) app",
            r"use (the|our) app",
            r"(app store|google play)( (app store|google play))?",
            r"(read|watch|listen to|open) (this|it|more) in (the|our) app",
            r"(jetzt|hier|die|unsere|kostenlose?) .{0,40}\bapp (herunterladen|laden|downloaden|installieren)",
            r"app (herunterladen|laden|installieren)",
            r"laden sie (sich )?(die|unsere) .{0,40}app.{0,80}",
            r"(télécharge[rz]|obtenir) (l'|notre )?(appli|application|app)\b.{0,80}",
            r"(descarga|descargue|descargar|baixe|baixar) (la|nuestra|el|o|nosso|a) (app|aplicación|"
            r"aplicativo)\b.{0,80}",
            r"scarica (la|l'|la nostra )?(nostra )?app(licazione)?\b.{0,80}",
            r"download (de|onze) app\b.{0,60}",
            r"(pobierz|ściągnij) (naszą )?aplikację.{0,60}",
            r"(скача(йте|ть)|установи(те|ть)) (наше )?(мобильное )?приложение.{0,60}",
            r"(mobil )?uygulama(mız|sın)?ı? indir(in)?",
            r"下[载載](客户端|app)",
            r"(公式)?アプリを?(ダウンロード|入手|開く).{0,10}",
            r"(حمل|حمّل|تحميل) (التطبيق|تطبيق).{0,40}",
        ),
        longest=160,
        drops=(
            "Download our app for iOS and Android",
            "Get the Harbour Post app",
            "Descarga nuestra app",
            "アプリをダウンロード",
        ),
        keeps=("Get the application in by Friday, the council warns.", "The app store was down for a day."),
    ),
)
