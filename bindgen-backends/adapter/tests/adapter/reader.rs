//! A guest that reads what it received lazily.

use onramp_abi::Lowering;
use onramp_adapter::{Side, StringEncoding};
use wasmtime::{AsContextMut, Func, Instance, Memory, Store, TypedFunc, WasmParams, WasmResults};

use crate::oracle::{Cx, T, V};

const UTF16_TAG: u32 = 1 << 31;

/// How a guest reads a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With `lower-all`.
    All,
    /// Elements, so many at once.
    Pieces(u32),
}

/// The built-in functions of a guest, and its memory.
#[derive(Clone, Copy)]
pub struct Reader {
    pub lower: Func,
    pub size: Func,
    pub lower_all: Func,
    pub drop: Func,
    pub memory: Memory,
    pub encoding: StringEncoding,
    pub way: Way,
}

/// A type in which each string and list is the two words that a receiver gets for it.
pub fn words(t: &T) -> T {
    let word = || T::Int { bytes: 4, signed: false };
    match t {
        T::String | T::List(_) => T::Record(vec![word(), word()]),
        T::Fixed(element, length) => T::Fixed(Box::new(words(element)), *length),
        T::Record(fields) => T::Record(fields.iter().map(words).collect()),
        T::Variant(cases) => T::Variant(cases.iter().map(|case| case.as_ref().map(words)).collect()),
        other => other.clone(),
    }
}

impl Reader {
    /// How a guest reads, if it is lazy.
    pub fn of<S>(store: &mut Store<S>, handles: Instance, memory: Memory, side: Side, way: Way) -> Option<Reader> {
        if side.profile.lowering() == Lowering::Eager {
            return None;
        }
        let [lower, size, lower_all, drop] = ["lower", "size", "lower-all", "drop"]
            .map(|name| handles.get_func(&mut *store, &format!("{name} {}", side.peer)).expect("a built-in function"));
        Some(Reader { lower, size, lower_all, drop, memory, encoding: side.encoding, way })
    }

    /// `lower`
    pub fn lower(
        &self,
        store: &mut impl AsContextMut,
        handle: u32,
        start: u32,
        count: u32,
        to: u32,
    ) -> wasmtime::Result<()> {
        self.call(store, self.lower, (handle, start, count, to))
    }

    /// `size`
    pub fn size(&self, store: &mut impl AsContextMut, handle: u32) -> wasmtime::Result<u32> {
        self.call(store, self.size, handle)
    }

    /// `lower-all`
    pub fn lower_all(&self, store: &mut impl AsContextMut, handle: u32, to: u32) -> wasmtime::Result<()> {
        self.call(store, self.lower_all, (handle, to))
    }

    /// `drop`
    pub fn drop(&self, store: &mut impl AsContextMut, handle: u32) -> wasmtime::Result<()> {
        self.call(store, self.drop, handle)
    }

    /// A value whose strings and lists are words: reads them.
    pub fn read(&self, store: &mut impl AsContextMut, next: &mut u32, t: &T, v: V) -> wasmtime::Result<V> {
        Ok(match (t, v) {
            (T::String | T::List(_), V::Record(pair)) => {
                let [V::Int(handle), V::Int(length)] = pair[..] else { panic!("{pair:?}") };
                self.dynamic(store, next, t, handle as u32, length as u32)?
            }
            (T::Fixed(element, _), V::List(vs)) => {
                V::List(vs.into_iter().map(|v| self.read(store, next, element, v)).collect::<wasmtime::Result<_>>()?)
            }
            (T::Record(fields), V::Record(vs)) => {
                let each = fields.iter().zip(vs).map(|(field, v)| self.read(store, next, field, v));
                V::Record(each.collect::<wasmtime::Result<_>>()?)
            }
            (T::Variant(cases), V::Variant(case, Some(v))) => {
                let t = cases[case].as_ref().expect("a payload");
                V::Variant(case, Some(Box::new(self.read(store, next, t, *v)?)))
            }
            (_, v) => v,
        })
    }

