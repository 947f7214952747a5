//! `text/event-stream`: bytes in, events out. Source: HTML Living Standard §9.2.6.

/// The longest event that is kept; a longer one is dropped whole.
const LONGEST: usize = 256 * 1024;

/// An event of the stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// `event:`, or empty.
    pub(super) name: String,
    /// `id:`, if this event had one.
    pub(super) id: Option<String>,
    /// The `data:` lines, joined by line feeds.
    pub(super) data: String,
}

/// Puts events together from pieces that end anywhere.
#[derive(Debug, Default)]
pub(super) struct Parser {
    line: Vec<u8>,
    after_cr: bool,
    event: Event,
    has_data: bool,
    too_long: bool,
}

impl Parser {
    /// The events that `bytes` complete.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        for &byte in bytes {
            match byte {
                // A line ends with CR, LF or both.
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' | b'\r' => {
                    self.after_cr = byte == b'\r';
                    let line = std::mem::take(&mut self.line);
                    events.extend(self.end_of_line(&line));
                }
                _ => {
                    self.after_cr = false;
                    if self.line.len() + self.event.data.len() < LONGEST {
                        self.line.push(byte);
                    } else {
                        self.too_long = true;
                    }
                }
            }
        }
        events
    }

    fn end_of_line(&mut self, line: &[u8]) -> Option<Event> {
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            let complete = std::mem::take(&mut self.has_data) && !std::mem::take(&mut self.too_long);
            return complete.then_some(event);
        }
        let line = String::from_utf8_lossy(line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event.name),
            "id" => self.event.id = Some(value.to_owned()),
            "data" => {
                if self.has_data {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
                self.has_data = true;
            }
            // Comments (the heartbeat) have an empty field; others are ignored as the standard says.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &[u8] =
        b": heartbeat\n\nevent: item\nid: 7\ndata: YWJj\n\nevent:head\r\ndata:x\r\ndata: y\r\n\r\nid: 9\n\n";

    fn expected() -> Vec<Event> {
        vec![
            Event { name: "item".to_owned(), id: Some("7".to_owned()), data: "YWJj".to_owned() },
            Event { name: "head".to_owned(), id: None, data: "x\ny".to_owned() },
        ]
    }

    #[test]
    fn events_are_the_same_however_the_bytes_are_cut() {
        for size in 1..STREAM.len() {
            let mut parser = Parser::default();
            let events: Vec<_> = STREAM.chunks(size).flat_map(|piece| parser.push(piece)).collect();
            assert_eq!(events, expected(), "pieces of {size}");
        }
    }

    #[test]
    fn an_endless_event_is_dropped_and_the_next_one_is_read() {
        let mut parser = Parser::default();
        let piece = vec![b'a'; 64 * 1024];
        assert_eq!(parser.push(b"data: "), []);
        for _ in 0..8 {
            assert_eq!(parser.push(&piece), []);
        }
        assert!(parser.line.len() <= LONGEST);
        assert_eq!(parser.push(b"\n\n"), []);
        assert_eq!(parser.push(b"data: ok\n\n").len(), 1);
    }
}
