//! Where each module's items are in the merged one.

use anyhow::{Context, Result, ensure};
use wasmparser::ExternalKind;

use super::part::Read;
use super::{Part, Source};

/// The kinds of items that have an index space, and can be imported and exported.
const KINDS: [ExternalKind; 5] =
    [ExternalKind::Func, ExternalKind::Table, ExternalKind::Memory, ExternalKind::Global, ExternalKind::Tag];

/// The new indices of the items of all modules.
pub(super) struct Spaces(Vec<Indices>);

/// The new indices of one module's items.
#[derive(Default)]
pub(super) struct Indices {
    functions: Vec<u32>,
    tables: Vec<u32>,
    memories: Vec<u32>,
    globals: Vec<u32>,
    tags: Vec<u32>,
    /// By how much the indices of its element segments grow.
    pub(super) elements: u32,
    /// By how much the indices of its data segments grow.
    pub(super) data: u32,
}

impl Indices {
    /// The new index of an item.
    pub(super) fn of(&self, kind: ExternalKind, index: u32) -> Option<u32> {
        self.space(kind).get(index as usize).copied()
    }

    fn space(&self, kind: ExternalKind) -> &Vec<u32> {
        match kind {
            ExternalKind::Func | ExternalKind::FuncExact => &self.functions,
            ExternalKind::Table => &self.tables,
            ExternalKind::Memory => &self.memories,
            ExternalKind::Global => &self.globals,
            ExternalKind::Tag => &self.tags,
        }
    }

    fn space_mut(&mut self, kind: ExternalKind) -> &mut Vec<u32> {
        match kind {
            ExternalKind::Func | ExternalKind::FuncExact => &mut self.functions,
            ExternalKind::Table => &mut self.tables,
            ExternalKind::Memory => &mut self.memories,
            ExternalKind::Global => &mut self.globals,
            ExternalKind::Tag => &mut self.tags,
        }
    }
}

impl std::ops::Index<usize> for Spaces {
    type Output = Indices;

    fn index(&self, part: usize) -> &Indices {
        &self.0[part]
    }
}

impl Spaces {
    /// Works out where everything will be.
    ///
    /// # Errors
    /// When a module lacks an export that another is to have.
    pub(super) fn of(parts: &[Part], read: &[Read]) -> Result<Self> {
        let mut spaces = Spaces(read.iter().map(|_| Indices::default()).collect());
        for kind in KINDS {
            spaces.fill(parts, read, kind);
        }
        spaces.segments(read);
        // What is not known yet is where imports are whose place other modules' items take.
        for (index, read_part) in read.iter().enumerate() {
            for kind in KINDS {
                for (position, _) in read_part.imports_of(kind).enumerate() {
                    let at = spaces.find(parts, read, (index, kind, position as u32), parts.len())?;
                    spaces.0[index].space_mut(kind)[position] = at;
                }
            }
        }
        Ok(spaces)
    }

    /// The new index of an item, `depth` modules away at most.
    fn find(
        &self,
        parts: &[Part],
        read: &[Read],
        (part, kind, index): (usize, ExternalKind, u32),
        depth: usize,
    ) -> Result<u32> {
        let import = read[part].imports_of(kind).nth(index as usize);
        let Some(Source::Export(other, export)) = import.and_then(|import| parts[part].source(import)) else {
            return self[part].of(kind, index).context("an index is out of bounds");
        };
        let (found, index) = read[*other]
            .exports
            .get(&**export)
            .copied()
            .with_context(|| format!("nothing is exported as `{export}`"))?;
        ensure!(found == kind, "`{export}` is exported, and is no {kind:?}");
        ensure!(depth > 0, "`{export}` is an import of the module that imports it");
        self.find(parts, read, (*other, kind, index), depth - 1)
    }

    /// The new indices of each module's items.
    pub(super) fn into_parts(self) -> Vec<Indices> {
        self.0
    }

    /// Imports that stay are in front, then each module's own items.
    fn fill(&mut self, parts: &[Part], read: &[Read], of: ExternalKind) {
        let mut next = 0..;
        for (index, (part, read)) in parts.iter().zip(read).enumerate() {
            for import in read.imports_of(of) {
                let new = if part.is_replaced(import) { Some(u32::MAX) } else { next.next() };
                self.0[index].space_mut(of).extend(new);
            }
        }
        for (index, read) in read.iter().enumerate() {
            let defined = next.by_ref().take(read.defined(of) as usize);
            self.0[index].space_mut(of).extend(defined);
        }
    }

    fn segments(&mut self, read: &[Read]) {
        let (mut elements, mut data) = (0, 0);
        for (indices, read) in self.0.iter_mut().zip(read) {
            (indices.elements, indices.data) = (elements, data);
            elements += read.elements.as_ref().map_or(0, wasmparser::SectionLimited::count);
            data += read.data.as_ref().map_or(0, wasmparser::SectionLimited::count);
        }
    }
}
