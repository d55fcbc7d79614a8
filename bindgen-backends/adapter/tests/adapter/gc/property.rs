//! Random types and values over all pairs of guests of which one at least is native, compared with the oracle.
//! `ONRAMP_CASES` says how many (default 120), `ONRAMP_SEED` which.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
};

use onramp_abi::{Profile, Role};
use wit_parser::{Function, Resolve};

use super::{
    compiled::Making,
    guest::Guest,
    pair::{Kind, Native, Pair},
};
use crate::{
    harness::case,
    oracle::{T, V, type_of},
    random::{Random, cases_and_seed},
    reader::Way,
    values::ENCODINGS,
};

/// What a guest of a pair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guise {
    /// It has the types that this project chooses.
    Chosen,
    /// The same, and its functions were woven: it checks what it reads.
    Woven,
    /// It has types of its own.
    Own,
    Linear(Profile),
    /// The host.
    Outside,
}

impl fmt::Display for Guise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Guise::Chosen => write!(f, "gc"),
            Guise::Woven => write!(f, "gc woven"),
            Guise::Own => write!(f, "gc own types"),
            Guise::Outside => write!(f, "outside"),
            Guise::Linear(profile) => write!(f, "{profile}"),
        }
    }
}

const NATIVE: [Guise; 3] = [Guise::Chosen, Guise::Woven, Guise::Own];

fn all() -> impl Iterator<Item = Guise> {
    let linear = [Profile::Eager, Profile::Multivalue, Profile::Lazy, Profile::Cm1].map(Guise::Linear);
    NATIVE.into_iter().chain(linear).chain([Guise::Outside])
}

/// A way through an adapter.
#[derive(Clone, Copy, Debug)]
struct Route {
    caller: Guise,
    callee: Guise,
    making: Making,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let making = match self.making {
            Making::Usual => "",
            Making::Isolated => ", isolated",
            Making::Weaving => ", weaving",
        };
        write!(f, "{} -> {}{making}", self.caller, self.callee)
    }
}

fn routes() -> Vec<Route> {
    let between = all().flat_map(|caller| all().map(move |callee| Route { caller, callee, making: Making::Usual }));
    let mut routes: Vec<Route> =
        between.filter(|route| NATIVE.contains(&route.caller) || NATIVE.contains(&route.callee)).collect();
    for (caller, callee) in [(Guise::Chosen, Guise::Chosen), (Guise::Chosen, Guise::Woven), (Guise::Own, Guise::Own)] {
        routes.push(Route { caller, callee, making: Making::Isolated });
    }
    let (object, memory) = (Guise::Woven, Guise::Linear(Profile::Eager));
    routes.push(Route { caller: object, callee: memory, making: Making::Weaving });
    routes.push(Route { caller: memory, callee: object, making: Making::Weaving });
    routes
}

/// A function of a random type, values for it, and two guests.
struct Case {
    text: String,
    resolve: Resolve,
    func: Function,
    kinds: [Kind; 2],
    route: Route,
    way: Way,
    calls: Vec<(Vec<V>, V)>,
}

impl Case {
    fn random(route: Route, seed: u64, index: u64) -> Case {
        let mut random = Random::of_case(seed, index);
        let mut types = String::new();
        let has_handles = random.below(3) == 0;
        if has_handles {
            types.push_str("resource a;\n");
            random.handles = &["own<a>", "borrow<a>"];
        }
        let params: Vec<String> =
            (0..random.below(5)).map(|i| format!("p{i}: {}", random.wit(&mut types, 4))).collect();
        if has_handles {
            random.handles = &["own<a>"];
        }
        let text = format!("func({}) -> {}", params.join(", "), random.wit(&mut types, 4));
        let (resolve, func) = case(&text).types(&types).resolve();
        let same = Random::of_case(!seed, index);
        // Guests with types of their own have the same types now and then.
        let is_same = random.below(4) == 0;
        let kinds = [(Role::Caller, route.caller), (Role::Callee, route.callee)].map(|(role, guise)| {
            let mut own = if is_same { same.clone() } else { Random::of_case(!seed, index ^ u64::MAX >> role as u64) };
            kind(&resolve, &func, role, guise, &mut own, &mut random)
        });
        let param_types: Vec<T> = func.params.iter().map(|param| type_of(&resolve, &param.ty)).collect();
        let result = type_of(&resolve, func.result.as_ref().expect("a result"));
        let calls =
            (0..3).map(|_| (param_types.iter().map(|t| random.value(t)).collect(), random.value(&result))).collect();
        let way = random.one_of(&[Way::All, Way::Pieces(u32::MAX), Way::Pieces(3)]);
        Case { text: format!("{types}{text}"), resolve, func, kinds, route, way, calls }
    }

