//! Random cases.

use wit_component::StringEncoding;

use crate::case::{Call, Case, Damage, Function, Guest};
use crate::random::Random;
use crate::types::{Plain, Type};
use crate::value::Value;

/// How many functions a case has at most.
const FUNCTIONS: usize = 3;

/// How many calls a case makes.
pub const CALLS: usize = 8;

/// How deep types are nested.
const DEPTH: usize = 4;

/// How many types a function is made of, roughly.
const TYPES: usize = 40;

/// How many values one value is made of, roughly.
const VALUES: usize = 300;

/// A random case.
pub fn case(random: &mut Random) -> Case {
    let functions: Vec<_> = (0..random.between(1, FUNCTIONS)).map(|_| function(random)).collect();
    let calls = (0..CALLS).map(|index| call(random, &functions, index % functions.len())).collect();
    Case {
        caller: guest(random),
        callee: guest(random),
        functions,
        calls,
        relay: random.once_in(2).then(|| random.bits()),
    }
}

fn guest(random: &mut Random) -> Guest {
    let encodings = [StringEncoding::UTF8, StringEncoding::UTF16, StringEncoding::CompactUTF16];
    Guest { encoding: random.pick(&encodings), moves: random.once_in(2) }
}

fn function(random: &mut Random) -> Function {
    let mut types = Types { random, left: TYPES };
    // Sometimes more than are passed flat.
    let (least, most, depth) = types.random.pick(&[(0, 3, DEPTH), (0, 3, DEPTH), (1, 6, 2), (14, 19, 0)]);
    let params = (0..types.random.between(least, most)).map(|_| types.ty(depth)).collect();
    types.left = TYPES;
    let result = (!types.random.once_in(4)).then(|| types.ty(DEPTH));
    let post_return = result.is_some() && random.once_in(2);
    Function { params, result, post_return }
}

fn call(random: &mut Random, functions: &[Function], function: usize) -> Call {
    let Function { params, result, .. } = &functions[function];
    let mut values = Values { random, left: VALUES };
    let args = params.iter().map(|ty| values.value(&ty.despecialize())).collect();
    values.left = VALUES;
    let result = result.as_ref().map(|ty| values.value(&ty.despecialize()));
    let freedom = (!random.once_in(4)).then(|| random.bits());
    let damage =
        random.once_in(4).then(|| Damage { result: result.is_some() && random.once_in(2), seed: random.bits() });
    Call { function, args, result, freedom, damage }
}

struct Types<'r> {
    random: &'r mut Random,
    left: usize,
}

impl Types<'_> {
    fn ty(&mut self, depth: usize) -> Type {
        self.left = self.left.saturating_sub(1);
        if depth == 0 || self.left == 0 || self.random.once_in(5) {
            return self.leaf();
        }
        let depth = depth - 1;
        match self.random.below(14) {
            0..3 => Type::List(self.boxed(depth)),
            3 => self.fixed_list(depth),
            4 => Type::Map(Box::new(self.key()), self.boxed(depth)),
            5 | 6 => Type::Record(self.some(1, 5, depth)),
            7 => Type::Tuple(self.some(1, 4, depth)),
            8 | 9 => {
                let cases = self.random.between(1, 5);
                Type::Variant((0..cases).map(|_| (!self.random.once_in(4)).then(|| self.ty(depth))).collect())
            }
            10 => Type::Option(self.boxed(depth)),
            11 => {
                let payload = |types: &mut Self| (!types.random.once_in(4)).then(|| types.boxed(depth));
                Type::Result(payload(self), payload(self))
            }
            12 => Type::Flags(self.random.between(1, 32)),
            _ => self.rare(depth),
        }
    }

    fn boxed(&mut self, depth: usize) -> Box<Type> {
        Box::new(self.ty(depth))
    }

    fn some(&mut self, least: usize, most: usize, depth: usize) -> Vec<Type> {
        (0..self.random.between(least, most)).map(|_| self.ty(depth)).collect()
    }

    fn leaf(&mut self) -> Type {
        match self.random.below(10) {
            0..4 => self.int(),
            4 => Type::F32,
            5 => Type::F64,
            6 => Type::Char,
            7 => Type::Bool,
            _ => Type::String,
        }
    }

    fn int(&mut self) -> Type {
        Type::Int { bits: self.random.pick(&[8, 16, 32, 64]), signed: self.random.once_in(2) }
    }

    /// What WIT allows as a map's key.
    fn key(&mut self) -> Type {
        match self.random.below(4) {
            0 => Type::Bool,
            1 => Type::Char,
            2 => Type::String,
            _ => self.int(),
        }
    }

    fn fixed_list(&mut self, depth: usize) -> Type {
        match self.random.below(3) {
            0 => Type::FixedList(Box::new(self.leaf()), self.random.between(1, 40)),
            _ => Type::FixedList(self.boxed(depth), self.random.between(1, 6)),
        }
    }

    /// Cases around the limits of discriminants.
    fn rare(&mut self, depth: usize) -> Type {
        match self.random.below(6) {
            0 => Type::Enum(self.random.between(255, 258)),
            1 => {
                let mut cases = vec![None; self.random.between(254, 257)];
                cases.push(Some(self.ty(depth)));
                Type::Variant(cases)
            }
            _ => Type::Enum(self.random.between(1, 9)),
        }
    }
}

