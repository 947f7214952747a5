//! Where the fields of each form lie, and how their check digits are reckoned.

use super::{Checked, Repair};

/// The forms of a machine-readable zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Cards: three lines of 30.
    Td1,
    /// Larger cards: two lines of 36.
    Td2,
    /// Passports: two lines of 44.
    Td3,
    /// Visas: two lines of 44.
    MrvA,
    /// Visas: two lines of 36.
    MrvB,
}

/// A run of characters: line, first place and the one after the last, from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) line: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

const fn span(line: usize, from: usize, to: usize) -> Span {
    Span { line, from, to }
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letters,
    Digits,
}

#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) format: Format,
    pub(super) document_code: Span,
    pub(super) issuer: Span,
    pub(super) names: Span,
    pub(super) number: Span,
    pub(super) nationality: Span,
    pub(super) birth: Span,
    pub(super) sex: Span,
    pub(super) expiry: Span,
    pub(super) optional: Vec<Span>,
    pub(super) composite: Vec<Span>,
    pub(super) composite_check: Option<Span>,
    pub(super) optional_check: Option<Span>,
}

/// The characters of a span; empty if the line is shorter.
pub(super) fn cut(lines: &[String], span: Span) -> &str {
    lines.get(span.line).and_then(|line| line.get(span.from..span.to)).unwrap_or_default()
}

/// The check digit of ICAO 9303: weights 7, 3, 1; letters count 10 to 35, fillers 0.
pub fn check_digit(text: &str) -> char {
    let sum: u32 = text
        .bytes()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(byte, weight)| {
            let value = match byte {
                b'0'..=b'9' => u32::from(byte - b'0'),
                b'A'..=b'Z' => u32::from(byte - b'A') + 10,
                _ => 0,
            };
            value * weight
        })
        .sum();
    char::from_digit(sum % 10, 10).unwrap_or('0')
}

impl Layout {
    /// The layout of lines of a known length.
    pub(super) fn of(lines: &[String]) -> Option<Self> {
        let lengths: Vec<usize> = lines.iter().map(String::len).collect();
        let is_visa = lines.first().is_some_and(|line| line.starts_with('V'));
        match (lengths.as_slice(), is_visa) {
            ([30, 30, 30], _) => Some(Self::td1()),
            ([36, 36], visa) => Some(Self::two_lines(if visa { Format::MrvB } else { Format::Td2 }, 36)),
            ([44, 44], visa) => Some(Self::two_lines(if visa { Format::MrvA } else { Format::Td3 }, 44)),
            _ => None,
        }
    }

    pub(super) fn for_format(format: Format) -> Self {
        match format {
            Format::Td1 => Self::td1(),
            Format::Td2 | Format::MrvB => Self::two_lines(format, 36),
            Format::Td3 | Format::MrvA => Self::two_lines(format, 44),
        }
    }

    /// Length of a line.
    pub(super) fn length(&self) -> usize {
        match self.format {
            Format::Td1 => 30,
            Format::Td2 | Format::MrvB => 36,
            Format::Td3 | Format::MrvA => 44,
        }
    }

    fn td1() -> Self {
        Self {
            format: Format::Td1,
            document_code: span(0, 0, 2),
            issuer: span(0, 2, 5),
            names: span(2, 0, 30),
            number: span(0, 5, 14),
            nationality: span(1, 15, 18),
            birth: span(1, 0, 6),
            sex: span(1, 7, 8),
            expiry: span(1, 8, 14),
            optional: vec![span(0, 15, 30), span(1, 18, 29)],
            composite: vec![span(0, 5, 30), span(1, 0, 7), span(1, 8, 15), span(1, 18, 29)],
            composite_check: Some(span(1, 29, 30)),
            optional_check: None,
        }
    }

    fn two_lines(format: Format, length: usize) -> Self {
        let optional_end = match format {
            Format::Td2 => 35,
            Format::Td3 => 42,
            _ => length,
        };
        let has_composite = matches!(format, Format::Td2 | Format::Td3);
        Self {
            format,
            document_code: span(0, 0, 2),
            issuer: span(0, 2, 5),
            names: span(0, 5, length),
            number: span(1, 0, 9),
            nationality: span(1, 10, 13),
            birth: span(1, 13, 19),
            sex: span(1, 20, 21),
            expiry: span(1, 21, 27),
            optional: vec![span(1, 28, optional_end)],
            composite: if has_composite {
                vec![span(1, 0, 10), span(1, 13, 20), span(1, 21, length - 1)]
            } else {
                Vec::new()
            },
            composite_check: has_composite.then(|| span(1, length - 1, length)),
            optional_check: (format == Format::Td3).then(|| span(1, 42, 43)),
        }
    }

    /// The parts with a check digit, in the order of reading; the whole comes last.
    pub(super) fn checked_parts(&self) -> Vec<Checked> {
        let mut parts = vec![Checked::Number, Checked::Birth, Checked::Expiry];
        parts.extend(self.optional_check.map(|_| Checked::Optional));
        parts.extend(self.composite_check.map(|_| Checked::Composite));
        parts
    }

