//! Error-contexts: handles that can be passed on and dropped.

use anyhow::Result;
use wit_parser::{
    Docs, Function, LiveTypes, Resolve, Span, Stability, Type, TypeDef, TypeDefKind, TypeId, TypeOwner, WorldId,
    WorldItem,
};

use crate::text::Text;

/// What the type is called for upstream's generator, in WIT and in C.
const NAME: &str = "onramp-error-context";
const C_NAME: &str = "onramp_error_context";

/// Puts a named u32 in the place of error-contexts, in all types and functions.
///
/// That type has to come before all that refer to it, so everything gets new ids.
///
/// # Errors
/// Those of `Resolve::merge`.
pub fn rewrite(resolve: &mut Resolve, world: &mut WorldId) -> Result<()> {
    let mut changed = Resolve { all_features: resolve.all_features, ..Resolve::default() };
    changed.features = resolve.features.clone();
    let new = changed.types.alloc(TypeDef {
        name: Some(NAME.to_owned()),
        kind: TypeDefKind::Type(Type::U32),
        owner: TypeOwner::None,
        docs: Docs::default(),
        stability: Stability::Unknown,
        span: Span::default(),
        external_id: None,
    });
    let ids = changed.merge(std::mem::take(resolve))?;
    *world = ids.map_world(*world, Span::default())?;
    *resolve = changed;
    replace(resolve, new);
    Ok(())
}

/// Whether there are error-contexts in the world.
pub fn is_in(resolve: &Resolve, world: WorldId) -> bool {
    let mut live = LiveTypes::default();
    live.add_world(resolve, world);
    let mut functions = onramp_bridge::functions(resolve, world).into_iter().map(|one| one.function);
    let direct = |function: &Function| function.params.iter().map(|param| param.ty).chain(function.result).any(is);
    functions.any(direct) || live.iter().any(|id| parts(&resolve.types[id].kind).into_iter().any(is))
}

fn is(ty: Type) -> bool {
    ty == Type::ErrorContext
}

fn replace(resolve: &mut Resolve, new: TypeId) {
    let replacer = Replacer { new };
    for (id, definition) in resolve.types.iter_mut() {
        if id != new {
            parts_mut(&mut definition.kind).into_iter().for_each(|ty| replacer.ty(ty));
        }
    }
    for (_, interface) in resolve.interfaces.iter_mut() {
        interface.functions.values_mut().for_each(|function| replacer.function(function));
    }
    for (_, world) in resolve.worlds.iter_mut() {
        for item in world.imports.values_mut().chain(world.exports.values_mut()) {
            if let WorldItem::Function(function) = item {
                replacer.function(function);
            }
        }
    }
}

struct Replacer {
    new: TypeId,
}

impl Replacer {
    fn ty(&self, ty: &mut Type) {
        if is(*ty) {
            *ty = Type::Id(self.new);
        }
    }

    fn function(&self, function: &mut Function) {
        function.params.iter_mut().for_each(|param| self.ty(&mut param.ty));
        function.result.iter_mut().for_each(|ty| self.ty(ty));
    }
}

/// The types that a type is directly made of.
fn parts(kind: &TypeDefKind) -> Vec<Type> {
    let mut kind = kind.clone();
    parts_mut(&mut kind).into_iter().map(|ty| *ty).collect()
}

fn parts_mut(kind: &mut TypeDefKind) -> Vec<&mut Type> {
    match kind {
        TypeDefKind::Record(record) => record.fields.iter_mut().map(|field| &mut field.ty).collect(),
        TypeDefKind::Tuple(tuple) => tuple.types.iter_mut().collect(),
        TypeDefKind::Variant(variant) => variant.cases.iter_mut().filter_map(|case| case.ty.as_mut()).collect(),
        TypeDefKind::Result(result) => result.ok.iter_mut().chain(&mut result.err).collect(),
        TypeDefKind::Map(key, value) => vec![key, value],
        TypeDefKind::Future(inner) | TypeDefKind::Stream(inner) => inner.iter_mut().collect(),
        TypeDefKind::Option(inner)
        | TypeDefKind::List(inner)
        | TypeDefKind::FixedLengthList(inner, _)
        | TypeDefKind::Type(inner) => vec![inner],
        TypeDefKind::Resource
        | TypeDefKind::Handle(_)
        | TypeDefKind::Flags(_)
        | TypeDefKind::Enum(_)
        | TypeDefKind::Unknown => Vec::new(),
    }
}

/// What upstream's header calls the type, in each interface.
pub fn names(header: &str) -> Vec<String> {
    let names = header.lines().filter_map(|line| line.strip_prefix("typedef uint32_t ")?.strip_suffix(';'));
    names.filter(|name| name.ends_with(&format!("_{C_NAME}_t"))).map(str::to_owned).collect()
}

/// The text with one type for the whole world.
pub fn renamed(text: &str, prefix: &str, names: &[String]) -> String {
    let mut out = text.to_owned();
    for name in names {
        out = out.replace(&format!("\ntypedef uint32_t {name};\n"), "");
        out = replace_word(&out, name, &format!("{prefix}_error_context_t"));
    }
    out.replace(C_NAME, "error_context")
}

/// The text with `new` wherever `old` is a whole identifier.
fn replace_word(text: &str, old: &str, new: &str) -> String {
    let mut parts = text.split(old).peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(part) = parts.next() {
        out.push_str(part);
        if parts.peek().is_some() {
            let inner = part.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
            out.push_str(if inner { old } else { new });
        }
    }
    out
}

/// The header with the type, and with the function that drops one.
///
/// # Errors
/// When the header is not what upstream's generator writes.
pub fn header(text: &str, prefix: &str, helpers: bool) -> Result<String> {
    let mut header = Text::new(text);
    let mut end = header.find("#include <stddef.h>\n")?.end;
    while header.at(&header.line(end)).starts_with("#include ") {
        end = header.line(end).end + 1;
    }
    let mut new =
        format!("\n// An error-context, which can be passed on.\ntypedef uint32_t {prefix}_error_context_t;\n");
    if helpers {
        new.push_str(&format!("\nvoid {prefix}_error_context_drop({prefix}_error_context_t handle);\n"));
    }
    header.replace(end..end, new);
    header.finish()
}

/// The source with the function that drops one.
///
/// # Errors
/// When the source is not what upstream's generator writes.
pub fn source(text: &str, prefix: &str) -> Result<String> {
    let mut source = Text::new(text);
    let start = source.find("\n// Component Adapters\n")?.start;
    let new = format!(
        "
__attribute__((__import_module__(\"$root\"), __import_name__(\"[error-context-drop]\")))
extern void __wasm_import_{prefix}_error_context_drop(uint32_t handle);

void {prefix}_error_context_drop({prefix}_error_context_t handle) {{
  __wasm_import_{prefix}_error_context_drop(handle);
}}
"
    );
    source.replace(start..start, new);
    source.finish()
}
