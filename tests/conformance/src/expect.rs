//! What a call must do, worked out by the interpreter: the bytes that both guests send, and what the other must get.

use anyhow::{Result, bail};

use crate::case::{Call, Case, Damage, Guest};
use crate::engine::{Observed, Poke};
use crate::flat::{Flat, Flats};
use crate::layout::{CoreType, Signature};
use crate::lift::Lifter;
use crate::lower::Lowerer;
use crate::memory::{
    self, ARENA, BLOCK_LIST, BLOCKS, CALLS, FLATS, FREED, HEAP, MOST_BLOCKS, Memory, POST_RETURNED, POST_RETURNS,
    RESULT, Stop,
};
use crate::random::Random;
use crate::types::Plain;
use crate::value::Value;

/// A call, laid out.
pub struct Expectation {
    signature: Signature,
    post_return: bool,
    guests: [Guest; 2],
    args: Sent,
    /// Where the caller wants its result, if that is in memory.
    result_at: Option<u32>,
    result: Option<Sent>,
    /// What happens.
    pub outcome: Outcome,
}

/// What a call does.
#[derive(Debug)]
pub enum Outcome {
    /// The callee gets these arguments, the caller this result.
    Values(Value, Option<Value>),
    /// It traps.
    Trap(String),
    /// Nothing is expected.
    Unclear,
}

/// What a guest sends.
struct Sent {
    flats: Vec<Flat>,
    arena: Memory,
}

impl Default for Sent {
    fn default() -> Self {
        Sent { flats: Vec::new(), arena: Memory::arena() }
    }
}

impl Expectation {
    /// Lays out a call of a case.
    ///
    /// # Errors
    /// When the interpreter contradicts itself.
    pub fn new(case: &Case, call: &Call) -> Result<Self> {
        let function = &case.functions[call.function];
        let signature = function.signature();
        let laid_out = send(case, call, &signature);
        // What does not fit the arena is not tried.
        let fits = laid_out.is_ok();
        let (args, result_at, result) = laid_out.unwrap_or_default();
        let guests = [case.caller, case.callee];
        let (post_return, outcome) = (function.post_return, Outcome::Unclear);
        let mut this = Expectation { signature, post_return, guests, args, result_at, result, outcome };
        if !fits {
            return Ok(this);
        }
        if let Some(damage) = call.damage {
            this.damage(damage);
        }
        this.outcome = this.interpret();
        if call.damage.is_none() {
            this.check_interpreter(call)?;
        }
        Ok(this)
    }

    /// What was laid out must be read as it was.
    fn check_interpreter(&self, call: &Call) -> Result<()> {
        match &self.outcome {
            Outcome::Unclear => {}
            Outcome::Trap(trap) => bail!("the interpreter cannot read what it laid out: {trap}"),
            Outcome::Values(args, result) => {
                let args = Value::Record(call.args.clone()).difference(args);
                if let Some(difference) = args.or_else(|| call.result.as_ref()?.difference(result.as_ref()?)) {
                    bail!("the interpreter reads something else than it laid out{difference}");
                }
            }
        }
        Ok(())
    }

    /// The bytes for the caller's memory.
    pub fn caller_pokes(&self) -> Vec<Poke> {
        let result_at = self.result_at.map(|pointer| Flat::new(CoreType::I32, pointer.into()));
        let flats = self.args.flats.iter().chain(&result_at);
        let flats: Vec<u8> = flats.flat_map(|flat| flat.bits.to_le_bytes()).collect();
        vec![(FLATS, flats), (ARENA, self.args.arena.bytes.clone())]
    }

    /// The bytes for the callee's memory.
    pub fn callee_pokes(&self) -> Vec<Poke> {
        let Some(result) = &self.result else { return Vec::new() };
        let flats: Vec<u8> = result.flats.iter().flat_map(|flat| flat.bits.to_le_bytes()).collect();
        vec![(RESULT, flats), (ARENA, result.arena.bytes.clone())]
    }

    fn damage(&mut self, damage: Damage) {
        let mut random = Random::new(damage.seed);
        match (&mut self.result, damage.result) {
            (Some(result), true) => spoil(&mut random, &mut result.flats, &mut result.arena.bytes),
            _ => spoil(&mut random, &mut self.args.flats, &mut self.args.arena.bytes),
        }
    }

