# Livelli
level-verde = Nessuna allerta
level-gialla = Allerta gialla
level-arancione = Allerta arancione
level-rossa = Allerta rossa
level-unknown = Livello non ancora noto

shape-verde = cerchio
shape-gialla = triangolo
shape-arancione = rombo
shape-rossa = ottagono
shape-unknown = punto interrogativo

risk-idraulico = rischio idraulico
risk-temporali = rischio temporali
risk-idrogeologico = rischio idrogeologico

# Giorni e ore
day-today = oggi
day-tomorrow = domani
day-yesterday = ieri
day-date = { $weekday } { $day } { $month }
weekday-1 = lunedì
weekday-2 = martedì
weekday-3 = mercoledì
weekday-4 = giovedì
weekday-5 = venerdì
weekday-6 = sabato
weekday-7 = domenica
month-1 = gennaio
month-2 = febbraio
month-3 = marzo
month-4 = aprile
month-5 = maggio
month-6 = giugno
month-7 = luglio
month-8 = agosto
month-9 = settembre
month-10 = ottobre
month-11 = novembre
month-12 = dicembre
until-time = fino alle { $time }
until-day-time = fino a { $day }, ore { $time }
all-day = per tutta la giornata
list-and = { $first } e { $last }

# Avvisi dei Comuni
alert-title = { $level }: { $event }
alert-title-unknown = Avviso: { $event }
exercise-title = ESERCITAZIONE. { $title }. ESERCITAZIONE
test-title = TEST TEST. { $title }. TEST TEST
exercise-body = È un'esercitazione: non devi fare nulla. { $body }
test-body = È una prova tecnica: non devi fare nulla. { $body }
ended-title = Cessata: { $event }
false-alarm-title = Falso allarme: { $event }
false-alarm-body = L'avviso precedente era un errore: non c'è pericolo. { $body }
not-received-body = Il primo avviso non era arrivato su questo telefono. { $body }
elsewhere-title = Altrove, a { $comune }: { $title }
source-line = Fonte: { $source }, { $day } alle { $time }
body-where-until = { $place }, { $until }
place-here = Dove ti trovi
your-places = I tuoi luoghi: { $places }

# Etichette
label-under-review = In verifica
label-lowered = Abbassata, da confermare
label-lowered-from = Abbassata da { $level }, da confermare
label-clock-in-doubt = Controlla l'ora del telefono: potrebbe essere sbagliata
label-trust-expired = Elenco di chi può firmare scaduto: aggiorna l'app
label-not-targeted = Il telefono è appena stato riacceso: controlla se riguarda la tua zona
label-continues = Continua

# Bollettino nazionale
bulletin-title = { $level } { $day } a { $place }: { $risks }
bulletin-line = { $day }: { $level } per { $risks }
bulletin-body-continues = Continua { $day }: { $level } per { $risks }
bulletin-headline = { $level } { $day } per { $risks } in parte della zona servita
bulletin-headline-green = Nessuna allerta nel bollettino di { $day }
bulletin-headline-unknown = Pubblicato il bollettino di criticità di { $day }
bulletin-note = Bollettino nazionale: non è un ordine del Comune.
edition-update = Aggiornamento
edition-errata-corrige = Rettifica

# Stato dei controlli
head-checked = Controllato alle { $time }
head-checked-day = Controllato { $day } alle { $time }
head-not-known = Situazione non nota: ultimo controllo { $day } alle { $time }
head-never = Situazione non nota: nessun controllo riuscito finora
list-empty-not-served = Questa app non riceve gli avvisi per { $places }: nessun Comune collegato lo serve. In emergenza chiama il 112.
list-empty-no-place = Nessun luogo salvato: aggiungine uno per sapere se un'allerta lo riguarda.
list-empty-unknown-places = Nessun avviso del Comune. Il bollettino di oggi non è ancora noto per { $places }. Ultimo controllo { $time }
list-empty = Nessuna allerta. Ultimo controllo { $time }
list-empty-not-known = Non sappiamo se ci sono allerte: il telefono non riesce a controllare. In emergenza chiama il 112.
