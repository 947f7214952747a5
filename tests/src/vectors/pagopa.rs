//! Area `pagopa`: notice numbers and QR codes.

use campanile_core::{
    payments::{NoticeNumber, NoticeQr, Payee, PayeeCheck, Payees},
    rules::RuleSet,
};
use serde_json::Value;

use super::{
    Answer, NoAnswer,
    input::{Input, text},
};

pub(super) fn answer(input: &Input) -> Answer {
    if let Some(qr) = text(input, "qr") {
        return Ok(match qr.parse::<NoticeQr>() {
            Ok(read) => {
                let mut answer = of_notice(&read.notice);
                answer.insert("amount_cents".to_owned(), read.amount_cents.into());
                answer.insert("payee_cf".to_owned(), read.payee.as_str().into());
                if let Some(pinned) = pinned(input)
                    && pinned.check(&read.payee) == PayeeCheck::NotPinned
                {
                    answer.insert("warn".to_owned(), "payee".into());
                }
                answer
            }
            Err(error) => refused(error.code()),
        });
    }
    let notice =
        text(input, "notice").ok_or_else(|| NoAnswer::Refused("no notice or qr is given".to_owned()))?;
    Ok(match notice.parse::<NoticeNumber>() {
        Ok(number) => of_notice(&number),
        Err(error) => refused(error.code()),
    })
}

fn refused(reason: &str) -> Input {
    Input::from_iter([("valid".to_owned(), false.into()), ("reason".to_owned(), reason.into())])
}

fn of_notice(number: &NoticeNumber) -> Input {
    let rules = RuleSet::built_in();
    let warning = if number.is_legacy() {
        Some("legacy")
    } else if number.is_code_assigned(rules) {
        None
    } else {
        Some("segregation")
    };
    Input::from_iter([
        ("valid".to_owned(), true.into()),
        ("aux".to_owned(), number.aux_digit().into()),
        ("segregation".to_owned(), number.segregation().into()),
        ("iuv".to_owned(), number.iuv().into()),
        ("normalised".to_owned(), number.as_str().into()),
        ("grouped".to_owned(), number.grouped().into()),
        ("service".to_owned(), number.service(rules).into()),
        ("warn".to_owned(), warning.into()),
    ])
}

fn pinned(input: &Input) -> Option<Payees> {
    let codes = input.get("pinned").and_then(Value::as_array)?;
    let codes = codes.iter().filter_map(Value::as_str).filter_map(|code| code.parse().ok());
    Some(Payees(codes.map(|code| Payee { code, name: String::new() }).collect()))
}
