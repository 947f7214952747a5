# Reminders: never the number of a document, they are read on a locked screen too.
date-year = { $day } { $month } { $year }
owned-by = { $name } of { $holder }
reminder-today = { $name }: runs out today
reminder-tomorrow = { $name }: runs out tomorrow
reminder-days = { $name }: runs out on { $date }, in { $days } days
reminder-past = { $name }: ran out on { $date }
reminder-vote = { $name }: the vote is on { $date }. Look how many spaces are left
fine-name = Fine
fine-discount = { $name }: { $amount } euro with the discount, until { $date }
fine-discount-today = { $name }: { $amount } euro with the discount, today only
fine-reduced = { $name }: { $amount } euro until { $date }, then it rises
fine-reduced-today = { $name }: { $amount } euro until today, then it rises
fine-discount-plain = { $name }: with the discount until { $date }
fine-reduced-plain = { $name }: at the reduced sum until { $date }, then it rises
fine-indicative = An indication, counted from { $date }: what is printed on the fine counts.
send-before-opening = Opening this notice counts as being notified: the 5 days of the discount and the 60 days to pay begin today.

# Terms of the town hall
term-indicative = by { $date } (an indication)
term-over = the term is over, ask for confirmation
