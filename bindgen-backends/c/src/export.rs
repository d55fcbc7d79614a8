//! An exported function and its post-return function: their names, their parameters, and where the results are.

use std::fmt::Write;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use onramp_bridge::{Export, Params, Results, Step};
use wit_parser::abi::WasmType;

use crate::helpers::{Helper, Helpers};
use crate::profile::Shared;
use crate::results::declared;
use crate::steps::{self, Places};
use crate::text::Text;

/// How upstream's code gets its return area.
const AREA: &str = " = (uint8_t *) &RET_AREA;\n";

/// What an export has to know beside the bridge's data.
pub struct Eager {
    /// The core export's name in the eager ABI.
    pub name: String,
    /// The post-return function's.
    pub post_return: String,
    /// Size and alignment of results in memory that have to stay there until post-return, whatever is called in between.
    pub kept: Option<(u32, u32)>,
    /// What post-return has to do in the results beside what upstream's does.
    pub given: Vec<Step>,
}

/// What becomes of the return area.
enum Area {
    /// There is none, or it may stay where it is.
    Unchanged,
    /// It is a block for each call, until post-return.
    Allocated(u32, u32),
    /// It lives as long as the call; the number of the results' shape.
    Local { shape: usize, size: u32, align: u32 },
}

/// Changes the definitions of a function that the eager ABI exports, and of its post-return function.
///
/// # Errors
/// When the text is not what upstream's generator writes for this function.
pub fn change(text: &mut Text<'_>, shared: &mut Shared, eager: &Eager, export: &Export) -> Result<()> {
    let attribute = text.find(&format!("__export_name__(\"{}\")))\n", eager.name))?;
    let post_attribute = text.maybe(&format!("__export_name__(\"{}\")))\n", eager.post_return))?;
    let area = area(shared, eager, export, post_attribute.is_some() || !eager.given.is_empty());
    let function = text.function(attribute.end)?;
    let line = text.line(function.start);
    let definition = Definition::parse(text.at(&line))?;
    text.replace(attribute, format!("__export_name__({})))\n", exported(export, &area)));
    let post = PostReturn { export, area: &area, given: &eager.given };
    match post_attribute {
        Some(post_attribute) => post.change(text, &mut shared.helpers, post_attribute)?,
        None if eager.given.is_empty() => {}
        None => text.replace(function.end..function.end, post.added(&mut shared.helpers, definition.name)),
    }
    let (parameters, receive) = received(&mut shared.helpers, export, &definition);
    let result = match area {
        Area::Local { shape, .. } => format!("__onramp_results_{shape}"),
        Area::Unchanged | Area::Allocated(..) => definition.result.to_owned(),
    };
    if parameters.is_some() || result != definition.result || !receive.is_empty() {
        let parameters = parameters.unwrap_or_else(|| definition.parameters.to_owned());
        text.replace(line, format!("{result} {}({parameters}) {{{}", definition.name, on_own_lines(&receive)));
    }
    change_area(text, &mut shared.helpers, &function, &area)
}

fn area(shared: &mut Shared, eager: &Eager, export: &Export, has_post_return: bool) -> Area {
    match (&export.results, eager.kept) {
        (Results::Several { values, size, align, steps }, _) => {
            let shape = shared.shapes.number(&mut shared.helpers, values, &export.returned);
            if has_post_return {
                shared.shapes.store(shape);
            }
            shared.shapes.load(&mut shared.helpers, shape, steps);
            Area::Local { shape, size: *size, align: *align }
        }
        (Results::Eager, Some((size, align))) if has_post_return => {
            shared.helpers.need(Helper::Allocate);
            Area::Allocated(size, align)
        }
        (Results::Eager, _) => Area::Unchanged,
    }
}

/// The core export's name as a C string.
fn exported(export: &Export, area: &Area) -> String {
    match (area, export.name.split_once(']')) {
        (Area::Local { .. }, Some((_, name))) => format!("__ONRAMP_ABI \"{name}\""),
        _ => format!("\"{}\"", export.name),
    }
}

/// Statements behind an opening brace.
fn on_own_lines(statements: &str) -> String {
    match statements.strip_suffix('\n') {
        Some(statements) => format!("\n{statements}"),
        None => String::new(),
    }
}

/// `int32_t name(int32_t arg, uint8_t * arg0) {`
struct Definition<'t> {
    result: &'t str,
    name: &'t str,
    parameters: &'t str,
}

