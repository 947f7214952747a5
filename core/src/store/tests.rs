use chrono::TimeDelta;
use tempfile::TempDir;

use super::*;
use crate::{
    fixtures::{self, Town},
    notice::Severity,
    sqlite,
    store::items::ItemKey,
};

fn key(byte: u8) -> Key {
    Zeroizing::new([byte; 32])
}

fn open(folder: &TempDir) -> (Store, Opening) {
    Store::open(folder.path(), key(1)).unwrap()
}

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("campanile.db")
}

/// Keeps `count` alerts of one town.
fn fill(store: &Store, count: u32) {
    let town = Town::live();
    store
        .write(|transaction| {
            towns::ensure(transaction, "modena", &[0; 32])?;
            for number in 0..count {
                let notice = town.alert(&format!("alert-{number}"), Severity::Minor);
                let bytes = fixtures::signed(&notice, &[&town.officers[0]]);
                let new = items::keep(
                    transaction,
                    "modena",
                    &ItemKey::from(&notice),
                    &bytes,
                    Some(number.into()),
                    fixtures::now(),
                )?;
                assert!(new);
            }
            settings::set(transaction, "language", "en")
        })
        .unwrap();
}

#[test]
fn a_file_says_nothing_without_its_key() {
    let folder = TempDir::new().unwrap();
    let (store, opening) = open(&folder);
    assert_eq!(opening, Opening::New);
    fill(&store, 3);
    drop(store);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(
            !bytes.windows(6).any(|six| six == b"SQLite" || six == b"Secchi"),
            "readable text on the disk"
        );
    }
}

#[test]
fn a_wrong_key_is_told_apart_from_damage_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    fill(&open(&folder).0, 3);
    assert_eq!(Store::open(folder.path(), key(2)).err(), Some(StoreError::WrongKey));
    let (store, opening) = open(&folder);
    assert_eq!(opening, Opening::Existing);
    assert_eq!(store.read(items::count).unwrap(), 3);
}

#[test]
fn without_the_check_value_a_file_that_does_not_open_is_never_thrown_away() {
    let folder = TempDir::new().unwrap();
    fill(&open(&folder).0, 3);
    std::fs::remove_file(folder.path().join("campanile.key-check")).unwrap();
    assert_eq!(Store::open(folder.path(), key(2)).err(), Some(StoreError::WrongKey));
    let (store, _) = open(&folder);
    assert_eq!(store.read(items::count).unwrap(), 3);
    assert_eq!(Store::open(folder.path(), key(2)).err(), Some(StoreError::WrongKey));
}

#[test]
fn a_damaged_file_is_set_aside_and_what_can_be_read_is_saved() {
    let folder = TempDir::new().unwrap();
    let (store, _) = open(&folder);
    fill(&store, 200);
    store.pause();
    let mut bytes = std::fs::read(file(&folder)).unwrap();
    // A page in the middle of the items: the first pages, with schema and settings, stay.
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0);
    std::fs::write(file(&folder), &bytes).unwrap();

    store.resume(key(1)).unwrap();
    let read =
        |store: &Store| store.read(|connection| items::ending_after(connection, "modena", fixtures::now()));
    assert_eq!(read(&store).err(), Some(StoreError::Damaged));
    let saved = read(&store).unwrap().len();
    assert!(saved > 0 && saved < 200, "{saved}");
    let language = store.read(|connection| settings::get(connection, "language")).unwrap();
    assert_eq!(language.as_deref(), Some("en"));
    assert_eq!(store.read(|connection| towns::get(connection, "modena")).unwrap().cursor, 0);
    let aside = folder.path().join("campanile.damaged-1.db");
    assert_eq!(std::fs::read(aside).unwrap().len(), bytes.len());
}

