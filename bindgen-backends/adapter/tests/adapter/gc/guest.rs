//! A native guest: the module that has its core types, and a function `f` of the type that its import or export has.

use std::fmt::Write;

use onramp_abi::Role;
use onramp_objects::{Choices, Layout, Shape};
use wasmtime::{Engine, ExternType, FuncType, HeapType, Module};
use wit_parser::{Function, Resolve};

use crate::random::Random;

/// A native guest.
#[derive(Clone, Debug)]
pub struct Guest {
    pub params: Vec<Shape>,
    pub result: Option<Shape>,
    /// The module, as text.
    pub text: String,
}

/// The core types of a guest, in an engine.
#[derive(Clone, Debug)]
pub struct Known {
    /// By number.
    pub types: Vec<HeapType>,
    /// Of `f`.
    pub func: FuncType,
}

impl Guest {
    /// A guest that calls a function or has it; without random numbers it has the types that this project chooses.
    pub fn new(resolve: &Resolve, func: &Function, role: Role, random: Option<&mut Random>) -> Guest {
        let mut below = random.map(|random| move |end| random.below(end));
        let mut layout = Layout::new(resolve, below.as_mut().map(|below| below as &mut Choices<'_>));
        let (gets_params, gets_result) = (role == Role::Callee, role == Role::Caller);
        let params: Vec<Shape> = func.params.iter().map(|param| layout.shape(&param.ty, gets_params)).collect();
        let result = func.result.as_ref().map(|ty| layout.shape(ty, gets_result));
        let parts = params.iter().map(|shape| ("param", shape)).chain(result.iter().map(|shape| ("result", shape)));
        let signature: String = parts.map(|(part, shape)| format!(" ({part} {})", layout.value(shape))).collect();
        let mut text = format!("(module\n{}", layout.text());
        for ty in 0..layout.count() {
            writeln!(text, "(func (export \"type {ty}\") (param (ref null {ty})))").expect("a string");
        }
        writeln!(text, "(func (export \"f\"){signature} unreachable))").expect("a string");
        Guest { params, result, text }
    }

    pub fn wasm(&self) -> Vec<u8> {
        wat::parse_str(&self.text).unwrap_or_else(|error| panic!("{}\n{error}", self.text))
    }

    /// Its types in an engine.
    pub fn known(&self, engine: &Engine) -> Known {
        let module = Module::new(engine, self.wasm()).unwrap_or_else(|error| panic!("{}\n{error:?}", self.text));
        let func = |name: &str| match module.get_export(name) {
            Some(ExternType::Func(ty)) => Some(ty),
            _ => None,
        };
        let types = (0..).map_while(|ty| func(&format!("type {ty}"))).map(|ty| {
            let param = ty.param(0).expect("a parameter");
            param.as_ref().expect("a reference").heap_type().clone()
        });
        Known { types: types.collect(), func: func("f").expect("a function") }
    }
}
