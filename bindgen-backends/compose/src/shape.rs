//! What a component is made of, as far as flattening has to know: a table per index space, filled in the order of the
//! component's definitions.

mod references;
mod world;

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use wasmparser::{
    CanonicalFunction, CanonicalOption, ComponentAlias, ComponentExport, ComponentExternalKind, ComponentInstance,
    ComponentInstantiationArg, ComponentTypeRef, ExternalKind, Instance, Parser, Payload, TypeBounds,
};

/// A component, read.
#[derive(Default)]
pub struct Shape<'a> {
    /// Its definitions, in order.
    pub definitions: Vec<Definition<'a>>,
    /// Core modules, by index.
    pub modules: Vec<&'a [u8]>,
    /// Core instances, by index.
    pub core_instances: Vec<Instance<'a>>,
    /// Core functions, by index.
    pub core_funcs: Vec<CoreFunc<'a>>,
    /// Core memories, by index: the core instance and the name of its export.
    pub core_memories: Vec<(u32, &'a str)>,
    /// Component-level types, by index.
    pub types: Vec<TypeSource<'a>>,
    /// Nested components, by index.
    pub components: Vec<&'a [u8]>,
    /// Component instances, by index.
    pub instances: Vec<ComponentInst<'a>>,
    /// Component functions, by index.
    pub funcs: Vec<Func<'a>>,
    /// The instances that it imports: their name and index.
    pub imports: Vec<(&'a str, u32)>,
    /// The instances that it exports: their name and index.
    pub exports: Vec<(&'a str, u32)>,
    /// The functions that it imports at the level of the world.
    pub imported_functions: Vec<&'a str>,
    /// The types that it imports at the level of the world and has from elsewhere: their name and index.
    pub imported_types: Vec<(&'a str, u32)>,
    /// The resources that it imports at the level of the world.
    pub imported_resources: Vec<&'a str>,
    /// The functions that it exports at the level of the world: their name and index.
    pub exported_functions: Vec<(&'a str, u32)>,
    /// What it uses that one component instance shares, so that it cannot share an instance with other guests.
    pub shares: Option<&'static str>,
}

/// One definition of a component, in the order that counts.
pub enum Definition<'a> {
    /// A component-level type.
    Type(wasmparser::ComponentType<'a>),
    /// An imported instance, by its name.
    Import(&'a str),
    /// An imported function, by its name, with its type.
    ImportFunc(&'a str, u32),
    /// An imported type, by its name.
    ImportType(&'a str, TypeBounds),
    /// A core module; the index is its own.
    Module(u32),
    /// A core instance; the index is its own.
    CoreInstance(u32),
    /// A core function, alias or canonical; the index is its own.
    CoreFunc(u32),
    /// An alias of a core instance's export that is no function.
    CoreAlias(ExternalKind, u32, &'a str),
    /// An alias of a type of a component instance.
    TypeAlias(u32, &'a str),
    /// What is made when somebody needs it: a nested component, an instance, a function.
    Lazy,
    /// An export, which adds its item to its index space once more.
    Export,
}

/// Where a core function comes from.
#[derive(Clone)]
pub enum CoreFunc<'a> {
    /// The export of a core instance.
    Alias(u32, &'a str),
    /// `canon lower` of a function.
    Lower(u32, Box<[CanonicalOption]>),
    /// `canon resource.new`, `.drop` or `.rep`.
    Resource(CanonicalFunction),
    /// A built-in of another kind. See [`Shape::shares`].
    BuiltIn(CanonicalFunction),
}

/// Where a component function comes from.
#[derive(Clone)]
pub enum Func<'a> {
    /// The export of an instance.
    Alias(u32, &'a str),
    /// It is imported under this name.
    Import(&'a str),
    /// `canon lift` of a core function, with its type.
    Lift(u32, u32, Box<[CanonicalOption]>),
    /// It is another function, exported.
    Same(u32),
}

/// Where a component-level type comes from.
#[derive(Clone, Copy)]
pub enum TypeSource<'a> {
    /// The component defines it.
    Defined,
    /// It is the export of an instance.
    Alias(u32, &'a str),
}

/// Where a component instance comes from.
#[derive(Clone)]
pub enum ComponentInst<'a> {
    /// It is imported under this name.
    Import(&'a str),
    /// A nested component is instantiated.
    Instantiate(u32, Box<[ComponentInstantiationArg<'a>]>),
    /// It is made of items.
    Exports(Box<[ComponentExport<'a>]>),
    /// It is another instance, exported.
    Same(u32),
}

impl<'a> Shape<'a> {
    /// Reads a component that imports interfaces only: what a connection is.
    ///
    /// # Errors
    /// When it is damaged, or has what this crate cannot flatten: the message says what.
    pub fn read(bytes: &'a [u8]) -> Result<Self> {
        let shape = Self::read_with_functions(bytes)?;
        shape.refuse_functions(|_| false)?;
        Ok(shape)
    }

    /// That it may share a component instance with other guests.
    ///
    /// # Errors
    /// When it may not: what it uses.
    pub fn refuse_shared(&self) -> Result<()> {
        match self.shares {
            Some(reason) => bail!(reason),
            None => Ok(()),
        }
    }

    /// The names of what it exports.
    pub fn export_names(&self) -> impl Iterator<Item = &'a str> {
        self.exports.iter().chain(&self.exported_functions).map(|(name, _)| *name)
    }

    /// Reads a component, which may import and export functions and types at the level of the world.
    ///
    /// # Errors
    /// As [`Shape::read`].
    pub fn read_with_functions(bytes: &'a [u8]) -> Result<Self> {
        let mut shape = Shape::default();
        let mut depth = 0u32;
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::Version { .. } => depth += 1,
                Payload::End(_) => depth -= 1,
                Payload::ModuleSection { unchecked_range, .. } if depth == 1 => {
                    let module = slice(bytes, unchecked_range).context("a core module reaches beyond the file")?;
                    shape.definitions.push(Definition::Module(shape.modules.len() as u32));
                    shape.modules.push(module);
                }
                Payload::ComponentSection { unchecked_range, .. } if depth == 1 => {
                    let component = slice(bytes, unchecked_range).context("a component reaches beyond the file")?;
                    shape.definitions.push(Definition::Lazy);
                    shape.components.push(component);
                }
                payload if depth == 1 => shape.section(payload)?,
                _ => {}
            }
        }
        Ok(shape)
    }

    fn section(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::ComponentTypeSection(section) => {
                for ty in section {
                    self.definitions.push(Definition::Type(ty?));
                    self.types.push(TypeSource::Defined);
                }
            }
            Payload::ComponentImportSection(section) => {
                for import in section {
                    let import = import?;
                    self.import(import.name.name, import.ty)?;
                }
            }
            Payload::InstanceSection(section) => {
                for instance in section {
                    self.definitions.push(Definition::CoreInstance(self.core_instances.len() as u32));
                    self.core_instances.push(instance?);
                }
            }
            Payload::ComponentInstanceSection(section) => {
                for instance in section {
                    self.definitions.push(Definition::Lazy);
                    self.instances.push(match instance? {
                        ComponentInstance::Instantiate { component_index, args } => {
                            ComponentInst::Instantiate(component_index, args)
                        }
                        ComponentInstance::FromExports(exports) => ComponentInst::Exports(exports),
                    });
                }
            }
            Payload::ComponentAliasSection(section) => {
                for alias in section {
                    self.alias(alias?)?;
                }
            }
            Payload::ComponentCanonicalSection(section) => {
                for function in section {
                    self.canonical(function?)?;
                }
            }
            Payload::ComponentExportSection(section) => {
                for export in section {
                    self.export(export?)?;
                }
            }
            Payload::ComponentStartSection { .. } => bail!("it has a start function"),
            Payload::CoreTypeSection(_) => {
                self.shares.get_or_insert("it has core types of its own");
            }
            _ => {}
        }
        Ok(())
    }

    fn import(&mut self, name: &'a str, ty: ComponentTypeRef) -> Result<()> {
        match ty {
            ComponentTypeRef::Instance(_) => {
                self.definitions.push(Definition::Import(name));
                self.imports.push((name, self.instances.len() as u32));
                self.instances.push(ComponentInst::Import(name));
            }
            ComponentTypeRef::Func(ty) => {
                self.definitions.push(Definition::ImportFunc(name, ty));
                self.imported_functions.push(name);
                self.funcs.push(Func::Import(name));
            }
            ComponentTypeRef::Type(bounds) => {
                self.definitions.push(Definition::ImportType(name, bounds));
                let index = self.types.len() as u32;
                self.types.push(match bounds {
                    TypeBounds::Eq(ty) => {
                        self.imported_types.push((name, index));
                        *self.types.get(ty as usize).context("there is no such type")?
                    }
                    TypeBounds::SubResource => {
                        self.imported_resources.push(name);
                        TypeSource::Defined
                    }
                });
            }
            _ => bail!("it imports `{name}`, which is no interface"),
        }
        Ok(())
    }

    fn alias(&mut self, alias: ComponentAlias<'a>) -> Result<()> {
        match alias {
            ComponentAlias::InstanceExport { kind: ComponentExternalKind::Func, instance_index, name } => {
                self.definitions.push(Definition::Lazy);
                self.funcs.push(Func::Alias(instance_index, name));
            }
            ComponentAlias::InstanceExport { kind: ComponentExternalKind::Type, instance_index, name } => {
                self.definitions.push(Definition::TypeAlias(instance_index, name));
                self.types.push(TypeSource::Alias(instance_index, name));
            }
            ComponentAlias::InstanceExport { name, .. } => {
                bail!("it aliases `{name}`, which is neither function nor type")
            }
            ComponentAlias::CoreInstanceExport { kind: ExternalKind::Func, instance_index, name } => {
                self.core_func(CoreFunc::Alias(instance_index, name));
            }
            ComponentAlias::CoreInstanceExport { kind, instance_index, name } => {
                self.definitions.push(Definition::CoreAlias(kind, instance_index, name));
                if kind == ExternalKind::Memory {
                    self.core_memories.push((instance_index, name));
                }
            }
            ComponentAlias::Outer { .. } => bail!("it takes something from a component around it"),
        }
        Ok(())
    }

    fn canonical(&mut self, function: CanonicalFunction) -> Result<()> {
        match function {
            CanonicalFunction::Lift { core_func_index, type_index, options } => {
                self.options(&options)?;
                self.definitions.push(Definition::Lazy);
                self.funcs.push(Func::Lift(core_func_index, type_index, options));
            }
            CanonicalFunction::Lower { func_index, options } => {
                self.options(&options)?;
                self.core_func(CoreFunc::Lower(func_index, options));
            }
            CanonicalFunction::ResourceNew { .. }
            | CanonicalFunction::ResourceDrop { .. }
            | CanonicalFunction::ResourceRep { .. } => self.core_func(CoreFunc::Resource(function)),
            built_in => {
                self.shares.get_or_insert("it uses built-ins for async, threads or context, which one instance shares");
                self.core_func(CoreFunc::BuiltIn(built_in));
            }
        }
        Ok(())
    }

    fn options(&mut self, options: &[CanonicalOption]) -> Result<()> {
        for option in options {
            match option {
                CanonicalOption::Async | CanonicalOption::Callback(_) => {
                    self.shares.get_or_insert("it has async functions");
                }
                CanonicalOption::Gc => self.shares = Some(references::NATIVE),
                _ => {}
            }
        }
        Ok(())
    }

    fn core_func(&mut self, function: CoreFunc<'a>) {
        self.definitions.push(Definition::CoreFunc(self.core_funcs.len() as u32));
        self.core_funcs.push(function);
    }

    fn export(&mut self, export: ComponentExport<'a>) -> Result<()> {
        match export.kind {
            ComponentExternalKind::Instance => {
                self.exports.push((export.name.name, export.index));
                self.instances.push(ComponentInst::Same(export.index));
            }
            ComponentExternalKind::Func => {
                self.exported_functions.push((export.name.name, export.index));
                self.funcs.push(Func::Same(export.index));
            }
            _ => bail!("it exports `{}`, which is no interface", export.name.name),
        }
        self.definitions.push(Definition::Export);
        Ok(())
    }

    /// Where a function is lifted, and its index there; `None`: it is not one of the component's own.
    pub fn lift(&self, function: u32) -> Option<(u32, &Func<'a>)> {
        match self.funcs.get(function as usize)? {
            Func::Same(other) => self.lift(*other),
            lift @ Func::Lift(..) => Some((function, lift)),
            Func::Alias(..) | Func::Import(_) => None,
        }
    }

    /// The functions of an instance that is made within the component: their names and indices.
    ///
    /// # Errors
    /// When the instance is made in a way that wit-component does not make one.
    pub fn functions_of(&self, instance: u32) -> Result<HashMap<&'a str, u32>> {
        match self.instances.get(instance as usize).context("there is no such instance")? {
            ComponentInst::Same(other) => self.functions_of(*other),
            ComponentInst::Import(name) => bail!("it exports what it imports as `{name}`"),
            ComponentInst::Exports(exports) => {
                let functions = exports.iter().filter(|export| export.kind == ComponentExternalKind::Func);
                Ok(functions.map(|export| (export.name.name, export.index)).collect())
            }
            ComponentInst::Instantiate(component, arguments) => {
                let component = self.components.get(*component as usize).context("there is no such component")?;
                let given: HashMap<&str, u32> = arguments
                    .iter()
                    .filter(|argument| argument.kind == ComponentExternalKind::Func)
                    .map(|argument| (argument.name, argument.index))
                    .collect();
                let passed = passed_through(component)?;
                Ok(passed.into_iter().filter_map(|(export, import)| Some((export, *given.get(import)?))).collect())
            }
        }
    }
}

/// The functions that a nested component exports as it imports them: export name and import name. This is how
/// wit-component gives an exported interface its types.
fn passed_through(component: &[u8]) -> Result<Vec<(&str, &str)>> {
    let mut functions = Vec::new();
    let mut exports = Vec::new();
    for payload in Parser::new(0).parse_all(component) {
        match payload? {
            Payload::ComponentImportSection(section) => {
                for import in section {
                    let import = import?;
                    if let ComponentTypeRef::Func(_) = import.ty {
                        functions.push(import.name.name);
                    }
                }
            }
            Payload::ComponentExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ComponentExternalKind::Func {
                        let import = *functions.get(export.index as usize).context("it exports no import")?;
                        exports.push((export.name.name, import));
                        functions.push(import);
                    }
                }
            }
            Payload::ModuleSection { .. } | Payload::ComponentCanonicalSection(_) => {
                bail!("an exported interface has code of its own")
            }
            _ => {}
        }
    }
    Ok(exports)
}

fn slice(bytes: &[u8], range: std::ops::Range<u64>) -> Option<&[u8]> {
    bytes.get(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?)
}
