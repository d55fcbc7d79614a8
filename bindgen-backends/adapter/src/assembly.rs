//! The module under construction: imports, functions, names.

use std::collections::HashMap;

use onramp_abi::{Role, gc::CoreTypes};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    FunctionSection, GlobalSection, GlobalType, HeapType, ImportSection, Instruction, InstructionSink, MemoryType,
    NameMap, NameSection, RefType, TableType, ValType,
};

use crate::{Import, Lazy, Outside, body::Body, memories, route::Memory};

/// What can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    /// An import, by its position in [`Assembly::imports`].
    Import(usize),
    /// A function of the module, by its position in [`Assembly::functions`].
    Function(usize),
}

/// How an import is called.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It is a function.
    Direct,
    /// It is a table; element 0 is called.
    Table,
    /// It is a global, and not called.
    Global,
}

struct Function {
    name: String,
    signature: u32,
    body: Option<Body>,
}

/// The module under construction.
pub(crate) struct Assembly {
    /// The memories that it imports, if it uses any.
    memories: [Import; 2],
    /// The types, which only grow: code has their indices.
    pub(crate) types: CoreTypes,
    imports: Vec<(Import, Kind, u32)>,
    known_imports: HashMap<Import, usize>,
    functions: Vec<Function>,
    exports: Vec<(String, Target)>,
    /// What is put into imported tables: the table, where, what.
    elements: Vec<(Import, u32, Target)>,
    /// Whether there is the global of [`Delivery::Behind`](crate::route::Delivery::Behind).
    has_end: bool,
    /// The types of objects without fields of which there is one, in a global.
    constants: Vec<u32>,
    /// Whether a side of the module has no memory.
    pub(crate) has_references: bool,
}

/// The imported global with the result scope. The modules of lazy guests have it.
pub(crate) const SCOPE: u32 = 0;

/// The imported global with the first handle of the current call, in the same modules.
pub(crate) const FRAME: u32 = 1;

/// The global that says where the next block goes, behind those that are there. Only modules of lazy guests have it.
pub(crate) const END: u32 = 2;

impl Assembly {
    /// An empty module that knows these two memories.
    pub(crate) fn new(memories: [Import; 2]) -> Assembly {
        Assembly {
            memories,
            types: CoreTypes::default(),
            imports: Vec::new(),
            known_imports: HashMap::new(),
            functions: Vec::new(),
            exports: Vec::new(),
            elements: Vec::new(),
            has_end: false,
            constants: Vec::new(),
            has_references: false,
        }
    }

    /// What a memory is imported as.
    fn imported(&self, memory: Memory) -> Import {
        match memory {
            Memory::Guest(Role::Caller) => self.memories[0].clone(),
            Memory::Guest(Role::Callee) => self.memories[1].clone(),
            Memory::Scratch => Import::Outside(Outside::Memory),
            Memory::Scopes => Import::Lazy(Lazy::Scopes),
        }
    }

    pub(crate) fn second_memory(&self) -> &Import {
        &self.memories[1]
    }

    /// Imports a function, unless that has been done.
    pub(crate) fn import(&mut self, import: Import, params: &[ValType], results: &[ValType]) -> Target {
        self.add_import(import, Kind::Direct, params, results)
    }

    /// The same for a function of this type.
    pub(crate) fn import_of(&mut self, import: Import, ty: u32) -> Target {
        self.add_import_of(import, Kind::Direct, ty)
    }

    /// Imports a table whose element 0 is the function.
    pub(crate) fn import_table(&mut self, import: Import, params: &[ValType], results: &[ValType]) -> Target {
        self.add_import(import, Kind::Table, params, results)
    }

    /// Puts a function into an imported table.
    pub(crate) fn element(&mut self, table: Import, index: u32, function: Target) {
        self.add_import(table.clone(), Kind::Table, &[], &[]);
        self.elements.push((table, index, function));
    }

    /// Imports the globals [`SCOPE`] and [`FRAME`].
    pub(crate) fn import_globals(&mut self) {
        self.add_import(Import::Lazy(Lazy::Scope), Kind::Global, &[], &[]);
        self.add_import(Import::Lazy(Lazy::Frame), Kind::Global, &[], &[]);
    }

