//! An imported function: its declaration becomes a function of the same signature, which calls the profile's.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use onramp_abi::CoreType;
use onramp_bridge::{Import, Results};
use wit_parser::abi::WasmType;

use crate::helpers::Helpers;
use crate::slot;
use crate::steps::{self, Places};
use crate::text::Text;

/// Changes the declaration of a function that the eager ABI imports from `module`.
///
/// # Errors
/// When the text is not what upstream's generator writes for this function.
pub fn change(text: &mut Text<'_>, helpers: &mut Helpers, module: &str, import: &Import) -> Result<()> {
    let attribute = attribute(module, &import.field);
    let attribute_range = text.find(&format!("{attribute}\n"))?;
    let line = text.line(attribute_range.end);
    if import.results == Results::Eager && import.received.is_empty() {
        text.replace(attribute_range, format!("{}\n", self::attribute(&import.module, &import.field)));
        return Ok(());
    }
    let declaration = Declaration::parse(text.at(&line))?;
    let parameters = import.params.len() + usize::from(import.results != Results::Eager);
    ensure!(
        declaration.parameters.len() == parameters && declaration.parameters.last() == Some(&"uint8_t *"),
        "`{}` has not the parameters of the eager ABI",
        text.at(&line)
    );
    let new = match &import.results {
        Results::Eager => single(helpers, import, &declaration),
        Results::Several { values, steps, .. } => {
            let stores = Stores { values, text: store(helpers, values, steps) };
            several(helpers, import, &declaration, &stores)
        }
    };
    text.replace(attribute_range.start..line.end, new);
    Ok(())
}

fn attribute(module: &str, field: &str) -> String {
    format!("__attribute__((__import_module__(\"{module}\"), __import_name__(\"{field}\")))")
}

/// `extern void name(int32_t, uint8_t *);`
struct Declaration<'t> {
    result: &'t str,
    name: &'t str,
    parameters: Vec<&'t str>,
}

impl<'t> Declaration<'t> {
    fn parse(line: &'t str) -> Result<Declaration<'t>> {
        let parse = || {
            let line = line.strip_prefix("extern ")?.strip_suffix(");")?;
            let (head, parameters) = line.split_once('(')?;
            let (result, name) = head.rsplit_once(' ')?;
            Some(Declaration { result, name, parameters: parameters.split(", ").collect() })
        };
        parse().with_context(|| format!("`{line}` is no declaration of a core import"))
    }

    /// `int32_t arg0, uint8_t *area`: the last one is the return area.
    fn named(&self) -> String {
        let (area, arguments) = self.parameters.split_last().expect("there is a return area");
        let arguments = arguments.iter().enumerate().map(|(index, ty)| format!("{ty} arg{index}"));
        arguments.chain([format!("{area} area")]).collect::<Vec<_>>().join(", ")
    }

    /// The types of the parameters but the return area.
    fn without_area(&self) -> String {
        match &self.parameters[..self.parameters.len() - 1] {
            [] => "void".to_owned(),
            arguments => arguments.join(", "),
        }
    }

    /// The names of the parameters but the return area.
    fn arguments(&self) -> Vec<String> {
        (0..self.parameters.len() - 1).map(|index| format!("arg{index}")).collect()
    }
}

/// The results are in the return area, as in the eager ABI; handles in them are received.
fn single(helpers: &mut Helpers, import: &Import, declaration: &Declaration<'_>) -> String {
    let Declaration { result, name, parameters } = declaration;
    let mut arguments = declaration.arguments();
    arguments.push("area".to_owned());
    let received = steps::print(helpers, &Places::block("area"), 1, &import.received);
    format!(
        "{}
extern {result} {name}_core({});
static void {name}({}) {{
  {name}_core({});
{received}}}",
        attribute(&import.module, &import.field),
        parameters.join(", "),
        declaration.named(),
        arguments.join(", "),
    )
}

/// Statements that bring core results into the return area, and the types of these.
struct Stores<'a> {
    values: &'a [CoreType],
    text: String,
}

fn store(helpers: &mut Helpers, values: &[CoreType], steps: &[onramp_bridge::Step]) -> String {
    let places = Places { cores: variables(values), block: "area" };
    steps::print(helpers, &places, 1, steps)
}

/// A variable for each core value.
pub fn variables(values: &[CoreType]) -> Vec<(String, WasmType)> {
    let wide = |ty: &CoreType| match ty {
        CoreType::I32 => WasmType::I32,
        CoreType::I64 => WasmType::I64,
        CoreType::F32 => WasmType::F32,
        CoreType::F64 => WasmType::F64,
    };
    values.iter().enumerate().map(|(index, ty)| (format!("value{index}"), wide(ty))).collect()
}

/// The fields of a struct of core values.
pub fn fields(values: &[CoreType]) -> String {
    let fields = values.iter().enumerate().map(|(index, ty)| format!("{} value{index};", slot::core(*ty)));
    fields.collect::<Vec<_>>().join(" ")
}

/// The results are core values.
fn several(helpers: &mut Helpers, import: &Import, declaration: &Declaration<'_>, stores: &Stores<'_>) -> String {
    let name = declaration.name;
    let arguments = declaration.arguments().join(", ");
    let thunk = import.thunk_module.as_deref().expect("there are several results");
    let (mut native, mut thunked) = (String::new(), String::new());
    for (index, ty) in stores.values.iter().enumerate() {
        let c = slot::core(*ty);
        writeln!(native, "  {c} value{index} = results.value{index};").expect("writing to a string");
        let call = match index {
            0 => format!("{name}_core({arguments})"),
            _ => format!("{}()", helpers.getter(*ty, index)),
        };
        writeln!(thunked, "  {c} value{index} = {call};").expect("writing to a string");
    }
    let received = steps::print(helpers, &Places::block("area"), 1, &import.received);
    format!(
        "#ifdef ONRAMP_MULTIVALUE
struct {name}_results {{ {fields} }};
{native_attribute}
extern struct {name}_results {name}_core({types});
#else
{thunk_attribute}
extern {first} {name}_core({types});
#endif
static void {name}({named}) {{
#ifdef ONRAMP_MULTIVALUE
  struct {name}_results results = {name}_core({arguments});
{native}#else
{thunked}#endif
{stores}{received}}}",
        fields = fields(stores.values),
        native_attribute = attribute(&import.module, &import.field),
        thunk_attribute = attribute(thunk, &import.field),
        types = declaration.without_area(),
        first = slot::core(stores.values[0]),
        named = declaration.named(),
        stores = stores.text,
    )
}
