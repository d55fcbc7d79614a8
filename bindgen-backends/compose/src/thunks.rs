//! Functions around adapters, and around the host's functions: they make an adapter's memory at the outside last as long as its call,
//! and have room for results there.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use onramp_abi::gc::CoreTypes;
use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, FuncType, Function, FunctionSection, ImportSection,
    InstructionSink, Module, NameMap, NameSection, TypeSection, ValType,
};

use crate::builder::Builder;
use crate::instantiate;
use crate::outside::Outside;

/// A function around another one.
pub(crate) struct Thunk {
    /// The name of both.
    pub(crate) name: String,
    /// What the one within takes and returns.
    pub(crate) inner: FuncType,
    /// The type of the one within, if it is one of the guest's.
    pub(crate) inner_type: Option<u32>,
    /// The type of the one around, if it is one of the guest's.
    pub(crate) outer_type: Option<u32>,
    /// What is done around it.
    pub(crate) around: Around,
}

/// What is done around a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Around {
    /// The host's function within takes a pointer to a return area of this size and alignment, the adapter that calls it
    /// expects one to be returned.
    ReturnArea(u32, u32),
    /// An adapter that a guest calls: an arena for the call.
    Import,
    /// An adapter that the host calls; with a return area that it takes as its last parameter, and its caller expects to be returned.
    Export(Option<(u32, u32)>),
    /// Nothing: one of both is of a type that looks like the other's, in another recursion group.
    Nothing,
}

/// Instantiates thunks around core functions; gives their core functions, in order. `types` are those that their own refer to.
pub(crate) fn instantiate(
    builder: &mut Builder,
    outside: Option<&Outside>,
    label: &str,
    types: &CoreTypes,
    thunks: &[(&Thunk, u32)],
) -> Result<Vec<u32>> {
    if thunks.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<&Thunk> = thunks.iter().map(|(thunk, _)| *thunk).collect();
    let used: Vec<Callee> = Callee::ALL.into_iter().filter(|callee| callee.is_used(&all)).collect();
    let module = Writing::new(types, &used).module(&all);
    let mut given = Vec::new();
    for callee in &used {
        let outside = outside.context("a function calls the outside, which is not there")?;
        given.push((ExportKind::Func, outside.function(builder, callee.name())?));
    }
    given.extend(thunks.iter().map(|(_, inner)| (ExportKind::Func, *inner)));
    let instance = instantiate::module(builder, label, &module, &given)?;
    thunks.iter().map(|(thunk, _)| instance.function(builder, &thunk.name)).collect()
}

/// A function of the outside that thunks call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Callee {
    Realloc,
    TakeArena,
    SetArena,
    FreeArena,
}

impl Callee {
    const ALL: [Callee; 4] = [Callee::Realloc, Callee::TakeArena, Callee::SetArena, Callee::FreeArena];

    fn name(self) -> &'static str {
        match self {
            Callee::Realloc => "realloc",
            Callee::TakeArena => "take-arena",
            Callee::SetArena => "set-arena",
            Callee::FreeArena => "free-arena",
        }
    }

    fn ty(self) -> FuncType {
        let (params, results) = match self {
            Callee::Realloc => (4, 1),
            Callee::TakeArena => (0, 1),
            Callee::SetArena | Callee::FreeArena => (1, 0),
        };
        FuncType::new(vec![ValType::I32; params], vec![ValType::I32; results])
    }

    fn is_used(self, thunks: &[&Thunk]) -> bool {
        thunks.iter().any(|thunk| match self {
            Callee::Realloc => thunk.has_return_area(),
            Callee::TakeArena | Callee::FreeArena => thunk.has_arena(),
            Callee::SetArena => thunk.around == Around::Import,
        })
    }
}

/// A module of thunks under construction.
struct Writing {
    types: TypeSection,
    /// The index of the next type.
    next: u32,
    known: HashMap<FuncType, u32>,
    imports: ImportSection,
    callees: BTreeMap<Callee, u32>,
    imported: u32,
}

impl Writing {
    fn new(types: &CoreTypes, used: &[Callee]) -> Self {
        let mut writing = Writing {
            types: types.section(),
            next: types.len(),
            known: HashMap::new(),
            imports: ImportSection::new(),
            callees: BTreeMap::new(),
            imported: 0,
        };
        for callee in used {
            let ty = writing.ty(&callee.ty());
            let function = writing.import("outside", callee.name(), ty);
            writing.callees.insert(*callee, function);
        }
        writing
    }

