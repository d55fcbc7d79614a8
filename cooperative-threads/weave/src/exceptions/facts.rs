//! What the module says before its code does.

use std::collections::BTreeSet;

use anyhow::Result;
use wasm_encoder::{BlockType, ValType};
use wasmparser::{CompositeInnerType, Operator, Parser, Payload, TypeRef};

use crate::names::parameter_counts;

/// The facts.
pub struct Facts {
    /// The parameters of each type; none for one that is no function's.
    types: Vec<Vec<wasmparser::ValType>>,
    /// The type of each tag.
    tags: Vec<u32>,
    /// The tags that a handler names.
    caught: BTreeSet<u32>,
    /// How many parameters each defined function has.
    pub parameters: Vec<u32>,
    /// Whether any function uses the first encoding.
    pub first_encoding: bool,
}

impl Facts {
    /// Reads them.
    pub fn read(module: &[u8]) -> Result<Self> {
        let parameters = parameter_counts(module)?;
        let mut facts =
            Facts { types: Vec::new(), tags: Vec::new(), caught: BTreeSet::new(), parameters, first_encoding: false };
        for payload in Parser::new(0).parse_all(module) {
            facts.add(payload?)?;
        }
        Ok(facts)
    }

    fn add(&mut self, payload: Payload<'_>) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    self.types.extend(group?.types().map(|ty| match &ty.composite_type.inner {
                        CompositeInnerType::Func(function) => function.params().to_vec(),
                        _ => Vec::new(),
                    }));
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    if let TypeRef::Tag(tag) = import?.ty {
                        self.tags.push(tag.func_type_idx);
                    }
                }
            }
            Payload::TagSection(section) => {
                for tag in section {
                    self.tags.push(tag?.func_type_idx);
                }
            }
            Payload::CodeSectionEntry(body) => {
                for operator in body.get_operators_reader()? {
                    let operator = operator?;
                    self.first_encoding |= is_first_encoding(&operator);
                    if let Operator::Catch { tag_index } = operator {
                        self.caught.insert(tag_index);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The tags that a handler names and whose exceptions have values.
    pub fn caught_with_values(&self) -> Vec<u32> {
        self.caught.iter().copied().filter(|tag| !self.values_of(*tag).is_empty()).collect()
    }

    /// The types of a tag's values.
    pub fn values_of(&self, tag: u32) -> &[wasmparser::ValType] {
        self.tags.get(tag as usize).and_then(|ty| self.types.get(*ty as usize)).map_or(&[], Vec::as_slice)
    }

    /// The type of a block that ends with a tag's values and the exception.
    pub fn caught_type(&self, tag: u32) -> BlockType {
        match self.caught_with_values().binary_search(&tag) {
            Ok(place) => BlockType::FunctionType((self.types.len() + place) as u32),
            Err(_) => BlockType::Result(ValType::EXNREF),
        }
    }

    /// True for the type of a block that takes something.
    pub fn has_parameters(&self, ty: wasmparser::BlockType) -> bool {
        match ty {
            wasmparser::BlockType::FuncType(index) => {
                self.types.get(index as usize).is_some_and(|parameters| !parameters.is_empty())
            }
            _ => false,
        }
    }
}

/// True for an instruction that engines do not run any more.
pub fn is_first_encoding(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Try { .. }
            | Operator::Catch { .. }
            | Operator::CatchAll
            | Operator::Rethrow { .. }
            | Operator::Delegate { .. }
    )
}
