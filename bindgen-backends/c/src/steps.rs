//! Steps as C statements.

use onramp_abi::CoreType;
use onramp_bridge::{Content, Place, Scalar, Step};
use wit_parser::abi::WasmType;

use crate::helpers::Helpers;
use crate::slot;

/// What places are called in C.
pub struct Places<'a> {
    /// The core values: a variable and its type each.
    pub cores: Vec<(String, WasmType)>,
    /// The variable that points to the block.
    pub block: &'a str,
}

impl Places<'_> {
    /// No core values.
    pub fn block(block: &str) -> Places<'_> {
        Places { cores: Vec::new(), block }
    }

    /// The word in this place.
    fn word(&self, place: Place) -> String {
        match place {
            Place::Core(core) => slot::word(self.cores[core].1, &self.cores[core].0),
            Place::Memory(offset) => self.memory("__onramp_u32", offset),
        }
    }

    /// The address of the two words of a dynamic value in the block: they are always side by side.
    fn words(&self, first: Place) -> String {
        match first {
            Place::Memory(0) => self.block.to_owned(),
            Place::Memory(offset) => format!("{} + {offset}", self.block),
            Place::Core(core) => unreachable!("{} is no place in memory", self.cores[core].0),
        }
    }

    fn tag(&self, place: Place, width: u8) -> String {
        match place {
            Place::Core(_) => self.word(place),
            Place::Memory(offset) => self.memory(unsigned(width), offset),
        }
    }

    fn memory(&self, ty: &str, offset: u32) -> String {
        format!("*({ty} *) ({} + {offset})", self.block)
    }
}

/// The statements for `steps`, each line `depth` times indented.
pub fn print(helpers: &mut Helpers, places: &Places<'_>, depth: usize, steps: &[Step]) -> String {
    let mut printer = Printer { helpers, places, depth, out: String::new() };
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
        step @ (Step::Adopt { .. } | Step::Reclaim { .. } | Step::Store(_) | Step::Load(_)) => step,
    };
    steps.iter().map(one).collect()
}

struct Printer<'a> {
    helpers: &'a mut Helpers,
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

    fn nested(&mut self, begin: &str, steps: &[Step], end: &str) {
        self.line(begin);
        self.depth += 1;
        self.steps(steps);
        self.depth -= 1;
        self.line(end);
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Receive { handle, length, content, release } => self.receive(*handle, *length, content, *release),
            Step::Adopt { pointer, content, .. } => {
                let words = self.places.words(*pointer);
                let adopt = self.helpers.adopt(content, &words);
                self.line(&format!("{adopt};"));
            }
            Step::Match { tag, width, cases } => {
                let tag = self.places.tag(*tag, *width);
                self.line(&format!("switch ({tag}) {{"));
                for (case, steps) in cases {
                    self.nested(&format!("case {case}: {{"), steps, "  break;");
                    self.line("}");
                }
                self.line("}");
            }
            Step::Repeat { offset, stride, count, steps } => self.repeat(*offset, *stride, *count, steps),
            Step::Reclaim { first, lazy, .. } => {
                let words = self.places.words(*first);
                let reclaim = self.helpers.reclaim(*lazy);
                self.line(&format!("{reclaim}({words});"));
            }
            Step::Store(scalar) => self.store(scalar),
            Step::Load(scalar) => self.load(scalar),
        }
    }

    fn receive(&mut self, handle: Place, length: Place, content: &Content, release: bool) {
        let statement = match handle {
            Place::Core(core) => {
                let (handle, length) = (self.places.word(handle), self.places.word(length));
                let received = self.helpers.receive(content, &handle, &length);
                let (name, slot) = &self.places.cores[core];
                format!("{name} = {};", slot::pointer(*slot, &received))
            }
            Place::Memory(_) => format!("{};", self.helpers.take(content, &self.places.words(handle), release)),
        };
        self.line(&statement);
    }

    /// Each element is a block of its own.
    fn repeat(&mut self, offset: u32, stride: u32, count: u32, steps: &[Step]) {
        let block = self.places.block;
        let (index, element) = (format!("onramp_i{}", self.depth), format!("onramp_element{}", self.depth));
        self.line(&format!("for (size_t {index} = 0; {index} < {count}; {index}++) {{"));
        self.depth += 1;
        self.line(&format!("uint8_t *{element} = {block} + {offset} + {index} * {stride};"));
        let inner = print(self.helpers, &Places::block(&element), self.depth, steps);
        self.out.push_str(&inner);
        self.depth -= 1;
        self.line("}");
    }

    fn store(&mut self, scalar: &Scalar) {
        let core = &self.places.cores[scalar.core].0;
        let ty = match scalar.slot {
            CoreType::F32 => "__onramp_f32",
            CoreType::F64 => "__onramp_f64",
            CoreType::I32 | CoreType::I64 => unsigned(scalar.width),
        };
        self.line(&format!("{} = ({ty}) {core};", self.places.memory(ty, scalar.offset)));
    }

    fn load(&mut self, scalar: &Scalar) {
        let core = &self.places.cores[scalar.core].0;
        let value = match (scalar.slot, scalar.width, scalar.signed) {
            (CoreType::F32, ..) => self.places.memory("__onramp_f32", scalar.offset),
            (CoreType::F64, ..) => self.places.memory("__onramp_f64", scalar.offset),
            (_, 1, true) => format!("(uint32_t) (int32_t) {}", self.places.memory("int8_t", scalar.offset)),
            (_, 2, true) => format!("(uint32_t) (int32_t) {}", self.places.memory("__onramp_s16", scalar.offset)),
            (_, width, _) => self.places.memory(unsigned(width), scalar.offset),
        };
        self.line(&format!("{core} = ({}) {value};", slot::core(scalar.slot)));
    }
}

fn unsigned(width: u8) -> &'static str {
    match width {
        1 => "uint8_t",
        2 => "__onramp_u16",
        4 => "__onramp_u32",
        8 => "__onramp_u64",
        width => unreachable!("no scalar has {width} bytes"),
    }
}