#[test]
fn a_file_whose_first_page_is_gone_is_rebuilt_at_opening() {
    let folder = TempDir::new().unwrap();
    fill(&open(&folder).0, 3);
    std::fs::write(file(&folder), b"not a database at all").unwrap();
    let (store, opening) = open(&folder);
    assert_eq!(opening, Opening::Rebuilt);
    assert_eq!(store.read(items::count).unwrap(), 0);
    assert!(folder.path().join("campanile.damaged-1.db").exists());
}

#[test]
fn a_paused_store_is_closed_until_it_is_resumed() {
    let folder = TempDir::new().unwrap();
    let (store, _) = open(&folder);
    fill(&store, 3);
    store.pause();
    assert_eq!(store.read(items::count), Err(StoreError::Closed));
    assert_eq!(store.write(|_| Ok(())), Err(StoreError::Closed));
    assert_eq!(store.resume(key(2)).err(), Some(StoreError::WrongKey));
    assert_eq!(store.read(items::count), Err(StoreError::Closed));
    store.resume(key(1)).unwrap();
    assert_eq!(store.read(items::count), Ok(3));
}

#[test]
fn a_transaction_that_fails_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let (store, _) = open(&folder);
    let failed: Result<(), _> = store.write(|transaction| {
        settings::set(transaction, "language", "en")?;
        Err(StoreError::NotFound)
    });
    assert_eq!(failed, Err(StoreError::NotFound));
    assert_eq!(store.read(|connection| settings::get(connection, "language")), Ok(None));
}

#[test]
fn an_item_is_kept_once() {
    let folder = TempDir::new().unwrap();
    let (store, _) = open(&folder);
    fill(&store, 1);
    let town = Town::live();
    let notice = town.alert("alert-0", Severity::Minor);
    let again = store.write(|transaction| {
        items::keep(transaction, "modena", &ItemKey::from(&notice), b"other", None, fixtures::now())
    });
    assert_eq!((again, store.read(items::count)), (Ok(false), Ok(1)));
}

#[test]
fn refusals_are_kept_without_end_to_no_more_than_two_hundred() {
    let folder = TempDir::new().unwrap();
    let (store, _) = open(&folder);
    for number in 0..250 {
        let at = fixtures::now() + TimeDelta::seconds(number);
        store.write(|transaction| refusals::note(transaction, "malformed", at)).unwrap();
    }
    let newest = store.read(|connection| refusals::newest(connection, 1000)).unwrap();
    assert_eq!(newest.len(), 200);
    assert_eq!(newest[0].received, fixtures::now() + TimeDelta::seconds(249));
}

#[test]
fn a_town_whose_roots_changed_with_the_release_starts_anew() {
    let folder = TempDir::new().unwrap();
    let (store, _) = open(&folder);
    fill(&store, 3);
    store.write(|transaction| towns::ensure(transaction, "modena", &[0; 32])).unwrap();
    assert_eq!(store.read(items::count), Ok(3));
    store.write(|transaction| towns::ensure(transaction, "modena", &[1; 32])).unwrap();
    assert_eq!(store.read(items::count), Ok(0));
}

/// Every released schema is upgraded to what a new store has. `create_vN.sql` is added with migration N+1,
/// made from the schema of before, with rows in every table.
#[test]
fn every_released_schema_is_upgraded_to_the_newest() {
    let newest = sqlite::open_in_memory(MIGRATIONS).unwrap();
    let schema = |connection: &rusqlite::Connection| -> Vec<String> {
        let mut statement = connection
            .prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1")
            .unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    for done in 0..MIGRATIONS.len() {
        let mut connection = sqlite::open_in_memory(&MIGRATIONS[..done]).unwrap();
        sqlite::migrate(&mut connection, MIGRATIONS).unwrap();
        assert_eq!(schema(&connection), schema(&newest), "from version {done}");
    }
    let strict: i64 = newest
        .query_row("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(strict, 0, "every table is STRICT");
}

#[test]
fn every_migration_file_is_built_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/migrations");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), MIGRATIONS.len());
}
