use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// The made-up person of ICAO 9303.
const TD1: &str =
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";
const TD2: &str = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6";
const TD3: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const VISA: &str =
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<<<<<<<<<";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[rstest]
#[case(TD1, Format::Td1, "D23145890")]
#[case(TD2, Format::Td2, "D23145890")]
#[case(TD3, Format::Td3, "L898902C3")]
#[case(VISA, Format::MrvA, "L8988901C")]
fn the_specimens_of_icao_are_read_and_written_back(
    #[case] text: &str,
    #[case] format: Format,
    #[case] number: &str,
) {
    let mrz = parse(text).unwrap();
    assert_eq!((mrz.format, mrz.number.as_str()), (format, number));
    assert_eq!((mrz.surname.as_str(), mrz.given_names.as_str()), ("ERIKSSON", "ANNA MARIA"));
    assert!(mrz.is_sound(), "{mrz:?}");
    assert_eq!(mrz.repairs, []);
    assert_eq!(mrz.to_string(), text);
    assert_eq!(mrz.write(), text);
}

#[test]
fn dates_and_kind_are_told() {
    let mrz = parse(TD3).unwrap();
    assert_eq!(mrz.birth_date(day("2026-11-25")), Some(day("1974-08-12")));
    assert_eq!(mrz.expiry_date(day("2026-11-25")), Some(day("2012-04-15")));
    assert_eq!((mrz.kind(), mrz.sex), ("passaporto", MrzSex::F));
    assert_eq!(mrz.facts(day("2026-11-25")).printed, Some(day("2012-04-15")));
}

#[test]
fn letters_among_digits_are_repaired_and_said() {
    let mrz = parse(&TD1.replace("7408122F1204159", "74O8I22F12O4159")).unwrap();
    assert!(mrz.is_sound());
    assert_eq!(mrz.to_string(), TD1);
    assert_eq!(mrz.repairs.len(), 3);
    assert!(mrz.repairs.contains(&Repair { line: 2, place: 3, from: 'O', to: '0' }));
}

#[test]
fn a_swap_in_the_number_is_repaired_if_only_one_makes_the_check_digit_fit() {
    let mrz = parse(&TD3.replace("L898902C36", "L8989O2C36")).unwrap();
    assert!(mrz.is_sound());
    assert_eq!(mrz.number, "L898902C3");
    assert_eq!(mrz.repairs, [Repair { line: 2, place: 6, from: 'O', to: '0' }]);
}

#[test]
fn a_check_digit_that_does_not_fit_is_said_and_its_date_is_not_used() {
    let mrz = parse(&TD3.replace("7408122F", "7408132F")).unwrap();
    assert_eq!(mrz.failed, [Checked::Birth, Checked::Composite]);
    let facts = mrz.facts(day("2026-11-25"));
    assert_eq!((facts.birth, facts.printed), (None, Some(day("2012-04-15"))));
}

#[test]
fn a_zone_may_come_in_one_line_in_small_letters_and_with_spaces() {
    let text = TD2.replace('\n', "").to_lowercase().replace("erik", "er ik").replace("<<", "«");
    assert_eq!(parse(&text).unwrap().to_string(), TD2);
}

#[test]
fn a_number_that_is_too_long_for_its_field_goes_on_in_the_optional_data() {
    let card = Mrz { number: "D23145890123456".into(), ..parse(TD1).unwrap() };
    let text = card.write();
    let read = parse(&text).unwrap();
    assert!(read.is_sound());
    assert_eq!((read.number.as_str(), read.write()), ("D23145890123456", text));
}

#[test]
fn what_is_no_zone_is_refused_with_its_shape_or_the_place() {
    assert_eq!(parse("I<UTO"), Err(MrzError::Shape { lines: 1, longest: 5 }));
    assert_eq!(parse(""), Err(MrzError::Shape { lines: 0, longest: 0 }));
    assert_eq!(parse("P<UTO\nL8-9"), Err(MrzError::Character { line: 2, place: 3 }));
}

proptest! {
    #[test]
    fn no_text_panics(text in "(.|\n){0,140}") {
        let _ = parse(&text);
    }

    #[test]
    fn no_zone_of_a_known_length_panics(text in "[A-Z0-9<]{30}\n[A-Z0-9<]{30}\n[A-Z0-9<]{30}") {
        let mrz = parse(&text).unwrap();
        let _ = (mrz.write(), mrz.facts(day("2026-11-25")));
    }

    #[test]
    fn a_zone_is_written_as_it_is_read(
        format in prop_oneof![Just(Format::Td1), Just(Format::Td2), Just(Format::Td3), Just(Format::MrvA), Just(Format::MrvB)],
        surname in "[A-Z]{1,10}( [A-Z]{1,6})?", given_names in "[A-Z]{1,8}", number in "[A-Z0-9]{1,9}",
        birth in "[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])", expiry in "[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])",
        optional in "[A-Z0-9]{0,7}",
    ) {
        let is_visa = matches!(format, Format::MrvA | Format::MrvB);
        let fields = if format == Format::Td1 { vec![optional, String::new()] } else { vec![optional] };
        let mrz = Mrz {
            format, document_code: if is_visa { "V" } else { "I" }.into(), issuer: "ITA".into(), number,
            nationality: "ITA".into(), surname, given_names, birth, sex: MrzSex::M, expiry, optional: fields,
            failed: Vec::new(), repairs: Vec::new(), lines: Vec::new(),
        };
        let text = mrz.write();
        let read = parse(&text).unwrap();
        prop_assert!(read.is_sound() && read.repairs.is_empty());
        prop_assert_eq!(read.to_string(), text.clone());
        prop_assert_eq!(read.write(), text);
        prop_assert_eq!(Mrz { lines: Vec::new(), ..read }, mrz);
    }
}
