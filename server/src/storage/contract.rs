//! What every back end of [`Storage`] must do. Each function is given an empty storage, or one that the others used.

use bytes::Bytes;
use campanile_core::{area::IstatCode, fixtures::now, trust::sha256};
use chrono::{DateTime, TimeDelta};

use super::{JobCounts, NewItem, Progress, Registration, Retry, Storage, StorageError, Stored};
use crate::channels::ChannelKind::{Fcm, Stream};

fn comuni(numbers: &[u32]) -> Vec<IstatCode> {
    numbers.iter().map(|number| IstatCode::from_number(*number).unwrap()).collect()
}

fn registration(endpoint: &str, numbers: &[u32]) -> Registration {
    Registration {
        channel: if endpoint.is_empty() { Stream } else { Fcm },
        endpoint: endpoint.to_owned(),
        comuni: comuni(numbers),
        languages: vec!["it".to_owned()],
        day: now().date_naive(),
    }
}

fn item(id: &str, text: &str, numbers: &[u32], lane: u8) -> NewItem {
    NewItem {
        id: id.to_owned(),
        is_alert: true,
        payload_sha256: sha256(text.as_bytes()),
        cose: Bytes::from(text.to_owned()),
        sent: now(),
        expires: now() + TimeDelta::hours(6),
        cap_sha256: None,
        comuni: comuni(numbers),
        references: Vec::new(),
        lane,
        collapse_key: id.to_owned(),
    }
}

/// Registrations.
pub(super) async fn devices(storage: &dyn Storage) {
    let counts = async || storage.count_devices().await.unwrap();
    storage.add_device("a".to_owned(), [1; 32], registration("", &[36_023])).await.unwrap();
    storage.add_device("b".to_owned(), [2; 32], registration("token", &[36_023])).await.unwrap();
    assert_eq!(counts().await, [(Stream, 1), (Fcm, 1)]);
    // The token moved to a new registration of the same phone.
    storage.add_device("c".to_owned(), [3; 32], registration("token", &[36_023])).await.unwrap();
    assert_eq!(counts().await, [(Stream, 1), (Fcm, 1)]);
    assert_eq!(storage.device_secret("b".to_owned()).await.unwrap(), None);
    assert_eq!(storage.device_secret("c".to_owned()).await.unwrap(), Some([3; 32]));
    assert!(storage.change_device("a".to_owned(), registration("token", &[1])).await.unwrap());
    assert_eq!(counts().await, [(Stream, 0), (Fcm, 1)]);
    assert!(!storage.change_device("nobody".to_owned(), registration("", &[1])).await.unwrap());
    assert!(storage.remove_device("a".to_owned()).await.unwrap());
    assert!(!storage.remove_device("a".to_owned()).await.unwrap());
}

/// Items in the town's order.
pub(super) async fn items(storage: &dyn Storage) {
    assert_eq!(storage.last_sequence().await.unwrap(), 0);
    let first = storage.add_item(item("one", "1", &[36_023], 1), vec![]).await.unwrap();
    assert_eq!(first, Stored { sequence: 1, is_new: true });
    let again = storage.add_item(item("one", "1", &[36_023], 1), vec![]).await.unwrap();
    assert_eq!(again, Stored { sequence: 1, is_new: false });
    let taken = storage.add_item(item("one", "other", &[36_023], 1), vec![]).await;
    assert!(matches!(taken, Err(StorageError::IdTaken)), "{taken:?}");
    let mut ended = item("two", "2", &[36_023], 1);
    ended.expires = now() - TimeDelta::days(40);
    storage.add_item(ended, vec![]).await.unwrap();
    storage.add_item(item("three", "3", &[36_023], 1), vec![]).await.unwrap();
    let sequences = async |after, limit, held_at| {
        let found = storage.items_after(after, limit, held_at).await.unwrap();
        found.into_iter().map(|item| item.sequence).collect::<Vec<_>>()
    };
    let all = sequences(0, 10, DateTime::UNIX_EPOCH).await;
    assert_eq!(all.len(), 3);
    assert!(all.is_sorted());
    assert_eq!(storage.last_sequence().await.unwrap(), all[2]);
    assert_eq!(sequences(all[0], 1, DateTime::UNIX_EPOCH).await, [all[1]]);
    assert_eq!(sequences(0, 10, now() - TimeDelta::days(30)).await, [all[0], all[2]]);
    assert_eq!(storage.item(all[2]).await.unwrap().unwrap(), "3");
    assert_eq!(storage.find_item(sha256(b"3")).await.unwrap(), Some(all[2]));
    assert_eq!(storage.items_since(true, now()).await.unwrap().len(), 3);
    assert!(storage.items_since(false, now()).await.unwrap().is_empty());
    assert_eq!(storage.cap("nothing".to_owned()).await.unwrap(), None);
    storage.put_cap("one".to_owned(), Bytes::from_static(b"<alert/>")).await.unwrap();
    assert_eq!(storage.cap("one".to_owned()).await.unwrap().unwrap().cap.unwrap(), "<alert/>");
}

