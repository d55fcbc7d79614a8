//! A guest with a linear memory, as the other side of a native one: what its code does with values.

use onramp_adapter::Side;
use wasmtime::{AsContextMut, Instance, Memory, Store, Val};

use crate::{
    harness::{ARENA, returns_in_memory, to_core, to_val},
    oracle::{Core, Cx, T, V},
    reader::{Reader, Way, words},
};

/// A guest with a linear memory.
#[derive(Clone, Copy)]
pub struct Linear {
    pub side: Side,
    memory: Memory,
    pub reader: Option<Reader>,
    next: u32,
}

impl Linear {
    pub fn new<S>(store: &mut Store<S>, guest: Instance, handles: Instance, side: Side, way: Way) -> Linear {
        let memory = guest.get_memory(&mut *store, "memory").expect("a memory");
        Linear { side, memory, reader: Reader::of(store, handles, memory, side, way), next: ARENA }
    }

    fn cx<R>(&mut self, store: &mut impl AsContextMut, then: impl FnOnce(&mut Cx<'_>) -> R) -> R {
        let memory = self.memory.data_mut(store);
        then(&mut Cx { memory, next: &mut self.next, encoding: self.side.encoding, wide: false })
    }

    /// How a value looks that it receives.
    fn seen(&self, t: &T) -> T {
        if self.reader.is_some() { words(t) } else { t.clone() }
    }

    /// Core arguments for a call, and where the result is to go.
    pub fn arguments(
        &mut self,
        store: &mut impl AsContextMut,
        params: &T,
        args: &V,
        result: Option<&T>,
    ) -> (Vec<Val>, Option<u32>) {
        let profile = self.side.profile;
        let (mut flat, area) = self.cx(store, |cx| {
            let area = result.filter(|t| returns_in_memory(profile, t)).map(|t| cx.alloc(t.align(), t.size()));
            if params.flatten().len() <= 16 {
                return (cx.lower_flat(params, args), area);
            }
            let pointer = cx.alloc(params.align(), params.size());
            cx.store(params, args, pointer);
            (vec![Core::I32(pointer)], area)
        });
        flat.extend(area.map(Core::I32));
        (flat.into_iter().map(to_val).collect(), area)
    }

    /// The result of a call.
    pub fn result(
        &mut self,
        store: &mut impl AsContextMut,
        t: &T,
        returned: &[Val],
        area: Option<u32>,
    ) -> wasmtime::Result<V> {
        let seen = self.seen(t);
        let returned: Vec<Core> = returned.iter().map(to_core).collect();
        let v = self.cx(store, |cx| match area {
            None => cx.lift_flat(&seen, &mut &returned[..]),
            Some(area) => cx.load(&seen, area),
        });
        self.read(store, t, v)
    }

    /// The arguments that its function is called with.
    pub fn received(&mut self, store: &mut impl AsContextMut, params: &T, vals: &[Val]) -> wasmtime::Result<V> {
        let flat: Vec<Core> = vals.iter().map(to_core).collect();
        let in_memory = params.flatten().len() > 16;
        if let (true, Some(reader)) = (in_memory, self.reader) {
            let list = T::List(Box::new(params.clone()));
            let v = reader.dynamic(store, &mut self.next, &list, flat[0].bits() as u32, 1)?;
            let V::List(mut one) = v else { unreachable!("a list was read") };
            return Ok(one.remove(0));
        }
        let seen = self.seen(params);
        let v = self.cx(store, |cx| match in_memory {
            true => cx.load(params, flat[0].bits() as u32),
            false => cx.lift_flat(&seen, &mut &flat[..]),
        });
        self.read(store, params, v)
    }

    /// The core results of its function.
    pub fn answer(&mut self, store: &mut impl AsContextMut, t: &T, v: &V) -> Vec<Val> {
        let profile = self.side.profile;
        let flat = self.cx(store, |cx| {
            if !returns_in_memory(profile, t) {
                return cx.lower_flat(t, v);
            }
            let pointer = cx.alloc(t.align(), t.size());
            cx.store(t, v, pointer);
            vec![Core::I32(pointer)]
        });
        flat.into_iter().map(to_val).collect()
    }

    fn read(&mut self, store: &mut impl AsContextMut, t: &T, v: V) -> wasmtime::Result<V> {
        match self.reader {
            Some(reader) => reader.read(store, &mut self.next, t, v),
            None => Ok(v),
        }
    }
}
