//! Rows of the fan-out: jobs with their cursor, and what has to be tried again.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{
    super::{Job, JobCounts, Progress, StorageError, Target},
    from_ms, to_ms,
};
use crate::channels::ChannelKind;

pub(super) fn next(connection: &Connection, channel: ChannelKind) -> Result<Option<Job>, StorageError> {
    Ok(connection
        .prepare_cached(
            "SELECT item, cursor, expires, collapse_key FROM jobs
             WHERE channel = ?1 AND planned = 0 ORDER BY lane, item LIMIT 1",
        )?
        .query_row([channel.as_str()], |row| job(row, channel))
        .optional()?)
}

pub(super) fn counts(
    connection: &Connection,
    item: u64,
    channel: ChannelKind,
) -> Result<Option<JobCounts>, StorageError> {
    Ok(connection
        .prepare_cached(
            "SELECT planned, accepted, rejected, expired,
                    (SELECT count(*) FROM retries WHERE retries.item = jobs.item AND retries.channel = jobs.channel)
             FROM jobs WHERE item = ?1 AND channel = ?2",
        )?
        .query_row(params![item, channel.as_str()], |row| {
            Ok(JobCounts {
                planned: row.get(0)?,
                accepted: row.get(1)?,
                rejected: row.get(2)?,
                expired: row.get(3)?,
                waiting: row.get(4)?,
            })
        })
        .optional()?)
}

/// Walks the devices by number, so that memory stays flat and a restart goes on where it was.
pub(super) fn targets(connection: &Connection, job: &Job, limit: u32) -> Result<Vec<Target>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT number, endpoint FROM devices
         WHERE channel = ?1 AND number > ?2 AND EXISTS (
             SELECT 1 FROM device_areas JOIN item_areas USING (comune)
             WHERE device = devices.number AND item = ?3
         )
         ORDER BY number LIMIT ?4",
    )?;
    let rows = statement.query_map(params![job.channel.as_str(), job.cursor, job.item, limit], |row| {
        Ok(Target { device: row.get(0)?, endpoint: row.get(1)?, attempt: 0 })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn due_retries(
    connection: &Connection,
    channel: ChannelKind,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Option<(Job, Vec<Target>)>, StorageError> {
    let most_urgent = connection
        .prepare_cached(
            "SELECT jobs.item, jobs.cursor, jobs.expires, jobs.collapse_key
             FROM retries JOIN jobs USING (item, channel)
             WHERE retries.channel = ?1 AND retries.due <= ?2 ORDER BY jobs.lane, jobs.item LIMIT 1",
        )?
        .query_row(params![channel.as_str(), to_ms(now)], |row| job(row, channel))
        .optional()?;
    let Some(job) = most_urgent else { return Ok(None) };
    let mut statement = connection.prepare_cached(
        "SELECT device, endpoint, attempt FROM retries JOIN devices ON devices.number = retries.device
         WHERE retries.item = ?1 AND retries.channel = ?2 AND due <= ?3 ORDER BY due LIMIT ?4",
    )?;
    let rows = statement.query_map(params![job.item, channel.as_str(), to_ms(now), limit], |row| {
        Ok(Target { device: row.get(0)?, endpoint: row.get(1)?, attempt: row.get(2)? })
    })?;
    let targets = rows.collect::<Result<_, _>>()?;
    Ok(Some((job, targets)))
}

pub(super) fn next_retry_at(
    connection: &Connection,
    channel: ChannelKind,
) -> Result<Option<DateTime<Utc>>, StorageError> {
    let due: Option<i64> = connection
        .prepare_cached("SELECT min(due) FROM retries WHERE channel = ?1")?
        .query_row([channel.as_str()], |row| row.get(0))?;
    Ok(due.map(from_ms))
}

pub(super) fn record(
    transaction: &Transaction<'_>,
    item: u64,
    channel: ChannelKind,
    progress: &Progress,
) -> Result<(), StorageError> {
    let channel = channel.as_str();
    transaction
        .prepare_cached(
            "UPDATE jobs SET cursor = coalesce(?3, cursor), planned = planned OR ?4,
                    accepted = accepted + ?5, rejected = rejected + ?6, expired = expired + ?7
             WHERE item = ?1 AND channel = ?2",
        )?
        .execute(params![
            item,
            channel,
            progress.cursor,
            progress.planned,
            progress.accepted.len(),
            progress.rejected.len(),
            progress.expired.len(),
        ])?;
    let mut done =
        transaction.prepare_cached("DELETE FROM retries WHERE item = ?1 AND channel = ?2 AND device = ?3")?;
    for device in progress.accepted.iter().chain(&progress.rejected).chain(&progress.expired) {
        done.execute(params![item, channel, device])?;
    }
    // The phone may have gone meanwhile: then there is nobody to try again.
    let mut retry = transaction.prepare_cached(
        "INSERT INTO retries (item, channel, device, attempt, due)
         SELECT ?1, ?2, number, ?4, ?5 FROM devices WHERE number = ?3
         ON CONFLICT DO UPDATE SET attempt = excluded.attempt, due = excluded.due",
    )?;
    for again in &progress.retries {
        retry.execute(params![item, channel, again.device, again.attempt, to_ms(again.due)])?;
    }
    let mut drop_dead = transaction
        .prepare_cached("DELETE FROM devices WHERE number = ?1 AND channel = ?2 AND endpoint = ?3")?;
    for (device, endpoint) in &progress.dead {
        drop_dead.execute(params![device, channel, endpoint])?;
    }
    Ok(())
}

fn job(row: &Row<'_>, channel: ChannelKind) -> rusqlite::Result<Job> {
    Ok(Job {
        item: row.get(0)?,
        channel,
        cursor: row.get(1)?,
        expires: from_ms(row.get(2)?),
        collapse_key: row.get(3)?,
    })
}
