//! Results of several core values: C types and functions for each way in which such values are a block of memory.

use onramp_abi::CoreType;
use onramp_bridge::Step;
use wit_parser::abi::WasmType;

use crate::helpers::Helpers;
use crate::slot;
use crate::steps::{self, Places};

/// What core values a block of memory is, and how.
#[derive(Default)]
pub struct Shapes {
    shapes: Vec<Shape>,
}

struct Shape {
    values: Vec<CoreType>,
    stores: Vec<Step>,
    store: String,
    /// Whether something is stored by it.
    stored: bool,
    load: Option<String>,
    put: bool,
}

/// A variable for each core value.
fn variables(values: &[CoreType]) -> Vec<(String, WasmType)> {
    let wide = |ty: &CoreType| match ty {
        CoreType::I32 => WasmType::I32,
        CoreType::I64 => WasmType::I64,
        CoreType::F32 => WasmType::F32,
        CoreType::F64 => WasmType::F64,
    };
    values.iter().enumerate().map(|(index, ty)| (format!("value{index}"), wide(ty))).collect()
}

/// `int32_t value0, int64_t value1`, with something else in between.
pub fn declared(values: &[CoreType], between: &str) -> String {
    let one = |(index, ty): (usize, &CoreType)| format!("{} value{index}", slot::core(*ty));
    values.iter().enumerate().map(one).collect::<Vec<_>>().join(between)
}

impl Shapes {
    /// The number of the shape of these core values, which `stores` bring into a block.
    pub fn number(&mut self, helpers: &mut Helpers, values: &[CoreType], stores: &[Step]) -> usize {
        if let Some(shape) = self.shapes.iter().position(|shape| shape.values == values && shape.stores == stores) {
            return shape;
        }
        let places = Places { cores: variables(values), block: "area" };
        let store = steps::print(helpers, &places, 1, stores);
        let (values, stores) = (values.to_vec(), stores.to_vec());
        self.shapes.push(Shape { values, stores, store, stored: false, load: None, put: false });
        self.shapes.len() - 1
    }

    /// The same, for an import: there will be a function that puts the core results into a block.
    pub fn put(&mut self, helpers: &mut Helpers, values: &[CoreType], stores: &[Step]) -> usize {
        let number = self.number(helpers, values, stores);
        self.shapes[number].put = true;
        self.shapes[number].stored = true;
        for (index, ty) in values.iter().enumerate().skip(1) {
            helpers.getter(*ty, index);
        }
        number
    }

    /// For a post-return function: there will be a function that stores its parameters in a block.
    pub fn store(&mut self, number: usize) {
        self.shapes[number].stored = true;
    }

    /// For an export: there will be a function that makes core results of a block.
    pub fn load(&mut self, helpers: &mut Helpers, number: usize, loads: &[Step]) {
        let shape = &mut self.shapes[number];
        if shape.load.is_none() {
            let places = Places { cores: variables(&shape.values), block: "area" };
            shape.load = Some(steps::print(helpers, &places, 1, loads));
            for (index, ty) in shape.values.iter().enumerate().skip(1) {
                helpers.setter(*ty, index);
            }
        }
    }

    /// The types and functions.
    pub fn text(&self) -> String {
        self.shapes.iter().enumerate().map(|(number, shape)| shape.text(number)).collect()
    }
}

impl Shape {
    fn text(&self, number: usize) -> String {
        let mut out = TYPE.replace("FIELDS", &format!("{};", declared(&self.values, "; ")));
        if self.stored {
            let store = STORE.replace("PARAMETERS", &declared(&self.values, ", "));
            out.push_str(&store.replace("STATEMENTS", &self.store));
        }
        if self.put {
            let fields: String = (1..self.values.len()).map(|index| format!(", results.value{index}")).collect();
            let temporaries = self.values.iter().enumerate().skip(1);
            let temporaries: String = temporaries
                .map(|(index, ty)| format!("  {} value{index} = __onramp_get_{ty}_{index}();\n", slot::core(*ty)))
                .collect();
            let names: String = (1..self.values.len()).map(|index| format!(", value{index}")).collect();
            out.push_str(&PUT.replace("FIELDS", &fields).replace("TEMPORARIES", &temporaries).replace("NAMES", &names));
        }
        if let Some(load) = &self.load {
            let (zeros, load) = self.initialized(load);
            let names: Vec<_> = (0..self.values.len()).map(|index| format!("value{index}")).collect();
            let sets = self.values.iter().enumerate().skip(1);
            let sets: String =
                sets.map(|(index, ty)| format!("  __onramp_set_{ty}_{index}(value{index});\n")).collect();
            let load = LOAD.replace("ZEROS", &zeros).replace("STATEMENTS", &load);
            out.push_str(&load.replace("NAMES", &names.join(", ")).replace("SETS", &sets));
        }
        out.replace("NUMBER", &number.to_string()).replace("FIRST", slot::core(self.values[0]))
    }
}

impl Shape {
    /// Declarations of the variables, and the statements that load them: what is always loaded is declared there.
    fn initialized(&self, load: &str) -> (String, String) {
        let (mut zeros, mut load) = (String::new(), format!("\n{load}"));
        for (index, ty) in self.values.iter().enumerate() {
            let (ty, assigned) = (slot::core(*ty), format!("\n  value{index} = "));
            match load.contains(&assigned) {
                true => load = load.replacen(&assigned, &format!("\n  {ty} value{index} = "), 1),
                false => zeros.push_str(&format!("  {ty} value{index} = 0;\n")),
            }
        }
        (zeros, load[1..].to_owned())
    }
}

const TYPE: &str = "
#ifdef ONRAMP_MULTIVALUE
typedef struct { FIELDS } __onramp_results_NUMBER;
#else
typedef FIRST __onramp_results_NUMBER;
#endif
";

const STORE: &str = "
static inline void __onramp_store_NUMBER(uint8_t *area, PARAMETERS) {
STATEMENTS}
";

const PUT: &str = "
static inline void __onramp_put_NUMBER(uint8_t *area, __onramp_results_NUMBER results) {
#ifdef ONRAMP_MULTIVALUE
  __onramp_store_NUMBER(area, results.value0FIELDS);
#else
TEMPORARIES  __onramp_store_NUMBER(area, resultsNAMES);
#endif
}
";

const LOAD: &str = "
static inline __onramp_results_NUMBER __onramp_load_NUMBER(const uint8_t *area) {
ZEROSSTATEMENTS#ifdef ONRAMP_MULTIVALUE
  __onramp_results_NUMBER results = { NAMES };
  return results;
#else
SETS  return value0;
#endif
}
";
