//! What the list of alerts shows.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{LISTED_AFTER_END, Phone, PhoneError, State, places::days};
use crate::{
    alerts::{Card, CardKind, Label, Level, Phase, Place, alert_card, bulletin_cards, sort_cards},
    push::HeadView,
    store::notices,
};

/// A card of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCard {
    /// What it shows.
    pub card: Card,
    /// Whether the person opened it since it last changed.
    pub is_seen: bool,
}

/// The whole list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertList {
    /// What concerns the person first, then the worst, then the newest; may be empty.
    pub cards: Vec<ListedCard>,
    /// Whether the situation is known: by the oldest head among the towns that serve a saved place.
    pub head: HeadView,
}

impl Phone {
    /// The list as it stands now.
    pub fn list(&self) -> Result<AlertList, PhoneError> {
        let now = self.now();
        let seen = self.read(notices::seen)?;
        self.look_around();
        let state = self.lock().clone();
        let cards = cards(&state, now)
            .into_iter()
            .map(|card| ListedCard { is_seen: is_seen(&seen, &card), card })
            .collect();
        Ok(AlertList { cards, head: self.head(&state, now) })
    }

    /// One card of the list. Errors: [`PhoneError::NotFound`].
    pub fn card(&self, id: &str) -> Result<ListedCard, PhoneError> {
        let found = self.list()?.cards.into_iter().find(|listed| listed.card.id == id);
        found.ok_or(PhoneError::NotFound { what: "alert" })
    }

    /// Notes that the person opened a card. Errors: [`PhoneError::NotFound`].
    pub fn mark_seen(&self, id: &str) -> Result<(), PhoneError> {
        let listed = self.card(id)?;
        self.write(|transaction| notices::mark_seen(transaction, id, listed.card.sent))?;
        self.tell();
        Ok(())
    }

    fn head(&self, state: &State, now: DateTime<Utc>) -> HeadView {
        let oldest = self
            .relevant_towns()
            .filter_map(|town| state.snapshot.towns.iter().find(|held| held.town == town.anchor.town))
            .map(|held| held.head)
            .min_by_key(|head| head.map(|head| head.time));
        let language = state.snapshot.language();
        let everywhere = state.everywhere();
        let not_known =
            |place: &&Place| days(state, place, now).first().is_none_or(|day| day.level == Level::Unknown);
        let names: Vec<String> =
            everywhere.iter().filter(not_known).map(|place| place.name.clone()).collect();
        let view = HeadView::of(oldest.flatten(), language, now);
        let is_served = |place: &&Place| self.towns().iter().any(|town| town.comuni.contains(&place.comune));
        let unserved: Vec<String> =
            everywhere.iter().filter(|place| !is_served(place)).map(|place| place.name.clone()).collect();
        if !unserved.is_empty() {
            view.with_unserved_places(&unserved, language)
        } else if everywhere.is_empty() {
            view.without_places(language)
        } else {
            view.with_unknown_places(&names, language)
        }
    }
}

fn is_seen(seen: &BTreeMap<String, DateTime<Utc>>, card: &Card) -> bool {
    // The store keeps milliseconds, the wire seconds.
    seen.get(&card.id).is_some_and(|sent| *sent >= card.sent)
}

fn cards(state: &State, now: DateTime<Utc>) -> Vec<Card> {
    let language = state.snapshot.language();
    let in_doubt = state.snapshot.is_clock_in_doubt(now);
    let places = state.everywhere();
    let mut cards: BTreeMap<String, Card> = BTreeMap::new();
    for (town, held) in state.snapshot.towns.iter().zip(&state.held) {
        let trust_expired = town.trust().is_ok_and(|trust| trust.is_expired(now));
        let chains = held.chains();
        let alerts = chains.iter().map(|chain| alert_card(chain, &places, language, now));
        let announced = held.announced();
        let bulletins = held.newest_bulletin().into_iter().flat_map(|newest| {
            places.iter().flat_map({
                let announced = &announced;
                move |place| bulletin_cards(announced, newest, place, language, now)
            })
        });
        for mut card in alerts.chain(bulletins) {
            if card.expires <= now - LISTED_AFTER_END {
                continue;
            }
            if in_doubt && card.phase == Phase::InForce {
                card.labels.push(Label::ClockInDoubt);
            }
            if trust_expired && card.kind == CardKind::Alert {
                card.labels.push(Label::TrustExpired);
            }
            // Two towns may relay the same bulletin day for a place: the worse stands.
            let worse = cards.get(&card.id).is_none_or(|held| card.level.rank() > held.level.rank());
            if worse {
                cards.insert(card.id.clone(), card);
            }
        }
    }
    let mut cards: Vec<Card> = cards.into_values().collect();
    sort_cards(&mut cards);
    cards
}
