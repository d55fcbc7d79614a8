//! The canonical ABI, interpreted: values as trees, lifted from and lowered to bytes, straight from the specification's
//! `definitions.py` and by nothing that the compiler under test uses.

use onramp_adapter::StringEncoding;
use wit_parser::{Handle, Resolve, Type, TypeDefKind};

/// A type, despecialized.
#[derive(Clone, Debug, PartialEq)]
pub enum T {
    Bool,
    Int { bytes: u32, signed: bool },
    F32,
    F64,
    Char,
    String,
    List(Box<T>),
    Fixed(Box<T>, u32),
    Record(Vec<T>),
    Variant(Vec<Option<T>>),
    Flags(u32),
    Handle,
}

/// A value. Integers and handles are `Int`; floats are their bits, so that NaNs can be compared.
#[derive(Clone, Debug, PartialEq)]
pub enum V {
    Bool(bool),
    Int(i128),
    F32(u32),
    F64(u64),
    Char(char),
    String(String),
    List(Vec<V>),
    Record(Vec<V>),
    Variant(usize, Option<Box<V>>),
    Flags(u32),
}

/// A core value, as bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Core {
    I32(u32),
    I64(u64),
    F32(u32),
    F64(u64),
}

/// The type of a core value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoreT {
    I32,
    I64,
    F32,
    F64,
}

impl Core {
    pub fn bits(self) -> u64 {
        match self {
            Core::I32(bits) | Core::F32(bits) => bits.into(),
            Core::I64(bits) | Core::F64(bits) => bits,
        }
    }

    /// These bits as another type: what joining does.
    fn of(ty: CoreT, bits: u64) -> Core {
        match ty {
            CoreT::I32 => Core::I32(bits as u32),
            CoreT::I64 => Core::I64(bits),
            CoreT::F32 => Core::F32(bits as u32),
            CoreT::F64 => Core::F64(bits),
        }
    }
}

pub fn type_of(resolve: &Resolve, ty: &Type) -> T {
    let int = |bytes, signed| T::Int { bytes, signed };
    match ty {
        Type::Bool => T::Bool,
        Type::U8 => int(1, false),
        Type::S8 => int(1, true),
        Type::U16 => int(2, false),
        Type::S16 => int(2, true),
        Type::U32 => int(4, false),
        Type::S32 => int(4, true),
        Type::U64 => int(8, false),
        Type::S64 => int(8, true),
        Type::F32 => T::F32,
        Type::F64 => T::F64,
        Type::Char => T::Char,
        Type::String => T::String,
        Type::ErrorContext => panic!("error-context"),
        Type::Id(id) => {
            let t = |ty: &Type| type_of(resolve, ty);
            match &resolve.types[*id].kind {
                TypeDefKind::Type(ty) => t(ty),
                TypeDefKind::Record(record) => T::Record(record.fields.iter().map(|field| t(&field.ty)).collect()),
                TypeDefKind::Tuple(tuple) => T::Record(tuple.types.iter().map(t).collect()),
                TypeDefKind::List(element) => T::List(Box::new(t(element))),
                TypeDefKind::Map(key, value) => T::List(Box::new(T::Record(vec![t(key), t(value)]))),
                TypeDefKind::FixedLengthList(element, length) => T::Fixed(Box::new(t(element)), *length),
                TypeDefKind::Variant(v) => T::Variant(v.cases.iter().map(|case| case.ty.as_ref().map(t)).collect()),
                TypeDefKind::Enum(e) => T::Variant(e.cases.iter().map(|_| None).collect()),
                TypeDefKind::Option(some) => T::Variant(vec![None, Some(t(some))]),
                TypeDefKind::Result(r) => T::Variant(vec![r.ok.as_ref().map(t), r.err.as_ref().map(t)]),
                TypeDefKind::Flags(flags) => T::Flags(flags.flags.len() as u32),
                TypeDefKind::Handle(Handle::Own(_) | Handle::Borrow(_)) => T::Handle,
                kind => panic!("{}", kind.as_str()),
            }
        }
    }
}