    /// Declares the global [`END`].
    pub(crate) fn use_end(&mut self) {
        self.has_end = true;
    }

    /// The global with the one object of a type without fields.
    pub(crate) fn constant(&mut self, ty: u32) -> u32 {
        let position = self.constants.iter().position(|known| *known == ty).unwrap_or_else(|| {
            self.constants.push(ty);
            self.constants.len() - 1
        });
        let imports_globals = self.imports.iter().any(|(_, kind, _)| matches!(kind, Kind::Global));
        if imports_globals {
            // It stands before them.
            self.has_end = true;
        }
        position as u32 + if imports_globals { END + 1 } else { 0 }
    }

    /// A function to be defined later.
    pub(crate) fn declare(&mut self, name: String, params: &[ValType], results: &[ValType]) -> Target {
        let signature = self.signature(params, results);
        self.declare_of(name, signature)
    }

    /// The same for a function of this type.
    pub(crate) fn declare_of(&mut self, name: String, signature: u32) -> Target {
        self.functions.push(Function { name, signature, body: None });
        Target::Function(self.functions.len() - 1)
    }

    pub(crate) fn define(&mut self, target: Target, body: Body) {
        let Target::Function(index) = target else { panic!("an import is defined") };
        let previous = self.functions[index].body.replace(body);
        assert!(previous.is_none(), "{} is defined twice", self.functions[index].name);
    }

    pub(crate) fn export(&mut self, name: &str, target: Target) {
        self.exports.push((name.to_owned(), target));
    }

    pub(crate) fn exports(&self, name: &str) -> bool {
        self.exports.iter().any(|(exported, _)| exported == name)
    }

    /// The type of a block.
    pub(crate) fn block_type(&mut self, params: &[ValType], results: &[ValType]) -> BlockType {
        BlockType::FunctionType(self.signature(params, results))
    }

    /// The encoded module, and its imports in order.
    pub(crate) fn finish(self) -> (Vec<u8>, Vec<Import>) {
        let memories = self.functions.iter().map(|function| self.body(function).memories()).max().unwrap_or_default();
        let memories = &Memory::ALL[..memories];
        let mut module = wasm_encoder::Module::new();
        module.section(&self.types.section());
        if !memories.is_empty() || !self.imports.is_empty() {
            module.section(&self.import_section(memories));
        }
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for function in &self.functions {
            functions.function(function.signature);
            code.function(&self.body(function).encode(|sink, target| self.encode_call(sink, target)));
        }
        let mut exports = ExportSection::new();
        for (name, target) in &self.exports {
            exports.export(name, ExportKind::Func, self.index(*target));
        }
        module.section(&functions);
        if self.has_end || !self.constants.is_empty() {
            module.section(&self.global_section());
        }
        module.section(&exports);
        if !self.elements.is_empty() {
            module.section(&self.element_section());
        }
        module.section(&code);
        module.section(&self.name_section(memories));
        let memories: Vec<Import> = memories.iter().map(|memory| self.imported(*memory)).collect();
        let imports = self.imports.into_iter().map(|(import, ..)| import);
        if !self.has_references {
            return (module.finish(), memories.into_iter().chain(imports).collect());
        }
        let (wasm, used) = memories::without_unused(&module.finish());
        let memories = (0..).zip(memories).filter(|(index, _)| used.contains(index)).map(|(_, memory)| memory);
        (wasm, memories.chain(imports).collect())
    }

