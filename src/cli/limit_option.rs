//! The options that say what a question may cost, the same wherever questions are asked.

use std::time::Duration;

use clap::Args;
use rapporteur::store::Limits;

/// What a question may cost.
#[derive(Args, Clone, Debug, Default)]
pub struct LimitOption {
    /// The longest that a question may take; 0 for as long as it likes [default: 60; for each question of check 600]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = "Limits")]
    timeout: Option<Duration>,

    /// The most memory that a question may take beside the store, where the system tells; 0 for all [default: 1024]
    #[arg(long, value_name = "MB", help_heading = "Limits")]
    max_memory: Option<u64>,

    /// End with an error if an answer has more rows than this
    #[arg(long, value_name = "ROWS", help_heading = "Limits")]
    max_rows: Option<usize>,
}

impl LimitOption {
    /// The limits, where the usual time is this.
    pub fn limits(&self, usual: Duration) -> Limits {
        let (time, memory) = (self.timeout.unwrap_or(usual), self.max_memory.map(|mb| mb.saturating_mul(1 << 20)));
        Limits {
            time: Some(time).filter(|time| !time.is_zero()),
            memory: memory.or(Limits::default().memory).filter(|bytes| *bytes > 0),
            rows: self.max_rows,
        }
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "it is a number of seconds: 60, 0.5".to_owned())
}
