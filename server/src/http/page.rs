//! `/allerte`: what is in force, for everybody, in plain HTML without JavaScript.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use campanile_core::{
    alerts::{
        Announced, Card, Label, Level, Phase, Place, PlaceSettings, Risk, alert_card, chains, sort_cards,
    },
    area::IstatCode,
    assets, calendar,
    notice::{BulletinNotice, Environment, Status},
    words::{Language, Words},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::App;
use crate::error::AppError;

/// No script, no frame, nothing from elsewhere; the shapes are inline SVG.
const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Template)]
#[template(path = "allerte.html")]
struct AllertePage {
    town: String,
    is_demo: bool,
    checked: String,
    cards: Vec<CardView>,
    days: Vec<DayView>,
    source: Option<String>,
}

struct CardView {
    level: &'static str,
    shape: String,
    frame: &'static str,
    title: String,
    labels: Vec<String>,
    instruction: String,
    description: String,
    area_desc: String,
    until: String,
    source: String,
}

struct DayView {
    name: String,
    comuni: Vec<ComuneView>,
}

struct ComuneView {
    name: String,
    risks: Vec<RiskView>,
}

struct RiskView {
    risk: String,
    level: &'static str,
    shape: String,
    words: String,
    remark: String,
}

pub(super) async fn allerte(State(app): State<Arc<App>>) -> Result<Response, AppError> {
    let now = app.clock.now();
    let alerts = app.board.alerts().await?;
    let bulletins = app.board.bulletins().await?;
    let words = Words::of(Language::Italian);
    let announced = Announced::of(&bulletins);
    let newest = bulletins.iter().max_by_key(|bulletin| bulletin.published);
    let mut cards: Vec<Card> = chains(&alerts)
        .iter()
        .filter(|chain| {
            chain.phase(now) == Phase::InForce || ended_lately(chain.phase(now), chain.latest.sent, now)
        })
        .map(|chain| alert_card(chain, &[], Language::Italian, now))
        .collect();
    sort_cards(&mut cards);
    let today = calendar::local_date(now);
    let days = [Some(today), today.succ_opt()].into_iter().flatten();
    let page = AllertePage {
        town: app.town.name.clone(),
        is_demo: app.town.anchor.environment == Environment::Demo,
        checked: format!("{} alle {}", words.day(today, today), Words::time(now)),
        cards: cards.into_iter().map(|card| card_view(card, words)).collect(),
        days: days.map(|day| day_view(day, &app.town.comuni, &announced, words, today)).collect(),
        source: newest.map(|bulletin| source_line(bulletin, words, today)),
    };
    let html = page.render().map_err(|error| {
        tracing::error!(%error, "failed to render the public page");
        AppError::new(
            axum::http::StatusCode::INTERNAL_SERVER_ERROR,
            "page",
            "the page cannot be made now; the alerts are at /v1/alerts",
        )
    })?;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    Ok((headers, html).into_response())
}

pub(super) async fn style() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, include_str!("../../templates/allerte.css")).into_response()
}

/// What ended stays for a day, so that who comes back reads that it is over.
fn ended_lately(phase: Phase, sent: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    matches!(phase, Phase::Ended | Phase::FalseAlarm) && now - sent < chrono::TimeDelta::hours(24)
}

fn card_view(card: Card, words: &Words) -> CardView {
    let over = card.phase != Phase::InForce;
    let frame = match card.status {
        Status::Exercise | Status::Test => "exercise",
        Status::Actual if over => "over",
        Status::Actual => "actual",
    };
    let level = if over { Level::Verde } else { card.level };
    CardView {
        level: level.as_str(),
        shape: words.shape(level),
        frame,
        title: card.title,
        labels: card.labels.iter().map(|label: &Label| label.say(words)).collect(),
        instruction: card.instruction,
        description: card.description,
        area_desc: card.area_desc,
        until: card.until,
        source: card.source,
    }
}

fn day_view(
    day: NaiveDate,
    comuni: &[IstatCode],
    announced: &Announced,
    words: &Words,
    today: NaiveDate,
) -> DayView {
    let places = comuni.iter().map(|code| place(*code, day));
    let comuni = places.map(|place| ComuneView {
        risks: Risk::ALL
            .into_iter()
            .map(|risk| {
                let held = announced.level(&place, risk, day);
                let remark = held.fall.map(|fall| Label::Lowered { from: fall.from }.say(words));
                RiskView {
                    risk: words.risks(&[risk]),
                    level: held.level.as_str(),
                    shape: words.shape(held.level),
                    words: words.level(held.level),
                    remark: remark.unwrap_or_default(),
                }
            })
            .collect(),
        name: place.comune_name,
    });
    DayView { name: words.day(day, today), comuni: comuni.collect() }
}

fn place(code: IstatCode, day: NaiveDate) -> Place {
    let name = assets::comuni().get(code).map_or_else(|| code.to_string(), |comune| comune.name.clone());
    Place {
        id: code.to_string(),
        name: name.clone(),
        comune: code,
        comune_name: name,
        zones: assets::zones_of(code, day).to_vec(),
        point: None,
        settings: PlaceSettings::default(),
    }
}

fn source_line(bulletin: &BulletinNotice, words: &Words, today: NaiveDate) -> String {
    let published = calendar::local_date(bulletin.published);
    words.say(
        "source-line",
        &[
            ("source", &bulletin.source),
            ("day", &words.day(published, today)),
            ("time", &Words::time(bulletin.published)),
        ],
    )
}
