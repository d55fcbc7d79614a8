//! Progress while the matrix works: live lines on a terminal, one line per finished task elsewhere.

use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// Where progress is shown.
pub struct Progress {
    lines: MultiProgress,
}

/// A task that is under way. Its line goes when it is done.
pub struct Task<'a> {
    progress: &'a Progress,
    name: String,
    start: Instant,
    bar: ProgressBar,
}

impl Progress {
    /// Progress on standard error.
    pub fn on_stderr() -> Self {
        Progress { lines: MultiProgress::new() }
    }

    /// No progress, for tests.
    pub fn hidden() -> Self {
        Progress { lines: MultiProgress::with_draw_target(indicatif::ProgressDrawTarget::hidden()) }
    }

    /// Starts a task.
    pub fn start(&self, name: impl Into<String>) -> Task<'_> {
        let name = name.into();
        let style = ProgressStyle::with_template("  {spinner} {msg} {elapsed}").expect("the template is valid");
        let bar = self.lines.add(ProgressBar::new_spinner().with_style(style).with_message(name.clone()));
        bar.enable_steady_tick(Duration::from_millis(100));
        Task { progress: self, name, start: Instant::now(), bar }
    }

    /// Starts counting up to `total`.
    pub fn count(&self, total: usize) -> ProgressBar {
        let style = ProgressStyle::with_template("  {bar:40} {pos}/{len} {msg}").expect("the template is valid");
        self.lines.add(ProgressBar::new(total as u64).with_style(style))
    }

    /// Shows a line that stays.
    pub fn say(&self, line: &str) {
        if self.lines.is_hidden() {
            eprintln!("{line}");
        } else {
            // A terminal that went away is no reason to stop.
            let _ = self.lines.println(line);
        }
    }
}

impl Task<'_> {
    /// Ends the task: its line stays, with the time that it took and how it ended.
    pub fn done(self, how: &str) {
        self.bar.finish_and_clear();
        self.progress.say(&format!("  {} ({how}, {:.1} s)", self.name, self.start.elapsed().as_secs_f64()));
    }
}
