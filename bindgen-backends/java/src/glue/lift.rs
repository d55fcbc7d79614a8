//! What a method does that makes a value of Java of an object.

use anyhow::{Result, bail};
use wit_parser::{Type, TypeDefKind};

use crate::types::{is_bulk, java, kind, resolved};

use super::{Glue, Named, OBJECT, case_class, numbered};

impl Glue<'_, '_> {
    pub(super) fn lifted(&mut self, ty: &Type, name: &Named) -> Result<String> {
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
}