    fn body<'a>(&self, function: &'a Function) -> &'a Body {
        function.body.as_ref().unwrap_or_else(|| panic!("{} is not defined", function.name))
    }

    fn add_import(&mut self, import: Import, kind: Kind, params: &[ValType], results: &[ValType]) -> Target {
        if let Some(index) = self.known_imports.get(&import) {
            return Target::Import(*index);
        }
        let signature = self.signature(params, results);
        self.add_import_of(import, kind, signature)
    }

    fn add_import_of(&mut self, import: Import, kind: Kind, signature: u32) -> Target {
        if let Some(index) = self.known_imports.get(&import) {
            return Target::Import(*index);
        }
        self.known_imports.insert(import.clone(), self.imports.len());
        self.imports.push((import, kind, signature));
        Target::Import(self.imports.len() - 1)
    }

    fn signature(&mut self, params: &[ValType], results: &[ValType]) -> u32 {
        self.types.add_function(params, results)
    }

    /// The index among the imports of its kind of the import at this position.
    fn import_index(&self, position: usize) -> u32 {
        let same = self.imports[position].1;
        self.imports[..position].iter().filter(|(_, kind, _)| *kind == same).count() as u32
    }

    /// The index of a function.
    fn index(&self, target: Target) -> u32 {
        match target {
            Target::Import(position) => self.import_index(position),
            Target::Function(index) => {
                let imported = self.imports.iter().filter(|(_, kind, _)| matches!(kind, Kind::Direct)).count();
                (imported + index) as u32
            }
        }
    }

    fn encode_call(&self, sink: &mut InstructionSink<'_>, target: Target) {
        match target {
            Target::Import(position) if matches!(self.imports[position].1, Kind::Table) => {
                sink.i32_const(0).call_indirect(self.import_index(position), self.imports[position].2)
            }
            target => sink.call(self.index(target)),
        };
    }

    fn global_section(&self) -> GlobalSection {
        let mut globals = GlobalSection::new();
        if self.has_end {
            globals.global(GLOBAL, &ConstExpr::i32_const(0));
        }
        for ty in &self.constants {
            let object = RefType { nullable: false, heap_type: HeapType::Concrete(*ty) };
            let constant = GlobalType { val_type: ValType::Ref(object), mutable: false, shared: false };
            globals.global(constant, &ConstExpr::extended([Instruction::StructNew(*ty)]));
        }
        globals
    }

    fn element_section(&self) -> ElementSection {
        let mut elements = ElementSection::new();
        for (table, index, function) in &self.elements {
            let table = self.import_index(self.known_imports[table]);
            let functions = Elements::Functions(vec![self.index(*function)].into());
            elements.active(Some(table), &ConstExpr::i32_const(index.cast_signed()), functions);
        }
        elements
    }

    fn import_section(&self, memories: &[Memory]) -> ImportSection {
        let mut imports = ImportSection::new();
        for import in memories.iter().map(|memory| self.imported(*memory)) {
            imports.import(import.module(), &import.name(), MEMORY);
        }
        for (import, kind, signature) in &self.imports {
            let ty = match kind {
                Kind::Direct => EntityType::Function(*signature),
                Kind::Table => EntityType::Table(TABLE),
                Kind::Global => EntityType::Global(GLOBAL),
            };
            imports.import(import.module(), &import.name(), ty);
        }
        imports
    }

    fn name_section(&self, memories: &[Memory]) -> NameSection {
        let mut functions = NameMap::new();
        for (position, (import, kind, _)) in self.imports.iter().enumerate() {
            if let Kind::Direct = kind {
                functions.append(self.import_index(position), &format!("{} {}", import.module(), import.name()));
            }
        }
        for (index, function) in self.functions.iter().enumerate() {
            functions.append(self.index(Target::Function(index)), &format!("onramp: {}", function.name));
        }
        let mut names = NameSection::new();
        names.functions(&functions);
        if !memories.is_empty() {
            let mut memory_names = NameMap::new();
            for memory in memories {
                memory_names.append(memory.index(), self.imported(*memory).module());
            }
            names.memories(&memory_names);
        }
        names
    }
}

const GLOBAL: GlobalType = GlobalType { val_type: ValType::I32, mutable: true, shared: false };

const MEMORY: MemoryType =
    MemoryType { minimum: 0, maximum: None, memory64: false, shared: false, page_size_log2: None };

const TABLE: TableType =
    TableType { element_type: RefType::FUNCREF, minimum: 1, maximum: None, table64: false, shared: false };