struct Values<'r> {
    random: &'r mut Random,
    left: usize,
}

impl Values<'_> {
    fn value(&mut self, ty: &Plain) -> Value {
        self.left = self.left.saturating_sub(1);
        match ty {
            Plain::Bool => Value::Bool(self.random.once_in(2)),
            Plain::Int { bits, signed } => Value::Int(self.int(*bits, *signed)),
            Plain::F32 => Value::F32(self.f32()),
            Plain::F64 => Value::F64(self.f64()),
            Plain::Char => {
                let kind = self.random.below(4);
                Value::Char(self.char(kind))
            }
            Plain::String => Value::String(self.string()),
            Plain::List(element) => {
                let length = self.length(element);
                Value::List((0..length).map(|_| self.value(element)).collect())
            }
            Plain::FixedList(element, length) => Value::List((0..*length).map(|_| self.value(element)).collect()),
            Plain::Record(fields) => Value::Record(fields.iter().map(|field| self.value(field)).collect()),
            Plain::Variant(cases) => {
                // Of very many cases, the last is the one that counts.
                let last = cases.len() > 200 && self.random.once_in(2);
                let case = if last { cases.len() - 1 } else { self.random.below(cases.len()) };
                Value::Variant(case, cases[case].as_ref().map(|ty| Box::new(self.value(ty))))
            }
            Plain::Flags(labels) => Value::Flags((self.random.bits() & ((1 << labels) - 1)) as u32),
        }
    }

    fn int(&mut self, bits: u32, signed: bool) -> i128 {
        let (least, most) = match signed {
            true => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
            false => (0, (1i128 << bits) - 1),
        };
        let any = least + i128::from(self.random.bits()).rem_euclid(most - least + 1);
        self.random.pick(&[least, most, 0, 1, (-1).max(least), any, any, any])
    }

    fn f32(&mut self) -> u32 {
        let any = self.random.bits() as u32;
        let special = [0.0, -0.0, 1.5, f32::MAX, f32::MIN_POSITIVE, f32::INFINITY, f32::NEG_INFINITY, f32::NAN];
        if self.random.once_in(2) { any } else { self.random.pick(&special).to_bits() }
    }

    fn f64(&mut self) -> u64 {
        let any = self.random.bits();
        let special = [0.0, -0.0, 1.5, f64::MAX, f64::MIN_POSITIVE, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
        if self.random.once_in(2) { any } else { self.random.pick(&special).to_bits() }
    }

    fn length(&mut self, element: &Plain) -> usize {
        let scalar = !matches!(element, Plain::List(_) | Plain::Record(_) | Plain::Variant(_) | Plain::FixedList(..));
        let length = match self.random.below(8) {
            0 => 0,
            1 => 1,
            // Beyond what is copied without a call of `memory.copy`, and beyond one step of a wide loop.
            2 if scalar => self.random.between(5, 150),
            _ => self.random.between(0, 5),
        };
        length.min(self.left)
    }

    /// A string whose characters are all alike, mixed, or of another kind from some place on.
    fn string(&mut self) -> String {
        let length = match self.random.below(6) {
            0 => 0,
            1 => self.random.between(30, 120),
            _ => self.random.between(1, 20),
        };
        let length = length.min(8 * self.left);
        self.left = self.left.saturating_sub(length / 8);
        let (first, then) = (self.random.below(5), self.random.below(5));
        let turn = self.random.between(0, length);
        (0..length).map(|index| self.char(if index < turn { first } else { then })).collect()
    }

    fn char(&mut self, kind: usize) -> char {
        let (least, most) = match kind {
            0 => (0x20, 0x7e),
            1 => (0x80, 0xff),
            2 => (0x100, 0xffff),
            3 => (0x1_0000, 0x10_ffff),
            _ => {
                let edges = [0, 0x7f, 0x80, 0xff, 0x100, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x1_0000, 0x10_ffff];
                let edge = self.random.pick(&edges);
                (edge, edge)
            }
        };
        // A surrogate is no character.
        char::from_u32(self.random.between(least, most) as u32).unwrap_or('\u{fffd}')
    }
}
