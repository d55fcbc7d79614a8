//! Conversion between Java's values and the ABI's objects, by accessors.

mod lift;
mod lower;

use std::collections::BTreeMap;

use anyhow::Result;
use onramp_abi::Types;
use wit_parser::{Type, TypeDefKind};

use crate::names;
use crate::scope::Scope;
use crate::text::indented;
use crate::types::{java, kind, resolved};

/// The class in Java of references to objects.
pub(crate) const OBJECT: &str = "org.teavm.jso.JSObject";

/// The private members of an interface's class. Their names have a `$`, which no name in WIT becomes.
pub(crate) struct Glue<'s, 'r> {
    scope: &'s Scope<'r>,
    types: Types<'r>,
    /// The module that accessors are imported from.
    module: String,
    /// Methods by what they do, with their names.
    names: BTreeMap<String, String>,
    members: String,
}

impl<'s, 'r> Glue<'s, 'r> {
    /// For an interface, as it is called in core names.
    ///
    /// # Errors
    /// When its types cannot be read.
    pub(crate) fn new(scope: &'s Scope<'r>, interface: &str) -> Result<Self> {
        let types = Types::new(scope.resolve)?;
        Ok(Glue { scope, types, module: module(interface), names: BTreeMap::new(), members: String::new() })
    }

    /// The methods that were asked for.
    pub(crate) fn into_members(self) -> String {
        self.members
    }

    /// A function that is imported.
    pub(crate) fn import(&mut self, field: &str, params: &[&str], result: &str) -> String {
        self.native(&self.module.clone(), field, params, result)
    }

    /// An accessor of a type, perhaps of its field or case.
    fn accessor(&mut self, of: &Named, does: &str, part: &str, params: &[&str], result: &str) -> String {
        self.native(&of.module, &format!("[{does}]{}{part}", of.name), params, result)
    }

    fn native(&mut self, module: &str, field: &str, params: &[&str], result: &str) -> String {
        let key = format!("import {module} {field}");
        if let Some(name) = self.names.get(&key) {
            return name.clone();
        }
        let name = format!("import${}", self.names.len());
        self.names.insert(key, name.clone());
        self.members += &format!(
            "\n@org.teavm.interop.Import(module = \"{module}\", name = \"{field}\")\n\
             private static native {result} {name}({});\n",
            parameters(params)
        );
        name
    }

    /// The type that a value has where it is passed.
    pub(crate) fn passed(&self, ty: &Type) -> &'static str {
        match resolved(self.scope, ty) {
            Type::Bool | Type::U8 | Type::S8 | Type::U16 | Type::S16 | Type::U32 | Type::S32 | Type::Char => "int",
            Type::U64 | Type::S64 => "long",
            Type::F32 => "float",
            Type::F64 => "double",
            Type::Id(_) => match kind(self.scope, ty) {
                Some(TypeDefKind::Enum(_) | TypeDefKind::Flags(_)) => "int",
                _ => OBJECT,
            },
            Type::String | Type::ErrorContext => OBJECT,
        }
    }

    /// The value in Java that was passed as this expression.
    ///
    /// # Errors
    /// When Java has no form for it here.
    pub(crate) fn lift(&mut self, ty: &Type, passed: &str) -> Result<String> {
        let java = java(self.scope, ty)?.plain;
        Ok(match (resolved(self.scope, ty), kind(self.scope, ty)) {
            (Type::Bool, _) => format!("({passed} != 0)"),
            (Type::U8 | Type::S8 | Type::U16 | Type::S16, _) => format!("({java}) {passed}"),
            (_, Some(TypeDefKind::Enum(_))) => format!("{java}.values()[{passed}]"),
            (_, Some(TypeDefKind::Flags(flags))) => match flags.flags.len() {
                32.. => format!("new {java}({passed})"),
                labels => format!("new {java}({passed} & {})", (1u32 << labels) - 1),
            },
            (Type::String, _) | (_, Some(_)) => format!("{}({passed})", self.method("lift", ty)?),
            _ => passed.to_owned(),
        })
    }

    /// What is passed for a value in Java.
    ///
    /// # Errors
    /// When Java has no form for it here.
    pub(crate) fn lower(&mut self, ty: &Type, value: &str) -> Result<String> {
        Ok(match (resolved(self.scope, ty), kind(self.scope, ty)) {
            (Type::Bool, _) => format!("({value} ? 1 : 0)"),
            (_, Some(TypeDefKind::Enum(_))) => format!("{value}.ordinal()"),
            (_, Some(TypeDefKind::Flags(_))) => format!("{value}.bits()"),
            (Type::String, _) | (_, Some(_)) => format!("{}({value})", self.method("lower", ty)?),
            _ => value.to_owned(),
        })
    }

    /// The method that converts a type's values.
    fn method(&mut self, direction: &str, ty: &Type) -> Result<String> {
        let java = java(self.scope, ty)?.plain;
        let name = self.name(ty)?;
        let key = format!("{direction} {} {java}", name.name);
        if let Some(method) = self.names.get(&key) {
            return Ok(method.clone());
        }
        let method = format!("{direction}${}", self.names.len());
        self.names.insert(key, method.clone());
        let (result, param, body) = match direction {
            "lift" => (java, format!("{OBJECT} o"), self.lifted(ty, &name)?),
            _ => (OBJECT.to_owned(), format!("{java} v"), self.lowered(ty, &name)?),
        };
        self.members += &format!("\nprivate static {result} {method}({param}) {{\n{}}}\n", indented(&body));
        Ok(method)
    }

    fn element(&self, element: &Type) -> Result<String> {
        Ok(java(self.scope, element)?.plain)
    }

    /// A type's name in accessors.
    fn name(&mut self, ty: &Type) -> Result<Named> {
        let module = match resolved(self.scope, ty) {
            Type::Id(id) => self.scope.owner(id).map(module).unwrap_or_else(|| self.module.clone()),
            _ => self.module.clone(),
        };
        let ty = self.types.add(ty)?;
        Ok(Named { module, name: self.types[ty].name.clone() })
    }

    /// That of a map's entries.
    fn entry(&mut self, key: &Type, value: &Type) -> Result<Named> {
        let ty = self.types.add_tuple([*key, *value])?;
        Ok(Named { module: self.module.clone(), name: self.types[ty].name.clone() })
    }
}

/// Parameters by number.
pub(crate) fn parameters(types: &[&str]) -> String {
    let params = types.iter().enumerate().map(|(number, ty)| format!("{ty} p{number}"));
    params.collect::<Vec<_>>().join(", ")
}

/// The class of a variant's case: it is in the variant's, which is in the interface's.
fn case_class(variant: &str, case: &str) -> String {
    let outer: Vec<_> = variant.rsplit('.').take(2).collect();
    format!("{variant}.{}", names::inner(case, &outer))
}

/// A type as accessors call it: two interfaces may have types of the same name.
struct Named {
    module: String,
    name: String,
}

/// The module that an interface's functions and accessors are imported from.
fn module(interface: &str) -> String {
    format!("[opaque=gc]{interface}")
}

fn numbered(types: &[Type]) -> Vec<(String, Type)> {
    types.iter().enumerate().map(|(number, ty)| (number.to_string(), *ty)).collect()
}
