//! What a language is said to lack, tried.

use std::fs;

use anyhow::{Result, bail};
use onramp_toolchain::Key;

use crate::cell::Verdict;
use crate::guest::{Kind, Workshop, this_program};
use crate::language::{Gap, Trial};
use crate::scenario::Scenario;

impl Workshop<'_> {
    /// Tries to generate or build what the language is said to lack, and returns how that was refused.
    ///
    /// # Errors
    /// When it works after all: then the gap must go from the language's list.
    pub fn prove_gap(&self, gap: &Gap, kind: Kind, scenario: &Scenario) -> Result<String> {
        let sources = if gap.trial == Trial::Generate { vec![] } else { vec![scenario] };
        let key = Key::new().with("scenario", self.sources(kind, &sources)?).with("wit", &scenario.wit);
        let key = key.with("program", this_program()?).finish();
        let folder = self.cache.make("gaps", &key, |folder| {
            let job = self.job(kind, &[scenario], folder)?;
            job.write_wit()?;
            let tried = self.builder.generate_bindings(&job);
            let tried = match gap.trial {
                Trial::Generate => tried,
                Trial::Build | Trial::Run => tried.and_then(|()| self.builder.compile_and_link(&job).map(drop)),
            };
            match tried {
                Err(refusal) => Ok(fs::write(folder.join("refusal.txt"), format!("{refusal:#}"))?),
                Ok(()) => bail!("{}", out_of_date(gap)),
            }
        })?;
        Ok(fs::read_to_string(folder.join("refusal.txt"))?)
    }
}

/// The verdict on a cell with a gap: the reason, and what was seen.
pub fn because(gap: &Gap, seen: &str) -> Verdict {
    Verdict::Impossible { reason: format!("{} (seen: {})", gap.reason, telling_line(seen)) }
}

/// What is wrong when something works that a language is said to lack.
pub fn out_of_date(gap: &Gap) -> String {
    format!("the matrix says: {}. That worked: take it from the language's list of gaps", gap.reason)
}

/// The line of a tool's output that tells what went wrong: the first that speaks of an error, else the first.
pub fn telling_line(text: &str) -> &str {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let speaks =
        |line: &&str| line.starts_with("error") || line.contains(" error: ") || line.contains("not yet implemented");
    text.lines().map(str::trim).find(speaks).or_else(|| lines.next()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_tells_is_found() {
        assert_eq!(
            telling_line("cargo failed:\n   Compiling x\nerror[E0508]: cannot move\nerror: done"),
            "error[E0508]: cannot move"
        );
        assert_eq!(telling_line("\nlive(): expected 1, got 2\nmore"), "live(): expected 1, got 2");
        assert_eq!(telling_line(""), "");
    }
}
