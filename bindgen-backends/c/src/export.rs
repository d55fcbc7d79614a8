//! An exported function: upstream's becomes static, and the profile's calls it.

use std::fmt::Write;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use onramp_abi::CoreType;
use onramp_bridge::{Export, Params, Results, Step};
use wit_parser::abi::WasmType;

use crate::helpers::{Helper, Helpers};
use crate::import::{fields, variables};
use crate::slot;
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
    /// It lives as long as the call.
    Local { values: Vec<CoreType>, size: u32, align: u32 },
}

/// Changes the definitions of a function that the eager ABI exports, and of its post-return function.
///
/// # Errors
/// When the text is not what upstream's generator writes for this function.
pub fn change(text: &mut Text<'_>, helpers: &mut Helpers, eager: &Eager, export: &Export) -> Result<()> {
    let attribute = text.find(&format!("__attribute__((__export_name__(\"{}\")))\n", eager.name))?;
    let post_attribute = format!("__attribute__((__weak__, __export_name__(\"{}\")))\n", eager.post_return);
    let post_attribute = text.maybe(&post_attribute)?;
    let area = area(eager, export, post_attribute.is_some() || !eager.given.is_empty());
    let function = text.function(attribute.end)?;
    let definition = Definition::parse(text.at(&text.line(function.start)))?;
    let post = PostReturn { export, area: &area, given: &eager.given };
    let mut core_post_return = String::new();
    match post_attribute {
        Some(post_attribute) => post.change(text, helpers, post_attribute)?,
        None if eager.given.is_empty() => {}
        None => core_post_return = format!("\n{}", post.print(helpers, definition.name, false)),
    }
    if matches!((&area, &export.params), (Area::Unchanged, Params::Eager)) || untouched(&area, &export.params) {
        text.replace(attribute, export_attribute(&export.name));
        return Ok(());
    }
    let eager = own_area(text.at(&function), &definition, &area)?;
    let core = core(helpers, export, &definition, &area);
    text.replace(attribute.start..function.end, format!("{eager}\n{core}{core_post_return}"));
    Ok(())
}

fn untouched(area: &Area, params: &Params) -> bool {
    matches!(area, Area::Unchanged) && matches!(params, Params::Flat(steps) if steps.is_empty())
}

fn area(eager: &Eager, export: &Export, has_post_return: bool) -> Area {
    match (&export.results, eager.kept) {
        (Results::Several { values, size, align, .. }, _) => {
            Area::Local { values: values.clone(), size: *size, align: *align }
        }
        (Results::Eager, Some((size, align))) if has_post_return => Area::Allocated(size, align),
        (Results::Eager, _) => Area::Unchanged,
    }
}

fn export_attribute(name: &str) -> String {
    format!("__attribute__((__export_name__(\"{name}\")))\n")
}

/// `int32_t name(int32_t arg, uint8_t * arg0) {`
struct Definition<'t> {
    result: &'t str,
    name: &'t str,
    /// Types and names.
    parameters: Vec<(&'t str, &'t str)>,
}

