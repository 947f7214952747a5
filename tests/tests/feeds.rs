//! The feeds machine: bulletins from files, officers' items from its desk, and the head over both.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::{sync::Arc, time::Duration};

use campanile_core::{
    alerts::Level,
    fixtures::{self, now, signed, today},
    notice::{self, BulletinDayRows, BulletinEdition, BulletinNotice, Head, Severity, ZoneRow},
    trust::{ItemKind, SignedItem, SigningKey},
};
use campanile_server::feeds::{self, Edition, FeedsRole, Running, SourceSettings};
use campanile_tests::{
    checkout::{shared, skipped},
    server::{Api, Server},
};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

const SOON: Duration = Duration::from_secs(20);

struct Machine {
    running: Option<Running>,
    desk: Api,
    folder: TempDir,
    closing: CancellationToken,
}

impl Machine {
    async fn start(server: &Server, source: Option<SourceSettings>) -> Self {
        let mut machine = Self {
            running: None,
            desk: Api::new(server.address),
            folder: tempfile::tempdir().unwrap(),
            closing: CancellationToken::new(),
        };
        machine.open(server, source).await.unwrap();
        machine
    }

    async fn open(
        &mut self,
        server: &Server,
        source: Option<SourceSettings>,
    ) -> Result<(), feeds::FeedsError> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        self.closing = CancellationToken::new();
        let role = FeedsRole {
            anchor: server.keys.anchor(),
            key: SigningKey::from_seed(server.keys.feed.seed()).unwrap(),
            trust_list: server.keys.signed_list(&server.keys.list(1)).into(),
            push_server: server.api.url("/").parse().unwrap(),
            source,
            head_every: Duration::from_hours(1),
            clock: server.clock.clone(),
        };
        let running = feeds::start(role, self.folder.path(), listener, self.closing.clone()).await?;
        self.desk = Api::new(running.address);
        self.running = Some(running);
        Ok(())
    }

    async fn restart(&mut self, server: &Server) {
        self.closing.cancel();
        self.running.take().unwrap().ended().await;
        self.open(server, None).await.unwrap();
    }

    fn feed(&self) -> &feeds::Feed {
        &self.running.as_ref().unwrap().feed
    }
}

async fn items(server: &Server) -> Vec<SignedItem> {
    let page = server.app().storage.items_after(0, 100, chrono::DateTime::UNIX_EPOCH).await.unwrap();
    page.iter().map(|item| SignedItem::decode(&item.cose).unwrap()).collect()
}

