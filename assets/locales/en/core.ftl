# Levels
level-verde = No alert
level-gialla = Yellow alert
level-arancione = Orange alert
level-rossa = Red alert
level-unknown = Level not known yet

shape-verde = circle
shape-gialla = triangle
shape-arancione = diamond
shape-rossa = octagon
shape-unknown = question mark

risk-idraulico = river flooding
risk-temporali = thunderstorms
risk-idrogeologico = landslides and flash floods

# Days and times
day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday
day-date = { $weekday } { $day } { $month }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
until-time = until { $time }
until-day-time = until { $day }, { $time }
all-day = all day
list-and = { $first } and { $last }

# Alerts of the towns
alert-title = { $level }: { $event }
alert-title-unknown = Notice: { $event }
exercise-title = EXERCISE. { $title }. EXERCISE
test-title = TEST TEST. { $title }. TEST TEST
exercise-body = This is an exercise: you need do nothing. { $body }
test-body = This is a technical test: you need do nothing. { $body }
ended-title = Over: { $event }
false-alarm-title = False alarm: { $event }
false-alarm-body = The earlier alert was a mistake: there is no danger. { $body }
not-received-body = The first alert had not reached this phone. { $body }
elsewhere-title = Elsewhere, in { $comune }: { $title }
source-line = Source: { $source }, { $day } at { $time }
body-where-until = { $place }, { $until }
place-here = Where you are
your-places = Your places: { $places }

# Labels
label-under-review = Being checked
label-lowered = Lowered, to be confirmed
label-lowered-from = Lowered from { $level }, to be confirmed
label-clock-in-doubt = Check the time on your phone: it may be wrong
label-trust-expired = The list of who may sign has expired: update the app
label-not-targeted = The phone has just been restarted: check whether this is about your area
label-continues = Continues

# National bulletin
bulletin-title = { $level } { $day } in { $place }: { $risks }
bulletin-line = { $day }: { $level } for { $risks }
bulletin-body-continues = Continues { $day }: { $level } for { $risks }
bulletin-headline = { $level } { $day } for { $risks } in part of the area served
bulletin-headline-green = No alert in the bulletin of { $day }
bulletin-headline-unknown = The bulletin of { $day } has been published
bulletin-note = National bulletin: not an order of the town.
edition-update = Update
edition-errata-corrige = Correction

# State of the checks
head-checked = Checked at { $time }
head-checked-day = Checked { $day } at { $time }
head-not-known = Situation not known: last check { $day } at { $time }
head-never = Situation not known: no check has succeeded yet
list-empty-not-served = This app receives no alerts for { $places }: no town connected to it serves it. In an emergency call 112.
list-empty-no-place = No place saved: add one to know whether an alert concerns it.
list-empty-unknown-places = No notice from the town. Today's bulletin is not known yet for { $places }. Last check { $time }
list-empty = No alerts. Last check { $time }
list-empty-not-known = We do not know whether there are alerts: the phone cannot check. In an emergency call 112.
