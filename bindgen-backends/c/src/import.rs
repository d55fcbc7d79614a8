//! An imported function: its declaration and the one call of it.

use std::ops::Range;

use anyhow::{Context, Result, ensure};
use onramp_abi::CoreType;
use onramp_bridge::{Import, Results, Step};

use crate::export::without_profile;
use crate::profile::Shared;
use crate::shapes::{Block, Way};
use crate::steps::{self, Places};
use crate::text::Text;

/// How upstream's code declares the return area of an import, and gets its address.
const AREA: &str = "  __attribute__((__aligned__(";
const AREA_POINTER: &str = " = (uint8_t *) &ret_area;\n";

/// Changes the declaration and the call of a function that the eager ABI imports from `module`.
///
/// # Errors
/// When the text is not what upstream's generator writes for this function.
pub fn change(text: &mut Text<'_>, shared: &mut Shared, module: &str, import: &Import) -> Result<()> {
    let field = &import.field;
    let attribute =
        text.find(&format!("__attribute__((__import_module__(\"{module}\"), __import_name__(\"{field}\")))\n"))?;
    let line = text.line(attribute.end);
    let declaration = Declaration::parse(text.at(&line))?;
    let suffix = if import.results == Results::Eager { "" } else { "_SEVERAL" };
    let module = without_profile(&import.module)?;
    text.replace(attribute, format!("ONRAMP_IMPORT{suffix}(\"{module}\", \"{field}\")\n"));
    if import.results == Results::Eager && import.received.is_empty() {
        return Ok(());
    }
    let parameters = import.params.len() + usize::from(import.results != Results::Eager);
    ensure!(
        declaration.parameters.len() == parameters && declaration.parameters.last() == Some(&"uint8_t *"),
        "`{}` has not the parameters of the eager ABI",
        text.at(&line)
    );
    let name = declaration.name;
    let call = Call::find(text, name)?;
    let mut statement = match &import.results {
        Results::Eager => format!("{name}({}{})", call.before, call.area),
        Results::Several { values, size, align, steps } => {
            let block = Block { size: *size, align: *align };
            let shape = several(text, shared, &call, (values, block, steps));
            text.replace(line, format!("extern _onramp_results_{shape} {name}({});", declaration.without_area()));
            let arguments = call.before.strip_suffix(", ").unwrap_or(call.before);
            format!("_onramp_put_{shape}({}, {name}({arguments}))", call.area)
        }
    };
    statement.push_str(";\n");
    statement.push_str(&steps::print(&mut shared.lists, &Places::block(call.area), 1, &import.received));
    text.replace(call.range, statement);
    Ok(())
}

/// The number of the shape of core results. Their block is declared in one line, if upstream's is for nothing else.
fn several(
    text: &mut Text<'_>,
    shared: &mut Shared,
    call: &Call<'_>,
    (values, block, steps): (&[CoreType], Block, &[Step]),
) -> usize {
    if let Some(lines) = only_area(text, call) {
        text.replace(lines, format!("  ONRAMP_AREA({}, {}, {});\n", call.area, block.size, block.align));
    }
    shared.shapes.number(&mut shared.lists, Way::Put, values, block, steps)
}

/// `extern void name(int32_t, uint8_t *);`
struct Declaration<'t> {
    name: &'t str,
    parameters: Vec<&'t str>,
}

impl<'t> Declaration<'t> {
    fn parse(line: &'t str) -> Result<Declaration<'t>> {
        let parse = || {
            let line = line.strip_prefix("extern ")?.strip_suffix(");")?;
            let (head, parameters) = line.split_once('(')?;
            let (_, name) = head.rsplit_once(' ')?;
            Some(Declaration { name, parameters: parameters.split(", ").collect() })
        };
        parse().with_context(|| format!("`{line}` is no declaration of a core import"))
    }

    /// The types of the parameters but the return area.
    fn without_area(&self) -> String {
        match &self.parameters[..self.parameters.len() - 1] {
            [] => "void".to_owned(),
            arguments => arguments.join(", "),
        }
    }
}

/// The statement that calls the import, to the end of its line.
struct Call<'t> {
    range: Range<usize>,
    /// The arguments before the return area.
    before: &'t str,
    /// The return area.
    area: &'t str,
}

impl<'t> Call<'t> {
    fn find(text: &Text<'t>, name: &str) -> Result<Call<'t>> {
        let start = text.find(&format!("\n  {name}("))?.start + 1;
        let line = text.line(start);
        let parse = || {
            let arguments = text.at(&line).strip_suffix(");")?.split_once('(')?.1;
            let area = arguments.rsplit(", ").next()?;
            let before = arguments.strip_suffix(area)?;
            area.chars().all(|letter| letter.is_ascii_alphanumeric()).then_some((before, area))
        };
        let (before, area) = parse().with_context(|| format!("`{}` is no call", text.at(&line)))?;
        Ok(Call { range: start + 2..line.end + 1, before, area })
    }
}

/// The lines that declare the return area and its pointer, if they follow each other and there is no other pointer to it.
fn only_area(text: &Text<'_>, call: &Call<'_>) -> Option<Range<usize>> {
    let before = text.at(&(0..call.range.start));
    let begin = before.rfind("\n}\n")?;
    let start = begin + before[begin..].find(AREA)?;
    let end = text.line(text.line(start).end + 1).end + 1;
    let pointer = format!("  uint8_t *{}{AREA_POINTER}", call.area);
    let follows = before[end..].starts_with(&pointer) && before[begin..].matches(AREA_POINTER).count() == 1;
    follows.then(|| start..end + pointer.len())
}
