//! The report as one HTML page that opens from disk: the report's JSON in a page that draws it.

use anyhow::Result;

use super::Report;

const PAGE: &str = include_str!("page.html");

pub(super) fn render(report: &Report) -> Result<String> {
    // `<` can occur in JSON only inside strings, where this escape means the same: no text can end the script element.
    let data = serde_json::to_string(report)?.replace('<', "\\u003c");
    Ok(PAGE.replace("{report}", &data))
}