fn align_to(pointer: u32, align: u32) -> u32 {
    pointer.div_ceil(align) * align
}

fn discriminant_size(cases: usize) -> u32 {
    match cases {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    }
}

fn flags_size(labels: u32) -> u32 {
    match labels {
        0..=8 => 1,
        9..=16 => 2,
        _ => 4,
    }
}

fn max_case_align(cases: &[Option<T>]) -> u32 {
    cases.iter().flatten().map(T::align).max().unwrap_or(1)
}

impl T {
    pub fn align(&self) -> u32 {
        match self {
            T::Bool => 1,
            T::Int { bytes, .. } => *bytes,
            T::F64 => 8,
            T::F32 | T::Char | T::String | T::List(_) | T::Handle => 4,
            T::Fixed(element, _) => element.align(),
            T::Record(fields) => fields.iter().map(T::align).max().unwrap_or(1),
            T::Variant(cases) => discriminant_size(cases.len()).max(max_case_align(cases)),
            T::Flags(labels) => flags_size(*labels),
        }
    }

    pub fn size(&self) -> u32 {
        match self {
            T::Bool => 1,
            T::Int { bytes, .. } => *bytes,
            T::F32 | T::Char | T::Handle => 4,
            T::F64 | T::String | T::List(_) => 8,
            T::Fixed(element, length) => element.size() * length,
            T::Record(fields) => {
                let end = fields.iter().fold(0, |at, field| align_to(at, field.align()) + field.size());
                align_to(end, self.align())
            }
            T::Variant(cases) => {
                let payload = align_to(discriminant_size(cases.len()), max_case_align(cases));
                align_to(payload + cases.iter().flatten().map(T::size).max().unwrap_or(0), self.align())
            }
            T::Flags(labels) => flags_size(*labels),
        }
    }

    pub fn flatten(&self) -> Vec<CoreT> {
        match self {
            T::Bool | T::Char | T::Flags(_) | T::Handle => vec![CoreT::I32],
            T::Int { bytes: 8, .. } => vec![CoreT::I64],
            T::Int { .. } => vec![CoreT::I32],
            T::F32 => vec![CoreT::F32],
            T::F64 => vec![CoreT::F64],
            T::String | T::List(_) => vec![CoreT::I32; 2],
            T::Fixed(element, length) => (0..*length).flat_map(|_| element.flatten()).collect(),
            T::Record(fields) => fields.iter().flat_map(T::flatten).collect(),
            T::Variant(cases) => {
                let mut flat: Vec<CoreT> = Vec::new();
                for case in cases.iter().flatten() {
                    for (index, ty) in case.flatten().into_iter().enumerate() {
                        match flat.get_mut(index) {
                            Some(joined) => *joined = join(*joined, ty),
                            None => flat.push(ty),
                        }
                    }
                }
                flat.insert(0, CoreT::I32);
                flat
            }
        }
    }
}

fn join(a: CoreT, b: CoreT) -> CoreT {
    match (a, b) {
        (a, b) if a == b => a,
        (CoreT::I32, CoreT::F32) | (CoreT::F32, CoreT::I32) => CoreT::I32,
        _ => CoreT::I64,
    }
}

/// A guest's memory, a place in it for what the test itself puts there, and what its strings are in.
pub struct Cx<'m> {
    pub memory: &'m mut [u8],
    pub next: &'m mut u32,
    pub encoding: StringEncoding,
    /// Put what could be Latin-1 into UTF-16 (only senders may).
    pub wide: bool,
}

