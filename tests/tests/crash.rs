//! What was acknowledged survives a power cut, and each phone shows it once.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, atomic::AtomicBool},
    time::Duration,
};

use campanile_core::{
    alerts::PlaceSettings,
    assets::Town,
    fixtures::signed,
    notice::Severity,
    phone::{Phone, PhoneConfig, PlaceDraft},
    platform::{Clock as _, SystemClock},
    sync::{Client, Endpoint},
};
use campanile_tests::{
    fake_fcm::FakeFcm,
    server::{Api, PresentTown, ServerProcess, town},
};
use tempfile::TempDir;

/// Twenty, or what `make soak` asks for.
fn kills() -> usize {
    #[expect(clippy::disallowed_methods, reason = "how long to test is no setting of the product")]
    let asked = std::env::var("CAMPANILE_KILLS");
    asked.ok().and_then(|number| number.parse().ok()).unwrap_or(20)
}

const SOON: Duration = Duration::from_mins(1);

/// A phone on the very core, which counts what it showed.
struct Resident {
    phone: Arc<Phone>,
    shown: Arc<Mutex<BTreeMap<String, usize>>>,
    _folder: TempDir,
}

impl Resident {
    fn open(town: &Town) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = PhoneConfig {
            folder: folder.path().to_owned(),
            towns: vec![town.clone()],
            language: "it".to_owned(),
            built_at: SystemClock.now() - chrono::TimeDelta::days(1),
        };
        let key = zeroize::Zeroizing::new([7; 32]);
        let (phone, _) = Phone::open(config, key, Arc::new(SystemClock)).unwrap();
        let home = PlaceDraft {
            name: "Casa".to_owned(),
            comune: town.comuni[0],
            point: None,
            drawn: None,
            settings: PlaceSettings::default(),
            id: None,
        };
        phone.save_place(home).unwrap();
        Self { phone: Arc::new(phone), shown: Arc::default(), _folder: folder }
    }

    fn listen(&self, town: Town) -> tokio::task::JoinHandle<()> {
        let (phone, shown) = (Arc::clone(&self.phone), Arc::clone(&self.shown));
        tokio::spawn(async move {
            let client = Client::new().unwrap();
            client.register_everywhere(&phone, &Endpoint::Stream).await.unwrap();
            let is_connected = AtomicBool::new(false);
            let told = |_| {
                for notification in phone.unshown().unwrap() {
                    phone.mark_shown(&notification.tag).unwrap();
                    *shown.lock().unwrap().entry(notification.tag).or_default() += 1;
                }
            };
            let ended = client.listen(&phone, &town, &is_connected, &told).await;
            panic!("the phone stopped listening: {ended:?}");
        })
    }

    async fn until_shown(&self, id: &str) {
        let waited = tokio::time::timeout(SOON, async {
            while !self.shown.lock().unwrap().contains_key(id) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        assert!(waited.await.is_ok(), "{id} was not shown; shown: {:?}", self.shown.lock().unwrap());
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_right_after_the_acknowledgement_twenty_times_and_every_phone_shows_each_alert_once() {
    let program = Path::new(env!("CARGO_BIN_EXE_server-under-test"));
    let folder = tempfile::tempdir().unwrap();
    let present = PresentTown::at(SystemClock.now());
    let fcm = FakeFcm::start().await;
    let config = folder.path().join("campanile.toml");
    let settings = format!(
        "{}\n[push]\nlisten = \"127.0.0.1:{}\"\ndata = \"{}\"\n\n{}",
        present.settings(),
        free_port(),
        folder.path().join("data").display(),
        fcm.settings_toml()
    );
    std::fs::write(&config, settings).unwrap();

    let mut server = ServerProcess::start(program, &config);
    let api = Api::new(server.address);
    assert_eq!(api.post_cose("/v1/trust", present.signed_list()).await.status, 201);
    for n in 0..50 {
        let body = serde_json::json!({
            "channel": "fcm", "endpoint": format!("token-{n}"), "area_keys": ["comune/036023"],
        });
        assert_eq!(api.post_json("/v1/devices", &body).await.status, 201);
    }
    let town = town(present.keys.anchor(), server.address);
    let residents = [Resident::open(&town), Resident::open(&town)];
    let listening: Vec<_> = residents.iter().map(|resident| resident.listen(town.clone())).collect();
    // Both have caught up once: from now on everything rings.
    for resident in &residents {
        let waited = tokio::time::timeout(SOON, async {
            while resident.phone.last_complete_sync().unwrap().is_none() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        waited.await.expect("the phone reaches the server");
    }

    let mut items = Vec::new();
    for n in 1..=kills() {
        let id = format!("rossa-{n}");
        let mut alert = present.moved(present.keys.alert(&id, Severity::Extreme));
        for text in &mut alert.texts {
            text.event = format!("{} {n}", text.event);
        }
        let cose = signed(&alert, &[&present.keys.officers[0], &present.keys.officers[1]]);
        let answer = api.post_cose("/v1/items", cose.clone()).await;
        server.kill();
        assert_eq!((answer.status, answer.json["sequence"].as_u64()), (201, Some(n as u64)));
        items.push(cose);
        server = ServerProcess::start(program, &config);
        for resident in &residents {
            resident.until_shown(&id).await;
        }
    }

    for resident in &residents {
        let shown = resident.shown.lock().unwrap().clone();
        assert_eq!(shown.len(), kills(), "{shown:?}");
        assert!(shown.values().all(|times| *times == 1), "{shown:?}");
        assert!(resident.phone.refused(10).unwrap().is_empty());
    }
    // Push services may be told twice after a crash (phones know an item by its id), never not at all.
    fcm.until(SOON, "every token has every item", |fcm| {
        let taken = fcm.taken();
        items.iter().all(|item| {
            let mut tokens: Vec<_> =
                taken.iter().filter(|taken| taken.item == *item).map(|taken| &taken.token).collect();
            tokens.sort();
            tokens.dedup();
            tokens.len() == 50
        })
    })
    .await;
    for task in listening {
        task.abort();
    }
}
