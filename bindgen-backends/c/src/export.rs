//! An exported function and its post-return function: their names, their parameters, and where the results are.

use std::ops::Range;

use anyhow::{Context, Result, ensure};
use onramp_bridge::{Export, Params, Results, Step, cores};

use crate::lists::Lists;
use crate::profile::Shared;
use crate::shapes::{Block, Way, parameters};
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
    /// Results in memory that have to stay there until post-return, whatever is called in between.
    pub kept: Option<Block>,
    /// What post-return has to do beside what upstream's does.
    pub given: Vec<Step>,
}

/// What becomes of the return area.
enum Area {
    /// There is none, or it may stay where it is.
    Unchanged,
    /// It is a block for each call, until post-return.
    Allocated(Block),
    /// It lives as long as the call; the number of the results' shape.
    Local(usize, Block),
}

/// Changes the definitions of a function that the eager ABI exports, and of its post-return function.
///
/// # Errors
/// When the text is not what upstream's generator writes for this function.
pub fn change(text: &mut Text<'_>, shared: &mut Shared, eager: &Eager, export: &Export) -> Result<()> {
    let attribute = text.find(&format!("__attribute__((__export_name__(\"{}\")))\n", eager.name))?;
    let post_attribute =
        text.maybe(&format!("__attribute__((__weak__, __export_name__(\"{}\")))\n", eager.post_return))?;
    let area = area(shared, eager, export, post_attribute.is_some() || !eager.given.is_empty());
    let function = text.function(attribute.end)?;
    let line = text.line(function.start);
    let definition = Definition::parse(text.at(&line))?;
    let name = without_profile(&export.name)?;
    text.replace(attribute, format!("ONRAMP_EXPORT{}(\"{name}\")\n", suffix(&area)));
    let post = PostReturn { name, export, area: &area, given: &eager.given };
    match post_attribute {
        Some(post_attribute) => post.change(text, &mut shared.lists, post_attribute)?,
        None if eager.given.is_empty() => {}
        None => text.replace(function.end..function.end, post.added(&mut shared.lists, definition.name)),
    }
    let (parameters, receive) = received(&mut shared.lists, export, &definition);
    let result = match area {
        Area::Local(shape, _) => format!("_onramp_results_{shape}"),
        Area::Unchanged | Area::Allocated(_) => definition.result.to_owned(),
    };
    if parameters.is_some() || result != definition.result || !receive.is_empty() {
        let parameters = parameters.unwrap_or_else(|| definition.parameters.to_owned());
        text.replace(line, format!("{result} {}({parameters}) {{{}", definition.name, on_own_lines(&receive)));
    }
    change_area(text, &function, &area)
}

fn area(shared: &mut Shared, eager: &Eager, export: &Export, has_post_return: bool) -> Area {
    match (&export.results, eager.kept) {
        (Results::Several { values, size, align, steps }, _) => {
            let block = Block { size: *size, align: *align };
            Area::Local(shared.shapes.number(&mut shared.lists, Way::Give, values, block, steps), block)
        }
        (Results::Eager, Some(block)) if has_post_return => Area::Allocated(block),
        (Results::Eager, _) => Area::Unchanged,
    }
}

/// The end of the name of the macro that names an import or export.
fn suffix(area: &Area) -> &'static str {
    match area {
        Area::Local(..) => "_SEVERAL",
        Area::Unchanged | Area::Allocated(_) => "",
    }
}

