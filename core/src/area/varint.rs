//! Whole numbers in as few bytes as they need: LEB128, signed ones zig-zag.

/// Appends `number`, seven bits a byte, least first.
pub(super) fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// Appends a signed number: 0, -1, 1, -2 … as 0, 1, 2, 3 …
pub(super) fn put_signed(out: &mut Vec<u8>, number: i64) {
    put(out, (number << 1).cast_unsigned() ^ (number >> 63).cast_unsigned());
}

/// Bytes with the place reached in them.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Bytes read so far.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Bytes left to read.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// The next number; `None` where the bytes end, or where it is longer than it need be or than 63 bits.
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return if byte == 0 && shift > 0 { None } else { Some(number) };
            }
        }
        None
    }

    /// The next signed number, as [`Reader::number`].
    pub(super) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_read_as_they_were_written(number in -(1_i64 << 61)..1 << 61) {
            let mut out = Vec::new();
            put_signed(&mut out, number);
            let mut reader = Reader::new(&out);
            prop_assert_eq!(reader.signed(), Some(number));
            prop_assert_eq!(reader.left(), 0);
        }
    }

    #[test]
    fn cut_overlong_and_endless_numbers_are_refused() {
        assert_eq!(Reader::new(&[0x80]).number(), None);
        assert_eq!(Reader::new(&[0x81, 0x00]).number(), None);
        assert_eq!(Reader::new(&[0xff; 12]).number(), None);
        assert_eq!(Reader::new(&[]).number(), None);
    }
}