impl Cx<'_> {
    pub fn alloc(&mut self, align: u32, size: u32) -> u32 {
        let pointer = align_to(*self.next, align);
        *self.next = pointer + size;
        pointer
    }

    fn write(&mut self, pointer: u32, bytes: &[u8]) {
        self.memory[pointer as usize..][..bytes.len()].copy_from_slice(bytes);
    }

    fn read(&self, pointer: u32, size: u32) -> &[u8] {
        &self.memory[pointer as usize..][..size as usize]
    }

    fn read_uint(&self, pointer: u32, size: u32) -> u64 {
        self.read(pointer, size).iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
    }

    pub fn store(&mut self, t: &T, v: &V, pointer: u32) {
        assert_eq!(pointer % t.align(), 0);
        match (t, v) {
            (T::Bool, V::Bool(v)) => self.write(pointer, &[u8::from(*v)]),
            (T::Int { bytes, .. }, V::Int(v)) => self.write(pointer, &v.to_le_bytes()[..*bytes as usize]),
            (T::Handle, V::Int(v)) => self.write(pointer, &v.to_le_bytes()[..4]),
            (T::F32, V::F32(v)) => self.write(pointer, &v.to_le_bytes()),
            (T::F64, V::F64(v)) => self.write(pointer, &v.to_le_bytes()),
            (T::Char, V::Char(v)) => self.write(pointer, &u32::from(*v).to_le_bytes()),
            (T::String | T::List(_), v) => {
                let (begin, length) = self.store_sequence(t, v);
                self.write(pointer, &begin.to_le_bytes());
                self.write(pointer + 4, &length.to_le_bytes());
            }
            (T::Fixed(element, _), V::List(vs)) => self.store_elements(element, vs, pointer),
            (T::Record(fields), V::Record(vs)) => {
                let mut at = pointer;
                for (field, v) in fields.iter().zip(vs) {
                    at = align_to(at, field.align());
                    self.store(field, v, at);
                    at += field.size();
                }
            }
            (T::Variant(cases), V::Variant(case, v)) => {
                let size = discriminant_size(cases.len());
                self.write(pointer, &case.to_le_bytes()[..size as usize]);
                if let (Some(t), Some(v)) = (&cases[*case], v) {
                    self.store(t, v, pointer + align_to(size, max_case_align(cases)));
                }
            }
            (T::Flags(labels), V::Flags(v)) => {
                self.write(pointer, &v.to_le_bytes()[..flags_size(*labels) as usize]);
            }
            _ => panic!("{v:?} is no {t:?}"),
        }
    }

    fn store_elements(&mut self, element: &T, vs: &[V], pointer: u32) {
        for (index, v) in vs.iter().enumerate() {
            self.store(element, v, pointer + index as u32 * element.size());
        }
    }

    fn store_sequence(&mut self, t: &T, v: &V) -> (u32, u32) {
        match (t, v) {
            (T::List(element), V::List(vs)) => {
                let begin = self.alloc(element.align(), element.size() * vs.len() as u32);
                self.store_elements(element, vs, begin);
                (begin, vs.len() as u32)
            }
            (T::String, V::String(s)) => {
                let (bytes, align, length) = encode(s, self.encoding, self.wide);
                let begin = self.alloc(align, bytes.len() as u32);
                self.write(begin, &bytes);
                (begin, length)
            }
            _ => panic!("{v:?} is no {t:?}"),
        }
    }

    pub fn load(&self, t: &T, pointer: u32) -> V {
        assert_eq!(pointer % t.align(), 0, "{t:?} at {pointer:#x}");
        match t {
            T::Bool => V::Bool(match self.read_uint(pointer, 1) {
                0 => false,
                1 => true,
                other => panic!("a bool was lowered as {other}"),
            }),
            T::Int { bytes, signed } => V::Int(int(self.read_uint(pointer, *bytes), *bytes, *signed)),
            T::Handle => V::Int(self.read_uint(pointer, 4).into()),
            T::F32 => V::F32(self.read_uint(pointer, 4) as u32),
            T::F64 => V::F64(self.read_uint(pointer, 8)),
            T::Char => V::Char(char::from_u32(self.read_uint(pointer, 4) as u32).expect("a char")),
            T::String | T::List(_) => {
                self.load_sequence(t, self.read_uint(pointer, 4) as u32, self.read_uint(pointer + 4, 4) as u32)
            }
            T::Fixed(element, length) => self.load_elements(element, pointer, *length),
            T::Record(fields) => {
                let mut at = pointer;
                let field = |t: &T| {
                    at = align_to(at, t.align());
                    let v = self.load(t, at);
                    at += t.size();
                    v
                };
                V::Record(fields.iter().map(field).collect())
            }
            T::Variant(cases) => {
                let size = discriminant_size(cases.len());
                let case = self.read_uint(pointer, size) as usize;
                let payload = pointer + align_to(size, max_case_align(cases));
                V::Variant(case, cases[case].as_ref().map(|t| Box::new(self.load(t, payload))))
            }
            T::Flags(labels) => V::Flags(self.read_uint(pointer, flags_size(*labels)) as u32),
        }
    }

    fn load_elements(&self, element: &T, pointer: u32, length: u32) -> V {
        V::List((0..length).map(|index| self.load(element, pointer + index * element.size())).collect())
    }

    fn load_sequence(&self, t: &T, begin: u32, length: u32) -> V {
        match t {
            T::List(element) => self.load_elements(element, begin, length),
            _ => V::String(self.load_string(begin, length)),
        }
    }

    fn load_string(&self, begin: u32, length: u32) -> String {
        let utf16 = |length| {
            assert_eq!(begin % 2, 0);
            let units = self.read(begin, 2 * length).chunks(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
            char::decode_utf16(units).map(|char| char.expect("UTF-16")).collect::<String>()
        };
        match self.encoding {
            StringEncoding::Utf8 => String::from_utf8(self.read(begin, length).to_vec()).expect("UTF-8"),
            StringEncoding::Utf16 => utf16(length),
            StringEncoding::Latin1Utf16 if length >> 31 == 1 => {
                let string = utf16(length & !(1 << 31));
                assert!(string.chars().any(|char| u32::from(char) > 0xff), "{string:?} could be Latin-1");
                string
            }
            StringEncoding::Latin1Utf16 => {
                assert_eq!(begin % 2, 0);
                self.read(begin, length).iter().map(|byte| char::from(*byte)).collect()
            }
        }
    }

    pub fn lower_flat(&mut self, t: &T, v: &V) -> Vec<Core> {
        match (t, v) {
            (T::Bool, V::Bool(v)) => vec![Core::I32((*v).into())],
            (T::Int { bytes: 8, .. }, V::Int(v)) => vec![Core::I64(*v as u64)],
            (T::Int { .. } | T::Handle, V::Int(v)) => vec![Core::I32(*v as u32)],
            (T::F32, V::F32(v)) => vec![Core::F32(*v)],
            (T::F64, V::F64(v)) => vec![Core::F64(*v)],
            (T::Char, V::Char(v)) => vec![Core::I32((*v).into())],
            (T::Flags(_), V::Flags(v)) => vec![Core::I32(*v)],
            (T::String | T::List(_), v) => {
                let (begin, length) = self.store_sequence(t, v);
                vec![Core::I32(begin), Core::I32(length)]
            }
            (T::Fixed(element, _), V::List(vs)) => vs.iter().flat_map(|v| self.lower_flat(element, v)).collect(),
            (T::Record(fields), V::Record(vs)) => {
                fields.iter().zip(vs).flat_map(|(field, v)| self.lower_flat(field, v)).collect()
            }
            (T::Variant(cases), V::Variant(case, v)) => {
                let joined = t.flatten();
                let mut flat = vec![Core::I32(*case as u32)];
                if let (Some(t), Some(v)) = (&cases[*case], v) {
                    flat.extend(self.lower_flat(t, v));
                }
                let bits = flat.iter().map(|value| value.bits()).chain(std::iter::repeat(0));
                joined.into_iter().zip(bits).map(|(ty, bits)| Core::of(ty, bits)).collect()
            }
            _ => panic!("{v:?} is no {t:?}"),
        }
    }

    pub fn lift_flat(&self, t: &T, flat: &mut &[Core]) -> V {
        if let T::Variant(cases) = t {
            let (mine, rest) = flat.split_at(t.flatten().len());
            *flat = rest;
            let case = mine[0].bits() as usize;
            let payload = cases[case].as_ref().map(|t| {
                let own: Vec<_> =
                    t.flatten().into_iter().zip(&mine[1..]).map(|(ty, value)| Core::of(ty, value.bits())).collect();
                for unused in &mine[1 + own.len()..] {
                    assert_eq!(unused.bits(), 0, "payloads are padded with zeros");
                }
                Box::new(self.lift_flat(t, &mut &own[..]))
            });
            return V::Variant(case, payload);
        }
        let mut next = || {
            let (value, rest) = flat.split_first().expect("enough core values");
            *flat = rest;
            value.bits()
        };
        match t {
            T::Bool => V::Bool(match next() {
                0 => false,
                1 => true,
                other => panic!("a bool was lowered as {other}"),
            }),
            T::Int { bytes: 8, signed } => V::Int(int(next(), 8, *signed)),
            T::Int { bytes, signed } => {
                let all = next();
                let v = int(all, *bytes, *signed);
                assert_eq!(all as u32, v as u32, "an integer was not reduced to its size");
                V::Int(v)
            }
            T::Handle => V::Int(next().into()),
            T::F32 => V::F32(next() as u32),
            T::F64 => V::F64(next()),
            T::Char => V::Char(char::from_u32(next() as u32).expect("a char")),
            T::Flags(_) => V::Flags(next() as u32),
            T::String | T::List(_) => {
                let (begin, length) = (next() as u32, next() as u32);
                self.load_sequence(t, begin, length)
            }
            T::Fixed(element, length) => V::List((0..*length).map(|_| self.lift_flat(element, flat)).collect()),
            T::Record(fields) => V::Record(fields.iter().map(|field| self.lift_flat(field, flat)).collect()),
            T::Variant(_) => unreachable!(),
        }
    }
}

