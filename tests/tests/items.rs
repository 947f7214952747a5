//! Items at the API: what is taken, what is refused and by which name.

use campanile_core::{
    alerts::Level,
    area::AreaKey,
    fixtures::{self, Town, now, signed, signed_bulletin, signed_head, today},
    notice::{Area, BulletinEdition, MsgType, Purpose, Severity, Status},
    trust::sha256,
};
use campanile_tests::server::Server;
use chrono::TimeDelta;

async fn refused(server: &Server, cose: Vec<u8>) -> String {
    let answer = server.api.post_cose("/v1/items", cose).await;
    assert_eq!(answer.status, 422, "{}", answer.json);
    answer.code().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_and_half_signed_items_are_refused_by_name() {
    let server = Server::start().await;
    let town = &server.keys;
    let [first, second] = [&town.officers[0], &town.officers[1]];
    let red = town.alert("rossa-1", Severity::Extreme);
    assert_eq!(refused(&server, signed(&red, &[first])).await, "too_few_persons");
    assert_eq!(refused(&server, signed(&red, &[first, &town.spare])).await, "same_person");
    assert_eq!(refused(&server, signed(&red, &[first, &town.outsider])).await, "unknown_key");
    assert_eq!(refused(&server, signed(&red, &[first, &town.feed])).await, "wrong_role");
    assert_eq!(refused(&server, signed(&red, &[first, &town.stranger])).await, "out_of_scope");
    let mut changed = signed(&red, &[first, second]);
    let at = changed.windows(6).position(|window| window == b"Modena").unwrap();
    changed[at] = b'N';
    assert_eq!(refused(&server, changed).await, "bad_signature");
    let whole = signed(&red, &[first, second]);
    assert_eq!(refused(&server, whole[..whole.len() - 3].to_vec()).await, "malformed");
    assert_eq!(refused(&server, vec![0; 3_000]).await, "malformed");
    assert_eq!(refused(&server, vec![0; 69_000]).await, "too_large");
    let demo = Town::demo();
    let item = signed(&demo.alert("demo-1", Severity::Extreme), &[&demo.officers[0], &demo.officers[1]]);
    assert_eq!(refused(&server, item).await, "demo_item");
    let mut elsewhere = red.clone();
    elsewhere.town = "ferrara".to_owned();
    assert_eq!(refused(&server, signed(&elsewhere, &[first, second])).await, "wrong_town");
    assert_eq!(server.api.get("/v1/alerts").await.json["items"].as_array().unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn safety_rule_8_an_item_without_an_area_is_refused_and_never_goes_to_the_whole_town() {
    let server = Server::start().await;
    let mut alert = server.keys.alert("senza-area", Severity::Moderate);
    alert.area = Area::default();
    assert_eq!(refused(&server, signed(&alert, &[&server.keys.officers[0]])).await, "no_area");
    let nowhere: AreaKey = "zona/Emil-Z9".parse().unwrap();
    let mut list = server.keys.list(2);
    list.holders[0].scope.push(nowhere.clone());
    let answer = server.api.post_cose("/v1/trust", server.keys.signed_list(&list)).await;
    assert_eq!(answer.status, 201, "{}", answer.json);
    alert.area.keys = vec![nowhere];
    assert_eq!(refused(&server, signed(&alert, &[&server.keys.officers[0]])).await, "no_area");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_and_an_old_trust_list_are_refused_also_after_a_restart() {
    let mut server = Server::start().await;
    let town = Town::live();
    let [first, second, third] = [&town.officers[0], &town.officers[1], &town.officers[2]];
    let alone = town.revocation(third, &[first]);
    assert_eq!(server.api.post_cose("/v1/revocations", alone).await.code(), "too_few_persons");
    let removal = town.revocation(third, &[first, second]);
    assert_eq!(server.api.post_cose("/v1/revocations", removal).await.status, 204);
    let red = signed(&town.alert("rossa-1", Severity::Extreme), &[first, third]);
    assert_eq!(refused(&server, red.clone()).await, "revoked_key");
    let older = town.signed_list(&town.list(0));
    assert_eq!(server.api.post_cose("/v1/trust", older).await.code(), "old_trust_list");
    server.restart().await;
    assert_eq!(refused(&server, red).await, "revoked_key");
    assert_eq!(server.api.get("/v1/revocations").await.json["items"].as_array().unwrap().len(), 1);
    let mut forged = town.list(9);
    forged.holders.clear();
    let one_root = campanile_core::trust::sign(
        campanile_core::trust::ItemKind::TrustList,
        campanile_core::notice::encode(&forged),
        &[&town.roots[0]],
    );
    assert_eq!(server.api.post_cose("/v1/trust", one_root.unwrap()).await.code(), "too_few_roots");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_of_a_red_alert_signed_by_one_is_refused_and_by_two_is_taken() {
    let server = Server::start().await;
    let town = &server.keys;
    let [first, second] = [&town.officers[0], &town.officers[1]];
    let red = town.alert("rossa-1", Severity::Extreme);
    server.publish(signed(&red, &[first, second])).await;
    let cancel = town.follow(&red, "rossa-2", MsgType::Cancel, Purpose::FalseAlarm);
    assert_eq!(refused(&server, signed(&cancel, &[first])).await, "too_few_to_end");
    let mut lowered = town.follow(&red, "rossa-3", MsgType::Update, Purpose::Ordinary);
    lowered.severity = Severity::Minor;
    assert_eq!(refused(&server, signed(&lowered, &[first])).await, "too_few_to_end");
    // One officer alone may say "in verifica", which removes nothing.
    let doubt = town.follow(&red, "rossa-4", MsgType::Update, Purpose::UnderReview);
    server.publish(signed(&doubt, &[first])).await;
    server.publish(signed(&cancel, &[first, second])).await;
    // A reference by id to other bytes is a trap for the second signer.
    let mut other = red.clone();
    other.severity = Severity::Minor;
    let trap = town.follow(&other, "rossa-5", MsgType::Cancel, Purpose::Ordinary);
    assert_eq!(refused(&server, signed(&trap, &[first, second])).await, "wrong_reference");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exercise_needs_one_person_and_ends_no_real_alert() {
    let server = Server::start().await;
    let town = &server.keys;
    let mut exercise = town.alert("prova-1", Severity::Extreme);
    exercise.status = Status::Exercise;
    server.publish(signed(&exercise, &[&town.officers[0]])).await;
    let page = server.api.http().get(server.api.url("/allerte")).send().await.unwrap();
    let html = page.text().await.unwrap();
    assert!(html.contains("ESERCITAZIONE") && html.contains("exercise"), "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_item_again_keeps_its_sequence_and_another_with_its_id_is_refused() {
    let server = Server::start().await;
    let town = &server.keys;
    let first = &town.officers[0];
    let yellow = town.alert("gialla-1", Severity::Moderate);
    let sequence = server.publish(signed(&yellow, &[first])).await;
    let again = server.api.post_cose("/v1/items", signed(&yellow, &[first])).await;
    assert_eq!((again.status, again.json["sequence"].as_u64()), (200, Some(sequence)));
    let mut other = yellow.clone();
    other.texts[0].headline = "Un'altra cosa".to_owned();
    let taken = server.api.post_cose("/v1/items", signed(&other, &[first])).await;
    assert_eq!((taken.status, taken.code()), (409, "id_taken"));
    let next = server.publish(signed(&town.alert("gialla-2", Severity::Moderate), &[first])).await;
    assert_eq!(next, sequence + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_expired_or_is_of_tomorrow_is_refused() {
    let server = Server::start().await;
    let town = &server.keys;
    let mut alert = town.alert("gialla-1", Severity::Moderate);
    alert.sent = now() + TimeDelta::hours(2);
    assert_eq!(refused(&server, signed(&alert, &[&town.officers[0]])).await, "sent_in_future");
    server.clock.set(now() + TimeDelta::days(1));
    let late = town.alert("gialla-2", Severity::Moderate);
    assert_eq!(refused(&server, signed(&late, &[&town.officers[0]])).await, "expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn bulletins_are_taken_from_the_feed_alone() {
    let server = Server::start().await;
    let town = &server.keys;
    let bulletin =
        town.bulletin("dpc-20230516-1522", BulletinEdition::First, now(), today(), &[Level::Rossa]);
    assert_eq!(refused(&server, signed_bulletin(&bulletin, &town.officers[0])).await, "wrong_role");
    server.publish(signed_bulletin(&bulletin, &town.feed)).await;
    let html = server.api.http().get(server.api.url("/allerte")).send().await.unwrap().text().await.unwrap();
    assert!(html.contains("Allerta rossa"), "{html}");
    // The second day is not in the edition: unknown, never green (safety rule 1).
    assert!(html.contains("Livello non ancora noto"), "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_only_grow() {
    let server = Server::start().await;
    let town = &server.keys;
    assert_eq!(server.api.get("/v1/head").await.code(), "no_head");
    for number in [1, 5] {
        let head = signed_head(&town.head(number, now()), &town.feed);
        assert_eq!(server.api.post_cose("/v1/head", head).await.status, 201);
    }
    let old = signed_head(&town.head(5, now() + TimeDelta::hours(1)), &town.feed);
    assert_eq!(server.api.post_cose("/v1/head", old).await.code(), "old_head");
    let not_a_feed = signed_head(&town.head(6, now()), &town.officers[0]);
    assert_eq!(server.api.post_cose("/v1/head", not_a_feed).await.code(), "wrong_role");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_full_cap_is_taken_only_if_it_is_the_one_that_was_signed() {
    let server = Server::start().await;
    let cap = b"<alert/>".to_vec();
    let mut alert = server.keys.alert("gialla-1", Severity::Moderate);
    alert.cap_sha256 = Some(sha256(&cap).into());
    server.publish(signed(&alert, &[&server.keys.officers[0]])).await;
    let url = server.api.url("/v1/items/gialla-1/cap");
    let put = |body: Vec<u8>| server.api.answer(server.api.http().put(url.clone()).body(body));
    assert_eq!(server.api.get("/v1/items/gialla-1/cap").await.code(), "no_cap");
    assert_eq!(put(b"<alert />".to_vec()).await.code(), "wrong_cap");
    assert_eq!(put(cap.clone()).await.status, 204);
    let kept = server.api.http().get(url.clone()).send().await.unwrap();
    assert_eq!(kept.headers()["content-type"], "application/cap+xml");
    assert_eq!(kept.bytes().await.unwrap(), cap);
    assert_eq!(server.api.get("/v1/items/rossa-9/cap").await.code(), "unknown_item");
}

#[tokio::test(flavor = "multi_thread")]
async fn catching_up_goes_page_by_page_and_says_when_nothing_changed() {
    let server = Server::start().await;
    for n in 1..=5 {
        let alert = server.keys.alert(&format!("gialla-{n}"), Severity::Moderate);
        server.publish(signed(&alert, &[&server.keys.officers[0]])).await;
    }
    let mut after = 0;
    let mut sequences = Vec::new();
    loop {
        let page = server.api.get(&format!("/v1/alerts?after={after}&limit=2")).await.json;
        sequences.extend(page["items"].as_array().unwrap().iter().map(|item| item["sequence"].clone()));
        after = page["cursor"].as_u64().unwrap();
        if page["more"] == false {
            break;
        }
    }
    assert_eq!(sequences, [1, 2, 3, 4, 5]);
    // A cursor from before the storage was lost starts over.
    let page = server.api.get("/v1/alerts?after=99").await.json;
    assert_eq!((page["items"].as_array().unwrap().len(), page["cursor"].as_u64()), (5, Some(5)));
    let etag = server.api.get("/v1/alerts?after=5").await.etag.unwrap();
    let asked = |etag: String| {
        let url = server.api.url("/v1/alerts?after=5");
        server.api.answer(server.api.http().get(url).header("if-none-match", etag))
    };
    assert_eq!(asked(etag.clone()).await.status, 304);
    let alert = server.keys.alert("gialla-6", Severity::Moderate);
    server.publish(signed(&alert, &[&server.keys.officers[0]])).await;
    assert_eq!(asked(etag).await.status, 200);
    assert_eq!(server.api.get("/v1/alerts?after=x").await.code(), "invalid_query");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_trust_list_nothing_is_judged() {
    let server = Server::start_without_trust(None).await;
    let alert = fixtures::Town::live().alert("gialla-1", Severity::Moderate);
    let item = signed(&alert, &[&server.keys.officers[0]]);
    let answer = server.api.post_cose("/v1/items", item).await;
    assert_eq!((answer.status, answer.code()), (503, "no_trust_list"));
    assert_eq!(server.api.get("/v1/trust").await.code(), "no_trust_list");
    assert_eq!(server.api.get("/healthz").await.json["status"], "no_trust_list");
}