async fn until_items(server: &Server, count: usize) -> Vec<SignedItem> {
    let waited = tokio::time::timeout(SOON, async {
        loop {
            let items = items(server).await;
            if items.len() >= count {
                return items;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("fewer than {count} items"))
}

async fn until_head(server: &Server, what: &str, holds: impl Fn(&Head) -> bool) -> Head {
    let waited = tokio::time::timeout(SOON, async {
        loop {
            if let Some((_, cose)) = server.app().storage.head().await.unwrap() {
                let head: Head = notice::decode(&SignedItem::decode(&cose).unwrap().payload).unwrap();
                if holds(&head) {
                    return head;
                }
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("no head with {what}"))
}

fn edition(id: &str) -> Edition {
    let row = |zone: &str| ZoneRow {
        zone: zone.parse().unwrap(),
        idraulico: Level::Rossa,
        temporali: Level::Gialla,
        idrogeologico: Level::Arancione,
    };
    Edition {
        id: id.to_owned(),
        edition: BulletinEdition::First,
        published: now(),
        days: vec![BulletinDayRows { day: today(), rows: vec![row("Emil-F1"), row("Tosc-A1")] }],
        source_sha256: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_is_signed_once_and_named_by_the_head_with_the_push_servers_sequence() {
    let server = Server::start().await;
    let other = server.keys.alert("gialla-1", Severity::Moderate);
    server.publish(signed(&other, &[&server.keys.officers[0]])).await;
    let mut machine = Machine::start(&server, None).await;
    let empty = until_head(&server, "nothing", |_| true).await;
    // What the push server has is no news to the feeds machine: it takes no bytes from there.
    assert!(empty.in_force.is_empty());

    machine.feed().relay(&edition("dpc-20230516-1522")).await.unwrap();
    machine.feed().relay(&edition("dpc-20230516-1522")).await.unwrap();
    let found = until_items(&server, 2).await;
    let bulletin: BulletinNotice = notice::decode(&found[1].payload).unwrap();
    assert_eq!(bulletin.zones(), [&fixtures::zone()]);
    let head = until_head(&server, "the bulletin", |head| !head.in_force.is_empty()).await;
    assert_eq!((head.in_force[0].id.as_str(), head.in_force[0].sequence), ("dpc-20230516-1522", 2));

    machine.restart(&server).await;
    let later = until_head(&server, "a higher number", |later| later.number > head.number).await;
    assert_eq!(later.in_force, head.in_force);
    machine.feed().relay(&edition("dpc-20230516-1522")).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(items(&server).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officers_item_handed_to_the_desk_reaches_the_push_server_and_the_head() {
    let server = Server::start().await;
    let machine = Machine::start(&server, None).await;
    let [first, second] = [&server.keys.officers[0], &server.keys.officers[1]];
    let red = server.keys.alert("rossa-1", Severity::Extreme);
    let alone = machine.desk.post_cose("/v1/items", signed(&red, &[first])).await;
    assert_eq!((alone.status, alone.code()), (422, "too_few_persons"));
    let both = signed(&red, &[first, second]);
    assert_eq!(machine.desk.post_cose("/v1/items", both.clone()).await.status, 201);
    assert_eq!(machine.desk.post_cose("/v1/items", both).await.status, 200);
    assert_eq!(until_items(&server, 1).await[0].kind, ItemKind::Alert);
    let head = until_head(&server, "the alert", |head| !head.in_force.is_empty()).await;
    assert_eq!(head.in_force[0].id, "rossa-1");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_handed_over_waits_until_the_push_server_is_back() {
    let mut server = Server::start().await;
    let machine = Machine::start(&server, None).await;
    server.stop().await;
    machine.feed().relay(&edition("dpc-20230516-1522")).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    server.restart().await;
    assert_eq!(until_items(&server, 1).await[0].kind, ItemKind::Bulletin);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_the_trust_list_does_not_name_is_refused_at_start() {
    let server = Server::start().await;
    let folder = tempfile::tempdir().unwrap();
    let role = FeedsRole {
        anchor: server.keys.anchor(),
        key: SigningKey::from_seed(server.keys.officers[0].seed()).unwrap(),
        trust_list: server.keys.signed_list(&server.keys.list(1)).into(),
        push_server: server.api.url("/").parse().unwrap(),
        source: None,
        head_every: Duration::from_hours(1),
        clock: Arc::clone(&server.clock) as _,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let started = feeds::start(role, folder.path(), listener, CancellationToken::new()).await;
    let error = started.err().expect("an officer's key is no feed's").to_string();
    assert!(error.contains("does not let the key"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_official_zip_in_a_watched_folder_reaches_the_push_server_zone_by_zone() {
    let Some(shared) = shared() else { return skipped("an_official_zip_in_a_watched_folder", "shared data") };
    let mut server = Server::start().await;
    // The day of the bulletin, on which the town's keys are not valid any more: a list of that day.
    let day: chrono::DateTime<chrono::Utc> = "2026-07-30T13:30:00Z".parse().unwrap();
    server.clock.set(day);
    let mut list = server.keys.list(2);
    for key in list.holders.iter_mut().flat_map(|holder| &mut holder.keys) {
        key.valid_to = day + chrono::TimeDelta::days(30);
    }
    assert_eq!(server.api.post_cose("/v1/trust", server.keys.signed_list(&list)).await.status, 201);
    let watched = tempfile::tempdir().unwrap();
    let source = SourceSettings::Directory { path: watched.path().to_owned(), every_s: 1 };
    let machine = Machine::start(&server, Some(source)).await;
    let answer = machine.desk.post_cose("/v1/trust", server.keys.signed_list(&list)).await;
    assert_eq!(answer.status, 204);
    std::fs::write(watched.path().join("20260730_0000.json"), "no bulletin").unwrap();
    let zip = "ruhetag_20260730_1511.zip";
    std::fs::copy(shared.join("data/dpc/official-zip").join(zip), watched.path().join(zip)).unwrap();
    let found = until_items(&server, 1).await;
    let bulletin: BulletinNotice = notice::decode(&found[0].payload).unwrap();
    assert_eq!(bulletin.id, "dpc-20260730-1511");
    assert_eq!(bulletin.days.len(), 2);
    let row = bulletin.row(&fixtures::zone(), "2026-07-30".parse().unwrap()).expect("its row of that day");
    assert_ne!(row.highest(), Level::Unknown);
    server.stop().await;
}