    /// The number without fillers, and how much of the first optional field belongs to it (a long number of a card).
    pub(super) fn number_of(&self, lines: &[String]) -> (String, usize) {
        let short = cut(lines, self.number);
        let check = cut(lines, following(self.number));
        let rest = self.optional.first().map_or("", |span| cut(lines, *span));
        match rest.split_once('<').map(|(rest, _)| rest) {
            Some(long) if self.may_be_long() && check == "<" && !short.ends_with('<') && long.len() >= 2 => {
                let tail = long.get(..long.len() - 1).unwrap_or_default();
                (format!("{short}{tail}"), long.len() + 1)
            }
            _ => (short.trim_end_matches('<').to_owned(), 0),
        }
    }

    pub(super) fn may_be_long(&self) -> bool {
        matches!(self.format, Format::Td1 | Format::Td2)
    }

    /// The characters of a checked part, and its check digit.
    fn checked_text(&self, lines: &[String], part: Checked) -> (String, String) {
        let simple = |span: Span| (cut(lines, span).to_owned(), cut(lines, following(span)).to_owned());
        match part {
            Checked::Number => match self.number_of(lines) {
                (_, 0) => simple(self.number),
                (number, long) => {
                    let rest = self.optional.first().map_or("", |span| cut(lines, *span));
                    (number, rest.get(long - 2..long - 1).unwrap_or_default().to_owned())
                }
            },
            Checked::Birth => simple(self.birth),
            Checked::Expiry => simple(self.expiry),
            Checked::Optional => {
                let text = self.optional.first().map_or("", |span| cut(lines, *span));
                (text.to_owned(), self.optional_check.map_or("", |span| cut(lines, span)).to_owned())
            }
            Checked::Composite => {
                let text = self.composite.iter().map(|span| cut(lines, *span)).collect();
                (text, self.composite_check.map_or("", |span| cut(lines, span)).to_owned())
            }
        }
    }

    /// Whether the check digit of a part fits.
    pub(super) fn fits(&self, lines: &[String], part: Checked) -> bool {
        let (text, check) = self.checked_text(lines, part);
        let empty = text.bytes().all(|byte| byte == b'<');
        let wanted = check_digit(&text);
        check.chars().eq([wanted]) || (check == "<" && empty && part == Checked::Optional)
    }

    /// Repairs places where only a digit or only a letter can stand.
    pub(super) fn repair_classes(&self, lines: &mut [String]) -> Vec<Repair> {
        let mut fields = vec![
            (self.issuer, Class::Letters),
            (self.nationality, Class::Letters),
            (self.names, Class::Letters),
            (self.sex, Class::Letters),
            (self.birth, Class::Digits),
            (following(self.birth), Class::Digits),
            (self.expiry, Class::Digits),
            (following(self.expiry), Class::Digits),
            (following(self.number), Class::Digits),
        ];
        fields.extend(self.composite_check.map(|span| (span, Class::Digits)));
        fields.extend(self.optional_check.map(|span| (span, Class::Digits)));
        let mut repairs = Vec::new();
        for (span, class) in fields {
            for place in span.from..span.to {
                let found = cut(lines, Span { line: span.line, from: place, to: place + 1 }).chars().next();
                if let Some((from, to)) = found.and_then(|from| repaired(from, class).map(|to| (from, to))) {
                    put(lines, span.line, place, to);
                    repairs.push(Repair { line: span.line + 1, place: place + 1, from, to });
                }
            }
        }
        repairs
    }

    /// Swaps one O and 0, or I and 1, if that alone makes the check digit of a number or of optional data fit.
    pub(super) fn repair_by_check(&self, lines: &mut [String], part: Checked) -> Option<Repair> {
        let span = match part {
            Checked::Number => self.number,
            Checked::Optional => *self.optional.first()?,
            _ => return None,
        };
        if self.fits(lines, part) {
            return None;
        }
        let mut fitting = Vec::new();
        for place in span.from..span.to {
            let one = Span { line: span.line, from: place, to: place + 1 };
            let Some((from, to)) = cut(lines, one).chars().next().and_then(|from| Some((from, other(from)?)))
            else {
                continue;
            };
            put(lines, span.line, place, to);
            if self.fits(lines, part) {
                fitting.push(Repair { line: span.line + 1, place: place + 1, from, to });
            }
            put(lines, span.line, place, from);
        }
        // With two ways to repair neither is sure.
        let [repair] = fitting[..] else { return None };
        put(lines, repair.line - 1, repair.place - 1, repair.to);
        Some(repair)
    }
}

/// The one place after a span: where its check digit stands.
pub(super) fn following(span: Span) -> Span {
    Span { line: span.line, from: span.to, to: span.to + 1 }
}

fn put(lines: &mut [String], line: usize, place: usize, to: char) {
    if let Some(line) = lines.get_mut(line) {
        *line = line.chars().enumerate().map(|(at, c)| if at == place { to } else { c }).collect();
    }
}

fn other(found: char) -> Option<char> {
    match found {
        'O' => Some('0'),
        '0' => Some('O'),
        'I' => Some('1'),
        '1' => Some('I'),
        _ => None,
    }
}

fn repaired(found: char, class: Class) -> Option<char> {
    let fits = match class {
        Class::Letters => !found.is_ascii_digit(),
        Class::Digits => !found.is_ascii_alphabetic(),
    };
    if fits { None } else { other(found) }
}