    /// Reads a string or list, and drops the handle.
    pub fn dynamic(
        &self,
        store: &mut impl AsContextMut,
        next: &mut u32,
        t: &T,
        handle: u32,
        length: u32,
    ) -> wasmtime::Result<V> {
        let units = if self.is_tagged(t) { length & !UTF16_TAG } else { length };
        if units == 0 {
            assert_eq!(handle, 0, "no handle belongs to an empty value");
            return Ok(if *t == T::String { V::String(String::new()) } else { V::List(Vec::new()) });
        }
        let v = match self.way {
            Way::All => self.all(store, next, t, handle, length),
            Way::Pieces(piece) => self.pieces(store, next, t, handle, length, piece),
        }?;
        self.drop(store, handle)?;
        Ok(v)
    }

    fn all(
        &self,
        store: &mut impl AsContextMut,
        next: &mut u32,
        t: &T,
        handle: u32,
        length: u32,
    ) -> wasmtime::Result<V> {
        let size = self.size(store, handle)?;
        let to = self.cx(store, next, |cx| cx.alloc(8, size + 16));
        self.lower_all(store, handle, to)?;
        let mut words: Vec<u8> = to.to_le_bytes().to_vec();
        words.extend(length.to_le_bytes());
        Ok(self.cx(store, next, |cx| {
            let behind = &cx.memory[(to + size) as usize..][..16];
            assert!(behind.iter().all(|byte| *byte == 0), "lower-all wrote more than size said");
            let at = cx.alloc(4, 8);
            cx.memory[at as usize..][..8].copy_from_slice(&words);
            cx.load(t, at)
        }))
    }

    fn pieces(
        &self,
        store: &mut impl AsContextMut,
        next: &mut u32,
        t: &T,
        handle: u32,
        length: u32,
        piece: u32,
    ) -> wasmtime::Result<V> {
        let units = if self.is_tagged(t) { length & !UTF16_TAG } else { length };
        let (size, align) = match t {
            T::List(element) => (element.size(), element.align()),
            _ if self.encoding == StringEncoding::Utf8 || (self.is_tagged(t) && length == units) => (1, 1),
            _ => (2, 2),
        };
        let to = self.cx(store, next, |cx| cx.alloc(align, size * units));
        for start in (0..units).step_by(piece as usize) {
            let count = piece.min(units - start);
            self.lower(store, handle, start, count, to + start * size)?;
        }
        let T::List(element) = t else {
            return Ok(self.cx(store, next, |cx| {
                V::String(text(&cx.memory[to as usize..][..(size * units) as usize], self.encoding, size))
            }));
        };
        let mut vs = Vec::new();
        for index in 0..units {
            let v = self.cx(store, next, |cx| cx.load(&words(element), to + index * size));
            vs.push(self.read(store, next, element, v)?);
        }
        Ok(V::List(vs))
    }

    fn is_tagged(&self, t: &T) -> bool {
        *t == T::String && self.encoding == StringEncoding::Latin1Utf16
    }

    fn cx<R>(&self, store: &mut impl AsContextMut, next: &mut u32, then: impl FnOnce(&mut Cx<'_>) -> R) -> R {
        let memory = self.memory.data_mut(store);
        then(&mut Cx { memory, next, encoding: self.encoding, wide: false })
    }

    fn call<P: WasmParams, R: WasmResults>(
        &self,
        store: &mut impl AsContextMut,
        function: Func,
        params: P,
    ) -> wasmtime::Result<R> {
        let function: TypedFunc<P, R> = function.typed(&mut *store)?;
        function.call(store, params)
    }
}

fn text(bytes: &[u8], encoding: StringEncoding, unit: u32) -> String {
    match (encoding, unit) {
        (StringEncoding::Utf8, _) => String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        (_, 2) => {
            let units = bytes.chunks(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
            char::decode_utf16(units).map(|char| char.expect("UTF-16")).collect()
        }
        (..) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
