//! docs/protocol.md and docs/campanile.cddl against the code.
//!
//! `UPDATE_PROTOCOL=1 cargo test -p campanile-tests --test protocol` writes the examples anew.

#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::{fs, path::PathBuf};

use campanile_core::{
    alerts::Level,
    fixtures::{Town, now, signed, signed_bulletin, signed_head, today},
    notice::{self, AlertNotice, BulletinEdition, BulletinNotice, Head, MsgType, Purpose, Severity},
    trust::{Revocation, SignedItem, Trust, TrustList},
};

fn docs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// The examples of the page: name, rule of the payload, whole item.
fn examples() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let town = Town::live();
    let alert = town.alert("2023-0516-01", Severity::Extreme);
    let cancel = town.follow(&alert, "2023-0516-02", MsgType::Cancel, Purpose::FalseAlarm);
    let levels = [Level::Rossa, Level::Arancione];
    let bulletin = town.bulletin("dpc-20230516-1522", BulletinEdition::First, now(), today(), &levels);
    let officers = [&town.officers[0], &town.officers[1]];
    vec![
        ("alert", "alert", signed(&alert, &officers)),
        ("false alarm", "alert", signed(&cancel, &officers)),
        ("bulletin", "bulletin", signed_bulletin(&bulletin, &town.feed)),
        ("head", "head", signed_head(&town.head(7, now()), &town.feed)),
        ("trust list", "trust-list", town.signed_list(&town.list(1))),
        ("revocation", "revocation", town.revocation(&town.officers[2], &officers)),
    ]
}

fn block(name: &str, bytes: &[u8]) -> String {
    let hex: Vec<_> = bytes.chunks(48).map(hex::encode).collect();
    format!("```hex\n# {name}\n{}\n```\n", hex.join("\n"))
}

#[test]
fn the_examples_of_the_page_are_what_the_code_writes() {
    let path = docs().join("protocol.md");
    let page = fs::read_to_string(&path).unwrap();
    let (head, _) = page.split_once("## Examples\n").expect("the page has a chapter 'Examples'");
    let intro =
        "\nMade by the test `protocol` from throw-away keys; whole `COSE_Sign` items in hexadecimal.\n\n";
    let blocks: Vec<_> = examples().iter().map(|(name, _, bytes)| block(name, bytes)).collect();
    let expected = format!("{head}## Examples\n{intro}{}", blocks.join("\n"));
    if std::env::var_os("UPDATE_PROTOCOL").is_some() {
        fs::write(&path, &expected).unwrap();
        return;
    }
    assert!(page == expected, "docs/protocol.md is not current: run with UPDATE_PROTOCOL=1");
}

#[test]
fn the_examples_of_the_page_are_read_and_verified() {
    let page = fs::read_to_string(docs().join("protocol.md")).unwrap();
    let town = Town::live();
    let mut read = 0;
    for text in page.split("```hex\n").skip(1) {
        let (text, _) = text.split_once("```").unwrap();
        let (name, digits) = text.split_once('\n').unwrap();
        let bytes = hex::decode(digits.replace('\n', "")).unwrap();
        let item = SignedItem::decode(&bytes).unwrap();
        let name = name.trim_start_matches("# ");
        match name {
            "alert" | "false alarm" => drop(notice::decode::<AlertNotice>(&item.payload).unwrap()),
            "bulletin" => drop(notice::decode::<BulletinNotice>(&item.payload).unwrap()),
            "head" => drop(notice::decode::<Head>(&item.payload).unwrap()),
            "trust list" => drop(notice::decode::<TrustList>(&item.payload).unwrap()),
            "revocation" => drop(notice::decode::<Revocation>(&item.payload).unwrap()),
            other => panic!("an example that no test knows: {other}"),
        }
        match name {
            "trust list" => drop(Trust::open(&town.anchor(), &bytes).unwrap()),
            "revocation" => drop(town.trust().revoke(&bytes, now()).unwrap()),
            _ => drop(town.trust().verify(&bytes, now(), |_| None).unwrap()),
        }
        read += 1;
    }
    assert_eq!(read, examples().len());
}

/// The rules with `root` as the first, which is what a validator starts from.
fn rules_from(root: &str) -> String {
    let rules = fs::read_to_string(docs().join("campanile.cddl")).unwrap();
    format!("root = {root}\n{rules}")
}

#[test]
fn every_item_is_as_the_cddl_says() {
    for (name, rule, bytes) in examples() {
        cddl::validate_cbor_from_slice(&rules_from("cose-sign"), &bytes, None)
            .unwrap_or_else(|error| panic!("{name}: envelope: {error}"));
        let payload = SignedItem::decode(&bytes).unwrap().payload;
        cddl::validate_cbor_from_slice(&rules_from(rule), &payload, None)
            .unwrap_or_else(|error| panic!("{name}: payload: {error}"));
    }
}

#[test]
fn the_cddl_refuses_what_it_does_not_describe() {
    let (_, _, alert) = examples().remove(0);
    let payload = SignedItem::decode(&alert).unwrap().payload;
    assert!(cddl::validate_cbor_from_slice(&rules_from("bulletin"), &payload, None).is_err());
    assert!(cddl::validate_cbor_from_slice(&rules_from("alert"), &alert, None).is_err());
}
