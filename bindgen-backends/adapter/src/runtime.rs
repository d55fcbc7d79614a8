//! Routines that do not depend on types: allocation, copying, transcoding. They are written in the text format, in
//! `runtime/*.wat`, and put into the modules that use them. `window.wat` is a template.
//!
//! A routine is a function that one of those files exports. It may import
//! - `sender` and `receiver` `memory`: the guest's that the value comes from, and the one's that it goes to;
//! - `receiver` `realloc`;
//! - `routine` and the name of another routine;
//! - `trap` and a reason: the function that traps for it.

use std::{collections::HashMap, sync::LazyLock};

use wasm_encoder::{
    ValType,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{ExternalKind, FunctionBody, Operator, Parser, Payload, TypeRef};

use crate::{Import, assembly::Target, body::Body, module::Module, route::Route, translate::Generator};

const FILES: [(&str, &str); 9] = [
    ("log.wat", include_str!("../runtime/log.wat")),
    ("memory.wat", include_str!("../runtime/memory.wat")),
    ("code-points.wat", include_str!("../runtime/code-points.wat")),
    ("copy-utf8.wat", include_str!("../runtime/copy-utf8.wat")),
    ("to-utf8.wat", include_str!("../runtime/to-utf8.wat")),
    ("to-utf16.wat", include_str!("../runtime/to-utf16.wat")),
    ("to-latin1.wat", include_str!("../runtime/to-latin1.wat")),
    ("ranges.wat", include_str!("../runtime/ranges.wat")),
    ("characters.wat", include_str!("../runtime/characters.wat")),
];

/// Ranges of strings that the receiver wants in another encoding: a template for each pair of encodings.
const WINDOW: &str = include_str!("../runtime/window.wat");

/// Whether strings can be Latin-1: a template for each encoding.
const FITS: &str = include_str!("../runtime/fits.wat");

/// The encodings, and how many bits their code units have.
const ENCODINGS: [(&str, u32); 3] = [("utf8", 8), ("utf16", 16), ("latin1", 8)];

/// The instances of [`WINDOW`].
fn windows() -> impl Iterator<Item = String> {
    let pairs = ENCODINGS.into_iter().flat_map(|sender| ENCODINGS.into_iter().map(move |receiver| (sender, receiver)));
    pairs.filter(|(sender, receiver)| sender != receiver).map(|((sender, _), (receiver, bits))| {
        WINDOW
            .replace("RECEIVER_BITS", &bits.to_string())
            .replace("RECEIVER_BYTES", &(bits / 8).to_string())
            .replace("RECEIVER", receiver)
            .replace("SENDER", sender)
    })
}

/// The instances of [`FITS`].
fn fits() -> impl Iterator<Item = String> {
    ENCODINGS.into_iter().map(|(sender, _)| FITS.replace("SENDER", sender))
}

static ROUTINES: LazyLock<HashMap<String, Routine>> = LazyLock::new(|| {
    let file = |name: &str, text: &str| {
        let wasm = wat::parse_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        read(&wasm).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let windows = windows().chain(fits()).flat_map(|text| file("a template", &text));
    FILES.iter().flat_map(|(name, text)| file(name, text)).chain(windows).collect()
});

/// A routine, as its file has it.
struct Routine {
    params: Vec<ValType>,
    results: Vec<ValType>,
    /// Locals and instructions.
    body: Vec<u8>,
    /// Whom its calls mean, by function index; `None`: a function that nobody else can name.
    functions: Vec<Option<Function>>,
}

#[derive(Clone)]
enum Function {
    Realloc,
    Trap(String),
    Routine(String),
}

/// The routines of a file.
fn read(wasm: &[u8]) -> Result<Vec<(String, Routine)>, wasmparser::BinaryReaderError> {
    let mut signatures = Vec::new();
    let mut functions: Vec<Option<Function>> = Vec::new();
    let mut types = Vec::new();
    let mut bodies = Vec::new();
    let mut exports = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for ty in section.into_iter_err_on_gc_types() {
                    signatures.push(ty?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    if let TypeRef::Func(_) = import.ty {
                        functions.push(Some(match import.module {
                            "receiver" => Function::Realloc,
                            "trap" => Function::Trap(import.name.to_owned()),
                            _ => Function::Routine(import.name.to_owned()),
                        }));
                    }
                }
            }
            Payload::FunctionSection(section) => types = section.into_iter().collect::<Result<_, _>>()?,
            Payload::ExportSection(section) => exports = section.into_iter().collect::<Result<Vec<_>, _>>()?,
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
            _ => {}
        }
    }
    let imported = functions.len();
    functions.resize(imported + bodies.len(), None);
    exports.retain(|export| export.kind == ExternalKind::Func);
    for export in &exports {
        functions[export.index as usize] = Some(Function::Routine(export.name.to_owned()));
    }
    let routine = |export: &wasmparser::Export<'_>| {
        let defined = export.index as usize - imported;
        let signature = &signatures[types[defined] as usize];
        let val_types = |types: &[wasmparser::ValType]| {
            types.iter().map(|ty| RoundtripReencoder.val_type(*ty).expect("routines use plain types")).collect()
        };
        let routine = Routine {
            params: val_types(signature.params()),
            results: val_types(signature.results()),
            body: bodies[defined].clone(),
            functions: functions.clone(),
        };
        (export.name.to_owned(), routine)
    };
    Ok(exports.iter().map(routine).collect())
}

