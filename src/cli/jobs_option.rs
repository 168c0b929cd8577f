//! The option that says how many cores may work, the same wherever many documents are read.

use clap::Args;

/// How many cores may work.
#[derive(Args, Clone, Debug, Default)]
pub struct JobsOption {
    /// Documents to read at a time [default: one a core]
    #[arg(short, long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

impl JobsOption {
    /// The number: the flag, else as many as there are cores.
    pub fn number(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.jobs.map_or_else(cores, usize::from)
    }

    /// Lets all work that is shared out be done by so many.
    pub fn apply(&self) {
        // Once work has begun, it goes on as it began.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(self.number()).build_global();
    }
}
