//! What a guest in the GC ABI does with resources: built-in functions that have references where those of the eager ABI have indices.

use anyhow::{Result, bail};
use onramp_abi::gc::CoreTypes;
use onramp_abi::{CoreType, Profile};
use wasm_encoder::{FuncType, RefType, ValType};
use wit_parser::{TypeDefKind, WorldItem};

use crate::prelude::{ROOT, Wit};

use super::core::{CoreSignature, Item};
use super::speech::nearest;

/// A built-in function for a resource, as a guest in the GC ABI imports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// What it does.
    pub kind: Kind,
    /// The name of the resource.
    pub resource: String,
    /// The module that its eager form is imported from.
    pub module: String,
    /// Its type, among those of the guest.
    pub ty: u32,
}

/// What a built-in function for a resource does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `resource.drop`
    Drop,
    /// `resource.new`
    New,
    /// `resource.rep`
    Rep,
    /// The representation of a handle that was lent to the guest that defines the resource: in the eager ABI, it gets that itself.
    BorrowRep,
}

/// What the name of an interface begins with in built-ins of the guest that defines the resource.
const EXPORT: &str = "[export]";

impl Kind {
    const ALL: [Kind; 4] = [Kind::Drop, Kind::New, Kind::Rep, Kind::BorrowRep];

    /// What the field begins with.
    fn prefix(self) -> &'static str {
        match self {
            Kind::Drop => "[resource-drop]",
            Kind::New => "[resource-new]",
            Kind::Rep => "[resource-rep]",
            Kind::BorrowRep => "[borrow-rep]",
        }
    }

    /// Its core type in the GC ABI.
    pub(crate) fn ty(self) -> FuncType {
        let externref = ValType::Ref(RefType::EXTERNREF);
        match self {
            Kind::Drop => FuncType::new([externref], []),
            Kind::New => FuncType::new([ValType::I32], [externref]),
            Kind::Rep | Kind::BorrowRep => FuncType::new([externref], [ValType::I32]),
        }
    }

    /// How its type is written.
    fn shown(self) -> &'static str {
        match self {
            Kind::Drop => "(externref)",
            Kind::New => "(i32) -> externref",
            Kind::Rep | Kind::BorrowRep => "(externref) -> i32",
        }
    }

    /// The core signature of its eager form, if there is one.
    pub(super) fn eager(self) -> Option<CoreSignature> {
        let i32s = |count| vec![CoreType::I32; count];
        match self {
            Kind::Drop => Some(CoreSignature { params: i32s(1), results: i32s(0) }),
            Kind::New | Kind::Rep => Some(CoreSignature { params: i32s(1), results: i32s(1) }),
            Kind::BorrowRep => None,
        }
    }
}

impl BuiltIn {
    /// The built-in that an import under `[abi=gc]` is; `None`: it is none. `interface` is the rest of its module's name.
    ///
    /// # Errors
    /// When there is no such resource, or the import has another type (the rules M3 and M4).
    pub(super) fn of(
        wit: &Wit,
        shown: &str,
        (interface, field): (&str, &str),
        (types, item): (&CoreTypes, &Item),
    ) -> Result<Option<Self>> {
        let named = |kind: Kind| field.strip_prefix(kind.prefix()).map(|resource| (kind, resource));
        let Some((kind, resource)) = Kind::ALL.into_iter().find_map(named) else { return Ok(None) };
        let (own, name) = match interface.strip_prefix(EXPORT) {
            Some(name) => (true, name),
            None => (false, interface),
        };
        if !own && kind != Kind::Drop {
            bail!(
                "{shown}: only the guest that exports a resource has this built-in, and imports it from `[abi=gc]{EXPORT}{name}` (rule M3)"
            );
        }
        let known = resources(wit, own);
        if !known.contains(&(name.to_owned(), resource.to_owned())) {
            let name_of = |(interface, resource): &(String, String)| {
                let export = if own { EXPORT } else { "" };
                format!("[abi={}]{export}{interface}` `{}{resource}", Profile::Gc, kind.prefix())
            };
            let all: Vec<String> = known.iter().map(name_of).collect();
            let (what, asked) =
                (if own { "exports" } else { "imports" }, format!("[abi={}]{interface}` `{field}", Profile::Gc));
            bail!("{shown} is for no resource that the world {what}{} (rule M3)", nearest(&asked, &all));
        }
        match item {
            Item::Func(function) if types.function(function.ty) == Some(&kind.ty()) => {
                Ok(Some(BuiltIn { kind, resource: resource.to_owned(), module: interface.to_owned(), ty: function.ty }))
            }
            _ => bail!("{shown} must be a function with the core signature {} (rule M4)", kind.shown()),
        }
    }

    /// The field of its eager form.
    pub(crate) fn eager_field(&self) -> String {
        format!("{}{}", self.kind.prefix(), self.resource)
    }
}

/// The resources of the world's imports, or of its exports: the name of the interface, and theirs.
fn resources(wit: &Wit, exported: bool) -> Vec<(String, String)> {
    let world = &wit.resolve.worlds[wit.world];
    let items = if exported { &world.exports } else { &world.imports };
    let mut found = Vec::new();
    for (key, item) in items {
        match item {
            WorldItem::Interface { id, .. } => {
                let types = wit.resolve.interfaces[*id].types.iter();
                let types = types.filter(|(_, ty)| wit.resolve.types[**ty].kind == TypeDefKind::Resource);
                found.extend(types.map(|(name, _)| (wit.resolve.name_world_key(key), name.clone())));
            }
            WorldItem::Type { id, .. } if wit.resolve.types[*id].kind == TypeDefKind::Resource => {
                found.extend(wit.resolve.types[*id].name.clone().map(|name| (ROOT.to_owned(), name)));
            }
            WorldItem::Type { .. } | WorldItem::Function(_) => {}
        }
    }
    found
}
