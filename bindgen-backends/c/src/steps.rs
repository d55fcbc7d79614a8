//! Steps as C statements.

use onramp_abi::CoreType;
use onramp_bridge::{Content, Place, Scalar, Step};

use crate::lists::Lists;

/// What places are called in C.
pub struct Places<'a> {
    /// The core values: a variable each.
    pub cores: Vec<String>,
    /// The variable that points to the block.
    pub block: &'a str,
}

impl Places<'_> {
    /// No core values.
    pub fn block(block: &str) -> Places<'_> {
        Places { cores: Vec::new(), block }
    }

    /// Core values with numbers behind the same name.
    pub fn values<'a>(values: &[CoreType], name: &str, block: &'a str) -> Places<'a> {
        Places { cores: (0..values.len()).map(|index| format!("{name}{index}")).collect(), block }
    }

    /// The word in this place.
    fn word(&self, place: Place) -> String {
        match place {
            Place::Core(core) => self.cores[core].clone(),
            Place::Memory(_) => format!("ONRAMP_U32({})", self.address(place)),
        }
    }

    /// An address in the block; the two words of a dynamic value are side by side there.
    fn address(&self, place: Place) -> String {
        match place {
            Place::Memory(0) => self.block.to_owned(),
            Place::Memory(offset) => format!("{} + {offset}", self.block),
            Place::Core(core) => unreachable!("{} is no place in memory", self.cores[core]),
        }
    }

    /// A discriminant. It may lie in a variable that holds pointers in other cases.
    fn tag(&self, place: Place, width: u8) -> String {
        match place {
            Place::Core(core) => format!("ONRAMP_TAG({})", self.cores[core]),
            Place::Memory(_) => format!("ONRAMP_U{}({})", u32::from(width) * 8, self.address(place)),
        }
    }
}

/// The statements for `steps`, each line `depth` times indented.
pub fn print(lists: &mut Lists, places: &Places<'_>, depth: usize, steps: &[Step]) -> String {
    let mut printer = Printer { lists, places, depth, out: String::new() };
    printer.steps(steps);
    printer.out
}

/// The steps, with all handles dropped afterwards, or none.
pub fn released(steps: &[Step], release: bool) -> Vec<Step> {
    let one = |step: &Step| match step.clone() {
        Step::Receive { handle, length, content, .. } => Step::Receive { handle, length, content, release },
        Step::Match { tag, width, cases } => {
            let cases = cases.into_iter().map(|(case, steps)| (case, released(&steps, release))).collect();
            Step::Match { tag, width, cases }
        }
        Step::Repeat { offset, stride, count, steps } => {
            Step::Repeat { offset, stride, count, steps: released(&steps, release) }
        }
        step @ (Step::Adopt { .. } | Step::Free { .. } | Step::Reclaim { .. } | Step::Store(_) | Step::Load(_)) => step,
    };
    steps.iter().map(one).collect()
}

struct Printer<'a> {
    lists: &'a mut Lists,
    places: &'a Places<'a>,
    depth: usize,
    out: String,
}

impl Printer<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(&"  ".repeat(self.depth));
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn steps(&mut self, steps: &[Step]) {
        steps.iter().for_each(|step| self.step(step));
    }

    fn nested(&mut self, steps: &[Step]) {
        self.depth += 1;
        self.steps(steps);
        self.depth -= 1;
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Receive { handle: Place::Core(handle), length, content, .. } => {
                let length = self.places.word(*length);
                let statement = self.lists.argument(content, &self.places.cores[*handle], &length);
                self.line(&statement);
            }
            Step::Receive { handle, content, release, .. } => {
                self.at(if *release { "result" } else { "parameter" }, *handle, content);
            }
            Step::Adopt { pointer, content, .. } => self.at("adopt", *pointer, content),
            Step::Free { pointer, length, content } => self.free(*pointer, *length, content),
            Step::Match { tag, width, cases } => self.cases(*tag, *width, cases),
            Step::Repeat { offset, stride, count, steps } => {
                let first = self.places.address(Place::Memory(*offset));
                self.each(&first, &count.to_string(), *stride, steps);
            }
            Step::Reclaim { first, length, lazy } => {
                let (first, length) = (self.places.word(*first), self.places.word(*length));
                self.line(&format!("_onramp_reclaim_{lazy}({first}, {length});"));
            }
            Step::Store(scalar) => {
                self.line(&format!("{} = {};", self.memory(scalar), self.places.cores[scalar.core]));
            }
            Step::Load(scalar) => {
                // Behind the 32 bits of a signed integer in an i64 there are zeros.
                let cast = if scalar.signed && scalar.slot == CoreType::I64 { "(uint32_t) " } else { "" };
                self.line(&format!("{} = {cast}{};", self.places.cores[scalar.core], self.memory(scalar)));
            }
        }
    }

    fn at(&mut self, verb: &str, place: Place, content: &Content) {
        let statement = self.lists.at(verb, content, &self.places.address(place));
        self.line(&statement);
    }

    fn free(&mut self, pointer: Place, length: Place, content: &Content) {
        let (first, count) = (self.places.word(pointer), self.places.word(length));
        if let Content::List { size, elements, .. } = content
            && !elements.is_empty()
        {
            self.each(&first, &count, *size, elements);
        }
        match pointer {
            Place::Core(_) => self.line(&format!("_onramp_free({first}, {count});")),
            Place::Memory(_) => self.line(&format!("_onramp_free_at({});", self.places.address(pointer))),
        }
    }

    /// Each element is a block of its own.
    fn each(&mut self, first: &str, count: &str, size: u32, steps: &[Step]) {
        let element = format!("e{}", self.depth);
        self.line(&format!("ONRAMP_EACH({element}, {first}, {count}, {size}) {{"));
        let inner = print(self.lists, &Places::block(&element), self.depth + 1, steps);
        self.out.push_str(&inner);
        self.line("}");
    }

    fn cases(&mut self, tag: Place, width: u8, cases: &[(u32, Vec<Step>)]) {
        let tag = self.places.tag(tag, width);
        if let [(case, steps)] = cases {
            self.line(&format!("if ({tag} == {case}) {{"));
            self.nested(steps);
            self.line("}");
            return;
        }
        self.line(&format!("switch ({tag}) {{"));
        for (case, steps) in cases {
            self.line(&format!("case {case}:"));
            self.nested(steps);
            self.line("  break;");
        }
        self.line("}");
    }

    /// A scalar in the block.
    fn memory(&self, scalar: &Scalar) -> String {
        let letter = match (scalar.slot, scalar.signed) {
            (CoreType::F32 | CoreType::F64, _) => 'F',
            (CoreType::I32 | CoreType::I64, true) => 'S',
            (CoreType::I32 | CoreType::I64, false) => 'U',
        };
        let address = self.places.address(Place::Memory(scalar.offset));
        format!("ONRAMP_{letter}{}({address})", u32::from(scalar.width) * 8)
    }
}
