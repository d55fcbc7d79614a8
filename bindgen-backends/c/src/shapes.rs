//! Results of several core values: each *shape* is what such values are in a block of memory. Its C types and functions come from
//! macros of `onramp-guest.h`; statements are printed only where core values do not lie in the block as in a struct.

use onramp_abi::CoreType;
use onramp_bridge::{Scalar, Step};

use crate::lists::Lists;
use crate::slot;
use crate::steps::{self, Places};

/// The shapes of a file, by number.
#[derive(Default)]
pub struct Shapes(Vec<Shape>);

struct Shape {
    values: Vec<CoreType>,
    /// What moves the values; `None`: they lie in the block as in a struct.
    steps: Option<Vec<Step>>,
    text: String,
}

/// A block of memory for results.
#[derive(Clone, Copy)]
pub struct Block {
    /// Its size.
    pub size: u32,
    /// Its alignment.
    pub align: u32,
}

/// Which way values go.
#[derive(Clone, Copy)]
pub enum Way {
    /// Out of a core function into a block.
    Put,
    /// Out of a block into a core function's results.
    Give,
}

impl Shapes {
    /// The number of the shape of these core values, which the steps move into or out of a block.
    pub fn number(&mut self, lists: &mut Lists, way: Way, values: &[CoreType], block: Block, steps: &[Step]) -> usize {
        let steps = (!is_struct(values, block, steps)).then_some(steps);
        let same = |shape: &Shape| shape.values == values && shape.steps.as_deref() == steps;
        if let Some(number) = self.0.iter().position(same) {
            return number;
        }
        let number = self.0.len();
        let types: Vec<_> = values.iter().map(CoreType::to_string).collect();
        let types = types.join(", ");
        let text = match steps {
            None => format!("ONRAMP_RESULTS({number}, {types})\n"),
            Some(steps) => {
                let (macro_name, names) = match way {
                    Way::Put => ("ONRAMP_PUT", "v.v"),
                    Way::Give => ("ONRAMP_GIVE", "v->v"),
                };
                let places = Places::values(values, names, "area");
                let statements = steps::print(lists, &places, 1, steps);
                format!("ONRAMP_VALUES({number}, {types})\n{macro_name}({number}) {{\n{statements}}}\n")
            }
        };
        self.0.push(Shape { values: values.to_vec(), steps: steps.map(<[_]>::to_vec), text });
        number
    }

    /// The types and functions.
    pub fn text(&self) -> String {
        self.0.iter().map(|shape| shape.text.as_str()).collect()
    }
}

/// Whether core values lie in the block as in a struct of them, whatever the case of a variant: all bytes of a value in the struct
/// that are not its scalar's are zeros then.
fn is_struct(values: &[CoreType], block: Block, steps: &[Step]) -> bool {
    let (mut offsets, mut size, mut align) = (Vec::new(), 0, 1);
    for value in values {
        let width = slot::width(*value);
        size = u32::next_multiple_of(size, width);
        offsets.push(size);
        size += width;
        align = align.max(width);
    }
    let fits = |scalar: &Scalar| {
        offsets[scalar.core] == scalar.offset
            && (!scalar.signed || u32::from(scalar.width) == slot::width(values[scalar.core]))
    };
    size.next_multiple_of(align) <= block.size && align <= block.align && all(steps, &fits)
}

fn all(steps: &[Step], fits: &impl Fn(&Scalar) -> bool) -> bool {
    steps.iter().all(|step| match step {
        Step::Store(scalar) | Step::Load(scalar) => fits(scalar),
        Step::Match { cases, .. } => cases.iter().all(|(_, steps)| all(steps, fits)),
        Step::Receive { .. } | Step::Adopt { .. } | Step::Free { .. } | Step::Repeat { .. } | Step::Reclaim { .. } => {
            false
        }
    })
}

/// `int32_t v0, int64_t v1`: core values as parameters.
pub fn parameters(values: &[CoreType]) -> String {
    let one = |(index, ty): (usize, &CoreType)| format!("{} v{index}", slot::core(*ty));
    values.iter().enumerate().map(one).collect::<Vec<_>>().join(", ")
}
