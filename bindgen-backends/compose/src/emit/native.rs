//! Writing functions that pass references in upstream's own encoding (`canon lift` and `canon lower` with `gc`), for engines that have it:
//! no adapters are needed then.

use anyhow::{Context, Result, bail, ensure};
use onramp_abi::gc::{self, CoreTypes, Kind, Unit};
use onramp_abi::{Data, Profile, names};
use wasm_encoder::CanonicalOption;
use wit_parser::{Resolve, Type, TypeDefKind};

use crate::boundary;
use crate::link::Overlay;
use crate::plan::Flat;
use crate::prelude::Wit;
use crate::report::contains;
use crate::shape::CoreFunc;

use super::Writer;

impl<'a> Writer<'a> {
    /// Lowers the functions that a guest imports as ones that pass references.
    pub(super) fn native_imports(&mut self, node: usize, flat: &Flat<'a>, overlay: &Overlay) -> Result<()> {
        let types = &overlay.speech.types;
        let (mut used, mut places) = (CoreTypes::default(), Vec::new());
        for (key, import) in &overlay.speech.imports {
            let Some(gc) = &import.gc else { continue };
            places.push((key, gc, used.import(types, gc.ty)));
        }
        let first = self.core_types(&used);
        for (key, gc, place) in places {
            let lowers = flat.shape.core_funcs.iter().filter_map(|function| match function {
                CoreFunc::Lower(index, _) => Some(*index),
                CoreFunc::Alias(..) | CoreFunc::Resource(_) | CoreFunc::BuiltIn(_) => None,
            });
            let is_it = |index: &u32| boundary::imported(&flat.shape, *index) == Some((key.0.as_str(), key.1.as_str()));
            let index =
                { lowers }.find(is_it).with_context(|| format!("the skeleton lacks `{}` of `{}`", key.1, key.0))?;
            let mut options = options(gc).with_context(|| format!("the import `{}` of `{}`", key.1, key.0))?;
            options.push(CanonicalOption::CoreType(first + place));
            let function = self.func(node, &flat.shape, index)?;
            let lowered = self.builder.lower_func(Some(&key.1), function, options);
            self.maps[node].adapted.insert(key.clone(), lowered);
        }
        Ok(())
    }

    /// The core function to lift for a guest's that passes references, and its options.
    pub(super) fn native_lift(
        &mut self,
        node: usize,
        core: u32,
        gc: &gc::Function,
    ) -> Result<(u32, Vec<CanonicalOption>)> {
        Ok((self.of_guest(node, core)?, options(gc)?))
    }

    /// Defines core types in the component; the index of the first.
    fn core_types(&mut self, types: &CoreTypes) -> u32 {
        let mut first = None;
        let mut next = 0;
        while next < types.len() {
            let group = types.group(next);
            next = group.end;
            let group: Vec<_> = group.filter_map(|index| types.get(index).cloned()).collect();
            let (index, encoder) = self.builder.core_type(None);
            first.get_or_insert(index);
            match &group[..] {
                [single] => encoder.core().subtype(single),
                _ => encoder.core().rec(group),
            }
        }
        first.unwrap_or_default()
    }
}

/// The canonical options of a function that passes these references.
fn options(gc: &gc::Function) -> Result<Vec<CanonicalOption>> {
    let mut units = Vec::new();
    for value in gc.params.iter().chain(&gc.result) {
        strings(value, &mut units);
    }
    ensure!(
        units.windows(2).all(|pair| pair[0] == pair[1]),
        "it has strings of `i8` and of `i16`, and upstream's encoding has one encoding of strings for a function"
    );
    let encoding = match units.first() {
        Some(Unit::I16) => CanonicalOption::UTF16,
        Some(Unit::I8) | None => CanonicalOption::UTF8,
    };
    Ok(vec![encoding, CanonicalOption::Gc])
}

fn strings(value: &gc::Value, units: &mut Vec<Unit>) {
    match &value.kind {
        Kind::Scalar | Kind::Handle => {}
        Kind::String { unit, .. } => units.push(*unit),
        Kind::List { element, .. } => strings(element, units),
        Kind::Record { fields, .. } => fields.iter().for_each(|field| strings(field, units)),
        Kind::Sum { cases, .. } => {
            cases.iter().filter_map(|case| case.payload.as_ref()).for_each(|payload| strings(payload, units));
        }
    }
}

/// That upstream's encoding has all that a guest uses.
///
/// # Errors
/// When it does not: what it lacks.
pub(crate) fn check(overlay: &Overlay, wit: &Wit) -> Result<()> {
    if let Some(((module, field), _)) = overlay.speech.resources.first_key_value() {
        bail!(
            "it imports `{module}` `{field}`, and upstream's encoding has built-in functions for resources over i32 only, \
             not over references"
        );
    }
    for one in wit.imported_functions().into_iter().chain(wit.exported_functions()) {
        let speaks = |profile: Profile| profile.data() == Data::Gc;
        let (interface, name) = (&one.interface, &one.function.name);
        let is_gc =
            speaks(overlay.speech.of_import(interface, name)) || speaks(overlay.speech.of_export(interface, name));
        let mut types = one.function.params.iter().map(|param| &param.ty).chain(&one.function.result);
        ensure!(
            !is_gc || !types.any(|ty| contains(&wit.resolve, ty, &|ty| is_map(&wit.resolve, ty))),
            "`{}` has a map in its type, and upstream's encoding has none",
            names::function(&wit.resolve, one.key, one.function)
        );
    }
    Ok(())
}

fn is_map(resolve: &Resolve, ty: &Type) -> bool {
    matches!(ty, Type::Id(id) if matches!(resolve.types[*id].kind, TypeDefKind::Map(..)))
}
