# Promemoria: mai il numero del documento, si leggono anche a schermo bloccato.
date-year = { $day } { $month } { $year }
owned-by = { $name } di { $holder }
reminder-today = { $name }: scade oggi
reminder-tomorrow = { $name }: scade domani
reminder-days = { $name }: scade il { $date }, tra { $days } giorni
reminder-past = { $name }: la scadenza è passata il { $date }
reminder-vote = { $name }: si vota il { $date }. Guarda quanti spazi restano
fine-name = Multa
fine-discount = { $name }: { $amount } euro con lo sconto, fino al { $date }
fine-discount-today = { $name }: { $amount } euro con lo sconto, solo fino a oggi
fine-reduced = { $name }: { $amount } euro fino al { $date }, poi aumenta
fine-reduced-today = { $name }: { $amount } euro fino a oggi, poi aumenta
fine-discount-plain = { $name }: con lo sconto fino al { $date }
fine-reduced-plain = { $name }: in misura ridotta fino al { $date }, poi aumenta
fine-indicative = Calcolo indicativo dal { $date }: vale il verbale.
send-before-opening = Aprire questo avviso vale come notifica: da oggi partono i 5 giorni per lo sconto e i 60 per pagare.

# Termini del Comune
term-indicative = entro il { $date } (indicativo)
term-over = il termine è passato, chiedi conferma