    fn run(&self) -> Result<(), String> {
        let pair = Pair::new(&self.resolve, &self.func, &self.kinds, self.route.making, self.way);
        let mut pair = pair.map_err(|error| format!("no adapter: {error}"))?;
        for (args, result) in &self.calls {
            pair.passes(args, Some(result)).map_err(|error| format!("{args:?}: {error}"))?;
        }
        Ok(())
    }

    /// The types of native guests, to look at.
    fn guests(&self) -> String {
        let texts = self.kinds.iter().filter_map(|kind| match kind {
            Kind::Native(native) => Some(native.guest.text.as_str()),
            Kind::Linear(..) | Kind::Outside | Kind::Module(_) => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }
}

fn kind(resolve: &Resolve, func: &Function, role: Role, guise: Guise, own: &mut Random, random: &mut Random) -> Kind {
    let (choices, is_woven) = match guise {
        Guise::Linear(profile) => return Kind::Linear(profile, random.one_of(&ENCODINGS)),
        Guise::Outside => return Kind::Outside,
        Guise::Chosen => (None, false),
        Guise::Woven => (None, true),
        Guise::Own => (Some(own), false),
    };
    let is_chosen = choices.is_none();
    let guest = Guest::new(resolve, func, role, choices);
    Kind::Native(Native { guest, is_chosen, is_woven, is_odd: !is_woven && random.below(2) == 0 })
}

/// What went wrong, if something did.
fn outcome(case: &Case) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| case.run())).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        Err(text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default())
    })
}

#[test]
fn random_types_and_values() {
    let (cases, seed) = cases_and_seed();
    let routes = routes();
    let mut grid = vec![(0, 0); routes.len()];
    let mut first = None;
    for index in 0..cases.max(routes.len() as u64) {
        let at = index as usize % routes.len();
        let case = Case::random(routes[at], seed, index);
        grid[at].0 += case.calls.len();
        if let Err(error) = outcome(&case) {
            grid[at].1 += 1;
            let text = format!("ONRAMP_SEED={seed}, case {index}: {}\n{}\n{error}", case.route, case.text);
            println!("{text}\n");
            first.get_or_insert(format!("{text}\n{}", case.guests()));
        }
    }
    println!("{:32} {:>6} {:>10}", "caller -> callee", "calls", "mismatches");
    for (route, (calls, mismatches)) in routes.iter().zip(grid) {
        println!("{:32} {calls:>6} {mismatches:>10}", route.to_string());
    }
    if let Some(first) = first {
        panic!("{first}");
    }
}

/// Texts and lists that do not fit what small ones fit: a page of memory, a vector, a fixed array's length.
#[test]
fn large_values() {
    let text = "func(a: string, b: list<u32>, c: list<string>) -> tuple<string, list<list<u16>>>";
    let (resolve, func) = case(text).resolve();
    let numbers = |count: i128, below: i128| V::List((0..count).map(|i| V::Int(i * 7919 % below)).collect());
    let strings = V::List((0..1000).map(|i| V::String("aé漢🎼".repeat(i % 40))).collect());
    let args = vec![V::String("ASCII, é, 漢 and 🎼. ".repeat(4000)), numbers(40_000, 1 << 32), strings];
    let lists = V::List((0..300).map(|i| numbers(i, 1 << 16)).collect());
    let result = V::Record(vec![V::String("ÿ".repeat(70_000)), lists]);
    for (index, route) in routes().into_iter().enumerate() {
        let mut random = Random::of_case(11, index as u64);
        let mut own = random.clone();
        let kinds = [(Role::Caller, route.caller), (Role::Callee, route.callee)]
            .map(|(role, guise)| kind(&resolve, &func, role, guise, &mut own, &mut random));
        let calls = vec![(args.clone(), result.clone())];
        let (resolve, func) = (resolve.clone(), func.clone());
        let case = Case { text: text.to_owned(), resolve, func, kinds, route, way: Way::Pieces(1000), calls };
        case.run().unwrap_or_else(|error| panic!("{route}: {}", error.chars().take(300).collect::<String>()));
    }
}