    fn module(mut self, thunks: &[&Thunk]) -> Vec<u8> {
        let inner: Vec<u32> = thunks.iter().map(|thunk| self.inner(thunk)).collect();
        let (mut functions, mut exports) = (FunctionSection::new(), ExportSection::new());
        let (mut code, mut names) = (CodeSection::new(), NameMap::new());
        for (number, (thunk, inner)) in thunks.iter().zip(inner).enumerate() {
            let index = self.imported + number as u32;
            functions.function(thunk.outer_type.unwrap_or_else(|| self.ty(&thunk.outer())));
            exports.export(&thunk.name, ExportKind::Func, index);
            code.function(&thunk.body(inner, &self.callees));
            names.append(index, &format!("onramp: {} {}", thunk.verb(), thunk.name));
        }
        let mut named = NameSection::new();
        named.functions(&names);
        let mut module = Module::new();
        module.section(&self.types).section(&self.imports).section(&functions).section(&exports).section(&code);
        module.section(&named);
        module.finish()
    }

    /// The function within.
    fn inner(&mut self, thunk: &Thunk) -> u32 {
        let ty = thunk.inner_type.unwrap_or_else(|| self.ty(&thunk.inner));
        self.import("function", &thunk.name, ty)
    }

    fn import(&mut self, module: &str, name: &str, ty: u32) -> u32 {
        self.imports.import(module, name, EntityType::Function(ty));
        self.imported += 1;
        self.imported - 1
    }

    fn ty(&mut self, ty: &FuncType) -> u32 {
        if let Some(index) = self.known.get(ty) {
            return *index;
        }
        let index = self.next;
        self.next += 1;
        self.types.ty().func_type(ty);
        self.known.insert(ty.clone(), index);
        index
    }
}

impl Thunk {
    fn area(&self) -> Option<(u32, u32)> {
        match self.around {
            Around::ReturnArea(size, align) | Around::Export(Some((size, align))) => Some((size, align)),
            Around::Import | Around::Export(None) | Around::Nothing => None,
        }
    }

    /// Its code: `inner` is the function within.
    fn body(&self, inner: u32, callees: &BTreeMap<Callee, u32>) -> Function {
        let outer = self.outer();
        let first = outer.params().len() as u32;
        let (arena, area, results) = (first, first + 1, first + 2);
        let locals = [ValType::I32, ValType::I32].into_iter().chain(self.inner.results().iter().copied());
        let mut body = Function::new_with_locals_types(locals);
        let mut code = body.instructions();
        if self.has_arena() {
            code.call(callees[&Callee::TakeArena]).local_set(arena);
        }
        if let Some((size, align)) = self.area() {
            code.i32_const(0).i32_const(0).i32_const(align.cast_signed()).i32_const(size.cast_signed());
            code.call(callees[&Callee::Realloc]).local_set(area);
        }
        for index in 0..first {
            code.local_get(index);
        }
        if self.has_return_area() {
            code.local_get(area);
        }
        code.call(inner);
        for index in (0..self.inner.results().len() as u32).rev() {
            code.local_set(results + index);
        }
        self.end(&mut code, arena, callees);
        for index in 0..self.inner.results().len() as u32 {
            code.local_get(results + index);
        }
        if self.has_return_area() {
            code.local_get(area);
        }
        code.end();
        body
    }

    /// What is done with the arenas when the function within has returned.
    fn end(&self, code: &mut InstructionSink, arena: u32, callees: &BTreeMap<Callee, u32>) {
        match self.around {
            Around::ReturnArea(..) | Around::Nothing => {}
            Around::Import => {
                code.call(callees[&Callee::TakeArena]).call(callees[&Callee::FreeArena]);
                code.local_get(arena).call(callees[&Callee::SetArena]);
            }
            Around::Export(_) => {
                code.local_get(arena).call(callees[&Callee::FreeArena]);
            }
        }
    }

    /// Whether there is an arena for the call.
    fn has_arena(&self) -> bool {
        match self.around {
            Around::Import | Around::Export(_) => true,
            Around::ReturnArea(..) | Around::Nothing => false,
        }
    }

    /// Whether the results of the function around are in a block that somebody has to free.
    pub(crate) fn has_return_area(&self) -> bool {
        self.area().is_some()
    }

    /// The type of the function around: a return area is a result of it, and a parameter of the one within.
    fn outer(&self) -> FuncType {
        match self.inner.params().split_last() {
            Some((area, params)) if self.has_return_area() => FuncType::new(params.iter().copied(), [*area]),
            _ => self.inner.clone(),
        }
    }

    fn verb(&self) -> &'static str {
        match self.around {
            Around::ReturnArea(..) => "call the host's",
            Around::Import => "bracket",
            Around::Export(_) => "be called as",
            Around::Nothing => "call",
        }
    }
}