fn int(value: u64, bytes: u32, signed: bool) -> i128 {
    let unused = 128 - 8 * bytes;
    if signed { i128::from(value) << unused >> unused } else { (u128::from(value) << unused >> unused) as i128 }
}

fn encode(s: &str, encoding: StringEncoding, wide: bool) -> (Vec<u8>, u32, u32) {
    let utf16 = || s.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    match encoding {
        StringEncoding::Utf8 => (s.as_bytes().to_vec(), 1, s.len() as u32),
        StringEncoding::Utf16 => {
            let bytes = utf16();
            let length = bytes.len() as u32 / 2;
            (bytes, 2, length)
        }
        StringEncoding::Latin1Utf16 if wide || s.chars().any(|char| u32::from(char) > 0xff) => {
            let bytes = utf16();
            let length = (bytes.len() as u32 / 2) | (1 << 31);
            (bytes, 2, length)
        }
        StringEncoding::Latin1Utf16 => {
            let bytes: Vec<u8> = s.chars().map(|char| u32::from(char) as u8).collect();
            let length = bytes.len() as u32;
            (bytes, 2, length)
        }
    }
}

/// A value with its handles moved by a number.
pub fn with_handles_moved(t: &T, v: &V, by: i128) -> V {
    match (t, v) {
        (T::Handle, V::Int(handle)) => V::Int(handle + by),
        (T::List(element) | T::Fixed(element, _), V::List(values)) => {
            V::List(values.iter().map(|value| with_handles_moved(element, value, by)).collect())
        }
        (T::Record(fields), V::Record(values)) => {
            let each = fields.iter().zip(values);
            V::Record(each.map(|(field, value)| with_handles_moved(field, value, by)).collect())
        }
        (T::Variant(cases), V::Variant(case, Some(payload))) => {
            let t = cases[*case].as_ref().expect("a payload");
            V::Variant(*case, Some(Box::new(with_handles_moved(t, payload, by))))
        }
        (_, other) => other.clone(),
    }
}
