//! From an alert written in JSON to a phone that rings: draft, two officers, desk, push server, phone.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::io;

use campanile_core::{
    alerts::PlaceSettings,
    assets::Town,
    fixtures::now,
    phone::{Phone, PhoneConfig, PlaceDraft},
    platform::Clock,
    push::Loudness,
    sync::{Client, Synced},
    trust::{ItemKind, SigningKey},
};
use campanile_server::draft::draft;
use campanile_sign::{
    ceremony::{self, Desk},
    draft::Draft,
    keyfile,
};
use campanile_tests::server::{Server, town};

const PASSPHRASE: &str = "cavallo batteria graffetta";

/// An officer who types what is asked for.
struct Officer {
    phrase: &'static str,
}

impl Desk for Officer {
    fn show(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn ask(&mut self, _: &str) -> io::Result<String> {
        Ok(self.phrase.to_owned())
    }

    fn ask_secret(&mut self, _: &str) -> io::Result<String> {
        Ok(PASSPHRASE.to_owned())
    }

    fn stopped_within_a_second(&mut self, _: u64) -> io::Result<bool> {
        Ok(false)
    }
}

fn sign(bytes: &[u8], key: &SigningKey, phrase: &'static str, clock: &dyn Clock) -> Vec<u8> {
    let file = keyfile::seal(key, PASSPHRASE).unwrap();
    let bytes = Draft::read(bytes, ItemKind::Alert);
    ceremony::sign(bytes, &file, &mut Officer { phrase }, clock).unwrap()
}

fn phone(town: &Town, comune: &str, clock: std::sync::Arc<dyn Clock>, folder: &std::path::Path) -> Phone {
    let config = PhoneConfig {
        folder: folder.to_owned(),
        towns: vec![town.clone()],
        language: "it".to_owned(),
        built_at: now(),
    };
    let (phone, _) = Phone::open(config, zeroize::Zeroizing::new([7; 32]), clock).unwrap();
    let home = PlaceDraft {
        id: None,
        name: "Casa".to_owned(),
        comune: comune.parse().unwrap(),
        point: None,
        drawn: None,
        settings: PlaceSettings::default(),
    };
    phone.save_place(home).unwrap();
    phone
}

#[tokio::test(flavor = "multi_thread")]
async fn two_officers_send_a_red_alert_that_rings_in_modena_and_is_silent_in_torino() {
    let server = Server::start().await;
    let town = town(server.keys.anchor(), server.address);
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let in_modena = phone(&town, "036023", server.clock.clone(), folders[0].path());
    let in_torino = phone(&town, "001272", server.clock.clone(), folders[1].path());
    let client = Client::new().unwrap();
    // What is in force at the first start is taken in silently; what comes later rings.
    for phone in [&in_modena, &in_torino] {
        client.refresh(phone, &mut Synced::default()).await.unwrap();
    }

    let json = include_str!("../../assets/demo/alert.json")
        .replace("2099-12-31T23:00:00Z", "2023-05-16T20:00:00Z")
        .replace("modena-demo", "modena")
        .replace("\"demo\"", "\"live\"");
    let fitted = draft(json.as_bytes(), &[], now(), [0, 1]).unwrap();
    let bytes = campanile_core::notice::encode(&fitted.notice);
    let phrase = "INVIA ROSSA MODENA";
    let half = sign(&bytes, &server.keys.officers[0], phrase, &*server.clock);
    assert_eq!(server.api.post_cose("/v1/items", half.clone()).await.code(), "too_few_persons");
    let whole = sign(&half, &server.keys.officers[1], phrase, &*server.clock);
    assert_eq!(whole.len(), fitted.size_bytes);
    server.publish(whole).await;

    for phone in [&in_modena, &in_torino] {
        client.refresh(phone, &mut Synced::default()).await.unwrap();
    }
    let shown = in_modena.unshown().unwrap();
    assert_eq!(shown.len(), 1);
    assert!(shown[0].title.starts_with("Allerta rossa"), "{}", shown[0].title);
    assert!(shown[0].loudness >= Loudness::Ring, "{:?}", shown[0].loudness);
    assert!(in_torino.unshown().unwrap().iter().all(|other| other.loudness <= Loudness::Passive));
}
