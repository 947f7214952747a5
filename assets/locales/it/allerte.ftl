# Pagina pubblica /allerte
page-title = Allerte a { $town }
page-kicker = Allerte di protezione civile
page-skip = Vai alle allerte
page-other-language = English
page-demo = Dimostrazione: niente di ciò che leggi qui sta accadendo davvero.
page-as-of = Questa pagina è delle { $time } di { $date }.
page-reload = Ricarica

page-h1 = { $level } a { $town }
page-h1-day = { $level } { $day } a { $town }
page-h1-notice = Avviso in vigore a { $town }
page-h1-not-known = Situazione non nota a { $town }
page-then-tomorrow = Domani: { $level }.
page-not-known = Non sappiamo se ci sono allerte nuove. Quello che leggi qui sotto è l'ultima cosa che sappiamo e può essere superato. In emergenza chiama il 112.
page-incomplete = A questo server manca un'allerta che risulta in vigore.
page-day-not-known = Nessun avviso del Comune è in vigore, ma il livello di oggi del bollettino nazionale non è ancora noto.

page-in-force = In vigore
page-last-known = Ultime allerte note
page-exercises = Esercitazioni e prove
page-over = Cessate
page-over-note = Nelle ultime 24 ore.
page-expired = Scaduta { $day } alle { $time }
page-what-to-do = Cosa fare
page-where = Dove
page-when = Quando

page-bulletin = Bollettino nazionale di criticità
page-zones-own = Livelli di allerta della zona di { $town }
page-zones-other = Le altre zone del bollettino
page-zones-other-caption = Livelli di allerta delle altre zone del bollettino
page-zone = Zona di allerta
page-today = Oggi, { $date }
page-tomorrow = Domani, { $date }
page-lower = { $level } per { $risks }
page-no-bulletin = Nessun bollettino degli ultimi giorni è arrivato a questo server: i livelli non sono noti.
page-notices-hold = Gli avvisi del Comune qui sopra valgono qualunque sia il livello del bollettino.

page-levels = Che cosa dicono i livelli
page-meaning-verde = non sono previsti fenomeni significativi
page-meaning-gialla = fenomeni localizzati, pericolo occasionale per le persone
page-meaning-arancione = fenomeni diffusi, pericolo per le persone
page-meaning-rossa = fenomeni estesi, grave pericolo per le persone
page-meaning-unknown = il bollettino non è ancora arrivato o non è leggibile; non vuol dire che va tutto bene

page-help = Se sei in pericolo
page-help-body = Sei in pericolo, o vedi qualcuno in pericolo?
page-call = Chiama il 112
page-sources = Fonti ufficiali
page-official = Allerte e bollettini ufficiali:
page-verify = Questa pagina riporta le allerte come le ha ricevute il server. Solo l'app, sul tuo telefono, verifica le firme di chi le emette.