impl<'t> Definition<'t> {
    fn parse(line: &'t str) -> Result<Definition<'t>> {
        let parse = || {
            let (head, parameters) = line.strip_suffix(") {")?.split_once('(')?;
            let (result, name) = head.rsplit_once(' ')?;
            let parameters = match parameters {
                "void" => Some(Vec::new()),
                some => some.split(", ").map(|parameter| parameter.rsplit_once(' ')).collect(),
            };
            Some(Definition { result, name, parameters: parameters? })
        };
        parse().with_context(|| format!("`{line}` is no definition of a core export"))
    }

    fn named(&self) -> Vec<String> {
        self.parameters.iter().map(|(ty, name)| format!("{ty} {name}")).collect()
    }
}

/// Upstream's function, static, with the return area as one more parameter where it is not the static one.
fn own_area(function: &str, definition: &Definition<'_>, area: &Area) -> Result<String> {
    if matches!(area, Area::Unchanged) {
        return Ok(format!("static {function}"));
    }
    let mut parameters = definition.named();
    parameters.push("uint8_t *area".to_owned());
    let (_, body) = function.split_once('\n').expect("a function has several lines");
    let areas = body.matches(AREA).count();
    if areas != 1 {
        bail!("`{}` has {areas} return areas, not one", definition.name);
    }
    let body = body.replace(AREA, " = area;\n");
    Ok(format!("static {} {}({}) {{\n{body}", definition.result, definition.name, parameters.join(", ")))
}

/// The core function of the profile.
fn core(helpers: &mut Helpers, export: &Export, definition: &Definition<'_>, area: &Area) -> String {
    let (parameters, receive) = received(helpers, export, definition);
    let parameters = if parameters.is_empty() { "void".to_owned() } else { parameters.join(", ") };
    let mut arguments: Vec<_> = definition.parameters.iter().map(|(_, name)| (*name).to_owned()).collect();
    let Definition { result, name, .. } = definition;
    let attribute = export_attribute(&export.name);
    match area {
        Area::Unchanged => {
            let give = if *result == "void" { "" } else { "return " };
            let arguments = arguments.join(", ");
            format!("{attribute}{result} {name}_core({parameters}) {{\n{receive}  {give}{name}({arguments});\n}}\n")
        }
        Area::Allocated(size, align) => {
            helpers.need(Helper::Allocate);
            arguments.push(format!("__onramp_allocate({size}, {align})"));
            let arguments = arguments.join(", ");
            format!("{attribute}{result} {name}_core({parameters}) {{\n{receive}  return {name}({arguments});\n}}\n")
        }
        Area::Local { values, size, align } => {
            arguments.push("area".to_owned());
            let call = format!("  {name}({});\n", arguments.join(", "));
            let body = format!("{receive}{}{call}{}", local_area(*size, *align), load(helpers, export, values));
            let frame = Frame { name, parameters: &parameters, body: &body };
            frame.print(helpers, export, values)
        }
    }
}

/// The parameters of the core function, and what is done with them.
fn received(helpers: &mut Helpers, export: &Export, definition: &Definition<'_>) -> (Vec<String>, String) {
    match &export.params {
        Params::Eager => (definition.named(), String::new()),
        Params::Flat(steps) => {
            let names = definition.parameters.iter().map(|(_, name)| (*name).to_owned());
            let cores: Vec<(String, WasmType)> = names.zip(export.slots.iter().copied()).collect();
            (definition.named(), steps::print(helpers, &Places { cores, block: "" }, 1, steps))
        }
        Params::Tuple { size, align, steps } => {
            helpers.need(Helper::Allocate);
            helpers.need(Helper::Lower);
            let block = definition.parameters[0].1;
            let mut text = format!("  uint8_t *{block} = __onramp_allocate({size}, {align});\n");
            writeln!(text, "  __onramp_lower(handle, 0, 1, {block});").expect("writing to a string");
            text.push_str(&steps::print(helpers, &Places::block(block), 1, steps));
            (vec!["uint32_t handle".to_owned()], text)
        }
    }
}

fn local_area(size: u32, align: u32) -> String {
    format!("  __attribute__((__aligned__({align})))\n  uint8_t area[{size}];\n")
}

/// The core values of what is in the return area.
fn load(helpers: &mut Helpers, export: &Export, values: &[CoreType]) -> String {
    let Results::Several { steps, .. } = &export.results else { unreachable!("there are several results") };
    let mut text = String::new();
    for (index, ty) in values.iter().enumerate() {
        writeln!(text, "  {} value{index} = 0;", slot::core(*ty)).expect("writing to a string");
    }
    text.push_str(&steps::print(helpers, &Places { cores: variables(values), block: "area" }, 1, steps));
    text
}

/// A core function with several results.
struct Frame<'a> {
    name: &'a str,
    parameters: &'a str,
    /// What makes the results, in variables.
    body: &'a str,
}

impl Frame<'_> {
    fn print(&self, helpers: &mut Helpers, export: &Export, values: &[CoreType]) -> String {
        let Frame { name, parameters, body } = self;
        let thunk = export_attribute(export.thunk_name.as_deref().expect("there are several results"));
        let native = export_attribute(&export.name);
        let names = (0..values.len()).map(|index| format!("value{index}")).collect::<Vec<_>>().join(", ");
        let mut set = String::new();
        for (index, ty) in values.iter().enumerate().skip(1) {
            writeln!(set, "  {}(value{index});", helpers.setter(*ty, index)).expect("writing to a string");
        }
        let (fields, first) = (fields(values), slot::core(values[0]));
        format!(
            "#ifdef ONRAMP_MULTIVALUE
struct {name}_results {{ {fields} }};
{native}struct {name}_results {name}_core({parameters}) {{
#else
{thunk}{first} {name}_core({parameters}) {{
#endif
{body}#ifdef ONRAMP_MULTIVALUE
  struct {name}_results results = {{ {names} }};
  return results;
#else
{set}  return value0;
#endif
}}
"
        )
    }
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
        if matches!(self.area, Area::Unchanged) {
            text.replace(attribute, self.attribute());
            return Ok(());
        }
        let function = text.function(attribute.end)?;
        let name = Definition::parse(text.at(&text.line(function.start)))?.name;
        let name = name.strip_suffix("_post_return").context("a post-return function is called so")?;
        let core = self.print(helpers, name, true);
        text.replace(attribute.start..function.end, format!("static {}\n{core}", text.at(&function)));
        Ok(())
    }

    fn attribute(&self) -> String {
        format!("__attribute__((__weak__, __export_name__(\"{}\")))\n", self.export.post_return)
    }

    /// The core function, beside the export of this name; whether there is upstream's to be called.
    fn print(&self, helpers: &mut Helpers, name: &str, upstream: bool) -> String {
        let (parameters, begin, end) = match self.area {
            Area::Unchanged => unreachable!("results with something to free are in memory or in core values"),
            Area::Allocated(..) => ("uint8_t *area".to_owned(), String::new(), "  free(area);\n"),
            Area::Local { values, size, align } => {
                let cores = variables(values);
                let parameters: Vec<_> = cores.iter().map(|(name, ty)| format!("{} {name}", slot::wide(*ty))).collect();
                let stores = steps::print(helpers, &Places { cores, block: "area" }, 1, &self.export.returned);
                (parameters.join(", "), format!("{}{stores}", local_area(*size, *align)), "")
            }
        };
        let given = steps::print(helpers, &Places::block("area"), 1, self.given);
        let call = if upstream { format!("  {name}_post_return(area);\n") } else { String::new() };
        let attribute = self.attribute();
        format!("{attribute}void {name}_post_return_core({parameters}) {{\n{begin}{given}{call}{end}}}\n")
    }
}
