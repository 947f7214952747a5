use super::*;

const ONE: &str = "CREATE TABLE bell (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;";
const TWO: &str = "ALTER TABLE bell ADD COLUMN weight_kg INTEGER;";
const BROKEN: &str = "CREATE TABLE tower (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE bell (id);";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn key(byte: u8) -> Zeroizing<[u8; 32]> {
    Zeroizing::new([byte; 32])
}

#[test]
fn a_file_is_brought_up_to_the_schema_and_keeps_its_rows() {
    let folder = folder();
    let path = folder.path().join("a.db");
    let first = Database::plain(&path, &[ONE]).open().unwrap();
    first.execute("INSERT INTO bell (name) VALUES ('Nicolosa')", []).unwrap();
    drop(first);
    let second = Database::plain(&path, &[ONE, TWO]).open().unwrap();
    assert_eq!(version(&second).unwrap(), 2);
    let row: (String, Option<i64>) = second
        .query_row("SELECT name, weight_kg FROM bell", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(row, ("Nicolosa".to_owned(), None));
}

#[test]
fn a_failed_migration_leaves_the_file_as_it_was() {
    let folder = folder();
    let path = folder.path().join("a.db");
    Database::plain(&path, &[ONE]).open().unwrap();
    let error = Database::plain(&path, &[ONE, BROKEN]).open().unwrap_err();
    assert!(matches!(error, SqliteError::Migration { number: 2, .. }), "{error}");
    let again = Database::plain(&path, &[ONE]).open().unwrap();
    assert_eq!(version(&again).unwrap(), 1);
    assert!(again.prepare("SELECT * FROM tower").is_err());
}

#[test]
fn a_file_of_a_later_build_is_refused_and_not_touched() {
    let folder = folder();
    let path = folder.path().join("a.db");
    Database::plain(&path, &[ONE, TWO]).open().unwrap();
    let older = Database::plain(&path, &[ONE]);
    for error in [older.open().unwrap_err(), older.open_reader().unwrap_err()] {
        assert!(matches!(error, SqliteError::Newer { found: 2, known: 1 }), "{error}");
    }
}

#[test]
fn what_is_committed_is_synced_and_foreign_keys_hold() {
    let folder = folder();
    let connection = Database::plain(folder.path().join("a.db"), &[ONE]).open().unwrap();
    let text = |pragma: &str| {
        connection.pragma_query_value(None, pragma, |row| row.get::<_, rusqlite::types::Value>(0)).unwrap()
    };
    assert_eq!(text("journal_mode"), "wal".to_owned().into());
    assert_eq!(text("synchronous"), 2.into());
    assert_eq!(text("foreign_keys"), 1.into());
}

#[test]
fn a_reader_sees_what_is_committed_and_cannot_write() {
    let folder = folder();
    let database = Database::plain(folder.path().join("a.db"), &[ONE]);
    let writer = database.open().unwrap();
    let reader = database.open_reader().unwrap();
    writer.execute("INSERT INTO bell (name) VALUES ('Bona')", []).unwrap();
    assert_eq!(reader.query_row("SELECT count(*) FROM bell", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    assert!(reader.execute("DELETE FROM bell", []).is_err());
}

#[test]
fn a_wrong_key_is_a_clean_error_and_the_file_is_not_readable_without_one() {
    let folder = folder();
    let path = folder.path().join("sealed.db");
    Database::encrypted(&path, key(1), &[ONE]).open().unwrap();
    let wrong = Database::encrypted(&path, key(2), &[ONE]).open().unwrap_err();
    assert!(matches!(wrong, SqliteError::WrongKey), "{wrong}");
    let none = Database::plain(&path, &[ONE]).open().unwrap_err();
    assert!(matches!(none, SqliteError::WrongKey), "{none}");
    assert!(!std::fs::read(&path).unwrap().starts_with(b"SQLite format 3"));
    Database::encrypted(&path, key(1), &[ONE]).open().unwrap();
}

#[test]
fn a_file_that_is_no_database_is_refused_by_name() {
    let folder = folder();
    let path = folder.path().join("a.db");
    std::fs::write(&path, "not a database, and long enough to be read as a header ".repeat(20)).unwrap();
    assert!(matches!(Database::plain(&path, &[ONE]).open(), Err(SqliteError::WrongKey)));
}
