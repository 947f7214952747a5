//! Area `notification`: the day on which a fine counts as notified.

use campanile_core::{
    payments::{Delivery, FineDates, Notified, notified},
    rules::RuleSet,
};

use super::{
    Answer, NoAnswer,
    input::{Input, date, day, local, needed_date, text},
};

pub(super) fn answer(input: &Input) -> Answer {
    let rules = RuleSet::built_in();
    let counted = notified(rules, delivery(input)?)
        .ok_or_else(|| NoAnswer::Refused("the rules know no term for this way".to_owned()))?;
    let dates = FineDates::new(rules, counted.day(), false, None);
    let mut answer = Input::from_iter([
        ("notified".to_owned(), day(Some(counted.day()))),
        ("use".to_owned(), day(Some(counted.day()))),
        ("discount_until".to_owned(), day(dates.discount_until)),
        ("reduced_until".to_owned(), day(dates.reduced_until)),
    ]);
    if let Notified::Between { earlier, later } = counted {
        answer.insert("ambiguous".to_owned(), vec![day(Some(earlier)), day(Some(later))].into());
    }
    Ok(answer)
}

fn delivery(input: &Input) -> Result<Delivery, NoAnswer> {
    let viewed = local(input, "viewed_local")?;
    match text(input, "channel").unwrap_or("post") {
        "post" => match date(input, "deposit")? {
            Some(deposit) => Ok(Delivery::Post { deposit, collected: date(input, "collected")? }),
            None => Ok(Delivery::Handed(needed_date(input, &["delivered", "collected", "delivered_local"])?)),
        },
        "send_digital" => local(input, "delivered_local")?
            .map(|delivered| Delivery::SendDigital { delivered, viewed })
            .ok_or_else(|| NoAnswer::Refused("no delivered_local is given".to_owned())),
        "send_mailbox_full" => Ok(Delivery::SendMailboxFull {
            deposit: needed_date(input, &["notice_deposit", "deposit"])?,
            viewed,
        }),
        "send_analog" | "send_paper" => Ok(Delivery::SendPaper {
            perfected: needed_date(input, &["aar_perfected", "perfected"])?,
            viewed,
        }),
        "on_the_spot" | "hand" | "messenger" | "pec" => {
            Ok(Delivery::Handed(needed_date(input, &["delivered", "delivered_local", "date", "notified"])?))
        }
        other => Err(NoAnswer::Refused(format!("channel: '{other}' is not known"))),
    }
}
