//! The core's log lines, handed to the shell's sink from a thread of their own: never under a lock of the core.

use std::{
    fmt::{self, Write as _},
    sync::{
        Arc, Mutex, OnceLock, PoisonError, Weak,
        mpsc::{SyncSender, sync_channel},
    },
};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt as _},
};

use crate::{LogLevel, LogSink};

/// Lines that wait at most; more are dropped rather than holding up an alert.
const WAITING: usize = 256;

struct Line {
    level: LogLevel,
    target: String,
    text: String,
}

static SINK: Mutex<Option<Weak<dyn LogSink>>> = Mutex::new(None);

/// Sends the log lines of the process to `sink` from now on, while the core that it came with is open.
pub(crate) fn send_to(sink: &Arc<dyn LogSink>) {
    static LINES: OnceLock<()> = OnceLock::new();
    *SINK.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::downgrade(sink));
    LINES.get_or_init(|| {
        let (lines, waiting) = sync_channel::<Line>(WAITING);
        let hand_over = move || {
            for line in waiting {
                let sink = SINK.lock().unwrap_or_else(PoisonError::into_inner).clone();
                if let Some(sink) = sink.and_then(|sink| sink.upgrade()) {
                    // A sink that throws has nobody to be told.
                    let _ = sink.on_log(line.level, line.target, line.text);
                }
            }
        };
        let thread = std::thread::Builder::new().name("campanile-logs".to_owned()).spawn(hand_over);
        if thread.is_ok() {
            // A process that has a subscriber of its own (the tests) keeps it.
            let _ =
                tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Lines(lines)));
        }
    });
}

struct Lines(SyncSender<Line>);

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        // Other crates' lines may quote addresses.
        if !metadata.target().starts_with("campanile") {
            return;
        }
        let level = match *metadata.level() {
            Level::ERROR => LogLevel::Error,
            Level::WARN => LogLevel::Warn,
            Level::INFO => LogLevel::Info,
            _ => LogLevel::Debug,
        };
        let mut text = Text::default();
        event.record(&mut text);
        let text = format!("{}{}", text.message, text.fields);
        let _ = self.0.try_send(Line { level, target: metadata.target().to_owned(), text });
    }
}

#[derive(Default)]
struct Text {
    message: String,
    fields: String,
}

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            let _ = write!(self.message, "{value:?}");
        } else {
            let _ = write!(self.fields, " {}={value:?}", field.name());
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.fields, " {}={value}", field.name());
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        let _ = write!(self.fields, " {}={value}", field.name());
    }
}