impl Generator<'_, '_> {
    /// The routine of this name, for values that go this way.
    pub(crate) fn routine(&mut self, name: &str) -> Target {
        self.module.routine(self.route, name)
    }
}

impl Module<'_> {
    fn routine(&mut self, route: Route, name: &str) -> Target {
        let (name, routine) = ROUTINES.get_key_value(name).unwrap_or_else(|| panic!("there is no routine {name:?}"));
        if let Some(target) = self.routines.get(&(route.sender, route.receiver(), name)) {
            return *target;
        }
        let shown = match self.assembly.second_memory() {
            Import::Log => name.clone(),
            _ => format!("{name}, {}", route.destination()),
        };
        let target = self.assembly.declare(shown, &routine.params, &routine.results);
        self.routines.insert((route.sender, route.receiver(), name), target);
        let body = self.relocate(route, routine).expect("routines are made of plain instructions");
        self.assembly.define(target, body);
        target
    }

    fn relocate(&mut self, route: Route, routine: &Routine) -> Result<Body, Failure> {
        let mut body = Body::new(routine.params.iter().copied());
        for memory in [route.sender, route.receiver()] {
            body.memory(memory);
        }
        let source = FunctionBody::new(wasmparser::BinaryReader::new(&routine.body, 0));
        let mut memories = Memories(route);
        for local in source.get_locals_reader()? {
            let (count, ty) = local?;
            for _ in 0..count {
                body.local(memories.val_type(ty)?);
            }
        }
        for operator in source.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } => {
                    let function = routine.functions[function_index as usize].clone();
                    let target = match function.expect("routines call what they import or export") {
                        Function::Realloc => self.realloc(route.receiver()),
                        Function::Trap(reason) => self.trap(&reason),
                        Function::Routine(name) => self.routine(route, &name),
                    };
                    body.call(target);
                }
                operator => body.instruction(&memories.instruction(operator)?),
            }
        }
        Ok(body)
    }
}

type Failure = wasm_encoder::reencode::Error;

/// Puts the memories of the module in place of a routine's.
struct Memories(Route);

impl Reencode for Memories {
    type Error = std::convert::Infallible;

    fn memory_index(&mut self, memory: u32) -> Result<u32, Failure> {
        let memory = match memory {
            0 => self.0.sender,
            _ => self.0.receiver(),
        };
        Ok(memory.index())
    }
}