impl<'t> Definition<'t> {
    fn parse(line: &'t str) -> Result<Definition<'t>> {
        let parse = || {
            let (head, parameters) = line.strip_suffix(") {")?.split_once('(')?;
            let (result, name) = head.rsplit_once(' ')?;
            Some(Definition { result, name, parameters })
        };
        parse().with_context(|| format!("`{line}` is no definition of a core export"))
    }

    fn names(&self) -> Vec<String> {
        let parameters = self.parameters.split(", ").filter_map(|parameter| parameter.rsplit_once(' '));
        parameters.map(|(_, name)| name.to_owned()).collect()
    }
}

/// The parameters of the core function, where they are others, and what is done with them first.
fn received(helpers: &mut Helpers, export: &Export, definition: &Definition<'_>) -> (Option<String>, String) {
    match &export.params {
        Params::Eager => (None, String::new()),
        Params::Flat(steps) => {
            let cores: Vec<(String, WasmType)> =
                definition.names().into_iter().zip(export.slots.iter().copied()).collect();
            (None, steps::print(helpers, &Places { cores, block: "" }, 1, steps))
        }
        Params::Tuple { size, align, steps } => {
            helpers.need(Helper::Allocate);
            helpers.need(Helper::Lower);
            let block = definition.names().remove(0);
            let mut text = format!("  uint8_t *{block} = __onramp_allocate({size}, {align});\n");
            writeln!(text, "  __onramp_lower(onramp_handle, 0, 1, {block});").expect("writing to a string");
            text.push_str(&steps::print(helpers, &Places::block(&block), 1, steps));
            (Some("uint32_t onramp_handle".to_owned()), text)
        }
    }
}

/// Puts another return area in the place of the static one, and the core results in the place of its address.
fn change_area(text: &mut Text<'_>, helpers: &mut Helpers, function: &Range<usize>, area: &Area) -> Result<()> {
    if matches!(area, Area::Unchanged) {
        return Ok(());
    }
    let body = text.at(function);
    ensure!(body.matches(AREA).count() == 1, "`{}` has not one return area", text.at(&text.line(function.start)));
    let found = body.find(AREA).map(|at| function.start + at).context("there is a return area")?;
    let pointer = text.at(&(function.start..found)).rsplit('*').next().unwrap_or_default().to_owned();
    match area {
        Area::Unchanged => {}
        Area::Allocated(size, align) => {
            helpers.need(Helper::Allocate);
            text.replace(found..found + AREA.len(), format!(" = __onramp_allocate({size}, {align});\n"));
        }
        Area::Local { shape, size, align } => {
            let line =
                text.at(&(function.start..found)).rfind('\n').map_or(function.start, |at| function.start + at + 1);
            text.replace(line..found + AREA.len(), format!("  __ONRAMP_AREA({pointer}, {size}, {align});\n"));
            let end = format!("\n  return {pointer};\n}}\n");
            ensure!(body.ends_with(&end), "`{}` does not return its return area", text.at(&text.line(function.start)));
            let new = format!("\n  return __onramp_load_{shape}({pointer});\n}}\n");
            text.replace(function.end - end.len()..function.end, new);
        }
    }
    Ok(())
}

/// A post-return function.
struct PostReturn<'a> {
    export: &'a Export,
    area: &'a Area,
    given: &'a [Step],
}

impl PostReturn<'_> {
    /// Changes upstream's, which is behind this attribute.
    fn change(&self, text: &mut Text<'_>, helpers: &mut Helpers, attribute: Range<usize>) -> Result<()> {
        let function = text.function(attribute.end)?;
        text.replace(attribute, format!("__export_name__(\"{}\")))\n", self.export.post_return));
        let line = text.line(function.start);
        let definition = Definition::parse(text.at(&line))?;
        let pointer = definition.names().pop().context("a post-return function has a parameter")?;
        let (parameters, begin, end) = self.parts(helpers, &pointer);
        let parameters = parameters.unwrap_or_else(|| definition.parameters.to_owned());
        text.replace(line, format!("void {}({parameters}) {{{}", definition.name, on_own_lines(&begin)));
        text.replace(function.end - 2..function.end - 2, end);
        Ok(())
    }

    /// One where upstream has none, beside the export of this name.
    fn added(&self, helpers: &mut Helpers, name: &str) -> String {
        let (parameters, begin, end) = self.parts(helpers, "area");
        let parameters = parameters.unwrap_or_else(|| "uint8_t *area".to_owned());
        let post_return = &self.export.post_return;
        format!(
            "\n__attribute__((__weak__, __export_name__(\"{post_return}\")))
void {name}_post_return({parameters}) {{\n{begin}{end}}}\n"
        )
    }

    /// Its parameters, where they are others, and what is to do first and last.
    fn parts(&self, helpers: &mut Helpers, pointer: &str) -> (Option<String>, String, String) {
        let given = steps::print(helpers, &Places::block(pointer), 1, self.given);
        match (self.area, &self.export.results) {
            (Area::Local { shape, size, align }, Results::Several { values, .. }) => {
                let names = (0..values.len()).map(|index| format!(", value{index}")).collect::<String>();
                let begin = format!(
                    "  __ONRAMP_AREA({pointer}, {size}, {align});\n  __onramp_store_{shape}({pointer}{names});\n"
                );
                (Some(declared(values, ", ")), format!("{begin}{given}"), String::new())
            }
            (Area::Allocated(..), _) => (None, given, format!("  free({pointer});\n")),
            _ => (None, given, String::new()),
        }
    }
}
