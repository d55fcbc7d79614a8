//! The sections of the module that is written.

use std::convert::Infallible;

use onramp_abi::CoreType;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, EntityType, ExportKind, ExportSection, FuncType, FunctionSection, GlobalSection,
    GlobalType, ImportSection, IndirectNameMap, Module, NameMap, NameSection, SectionId, TypeSection, ValType,
};
use wasmparser::{
    CodeSectionReader, CompositeInnerType, CustomSectionReader, Export, FunctionBody, FunctionSectionReader,
    GlobalSectionReader, ImportSectionReader, IndirectNaming, Name, Naming, TypeRef, TypeSectionReader,
};

use super::plan::Import;
use super::rewrite::{Added, Imported, Rewriter};

/// The order of sections.
const ORDER: [SectionId; 12] = [
    SectionId::Type,
    SectionId::Import,
    SectionId::Function,
    SectionId::Table,
    SectionId::Memory,
    SectionId::Tag,
    SectionId::Global,
    SectionId::Export,
    SectionId::Start,
    SectionId::Element,
    SectionId::DataCount,
    SectionId::Code,
];

impl Reencode for Rewriter<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(self.reference(function))
    }

    fn parse_type_section(&mut self, types: &mut TypeSection, section: TypeSectionReader<'_>) -> Result<(), Error> {
        for group in section {
            let group = group?;
            self.parameters.extend(group.types().map(|ty| match &ty.composite_type.inner {
                CompositeInnerType::Func(function) => function.params().len() as u32,
                CompositeInnerType::Array(_) | CompositeInnerType::Struct(_) | CompositeInnerType::Cont(_) => 0,
            }));
            self.parse_recursive_type_group(types.ty(), group)?;
        }
        for signature in &self.types {
            types.ty().func_type(&FuncType::from(signature));
        }
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error> {
        let mut kept = 0;
        for import in section.into_imports() {
            let import = import?;
            let is_function = matches!(import.ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
            self.first_global += u32::from(matches!(import.ty, TypeRef::Global(_)));
            let name = (import.module.to_owned(), import.name.to_owned());
            let is_kept = match self.plan.imports.get(&name).filter(|_| is_function) {
                None => {
                    imports.import(import.module, import.name, self.entity_type(import.ty)?);
                    true
                }
                Some(Import::Thunk(thunk)) => {
                    let ty = EntityType::Function(self.type_of(&thunk.signature));
                    imports.import(&thunk.name, import.name, ty);
                    true
                }
                Some(Import::Get(_) | Import::Set(_)) => false,
            };
            if is_function {
                self.imports.push(Imported { name, index: is_kept.then_some(kept) });
                kept += u32::from(is_kept);
            }
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        for (function, ty) in (self.imports.len() as u32..).zip(section) {
            let ty = ty?;
            self.defined.push(ty);
            functions.function(match self.widened.get(&function) {
                Some(thunk) => self.type_of(&thunk.signature),
                None => self.type_index(ty)?,
            });
        }
        self.add_functions(functions);
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_global_section(self, globals, section)?;
        self.first_global += globals.len();
        self.add_globals(globals);
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Result<(), Error> {
        if self.plan.exports.contains_key(export.name)
            && self.seen.exported.insert(export.index, export.name.to_owned()).is_some()
        {
            self.seen.shared.insert(export.index);
        }
        if let Some(thunk) = self.widened.get(&export.index) {
            let index = self.index(export.index).expect("what is widened is defined");
            exports.export(&thunk.name, ExportKind::Func, index);
            return Ok(());
        }
        for (index, added) in (self.first_added()..).zip(&mut self.added) {
            match added {
                Added::Export { replaced, thunk, inner } if *replaced == export.name => {
                    *inner = export.index;
                    exports.export(&thunk.name, ExportKind::Func, index);
                    return Ok(());
                }
                Added::Export { .. } | Added::Reference(_) => {}
            }
        }
        utils::parse_export(self, exports, export)
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Result<(), Error> {
        utils::parse_code_section(self, code, section)?;
        self.add_code(code);
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error> {
        code.function(&self.body(&body)?);
        Ok(())
    }

    /// Adds to sections that the module does not have.
    fn intersperse_section_hook(
        &mut self,
        module: &mut Module,
        after: Option<SectionId>,
        before: Option<SectionId>,
    ) -> Result<(), Error> {
        let rank = |id: SectionId| ORDER.iter().position(|other| *other == id).unwrap_or(ORDER.len());
        let first = after.map_or(0, |id| rank(id) + 1);
        let last = before.map_or(ORDER.len(), rank);
        for id in ORDER.get(first..last).unwrap_or_default() {
            match id {
                SectionId::Function if !self.added.is_empty() => {
                    let mut functions = FunctionSection::new();
                    self.add_functions(&mut functions);
                    module.section(&functions);
                }
                SectionId::Global if !self.globals.is_empty() => {
                    let mut globals = GlobalSection::new();
                    self.add_globals(&mut globals);
                    module.section(&globals);
                }
                SectionId::Code if !self.added.is_empty() => {
                    let mut code = CodeSection::new();
                    self.add_code(&mut code);
                    module.section(&code);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// DWARF speaks of code offsets, which move.
    fn parse_custom_section(&mut self, module: &mut Module, section: CustomSectionReader<'_>) -> Result<(), Error> {
        match section.name().starts_with(".debug_") {
            true => Ok(()),
            false => utils::parse_custom_section(self, module, section),
        }
    }

    fn parse_custom_name_subsection(&mut self, names: &mut NameSection, section: Name<'_>) -> Result<(), Error> {
        match section {
            Name::Function(map) => {
                let mut functions = NameMap::new();
                for naming in map {
                    let Naming { index, name } = naming?;
                    self.index(index).inspect(|index| functions.append(*index, name));
                }
                self.name_added(&mut functions);
                names.functions(&functions);
            }
            Name::Local(map) => {
                names.locals(&self.named_in_functions(map, |_| true)?);
            }
            Name::Label(map) => {
                // Where all results are returned, there is a block more.
                names.labels(&self.named_in_functions(map, |function| !self.widened.contains_key(&function))?);
            }
            other => utils::parse_custom_name_subsection(self, names, other)?,
        }
        Ok(())
    }
}

impl Rewriter<'_> {
    fn add_functions(&self, functions: &mut FunctionSection) {
        for added in &self.added {
            functions.function(self.type_of(&self.signature(added)));
        }
    }

    fn add_globals(&self, globals: &mut GlobalSection) {
        for global in &self.globals {
            let (ty, zero) = match global.ty() {
                CoreType::I32 => (ValType::I32, ConstExpr::i32_const(0)),
                CoreType::I64 => (ValType::I64, ConstExpr::i64_const(0)),
                CoreType::F32 => (ValType::F32, ConstExpr::f32_const(0.0.into())),
                CoreType::F64 => (ValType::F64, ConstExpr::f64_const(0.0.into())),
            };
            globals.global(GlobalType { val_type: ty, mutable: true, shared: false }, &zero);
        }
    }

    fn name_added(&self, functions: &mut NameMap) {
        for (index, added) in (self.first_added()..).zip(&self.added) {
            match added {
                Added::Export { thunk, .. } => functions.append(index, &thunk.name),
                Added::Reference((module, field)) => functions.append(index, &format!("{module} {field}")),
            }
        }
    }

    /// Names of locals and labels, of the functions that are still there and where they `stay` what they were.
    fn named_in_functions(
        &self,
        map: wasmparser::IndirectNameMap<'_>,
        stay: impl Fn(u32) -> bool,
    ) -> Result<IndirectNameMap, Error> {
        let mut functions = IndirectNameMap::new();
        for naming in map {
            let IndirectNaming { index, names } = naming?;
            if let Some(index) = self.index(index).filter(|_| stay(index)) {
                functions.append(index, &utils::name_map(names, Ok)?);
            }
        }
        Ok(functions)
    }
}
