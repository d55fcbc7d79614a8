//! Conversion between Java's values and the ABI's objects, by accessors.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use onramp_abi::Types;
use wit_parser::{Type, TypeDefKind};

use crate::names;
use crate::scope::Scope;
use crate::text::indented;
use crate::types::{is_bulk, java, kind, resolved};

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

    fn lifted(&mut self, ty: &Type, name: &Named) -> Result<String> {
        let java = java(self.scope, ty)?.plain;
        let Some(kind) = kind(self.scope, ty) else {
            return Ok(format!("{}return new java.lang.String(a);\n", self.read(name, "char")));
        };
        Ok(match kind {
            TypeDefKind::Record(record) => {
                let fields = record.fields.iter().map(|field| (field.name.clone(), field.ty)).collect();
                self.lifted_record(name, fields, &java)?
            }
            TypeDefKind::Tuple(tuple) => self.lifted_record(name, numbered(&tuple.types), &java)?,
            TypeDefKind::List(element) | TypeDefKind::FixedLengthList(element, _) => {
                match (resolved(self.scope, element), is_bulk(self.scope, element)) {
                    (Type::Bool, _) => self.lifted_bools(name),
                    (_, true) => format!("{}return a;\n", self.read(name, &self.element(element)?)),
                    (_, false) => self.lifted_list(name, element)?,
                }
            }
            TypeDefKind::Map(key, value) => self.lifted_map(name, key, value)?,
            TypeDefKind::Variant(variant) => {
                let cases = variant
                    .cases
                    .iter()
                    .map(|case| (case.name.clone(), case.ty, format!("new {}", case_class(&java, &case.name))));
                self.lifted_sum(name, &cases.collect::<Vec<_>>())?
            }
            TypeDefKind::Option(some) => {
                let cases =
                    [("none", None, "java.util.Optional.empty"), ("some", Some(*some), "java.util.Optional.of")];
                self.lifted_sum(name, &cases.map(|(case, ty, made)| (case.to_owned(), ty, made.to_owned())))?
            }
            TypeDefKind::Result(result) => {
                let cases = [("ok", result.ok, "new wit.Result.Ok<>"), ("err", result.err, "new wit.Result.Err<>")];
                self.lifted_sum(name, &cases.map(|(case, ty, made)| (case.to_owned(), ty, made.to_owned())))?
            }
            kind => bail!("a {} has no form in Java yet", kind.as_str()),
        })
    }

    /// Reads an array of numbers at once.
    fn read(&mut self, name: &Named, element: &str) -> String {
        let length = self.accessor(name, "length", "", &[OBJECT], "int");
        let own = format!("{element}[]");
        let read = self.accessor(name, "read", "", &[OBJECT, "int", &own, "int", "int"], "void");
        format!("{own} a = new {element}[{length}(o)];\n{read}(o, 0, a, 0, a.length);\n")
    }

    /// Whatever is not 0 is true in a list, but only 1 is in an array of Java's.
    fn lifted_bools(&mut self, name: &Named) -> String {
        let length = self.accessor(name, "length", "", &[OBJECT], "int");
        let at = self.accessor(name, "at", "", &[OBJECT, "int"], "int");
        format!(
            "boolean[] a = new boolean[{length}(o)];\nfor (int i = 0; i < a.length; i++) a[i] = {at}(o, i) != 0;\nreturn a;\n"
        )
    }

    fn lifted_record(&mut self, name: &Named, fields: Vec<(String, Type)>, java: &str) -> Result<String> {
        let mut parts = Vec::new();
        for (field, ty) in fields {
            let get = self.accessor(name, "get", &format!(".{field}"), &[OBJECT], self.passed(&ty));
            parts.push(self.lift(&ty, &format!("{get}(o)"))?);
        }
        Ok(format!("return new {java}({});\n", parts.join(", ")))
    }

    fn lifted_list(&mut self, name: &Named, element: &Type) -> Result<String> {
        let length = self.accessor(name, "length", "", &[OBJECT], "int");
        let at = self.accessor(name, "at", "", &[OBJECT, "int"], self.passed(element));
        let boxed = java(self.scope, element)?.boxed;
        let lifted = self.lift(element, &format!("{at}(o, i)"))?;
        Ok(format!(
            "int n = {length}(o);\nvar list = new java.util.ArrayList<{boxed}>(n);\n\
             for (int i = 0; i < n; i++) list.add({lifted});\nreturn list;\n"
        ))
    }

    fn lifted_map(&mut self, name: &Named, key: &Type, value: &Type) -> Result<String> {
        let length = self.accessor(name, "length", "", &[OBJECT], "int");
        let at = self.accessor(name, "at", "", &[OBJECT, "int"], OBJECT);
        let entry = self.entry(key, value)?;
        let mut parts = Vec::new();
        for (number, ty) in [key, value].into_iter().enumerate() {
            let get = self.accessor(&entry, "get", &format!(".{number}"), &[OBJECT], self.passed(ty));
            parts.push(self.lift(ty, &format!("{get}(e)"))?);
        }
        let boxed = (java(self.scope, key)?.boxed, java(self.scope, value)?.boxed);
        Ok(format!(
            "int n = {length}(o);\nvar map = new java.util.LinkedHashMap<{}, {}>();\nfor (int i = 0; i < n; i++) {{\n    \
             {OBJECT} e = {at}(o, i);\n    map.put({});\n}}\nreturn map;\n",
            boxed.0,
            boxed.1,
            parts.join(", ")
        ))
    }

    fn lifted_sum(&mut self, name: &Named, cases: &[(String, Option<Type>, String)]) -> Result<String> {
        let case = self.accessor(name, "case", "", &[OBJECT], "int");
        let mut text = format!("switch ({case}(o)) {{\n");
        for (number, (case, payload, made)) in cases.iter().enumerate() {
            let value = match payload {
                Some(ty) => {
                    let get = self.accessor(name, "get", &format!(".{case}"), &[OBJECT], self.passed(ty));
                    self.lift(ty, &format!("{get}(o)"))?
                }
                None if made.starts_with("new wit.Result") => "null".to_owned(),
                None => String::new(),
            };
            text += &format!("    case {number}: return {made}({value});\n");
        }
        Ok(text + "    default: throw new java.lang.IllegalStateException();\n}\n")
    }

    fn lowered(&mut self, ty: &Type, name: &Named) -> Result<String> {
        let java = java(self.scope, ty)?.plain;
        let Some(kind) = kind(self.scope, ty) else {
            return Ok(format!("char[] a = v.toCharArray();\n{}", self.write(name, "char", "a")));
        };
        Ok(match kind {
            TypeDefKind::Record(record) => {
                let fields = record.fields.iter().map(|field| (names::lower(&field.name), field.ty)).collect();
                self.lowered_record(name, fields)?
            }
            TypeDefKind::Tuple(tuple) => {
                let fields = tuple.types.iter().enumerate().map(|(number, ty)| (format!("v{number}"), *ty)).collect();
                self.lowered_record(name, fields)?
            }
            TypeDefKind::List(element) | TypeDefKind::FixedLengthList(element, _) => {
                match is_bulk(self.scope, element) {
                    true => self.write(name, &self.element(element)?, "v"),
                    false => self.lowered_list(name, element)?,
                }
            }
            TypeDefKind::Map(key, value) => self.lowered_map(name, key, value)?,
            TypeDefKind::Variant(variant) => {
                let mut text = String::new();
                for case in &variant.cases {
                    let class = case_class(&java, &case.name);
                    let made = self.made(name, &case.name, case.ty.as_ref(), "c.value()")?;
                    text += &format!("if (v instanceof {class} c) return {made};\n");
                }
                text + "throw new java.lang.IllegalStateException();\n"
            }
            TypeDefKind::Option(some) => {
                let [none, some] =
                    [self.made(name, "none", None, "")?, self.made(name, "some", Some(some), "v.get()")?];
                format!("return v.isPresent() ? {some} : {none};\n")
            }
            TypeDefKind::Result(result) => {
                let ok = self.made(name, "ok", result.ok.as_ref(), "r.value()")?;
                let err = self.made(name, "err", result.err.as_ref(), "r.error()")?;
                let types = java.strip_prefix("wit.Result").context("a result is a Result")?;
                format!(
                    "if (v instanceof wit.Result.Ok{types} r) return {ok};\n\
                     if (v instanceof wit.Result.Err{types} r) return {err};\n\
                     throw new java.lang.IllegalStateException();\n"
                )
            }
            kind => bail!("a {} has no form in Java yet", kind.as_str()),
        })
    }

    /// Writes an array of numbers at once.
    fn write(&mut self, name: &Named, element: &str, array: &str) -> String {
        let new = self.accessor(name, "new", "", &["int"], OBJECT);
        let own = format!("{element}[]");
        let write = self.accessor(name, "write", "", &[OBJECT, "int", &own, "int", "int"], "void");
        format!("{OBJECT} o = {new}({array}.length);\n{write}(o, 0, {array}, 0, {array}.length);\nreturn o;\n")
    }

    fn lowered_record(&mut self, name: &Named, fields: Vec<(String, Type)>) -> Result<String> {
        let passed: Vec<_> = fields.iter().map(|(_, ty)| self.passed(ty)).collect();
        let new = self.accessor(name, "new", "", &passed, OBJECT);
        let mut parts = Vec::new();
        for (field, ty) in fields {
            parts.push(self.lower(&ty, &format!("v.{field}()"))?);
        }
        Ok(format!("return {new}({});\n", parts.join(", ")))
    }

    fn lowered_list(&mut self, name: &Named, element: &Type) -> Result<String> {
        let new = self.accessor(name, "new", "", &["int"], OBJECT);
        let put = self.accessor(name, "put", "", &[OBJECT, "int", self.passed(element)], "void");
        let java = java(self.scope, element)?.plain;
        let lowered = self.lower(element, "e")?;
        Ok(format!(
            "{OBJECT} o = {new}(v.size());\nint i = 0;\nfor ({java} e : v) {put}(o, i++, {lowered});\nreturn o;\n"
        ))
    }

    fn lowered_map(&mut self, name: &Named, key: &Type, value: &Type) -> Result<String> {
        let new = self.accessor(name, "new", "", &["int"], OBJECT);
        let put = self.accessor(name, "put", "", &[OBJECT, "int", OBJECT], "void");
        let entry = self.entry(key, value)?;
        let made = self.accessor(&entry, "new", "", &[self.passed(key), self.passed(value)], OBJECT);
        let parts = [self.lower(key, "e.getKey()")?, self.lower(value, "e.getValue()")?];
        Ok(format!(
            "{OBJECT} o = {new}(v.size());\nint i = 0;\nfor (var e : v.entrySet()) {put}(o, i++, {made}({}));\nreturn o;\n",
            parts.join(", ")
        ))
    }

    /// An object of a case.
    fn made(&mut self, name: &Named, case: &str, payload: Option<&Type>, value: &str) -> Result<String> {
        let passed: Vec<_> = payload.iter().map(|ty| self.passed(ty)).collect();
        let new = self.accessor(name, "new", &format!(".{case}"), &passed, OBJECT);
        let value = payload.map_or(Ok(String::new()), |ty| self.lower(ty, value))?;
        Ok(format!("{new}({value})"))
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