    /// What the specification makes of what the guests send.
    fn interpret(&self) -> Outcome {
        let [caller, callee] = self.guests;
        let lifter = Lifter::of_sender(&self.args.arena, caller.encoding);
        let args = lift(&lifter, &self.args.flats, &self.signature.params, self.signature.params_in_memory);
        let result = self.result.as_ref().zip(self.signature.result.as_ref()).map(|(sent, ty)| {
            let lifter = Lifter::of_sender(&sent.arena, callee.encoding);
            lift(&lifter, &sent.flats, ty, self.signature.result_in_memory)
        });
        match (args, result.transpose()) {
            (Ok(args), Ok(result)) => Outcome::Values(args, result),
            (Err(Stop::Unclear), _) | (Ok(_), Err(Stop::Unclear)) => Outcome::Unclear,
            (Err(Stop::Trap(trap)), _) | (_, Err(Stop::Trap(trap))) => Outcome::Trap(trap),
        }
    }

    /// What is wrong with the memories after a call that was to give values.
    pub fn difference(&self, args: &Value, result: Option<&Value>, seen: &Observed) -> memory::Result<Option<String>> {
        let [caller, callee] = self.guests;
        let calls = seen.callee.read_int(CALLS, 4)?;
        if calls != 1 {
            return Ok(Some(format!("the callee was called {calls} times")));
        }
        let lifter = Lifter::of_receiver(&seen.callee, callee.encoding);
        let flats = self.received(&seen.callee)?;
        let got = lift(&lifter, &flats, &self.signature.params, self.signature.params_in_memory);
        if let Some(difference) = told("the callee's arguments", args, got) {
            return Ok(Some(difference));
        }
        if let (Some(expected), Some(ty)) = (result, &self.signature.result) {
            let lifter = Lifter::of_receiver(&seen.caller, caller.encoding);
            let got = match (self.result_at, self.signature.flat_result) {
                (Some(pointer), _) => lifter.load_checked(pointer, ty),
                (None, Some(flat)) => {
                    let bits = seen.caller.read_int(RESULT, 8)?;
                    lift(&lifter, &[Flat::new(flat, bits)], ty, false)
                }
                (None, None) => memory::trap("there is no result"),
            };
            if let Some(difference) = told("the caller's result", expected, got) {
                return Ok(Some(difference));
            }
        }
        Ok(self.post_return(&seen.callee)?.or(self.strays(seen)?))
    }

    /// The core values that the callee got.
    fn received(&self, callee: &Memory) -> memory::Result<Vec<Flat>> {
        let flat = |(index, ty): (usize, &CoreType)| Ok(Flat::new(*ty, callee.read_int(FLATS + 8 * index as u32, 8)?));
        self.signature.flat_params.iter().enumerate().map(flat).collect()
    }

    fn post_return(&self, callee: &Memory) -> memory::Result<Option<String>> {
        let calls = callee.read_int(POST_RETURNS, 4)?;
        if calls != u64::from(self.post_return) {
            return Ok(Some(format!("the callee's post-return was called {calls} times")));
        }
        let Some(Sent { flats, .. }) = self.result.as_ref().filter(|_| self.post_return) else { return Ok(None) };
        let given = callee.read_int(POST_RETURNED, 8)?;
        Ok((flats[0].bits != given).then(|| format!("post-return was given {given:#x}, not {:#x}", flats[0].bits)))
    }

    /// Writes to where nothing was to be written.
    fn strays(&self, seen: &Observed) -> memory::Result<Option<String>> {
        let mut arena = self.args.arena.bytes.clone();
        let now = seen.caller.read(ARENA, arena.len() as u32)?;
        if let (Some(pointer), Some(ty)) = (self.result_at, &self.signature.result) {
            let result = (pointer - ARENA) as usize..(pointer - ARENA + ty.size()) as usize;
            arena[result.clone()].copy_from_slice(&now[result]);
        }
        if arena != now {
            return Ok(Some("the caller's own bytes were changed".to_owned()));
        }
        if let Some(Sent { arena, .. }) = &self.result {
            let now = seen.callee.read(ARENA, arena.bytes.len() as u32)?;
            let kept = if self.post_return { now.iter().all(|byte| *byte == FREED) } else { now == arena.bytes };
            if !kept {
                return Ok(Some("the callee's own bytes were changed".to_owned()));
            }
        }
        Ok(stray("caller", &seen.caller)?.or(stray("callee", &seen.callee)?))
    }
}

