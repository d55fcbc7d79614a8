//! What a method does that makes an object of a value of Java.

use anyhow::{Context, Result, bail};
use wit_parser::{Type, TypeDefKind};

use crate::names;
use crate::types::{is_bulk, java, kind};

use super::{Glue, Named, OBJECT, case_class};

impl Glue<'_, '_> {
    pub(super) fn lowered(&mut self, ty: &Type, name: &Named) -> Result<String> {
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
}
