//! The live stream: what a phone that is connected hears, and what one that was away gets.
#![expect(clippy::unwrap_used, reason = "helpers of tests may unwrap as tests do")]

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use campanile_core::{
    fixtures::{now, signed, signed_head},
    notice::Severity,
};
use campanile_tests::server::Server;

/// One event: its name, its id and its data.
type Event = (String, Option<u64>, String);

struct Listener {
    answer: reqwest::Response,
    text: String,
}

impl Listener {
    async fn open(server: &Server, last_event_id: Option<&str>) -> Self {
        let mut request = server.api.http().get(server.api.url("/v1/stream"));
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, text: String::new() }
    }

    /// The next event; none when the server ended the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let block = block.to_owned();
                self.text = String::from(rest);
                let field = |name: &str| {
                    block
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .map(|value| value.trim().to_owned())
                };
                if let Some(name) = field("event:") {
                    let id = field("id:").map(|id| id.parse().unwrap());
                    return Some((name, id, field("data:").unwrap_or_default()));
                }
                continue;
            }
            let piece = tokio::time::timeout(Duration::from_secs(20), self.answer.chunk()).await;
            let piece = piece.expect("something comes within the time").ok()??;
            self.text.push_str(std::str::from_utf8(&piece).unwrap());
        }
    }
}

async fn publish(server: &Server, id: &str) -> Vec<u8> {
    let cose = signed(&server.keys.alert(id, Severity::Moderate), &[&server.keys.officers[0]]);
    server.publish(cose.clone()).await;
    cose
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_connected_hears_items_heads_and_trust_lists() {
    let server = Server::start().await;
    let mut listener = Listener::open(&server, None).await;
    let cose = publish(&server, "gialla-1").await;
    assert_eq!(listener.next().await.unwrap(), ("item".to_owned(), Some(1), STANDARD.encode(&cose)));
    let head = signed_head(&server.keys.head(7, now()), &server.keys.feed);
    server.api.post_cose("/v1/head", head.clone()).await;
    assert_eq!(listener.next().await.unwrap(), ("head".to_owned(), None, STANDARD.encode(&head)));
    server.api.post_cose("/v1/trust", server.keys.signed_list(&server.keys.list(2))).await;
    assert_eq!(listener.next().await.unwrap(), ("trust".to_owned(), None, "2".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_resumes_after_the_last_event_also_after_a_restart() {
    let mut server = Server::start().await;
    let mut sent = Vec::new();
    for n in 1..=40 {
        sent.push(publish(&server, &format!("gialla-{n}")).await);
    }
    server.restart().await;
    let mut listener = Listener::open(&server, Some("3")).await;
    for sequence in 4..=40_u64 {
        let (_, id, data) = listener.next().await.unwrap();
        assert_eq!(id, Some(sequence));
        assert_eq!(data, STANDARD.encode(&sent[usize::try_from(sequence).unwrap() - 1]));
    }
    sent.push(publish(&server, "gialla-41").await);
    assert_eq!(listener.next().await.unwrap().1, Some(41));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_ahead_of_the_server_starts_over_and_what_is_no_cursor_is_refused() {
    let server = Server::start().await;
    publish(&server, "gialla-1").await;
    let mut listener = Listener::open(&server, Some("900")).await;
    assert_eq!(listener.next().await.unwrap().1, Some(1));
    assert_eq!(server.api.get("/v1/stream?after=abc").await.code(), "invalid_cursor");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_closes_ends_its_streams() {
    let mut server = Server::start().await;
    let mut listener = Listener::open(&server, None).await;
    publish(&server, "gialla-1").await;
    assert!(listener.next().await.is_some());
    let stopped = tokio::time::timeout(Duration::from_secs(10), server.stop());
    assert!(stopped.await.is_ok());
    assert_eq!(listener.next().await, None);
}