/// A byte on the heap that is in none of the blocks that were given out, and was written.
fn stray(whose: &str, memory: &Memory) -> memory::Result<Option<String>> {
    let blocks = memory.read_int(BLOCKS, 4)? as u32;
    if blocks > MOST_BLOCKS {
        return Ok(None);
    }
    let heap = &memory.bytes[HEAP as usize..];
    let mut end = 0;
    let untouched = |range: std::ops::Range<usize>| heap[range].iter().all(|byte| *byte == 0);
    for block in 0..blocks {
        let pointer = memory.read_int(BLOCK_LIST + 8 * block, 4)? as usize - HEAP as usize;
        if !untouched(end..pointer) {
            return Ok(Some(format!("bytes in front of block {block} of the {whose}'s heap were written")));
        }
        end = pointer + memory.read_int(BLOCK_LIST + 8 * block + 4, 4)? as usize;
    }
    Ok((!untouched(end..heap.len())).then(|| format!("bytes behind the {whose}'s heap were written")))
}

/// Lays out the arguments, the place for the result, and the result.
fn send(case: &Case, call: &Call, signature: &Signature) -> memory::Result<(Sent, Option<u32>, Option<Sent>)> {
    let freedom = |salt: u64| call.freedom.map(|seed| Random::new(seed ^ salt));
    let mut caller = Lowerer::new(case.caller.encoding, freedom(0));
    let mut callee = Lowerer::new(case.callee.encoding, freedom(1));
    let args = Value::Record(call.args.clone());
    let flats = lay_out(&mut caller, &args, &signature.params, signature.params_in_memory)?;
    let result_type = signature.result.as_ref();
    let result_at = result_type.filter(|_| signature.result_in_memory).map(|ty| caller.allocate(ty)).transpose()?;
    let result = result_type.zip(call.result.as_ref());
    let result = result.map(|(ty, value)| lay_out(&mut callee, value, ty, signature.result_in_memory)).transpose()?;
    let args = Sent { flats, arena: caller.memory };
    Ok((args, result_at, result.map(|flats| Sent { flats, arena: callee.memory })))
}

fn lay_out(lowerer: &mut Lowerer, value: &Value, ty: &Plain, in_memory: bool) -> memory::Result<Vec<Flat>> {
    if in_memory {
        let pointer = lowerer.store_new(value, ty)?;
        return Ok(vec![Flat::new(CoreType::I32, pointer.into())]);
    }
    lowerer.lower_flat(value, ty)
}

fn lift(lifter: &Lifter, flats: &[Flat], ty: &Plain, in_memory: bool) -> memory::Result<Value> {
    let mut flats = Flats(flats);
    if in_memory {
        return lifter.load_checked(flats.next(CoreType::I32)? as u32, ty);
    }
    lifter.lift_flat(&mut flats, ty)
}

fn told(what: &str, expected: &Value, got: memory::Result<Value>) -> Option<String> {
    match got {
        Ok(got) => expected.difference(&got).map(|difference| format!("{what}{difference}")),
        Err(Stop::Trap(trap)) => Some(format!("{what} cannot be read: {trap}")),
        Err(Stop::Unclear) => Some(format!("{what} cannot be read: they lie where nothing was allocated")),
    }
}

/// Changes a few of the bytes or core values that a guest sends.
fn spoil(random: &mut Random, flats: &mut [Flat], arena: &mut [u8]) {
    for _ in 0..random.between(1, 3) {
        let word = random.below((arena.len() / 4).max(1)) * 4;
        match random.below(4) {
            0 | 1 if !flats.is_empty() => {
                let index = random.below(flats.len());
                let Flat { ty, bits } = flats[index];
                flats[index] = Flat::new(ty, other_number(random, bits));
            }
            2 if !arena.is_empty() => {
                let index = random.below(arena.len());
                arena[index] = random.pick(&[0, 0x80, 0xc0, 0xd8, 0xdc, 0xed, 0xff, arena[index] ^ 1]);
            }
            _ if arena.len() >= word + 4 => {
                let bytes = &mut arena[word..word + 4];
                let number = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
                bytes.copy_from_slice(&(other_number(random, number.into()) as u32).to_le_bytes());
            }
            _ => {}
        }
    }
}

/// A number that is off by a little, or by one bit, or one at a limit.
fn other_number(random: &mut Random, number: u64) -> u64 {
    let limit = random.pick(&[0, 0xd800, 0xdfff, 0x10_ffff, 0x11_0000, memory::SIZE.into(), 0xffff_ffff, !0]);
    match random.below(3) {
        0 => number.wrapping_add(random.pick(&[1, 2, 4, !0, !1])),
        1 => number ^ (1 << random.below(32)),
        _ => limit,
    }
}
