//! CBOR for the types of the wire.

use chrono::{DateTime, NaiveDate, Utc};
use minicbor::{
    Decode, Decoder, Encode, Encoder,
    decode::Error as DecodeError,
    encode::{Error as EncodeError, Write},
};

use crate::{
    alerts::Level,
    area::{AreaKey, IstatCode, ZoneCode},
    trust::Refusal,
};

/// The CBOR bytes of `value`.
#[expect(clippy::missing_panics_doc, reason = "writing to a Vec cannot fail")]
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    minicbor::encode(value, &mut bytes).expect("writing to a Vec cannot fail");
    bytes
}

/// The value in `bytes`, all of which must be used.
pub fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, Refusal> {
    let mut decoder = Decoder::new(bytes);
    let value = decoder.decode().map_err(Refusal::malformed)?;
    if decoder.position() != bytes.len() {
        return Err(Refusal::malformed("bytes after the end"));
    }
    Ok(value)
}

/// Instants as whole seconds since the epoch, UTC.
pub(crate) mod instant {
    use super::{DateTime, DecodeError, Decoder, EncodeError, Encoder, Utc, Write};

    pub(crate) fn encode<C, W: Write>(
        at: &DateTime<Utc>,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.i64(at.timestamp())?.ok()
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<DateTime<Utc>, DecodeError> {
        let position = d.position();
        DateTime::from_timestamp(d.i64()?, 0)
            .ok_or_else(|| DecodeError::message("instant out of range").at(position))
    }
}

/// Instants that may be missing.
pub(crate) mod maybe_instant {
    use super::{DateTime, DecodeError, Decoder, EncodeError, Encoder, Utc, Write, instant};

    #[expect(clippy::ref_option, reason = "the signature that minicbor's derive calls")]
    pub(crate) fn encode<C, W: Write>(
        at: &Option<DateTime<Utc>>,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        match at {
            Some(at) => instant::encode(at, e, ctx),
            None => e.null()?.ok(),
        }
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, ctx: &mut C) -> Result<Option<DateTime<Utc>>, DecodeError> {
        if d.datatype()? == minicbor::data::Type::Null {
            d.skip()?;
            return Ok(None);
        }
        instant::decode(d, ctx).map(Some)
    }

    #[expect(
        clippy::option_option,
        clippy::unnecessary_wraps,
        reason = "the signature that minicbor's derive calls"
    )]
    pub(crate) fn nil() -> Option<Option<DateTime<Utc>>> {
        Some(None)
    }

    #[expect(clippy::ref_option, reason = "the signature that minicbor's derive calls")]
    pub(crate) fn is_nil(at: &Option<DateTime<Utc>>) -> bool {
        at.is_none()
    }
}

/// Civil days as whole days since 1970-01-01.
pub(crate) mod day {
    use super::{DecodeError, Decoder, EncodeError, Encoder, NaiveDate, Write};

    const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a valid date");

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that minicbor's derive calls")]
    pub(crate) fn encode<C, W: Write>(
        day: &NaiveDate,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.i64(day.signed_duration_since(EPOCH).num_days())?.ok()
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<NaiveDate, DecodeError> {
        let position = d.position();
        chrono::TimeDelta::try_days(d.i64()?)
            .and_then(|days| EPOCH.checked_add_signed(days))
            .ok_or_else(|| DecodeError::message("day out of range").at(position))
    }
}

impl<C> Encode<C> for IstatCode {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.u32(self.number())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for IstatCode {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, DecodeError> {
        let position = d.position();
        Self::from_number(d.u32()?).map_err(|error| DecodeError::message(error).at(position))
    }
}

impl<C> Encode<C> for ZoneCode {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.str(self.as_str())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for ZoneCode {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, DecodeError> {
        let position = d.position();
        d.str()?.parse().map_err(|error| DecodeError::message(error).at(position))
    }
}

// A comune is a number, a zone is a text: the type tells them apart.
impl<C> Encode<C> for AreaKey {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, ctx: &mut C) -> Result<(), EncodeError<W::Error>> {
        match self {
            Self::Comune(code) => code.encode(e, ctx),
            Self::Zona(code) => code.encode(e, ctx),
        }
    }
}

impl<'b, C> Decode<'b, C> for AreaKey {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, DecodeError> {
        if d.datatype()? == minicbor::data::Type::String {
            ZoneCode::decode(d, ctx).map(Self::Zona)
        } else {
            IstatCode::decode(d, ctx).map(Self::Comune)
        }
    }
}

impl<C> Encode<C> for Level {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.u8(self.rank().unwrap_or(4))?.ok()
    }
}

// A level that this build does not know is unknown, never green (safety rule 1).
impl<'b, C> Decode<'b, C> for Level {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, DecodeError> {
        Ok(match d.u8()? {
            0 => Self::Verde,
            1 => Self::Gialla,
            2 => Self::Arancione,
            3 => Self::Rossa,
            _ => Self::Unknown,
        })
    }
}