/// Trust lists, revocations, head.
pub(super) async fn signed(storage: &dyn Storage) {
    for (version, list) in [(2, "two"), (1, "one"), (2, "not kept")] {
        storage.add_trust_list(version, Bytes::from(list)).await.unwrap();
    }
    assert_eq!(storage.trust_lists().await.unwrap(), ["one", "two"]);
    for _ in 0..2 {
        storage.add_revocation([7; 32], Bytes::from_static(b"removal")).await.unwrap();
    }
    assert_eq!(storage.revocations().await.unwrap(), ["removal"]);
    assert_eq!(storage.head().await.unwrap(), None);
    assert!(storage.put_head(5, Bytes::from_static(b"five")).await.unwrap());
    assert!(!storage.put_head(5, Bytes::from_static(b"again")).await.unwrap());
    assert!(!storage.put_head(4, Bytes::from_static(b"four")).await.unwrap());
    assert_eq!(storage.head().await.unwrap(), Some((5, Bytes::from_static(b"five"))));
    storage.check().await.unwrap();
}

/// Jobs: whom they reach, in which order, and what is written down.
pub(super) async fn fanout(storage: &dyn Storage) {
    for (id, comuni) in [("a", &[1, 2][..]), ("b", &[2]), ("c", &[3])] {
        storage.add_device(id.to_owned(), [0; 32], registration(id, comuni)).await.unwrap();
    }
    storage.add_device("s".to_owned(), [0; 32], registration("", &[1])).await.unwrap();
    assert_eq!(storage.next_job(Fcm).await.unwrap(), None);
    let chatter = storage.add_item(item("chatter", "1", &[3], 2), vec![Fcm]).await.unwrap().sequence;
    let urgent = storage.add_item(item("urgent", "2", &[1], 0), vec![Fcm]).await.unwrap().sequence;
    let mut follows = item("follows", "3", &[2], 1);
    follows.references = vec!["chatter".to_owned(), "never-came".to_owned()];
    let follows = storage.add_item(follows, vec![Fcm]).await.unwrap().sequence;

    let endpoints = async |job| {
        let targets = storage.job_targets(job, 10).await.unwrap();
        targets.into_iter().map(|target| target.endpoint).collect::<Vec<_>>()
    };
    let job = storage.next_job(Fcm).await.unwrap().unwrap();
    assert_eq!(job.item, urgent);
    assert_eq!(endpoints(job.clone()).await, ["a"]);
    let device = storage.job_targets(job, 10).await.unwrap()[0].device;
    let due = now() + TimeDelta::seconds(30);
    let progress = Progress {
        cursor: Some(device),
        planned: true,
        retries: vec![Retry { device, attempt: 1, due }],
        ..Progress::default()
    };
    storage.record(urgent, Fcm, progress).await.unwrap();

    // Who got what an item changes gets the item, too.
    let job = storage.next_job(Fcm).await.unwrap().unwrap();
    assert_eq!(job.item, follows);
    assert_eq!(endpoints(job.clone()).await, ["a", "b", "c"]);
    let first = storage.job_targets(job, 1).await.unwrap()[0].device;
    let progress = Progress { cursor: Some(first), accepted: vec![first], ..Progress::default() };
    storage.record(follows, Fcm, progress).await.unwrap();
    let job = storage.next_job(Fcm).await.unwrap().unwrap();
    assert_eq!(endpoints(job).await, ["b", "c"]);
    storage.record(follows, Fcm, Progress { planned: true, ..Progress::default() }).await.unwrap();
    assert_eq!(storage.next_job(Fcm).await.unwrap().unwrap().item, chatter);

    assert_eq!(storage.due_retries(Fcm, now(), 10).await.unwrap(), None);
    assert_eq!(storage.next_retry_at(Fcm).await.unwrap(), Some(due));
    let (job, targets) = storage.due_retries(Fcm, due, 10).await.unwrap().unwrap();
    assert_eq!((job.item, targets[0].attempt, targets[0].endpoint.as_str()), (urgent, 1, "a"));
    // A token that the phone has changed meanwhile is not dead.
    storage.change_device("a".to_owned(), registration("new", &[1])).await.unwrap();
    let dead = |endpoint: &str| Progress {
        rejected: vec![device],
        dead: vec![(device, endpoint.to_owned())],
        ..Progress::default()
    };
    storage.record(urgent, Fcm, dead("a")).await.unwrap();
    let counts = storage.job_counts(urgent, Fcm).await.unwrap().unwrap();
    assert_eq!(counts, JobCounts { planned: true, rejected: 1, ..JobCounts::default() });
    assert_eq!(storage.count_devices().await.unwrap(), [(Stream, 1), (Fcm, 3)]);
    storage.record(urgent, Fcm, dead("new")).await.unwrap();
    assert_eq!(storage.count_devices().await.unwrap(), [(Stream, 1), (Fcm, 2)]);
}