/// A core name without the profile in front of it.
///
/// # Errors
/// When there is none.
pub fn without_profile(name: &str) -> Result<&str> {
    let behind = ["[abi=", "[weave="].into_iter().find_map(|prefix| name.strip_prefix(prefix));
    let behind = behind.and_then(|name| name.split_once(']'));
    behind.map(|(_, name)| name).with_context(|| format!("`{name}` is no name of a profile"))
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
fn received(lists: &mut Lists, export: &Export, definition: &Definition<'_>) -> (Option<String>, String) {
    match &export.params {
        Params::Eager => (None, String::new()),
        Params::Flat(steps) => (None, steps::print(lists, &Places { cores: definition.names(), block: "" }, 1, steps)),
        Params::Tuple { size, align, steps } => {
            let block = definition.names().remove(0);
            let mut text = format!("  uint8_t *{block} = _onramp_tuple(onramp_handle, {size}, {align});\n");
            text.push_str(&steps::print(lists, &Places::block(&block), 1, steps));
            (Some("uint32_t onramp_handle".to_owned()), text)
        }
    }
}

/// Puts another return area in the place of the static one, and the core results in the place of its address.
fn change_area(text: &mut Text<'_>, function: &Range<usize>, area: &Area) -> Result<()> {
    if matches!(area, Area::Unchanged) {
        return Ok(());
    }
    let body = text.at(function);
    ensure!(body.matches(AREA).count() == 1, "`{}` has not one return area", text.at(&text.line(function.start)));
    let found = body.find(AREA).map(|at| function.start + at).context("there is a return area")?;
    let pointer = text.at(&(function.start..found)).rsplit('*').next().unwrap_or_default().to_owned();
    match area {
        Area::Unchanged => {}
        Area::Allocated(Block { size, align }) => {
            text.replace(found..found + AREA.len(), format!(" = _onramp_allocate({size}, {align});\n"));
        }
        Area::Local(shape, Block { size, align }) => {
            let line =
                text.at(&(function.start..found)).rfind('\n').map_or(function.start, |at| function.start + at + 1);
            text.replace(line..found + AREA.len(), format!("  ONRAMP_AREA({pointer}, {size}, {align}) = {{0}};\n"));
            let end = format!("\n  return {pointer};\n}}\n");
            ensure!(body.ends_with(&end), "`{}` does not return its return area", text.at(&text.line(function.start)));
            let new = format!("\n  return _onramp_give_{shape}({pointer});\n}}\n");
            text.replace(function.end - end.len()..function.end, new);
        }
    }
    Ok(())
}

/// A post-return function.
struct PostReturn<'a> {
    /// The export's name without the profile.
    name: &'a str,
    export: &'a Export,
    area: &'a Area,
    given: &'a [Step],
}

impl PostReturn<'_> {
    /// Changes upstream's, which is behind this attribute.
    fn change(&self, text: &mut Text<'_>, lists: &mut Lists, attribute: Range<usize>) -> Result<()> {
        let function = text.function(attribute.end)?;
        text.replace(attribute, self.attribute());
        let line = text.line(function.start);
        let definition = Definition::parse(text.at(&line))?;
        if let Results::Several { .. } = self.export.results {
            text.replace(function, self.several(lists, definition.name));
            return Ok(());
        }
        let pointer = definition.names().pop().context("a post-return function has a parameter")?;
        let (first, last) = self.in_block(lists, &pointer);
        text.replace(line.end..line.end, on_own_lines(&first));
        text.replace(function.end - 2..function.end - 2, last);
        Ok(())
    }

    /// One where upstream has none, beside the export of this name.
    fn added(&self, lists: &mut Lists, name: &str) -> String {
        let (name, attribute) = (format!("{name}_post_return"), self.attribute());
        if let Results::Several { .. } = self.export.results {
            return format!("\n{attribute}{}", self.several(lists, &name));
        }
        let (first, last) = self.in_block(lists, "area");
        format!("\n{attribute}void {name}(uint8_t *area) {{\n{first}{last}}}\n")
    }

    fn attribute(&self) -> String {
        format!("ONRAMP_POST_RETURN(\"{}\")\n", self.name)
    }

    /// One that takes core values: no block is needed to free what they refer to.
    fn several(&self, lists: &mut Lists, name: &str) -> String {
        let values = match &self.export.results {
            Results::Several { values, .. } => values.as_slice(),
            Results::Eager => &[],
        };
        let places = Places::values(values, "v", "");
        let mut statements = steps::print(lists, &places, 1, self.given);
        statements.push_str(&steps::print(lists, &places, 1, &self.export.returned));
        let used = &cores(self.given) | &cores(&self.export.returned);
        let unused = (0..values.len()).filter(|core| !used.contains(core));
        let unused: String = unused.map(|core| format!("  (void) v{core};\n")).collect();
        format!("void {name}({}) {{\n{unused}{statements}}}\n", parameters(values))
    }

    /// What one does first and last whose parameter is the block.
    fn in_block(&self, lists: &mut Lists, pointer: &str) -> (String, String) {
        let given = steps::print(lists, &Places::block(pointer), 1, self.given);
        match self.area {
            Area::Allocated(_) => (given, format!("  free({pointer});\n")),
            Area::Unchanged | Area::Local(..) => (given, String::new()),
        }
    }
}
