//! Writing a machine-readable zone from its fields.

use super::{
    Mrz, MrzSex,
    layout::{Layout, Span, check_digit, following},
};

impl Mrz {
    /// The lines of the zone from its fields, with check digits that fit.
    ///
    /// What is too long for its field is cut, as ICAO 9303 does; a number that is too long for a card goes on in the
    /// optional data.
    pub fn write(&self) -> String {
        let layout = Layout::for_format(self.format);
        let count = if layout.names.line == 2 { 3 } else { 2 };
        let mut lines = vec![vec![b'<'; layout.length()]; count];
        let names = format!("{}<<{}", self.surname.replace(' ', "<"), self.given_names.replace(' ', "<"));
        let sex = match self.sex {
            MrzSex::F => "F",
            MrzSex::M => "M",
            MrzSex::Unspecified => "<",
        };
        for (span, text) in [
            (layout.document_code, self.document_code.as_str()),
            (layout.issuer, &self.issuer),
            (layout.names, &names),
            (layout.nationality, &self.nationality),
            (layout.birth, &self.birth),
            (layout.sex, sex),
            (layout.expiry, &self.expiry),
        ] {
            fill(&mut lines, span, text);
        }
        let mut optional = self.optional.clone();
        if self.number.len() > 9 && layout.may_be_long() {
            let (short, rest) = self.number.split_at_checked(9).unwrap_or((&self.number, ""));
            fill(&mut lines, layout.number, short);
            let tail = format!("{rest}{}<", check_digit(&self.number));
            if let Some(first) = optional.first_mut() {
                first.insert_str(0, &tail);
            }
        } else {
            fill(&mut lines, layout.number, &self.number);
            check(&mut lines, layout.number);
        }
        for (span, text) in layout.optional.iter().zip(&optional) {
            fill(&mut lines, *span, text);
        }
        check(&mut lines, layout.birth);
        check(&mut lines, layout.expiry);
        layout.write_whole_checks(&mut lines);
        let lines: Vec<String> =
            lines.into_iter().map(|line| line.into_iter().map(char::from).collect()).collect();
        lines.join("\n")
    }
}

fn fill(lines: &mut [Vec<u8>], span: Span, text: &str) {
    let Some(field) = lines.get_mut(span.line).and_then(|line| line.get_mut(span.from..span.to)) else {
        return;
    };
    field.fill(b'<');
    for (place, byte) in field.iter_mut().zip(text.bytes()) {
        *place = byte;
    }
}

fn check(lines: &mut [Vec<u8>], span: Span) {
    let text = text_of(lines, span);
    fill(lines, following(span), &check_digit(&text).to_string());
}

impl Layout {
    fn write_whole_checks(&self, lines: &mut [Vec<u8>]) {
        if let (Some(check), Some(span)) = (self.optional_check, self.optional.first()) {
            let text = text_of(lines, *span);
            fill(lines, check, &check_digit(&text).to_string());
        }
        if let Some(check) = self.composite_check {
            let text: String = self.composite.iter().map(|span| text_of(lines, *span)).collect();
            fill(lines, check, &check_digit(&text).to_string());
        }
    }
}

fn text_of(lines: &[Vec<u8>], span: Span) -> String {
    let field = lines.get(span.line).and_then(|line| line.get(span.from..span.to)).unwrap_or_default();
    field.iter().copied().map(char::from).collect()
}
