//! Registration: one random id per town of the saved places, which learns their comuni and nothing else.

use std::collections::BTreeSet;

use super::{Client, Endpoint, SyncError, api::DeviceWire};
use crate::{
    assets::Town,
    phone::Phone,
    store::towns::{self, Registration},
};

impl Client {
    /// Registers the phone at the towns of its places, renews what changed, and takes it back where no place is left.
    ///
    /// Idempotent; a call that is stopped half-way is completed by the next.
    pub async fn register_everywhere(&self, phone: &Phone, endpoint: &Endpoint) -> Result<(), SyncError> {
        for town in phone.towns() {
            self.register_at(phone, town, endpoint).await?;
        }
        Ok(())
    }

    async fn register_at(&self, phone: &Phone, town: &Town, endpoint: &Endpoint) -> Result<(), SyncError> {
        let id = &town.anchor.town;
        let held = phone.read(|connection| towns::registration(connection, id))?;
        let Some(wanted) = wanted(phone, town, endpoint)? else {
            if let Some(held) = held {
                self.unregister(town, &held.device, &held.secret).await?;
                phone.write(|transaction| towns::set_registration(transaction, id, None))?;
            }
            return Ok(());
        };
        let registered =
            serde_json::to_string(&wanted).map_err(|_json| SyncError::BadAnswer { what: "device" })?;
        let known = match held {
            Some(held) if held.registered == registered => Some(held),
            Some(held) => {
                let is_known = self.update(town, &held.device, &held.secret, &wanted).await?;
                is_known.then_some(Registration { registered: registered.clone(), ..held })
            }
            None => None,
        };
        let registration = if let Some(known) = known {
            known
        } else {
            let answer = self.register(town, &wanted).await?;
            Registration { device: answer.device, secret: answer.secret, registered }
        };
        phone.write(|transaction| towns::set_registration(transaction, id, Some(&registration)))?;
        Ok(())
    }
}

impl Phone {
    /// Whether the phone is registered at every town that serves a saved place.
    pub fn is_registered(&self) -> Result<bool, SyncError> {
        let mut is_any_served = false;
        for town in self.towns() {
            if comuni_served(self, town)?.is_empty() {
                continue;
            }
            is_any_served = true;
            if self.read(|connection| towns::registration(connection, &town.anchor.town))?.is_none() {
                return Ok(false);
            }
        }
        Ok(is_any_served)
    }
}

fn comuni_served(phone: &Phone, town: &Town) -> Result<BTreeSet<String>, SyncError> {
    let places = phone.places()?;
    let comuni = places.iter().map(|saved| saved.place.comune).filter(|code| town.comuni.contains(code));
    Ok(comuni.map(|code| format!("comune/{code}")).collect())
}

fn wanted(phone: &Phone, town: &Town, endpoint: &Endpoint) -> Result<Option<DeviceWire>, SyncError> {
    let area_keys = comuni_served(phone, town)?;
    if area_keys.is_empty() {
        return Ok(None);
    }
    let (channel, endpoint) = match endpoint {
        Endpoint::Stream => ("stream", String::new()),
        Endpoint::Fcm { token } => ("fcm", token.clone()),
    };
    Ok(Some(DeviceWire {
        channel,
        endpoint,
        area_keys: area_keys.into_iter().collect(),
        languages: vec![phone.language_tag()?],
    }))
}
