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
    HeapType, RefType, ValType,
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

/// Code units between arrays and memory: a template for each size of them.
const ARRAY: &str = include_str!("../runtime/array.wat");

/// Whether an array is UTF-8, and UTF-16.
const ARRAY_UTF8: &str = include_str!("../runtime/array-utf8.wat");
const ARRAY_UTF16: &str = include_str!("../runtime/array-utf16.wat");

/// Text from array to array.
const ARRAY_TRANSCODE: &str = include_str!("../runtime/array-transcode.wat");

/// The routines for arrays. In their files the array is type 0; where there are two, that of 8 bits is.
fn arrays() -> impl Iterator<Item = String> {
    let element = |index: u32| {
        format!("(array.get_u $units (local.get $array) (i32.add (local.get $index) (i32.const {index})))")
    };
    let sized = [8, 16].into_iter().map(move |bits: u32| {
        let per = 64 / bits;
        let eight = (1..per).fold(format!("(i64.extend_i32_u {})", element(0)), |low, index| {
            let shift = index * bits;
            format!("(i64.or {low} (i64.shl (i64.extend_i32_u {}) (i64.const {shift})))", element(index))
        });
        ARRAY
            .replace("EIGHT", &eight)
            .replace("PER", &per.to_string())
            .replace("BITS", &bits.to_string())
            .replace("BYTES", &(bits / 8).to_string())
    });
    let any = (1..8).fold(element(0), |low, index| format!("(i32.or {low} {})", element(index)));
    sized.chain([ARRAY_UTF8.replace("ANY", &any), ARRAY_UTF16.to_owned(), ARRAY_TRANSCODE.to_owned()])
}

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
    let windows = windows().chain(fits()).chain(arrays()).flat_map(|text| file("a template", &text));
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
                for group in section {
                    signatures.extend(group?.into_types().map(|ty| ty.composite_type.inner));
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
        let wasmparser::CompositeInnerType::Func(signature) = &signatures[types[defined] as usize] else {
            unreachable!("a function has the type of one")
        };
        let val_types = |types: &[wasmparser::ValType]| {
            types.iter().map(|ty| RoundtripReencoder.val_type(*ty).expect("routines use types of core wasm")).collect()
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
        self.module.routine(self.route, name, Arrays::default())
    }

    /// The same for a routine for arrays of this type.
    pub(crate) fn array_routine(&mut self, name: &str, array: u32) -> Target {
        self.module.routine(self.route, name, [Some(array), None])
    }

    /// The same for one from array to array.
    pub(crate) fn transcoder(&mut self, name: &str, bytes: u32, units: u32) -> Target {
        self.module.routine(self.route, name, [Some(bytes), Some(units)])
    }
}

impl Module<'_> {
    fn routine(&mut self, route: Route, name: &str, arrays: Arrays) -> Target {
        let (name, routine) = ROUTINES.get_key_value(name).unwrap_or_else(|| panic!("there is no routine {name:?}"));
        if let Some(target) = self.routines.get(&(route.sender, route.receiver(), name, arrays)) {
            return *target;
        }
        let shown = match self.assembly.second_memory() {
            Import::Log => name.clone(),
            _ => format!("{name}, {}", route.destination()),
        };
        let mut place = Place { route, arrays };
        let [params, results] = [&routine.params, &routine.results].map(|types| place.val_types(types));
        let target = self.assembly.declare(shown, &params, &results);
        self.routines.insert((route.sender, route.receiver(), name, arrays), target);
        let body = self.relocate(&mut place, routine, params).expect("routines are made of plain instructions");
        self.assembly.define(target, body);
        target
    }

    fn relocate(&mut self, place: &mut Place, routine: &Routine, params: Vec<ValType>) -> Result<Body, Failure> {
        let Place { route, arrays } = *place;
        let mut body = Body::new(params);
        for memory in [route.sender, route.receiver()] {
            body.memory(memory);
        }
        let source = FunctionBody::new(wasmparser::BinaryReader::new(&routine.body, 0));
        for local in source.get_locals_reader()? {
            let (count, ty) = local?;
            for _ in 0..count {
                body.local(place.val_type(ty)?);
            }
        }
        for operator in source.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } => {
                    let function = routine.functions[function_index as usize].clone();
                    let target = match function.expect("routines call what they import or export") {
                        Function::Realloc => self.realloc(route.receiver()),
                        Function::Trap(reason) => self.trap(&reason),
                        Function::Routine(name) => self.routine(route, &name, arrays),
                    };
                    body.call(target);
                }
                operator => body.instruction(&place.instruction(operator)?),
            }
        }
        Ok(body)
    }
}

type Failure = wasm_encoder::reencode::Error;

/// The types that a routine's first types stand for.
pub(crate) type Arrays = [Option<u32>; 2];

/// Puts the memories of the module in place of a routine's, and the types of arrays.
struct Place {
    route: Route,
    arrays: Arrays,
}

impl Place {
    fn val_types(&mut self, types: &[ValType]) -> Vec<ValType> {
        let val_type = |ty: &ValType| match ty {
            ValType::Ref(RefType { nullable, heap_type: HeapType::Concrete(index) }) => {
                ValType::Ref(RefType { nullable: *nullable, heap_type: HeapType::Concrete(self.array(*index)) })
            }
            ty => *ty,
        };
        types.iter().map(val_type).collect()
    }

    fn array(&self, index: u32) -> u32 {
        self.arrays.get(index as usize).copied().flatten().unwrap_or(index)
    }
}

impl Reencode for Place {
    type Error = std::convert::Infallible;

    fn memory_index(&mut self, memory: u32) -> Result<u32, Failure> {
        let memory = match memory {
            0 => self.route.sender,
            _ => self.route.receiver(),
        };
        Ok(memory.index())
    }

    fn type_index(&mut self, ty: u32) -> Result<u32, Failure> {
        Ok(self.array(ty))
    }
}
