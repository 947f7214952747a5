//! The fan-out to Firebase, against a stand-in that answers everything that is documented.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::time::Duration;

use campanile_core::{
    fixtures::{now, signed},
    notice::{MsgType, Purpose, Severity},
};
use campanile_server::{channels::ChannelKind, storage::JobCounts};
use campanile_tests::{
    fake_fcm::{Behaviour, FakeFcm},
    server::Server,
};
use chrono::TimeDelta;

const SOON: Duration = Duration::from_secs(20);
const MODENA: &str = "comune/036023";

async fn started() -> (FakeFcm, Server) {
    let fcm = FakeFcm::start().await;
    let server = Server::start_with(Some(fcm.settings())).await;
    (fcm, server)
}

async fn publish(server: &Server, id: &str) -> u64 {
    let alert = server.keys.alert(id, Severity::Moderate);
    server.publish(signed(&alert, &[&server.keys.officers[0]])).await
}

async fn counts(server: &Server, item: u64) -> JobCounts {
    server.app().storage.job_counts(item, ChannelKind::Fcm).await.unwrap().unwrap()
}

async fn settled(server: &Server, item: u64) -> JobCounts {
    let waited = tokio::time::timeout(SOON, async {
        loop {
            let counts = counts(server, item).await;
            if counts.planned && counts.waiting == 0 {
                return counts;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    waited.await.expect("the job is done in time")
}

async fn devices(server: &Server) -> u64 {
    server.app().storage.count_devices().await.unwrap().iter().map(|(_, devices)| devices).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_phone_of_the_comune_gets_the_very_bytes_once_and_no_other_phone() {
    let (fcm, server) = started().await;
    for n in 0..1_200 {
        server.register("fcm", &format!("modena-{n}"), MODENA).await;
    }
    server.register("fcm", "torino", "comune/001272").await;
    let alert = server.keys.alert("gialla-1", Severity::Moderate);
    let cose = signed(&alert, &[&server.keys.officers[0]]);
    let item = server.publish(cose.clone()).await;
    let counts = settled(&server, item).await;
    assert_eq!((counts.accepted, counts.rejected, counts.expired), (1_200, 0, 0));
    let mut tokens: Vec<_> = fcm.taken().into_iter().map(|taken| taken.token).collect();
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 1_200);
    assert_eq!(fcm.taken().len(), 1_200);
    assert!(!tokens.contains(&"torino".to_owned()));
    assert!(fcm.taken().iter().all(|taken| taken.item == cose && taken.ttl == "21600s"));
    // Many messages share few connections.
    assert!(fcm.connections() <= 2, "{}", fcm.connections());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unregistered_token_is_dropped_and_not_tried_again() {
    let (fcm, server) = started().await;
    server.register("fcm", "gone", MODENA).await;
    server.register("fcm", "here", MODENA).await;
    fcm.behave("gone", [Behaviour::Unregistered]);
    let item = publish(&server, "gialla-1").await;
    let counts = settled(&server, item).await;
    assert_eq!((counts.accepted, counts.rejected), (1, 1));
    assert_eq!(devices(&server).await, 1);
    let next = publish(&server, "gialla-2").await;
    assert_eq!(settled(&server, next).await.accepted, 1);
    assert_eq!(fcm.taken_for("gone"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_refused_for_good_is_not_tried_again_and_the_phone_stays() {
    let (fcm, server) = started().await;
    for (token, behaviour) in [("bad", Behaviour::InvalidArgument), ("foreign", Behaviour::SenderMismatch)] {
        server.register("fcm", token, MODENA).await;
        fcm.behave(token, [behaviour]);
    }
    let item = publish(&server, "gialla-1").await;
    assert_eq!(settled(&server, item).await.rejected, 2);
    assert_eq!(fcm.seen(), 2);
    assert_eq!(devices(&server).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_access_token_is_renewed_and_nothing_is_lost() {
    let (fcm, server) = started().await;
    server.register("fcm", "phone", MODENA).await;
    let first = publish(&server, "gialla-1").await;
    settled(&server, first).await;
    fcm.withdraw_access();
    let second = publish(&server, "gialla-2").await;
    assert_eq!(settled(&server, second).await.accepted, 1);
    assert_eq!(fcm.taken_for("phone"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_the_provider_are_tried_again_until_each_phone_has_it() {
    let (fcm, server) = started().await;
    let troubles = [
        ("internal", Behaviour::Internal),
        ("unavailable", Behaviour::Unavailable),
        ("unauthorized", Behaviour::Unauthorized),
        ("dropped", Behaviour::Drop),
        ("slow", Behaviour::Slow(Duration::from_secs(5))),
    ];
    for (token, trouble) in troubles {
        server.register("fcm", token, MODENA).await;
        fcm.behave(token, [trouble, trouble]);
    }
    let item = publish(&server, "gialla-1").await;
    let waited = tokio::time::timeout(SOON, async {
        // The server's clock stands: it is moved on so that what is to be tried again becomes due.
        let mut at = now();
        loop {
            let counts = counts(&server, item).await;
            if counts.planned && counts.waiting == 0 {
                return counts;
            }
            at += TimeDelta::seconds(1);
            server.clock.set(at);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let counts = waited.await.expect("every phone is reached in the end");
    assert_eq!((counts.accepted, counts.rejected, counts.expired), (5, 0, 0));
    for (token, _) in troubles {
        // A connection that drops takes the answers of others with it: what the provider took already is sent again,
        // and the phone knows it by its id.
        assert!((1..=2).contains(&fcm.taken_for(token)), "{token}: {}", fcm.taken_for(token));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn retry_after_is_obeyed() {
    let (fcm, server) = started().await;
    server.register("fcm", "busy", MODENA).await;
    fcm.behave("busy", [Behaviour::TooMany(60)]);
    let item = publish(&server, "gialla-1").await;
    let waited = tokio::time::timeout(SOON, async {
        while counts(&server, item).await.waiting == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    waited.await.expect("the first attempt is put down for another");
    server.clock.set(now() + TimeDelta::seconds(59));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(fcm.seen(), 1);
    assert_eq!(counts(&server, item).await.waiting, 1);
    server.clock.set(now() + TimeDelta::seconds(75));
    // The worker looks again when something new comes in.
    let next = publish(&server, "gialla-2").await;
    settled(&server, item).await;
    settled(&server, next).await;
    assert_eq!(fcm.taken_for("busy"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_after_the_alert_has_expired() {
    let (fcm, server) = started().await;
    server.register("fcm", "phone", MODENA).await;
    fcm.behave("phone", [Behaviour::Unavailable]);
    let item = publish(&server, "gialla-1").await;
    fcm.until(SOON, "the first attempt", |fcm| fcm.seen() == 1).await;
    server.clock.set(now() + TimeDelta::hours(7));
    let waited = tokio::time::timeout(SOON, async {
        while counts(&server, item).await.expired == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    waited.await.expect("given up");
    assert_eq!(fcm.seen(), 1);
    assert_eq!(counts(&server, item).await.waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_goes_on_where_the_fan_out_was() {
    let (fcm, mut server) = started().await;
    for n in 0..5 {
        server.register("fcm", &format!("phone-{n}"), MODENA).await;
    }
    fcm.behave("phone-3", [Behaviour::Unavailable; 3]);
    let item = publish(&server, "gialla-1").await;
    fcm.until(SOON, "four phones", |fcm| fcm.taken().len() == 4).await;
    server.restart().await;
    server.clock.set(now() + TimeDelta::minutes(30));
    let waited = tokio::time::timeout(SOON, async {
        let mut at = now() + TimeDelta::minutes(30);
        while counts(&server, item).await.accepted < 5 {
            at += TimeDelta::minutes(1);
            server.clock.set(at);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    waited.await.expect("the fifth phone is reached after the restart");
    assert_eq!(fcm.taken().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_reaches_who_got_the_alert_and_shares_its_collapse_key() {
    let (fcm, server) = started().await;
    server.register("fcm", "phone", MODENA).await;
    let alert = server.keys.alert("gialla-1", Severity::Moderate);
    let first = server.publish(signed(&alert, &[&server.keys.officers[0]])).await;
    settled(&server, first).await;
    let cancel = server.keys.follow(&alert, "gialla-2", MsgType::Cancel, Purpose::Ordinary);
    let second = server.publish(signed(&cancel, &[&server.keys.officers[0]])).await;
    settled(&server, second).await;
    let keys: Vec<_> = fcm.taken().into_iter().map(|taken| taken.collapse_key).collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_registers_anew_with_its_token_is_pushed_once() {
    let (fcm, server) = started().await;
    server.register("fcm", "phone", MODENA).await;
    server.register("fcm", "phone", MODENA).await;
    let item = publish(&server, "gialla-1").await;
    assert_eq!(settled(&server, item).await.accepted, 1);
    assert_eq!(fcm.taken_for("phone"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_cannot_be_reached_keeps_no_phone_waiting_for_another() {
    let (fcm, server) = started().await;
    let mut settings = fcm.settings();
    // A port that nobody listens on any more.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    settings.host = format!("localhost:{}", gone.port());
    let unreachable = Server::start_with(Some(settings)).await;
    for n in 0..300 {
        unreachable.register("fcm", &format!("phone-{n}"), MODENA).await;
    }
    drop(server);
    let item = publish(&unreachable, "gialla-1").await;
    let waited = tokio::time::timeout(SOON, async {
        while counts(&unreachable, item).await.waiting < 300 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    waited.await.expect("all of them are put down for another attempt");
}
