//! `docs/rules.md`, written from the rules that the build carries.

use campanile_core::rules::{Certainty, RuleSet, Source};

const INTRODUCTION: &str = "\
# Rules of law and practice

Written by `cargo run -p campanile-tests --bin rules-doc` from the files in `assets/rules`; a test keeps it current. Do not edit it by hand.
A rule holds from its first to its last day, both included; a missing day is open. `verified`: read in a public source.
`believed`: known, but not read. `policy`: no law decides it, our own choice. What a phone computes from these rules is an indication:
the printed date of a document and the text of a fine always win.
";

/// The text of `docs/rules.md` for `rules`.
pub fn rules_paper(rules: &RuleSet) -> String {
    let mut text = format!("{INTRODUCTION}\nSet of {}.\n", rules.version());
    let mut table = "";
    for (of, source) in rules.sources() {
        if of != table {
            table = of;
            text.extend([
                "
## ",
                heading(of),
                "

| rule | from | to | certainty | source | looked at |
",
            ]);
            text.push_str(
                "| --- | --- | --- | --- | --- | --- |
",
            );
        }
        text.push_str(&row(source));
    }
    text.push_str("\n## To be confirmed\n\n");
    for (_, source) in rules.sources() {
        if let Some(open) = &source.to_confirm {
            text.extend(["- `", &source.id, "`: ", open, "\n"]);
        }
    }
    let believed =
        rules.sources().iter().filter(|(_, source)| source.certainty == Certainty::Believed).count();
    let all = rules.sources().len();
    text + &format!("\n{all} rules, {believed} of them believed and still to be read in a source.\n")
}

fn heading(table: &str) -> &'static str {
    match table {
        "holidays" => "Holidays",
        "patrons" => "Patron days",
        "kinds" => "Kinds of documents: renewal and reminders",
        "expiry" => "When documents run out",
        "cut_off" => "Days after which a kind is worth nothing",
        "guides" => "How to renew",
        "terms" => "Terms",
        "segregation" => "Codes of notice numbers",
        "procedures" => "Procedures at the town hall",
        "votes" => "Votes",
        _ => "Others",
    }
}

fn row(source: &Source) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let named = match &source.source_url {
        Some(url) => format!("[{}]({url})", source.source),
        None => source.source.clone(),
    };
    format!(
        "| `{}` | {} | {} | {} | {named} | {} |\n",
        source.id,
        day(source.valid_from),
        day(source.valid_to),
        source.certainty.as_str(),
        source.checked_on
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkout;

    #[test]
    fn the_paper_of_rules_is_current() {
        let written = std::fs::read_to_string(checkout::root().join("docs/rules.md")).unwrap_or_default();
        assert!(
            written == rules_paper(RuleSet::built_in()),
            "docs/rules.md is not current: cargo run -p campanile-tests --bin rules-doc"
        );
    }

    #[test]
    fn every_rule_and_every_open_question_is_in_the_paper() {
        let rules = RuleSet::built_in();
        let paper = rules_paper(rules);
        for (_, source) in rules.sources() {
            assert!(paper.contains(&format!("| `{}` |", source.id)));
            assert!(source.to_confirm.as_ref().is_none_or(|open| paper.contains(open.as_str())));
        }
    }
}
