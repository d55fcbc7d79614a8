//! An imported function: its declaration and the one call of it.

use anyhow::{Context, Result, ensure};
use onramp_bridge::{Import, Results};

use crate::helpers::Helpers;
use crate::profile::Shared;
use crate::steps::{self, Places};
use crate::text::Text;

/// Changes the declaration and the call of a function that the eager ABI imports from `module`.
///
/// # Errors
/// When the text is not what upstream's generator writes for this function.
pub fn change(text: &mut Text<'_>, shared: &mut Shared, module: &str, import: &Import) -> Result<()> {
    let field = &import.field;
    let attribute = text.find(&format!("(__import_module__(\"{module}\"), __import_name__(\"{field}\")))\n"))?;
    let line = text.line(attribute.end);
    let declaration = Declaration::parse(text.at(&line))?;
    let module = match (&import.results, import.module.split_once(']')) {
        (Results::Several { .. }, Some((_, interface))) => format!("__ONRAMP_ABI \"{interface}\""),
        _ => format!("\"{}\"", import.module),
    };
    text.replace(attribute, format!("(__import_module__({module}), __import_name__(\"{field}\")))\n"));
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
        Results::Several { values, steps, .. } => {
            let shape = shared.shapes.put(&mut shared.helpers, values, steps);
            text.replace(line, format!("extern __onramp_results_{shape} {name}({});", declaration.without_area()));
            let arguments = call.before.strip_suffix(", ").unwrap_or(call.before);
            format!("__onramp_put_{shape}({}, {name}({arguments}))", call.area)
        }
    };
    statement.push_str(";\n");
    statement.push_str(&received(&mut shared.helpers, call.area, import));
    text.replace(call.range, statement);
    Ok(())
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
    range: std::ops::Range<usize>,
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

/// What is done with handles in the return area.
fn received(helpers: &mut Helpers, area: &str, import: &Import) -> String {
    steps::print(helpers, &Places::block(area), 1, &import.received)
}
