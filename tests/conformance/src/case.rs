//! What is tried: functions, the two guests that one calls and the other implements them, and calls with their values.

use std::fmt;

use wit_component::StringEncoding;

use crate::layout::Signature;
use crate::types::{Type, Wit};
use crate::value::Value;

/// The interface that the two guests share.
pub const SUBJECT: &str = "test:case/subject";

/// The same between a guest in the middle and the callee.
pub const BEHIND: &str = "test:case/behind";

/// Two guests and what passes between them.
#[derive(Clone, Debug)]
pub struct Case {
    /// Who calls.
    pub caller: Guest,
    /// Who is called.
    pub callee: Guest,
    /// The functions.
    pub functions: Vec<Function>,
    /// The calls, each in fresh guests.
    pub calls: Vec<Call>,
    /// A native guest is put between the two, too: this decides which core types it has.
    pub relay: Option<u64>,
}

/// What there is to choose about a guest.
#[derive(Clone, Copy, Debug)]
pub struct Guest {
    /// How its strings are encoded.
    pub encoding: StringEncoding,
    /// Its `realloc` gives another block even where the old one would do.
    pub moves: bool,
}

/// A function.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its parameters.
    pub params: Vec<Type>,
    /// Its result.
    pub result: Option<Type>,
    /// Whether the callee wants to be told that its result was read.
    pub post_return: bool,
}

/// A call.
#[derive(Clone, Debug)]
pub struct Call {
    /// The index of the function.
    pub function: usize,
    /// The arguments.
    pub args: Vec<Value>,
    /// What the callee returns.
    pub result: Option<Value>,
    /// Decides how the two guests lay out what they send; `None`: as lowering does.
    pub freedom: Option<u64>,
    /// What a guest sends is damaged once it is laid out.
    pub damage: Option<Damage>,
}

/// Damage to what a guest sends.
#[derive(Clone, Copy, Debug)]
pub struct Damage {
    /// The result is damaged, not the arguments.
    pub result: bool,
    /// Decides what is damaged.
    pub seed: u64,
}

impl Function {
    /// Its core signature.
    pub fn signature(&self) -> Signature {
        let params = self.params.iter().map(Type::despecialize).collect();
        Signature::new(params, self.result.as_ref().map(Type::despecialize))
    }
}

impl Case {
    /// The interface, as WIT.
    pub fn wit(&self) -> String {
        let mut wit = Wit::default();
        let mut functions = String::new();
        for (index, function) in self.functions.iter().enumerate() {
            let params = function.params.iter().enumerate().map(|(index, ty)| format!("p{index}: {}", wit.ty(ty)));
            let params: Vec<_> = params.collect();
            let result = function.result.as_ref().map(|ty| format!(" -> {}", wit.ty(ty))).unwrap_or_default();
            functions.push_str(&format!("  f{index}: func({}){result};\n", params.join(", ")));
        }
        format!("interface subject {{\n{}{functions}}}\n", wit.declarations)
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.wit())?;
        writeln!(f, "caller: {}", self.caller)?;
        writeln!(f, "callee: {}", self.callee)?;
        if let Some(relay) = self.relay {
            writeln!(f, "native guest in between: types {relay:#x}")?;
        }
        for Call { function, args, result, freedom, damage } in &self.calls {
            let args: Vec<_> = args.iter().map(ToString::to_string).collect();
            write!(f, "f{function}({})", args.join(", "))?;
            if let Some(result) = result {
                write!(f, " -> {result}")?;
            }
            if self.functions[*function].post_return {
                write!(f, ", with post-return")?;
            }
            if let Some(freedom) = freedom {
                write!(f, ", laid out freely ({freedom:#x})")?;
            }
            if let Some(Damage { result, seed }) = damage {
                write!(f, ", with the {} damaged ({seed:#x})", if *result { "result" } else { "arguments" })?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Guest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.encoding {
            StringEncoding::UTF8 => "utf8",
            StringEncoding::UTF16 => "utf16",
            StringEncoding::CompactUTF16 => "latin1+utf16",
        })?;
        f.write_str(if self.moves { ", realloc always moves" } else { "" })
    }
}
