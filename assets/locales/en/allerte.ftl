# Public page /allerte
page-title = Alerts in { $town }
page-kicker = Civil protection alerts
page-skip = Skip to the alerts
page-other-language = Italiano
page-demo = Demonstration: nothing that you read here is really happening.
page-as-of = This page was made at { $time } on { $date }.
page-reload = Reload

page-h1 = { $level } in { $town }
page-h1-day = { $level } { $day } in { $town }
page-h1-notice = Notice in force in { $town }
page-h1-not-known = Situation not known in { $town }
page-then-tomorrow = Tomorrow: { $level }.
page-not-known = We do not know whether there are new alerts. What you read below is the last we know and may be out of date. In an emergency call 112.
page-incomplete = This server is missing an alert that is said to be in force.
page-day-not-known = No notice of the town is in force, but today's level in the national bulletin is not known yet.

page-in-force = In force
page-last-known = Last known alerts
page-exercises = Exercises and tests
page-over = Over
page-over-note = In the last 24 hours.
page-expired = Expired { $day } at { $time }
page-what-to-do = What to do
page-where = Where
page-when = When

page-bulletin = National bulletin of criticality
page-zones-own = Alert levels of the zone of { $town }
page-zones-other = The other zones of the bulletin
page-zones-other-caption = Alert levels of the other zones of the bulletin
page-zone = Alert zone
page-today = Today, { $date }
page-tomorrow = Tomorrow, { $date }
page-lower = { $level } for { $risks }
page-no-bulletin = No bulletin of the last days has reached this server: the levels are not known.
page-notices-hold = The notices of the town above hold whatever the level of the bulletin.

page-levels = What the levels say
page-meaning-verde = nothing significant is forecast
page-meaning-gialla = localised events, occasional danger to people
page-meaning-arancione = widespread events, danger to people
page-meaning-rossa = extensive events, serious danger to people
page-meaning-unknown = the bulletin has not arrived yet or cannot be read; it does not mean that all is well

page-help = If you are in danger
page-help-body = Are you in danger, or do you see somebody in danger?
page-call = Call 112
page-sources = Official sources
page-official = Official alerts and bulletins:
page-verify = This page repeats the alerts as the server received them. Only the app, on your phone, verifies the signatures of those who issue them.
