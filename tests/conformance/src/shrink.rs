//! Smaller cases that might fail as a larger one does: a type and its value shrink together.

use wit_component::StringEncoding;

use crate::case::{Call, Case, Guest};
use crate::types::Type;
use crate::value::Value;

/// A type and a value of it.
type Typed = (Type, Value);

/// Makes a failing case smaller for as long as what it becomes fails too, in at most `tries` tries.
pub fn shrink(mut case: Case, mut tries: usize, fails: impl Fn(&Case) -> bool) -> Case {
    loop {
        let mut smaller = candidates(&case).into_iter();
        let found = loop {
            if tries == 0 {
                return case;
            }
            tries -= 1;
            match smaller.next() {
                Some(candidate) if fails(&candidate) => break candidate,
                Some(_) => {}
                None => return case,
            }
        };
        case = found;
    }
}

fn candidates(case: &Case) -> Vec<Case> {
    if case.calls.len() > 1 {
        let single = |call: &Call| Case { calls: vec![call.clone()], ..case.clone() };
        return case.calls.iter().map(single).collect();
    }
    let Some(call) = case.calls.first() else { return Vec::new() };
    if case.functions.len() > 1 {
        let functions = vec![case.functions[call.function].clone()];
        let alone = Case { functions, calls: vec![Call { function: 0, ..call.clone() }], ..case.clone() };
        // When only the functions together fail, they stay together, as they are.
        return vec![alone];
    }
    let mut all = choices(case, call);
    all.extend(params(case, call));
    all.extend(results(case, call));
    all
}

/// The same values with plainer guests.
fn choices(case: &Case, call: &Call) -> Vec<Case> {
    let mut all = Vec::new();
    let mut function = case.functions[0].clone();
    if call.damage.is_some() {
        all.push(Case { calls: vec![Call { damage: None, ..call.clone() }], ..case.clone() });
    }
    if call.freedom.is_some() {
        all.push(Case { calls: vec![Call { freedom: None, ..call.clone() }], ..case.clone() });
    }
    if function.post_return {
        function.post_return = false;
        all.push(Case { functions: vec![function], ..case.clone() });
    }
    if case.relay.is_some() {
        all.push(Case { relay: None, ..case.clone() });
    }
    all.extend(plainer(case.caller).map(|caller| Case { caller, ..case.clone() }));
    all.extend(plainer(case.callee).map(|callee| Case { callee, ..case.clone() }));
    all
}

fn plainer(guest: Guest) -> impl Iterator<Item = Guest> {
    let still = guest.moves.then_some(Guest { moves: false, ..guest });
    let utf8 = (guest.encoding != StringEncoding::UTF8).then_some(Guest { encoding: StringEncoding::UTF8, ..guest });
    still.into_iter().chain(utf8)
}

fn with_params(case: &Case, params: Vec<Typed>) -> Case {
    let mut case = case.clone();
    (case.functions[0].params, case.calls[0].args) = params.into_iter().unzip();
    case
}

fn params(case: &Case, call: &Call) -> Vec<Case> {
    let params: Vec<Typed> = case.functions[0].params.iter().cloned().zip(call.args.iter().cloned()).collect();
    parts(&params).into_iter().map(|params| with_params(case, params)).collect()
}

fn results(case: &Case, call: &Call) -> Vec<Case> {
    let (Some(ty), Some(value)) = (&case.functions[0].result, &call.result) else { return Vec::new() };
    let with_result = |result: Option<Typed>| {
        let mut case = case.clone();
        let (ty, value) = result.unzip();
        case.functions[0].post_return &= ty.is_some();
        (case.functions[0].result, case.calls[0].result) = (ty, value);
        let returns = case.functions[0].result.is_some();
        if let Some(damage) = &mut case.calls[0].damage {
            damage.result &= returns;
        }
        case
    };
    let smaller = typed(ty, value).into_iter().map(Some);
    std::iter::once(None).chain(smaller).map(with_result).collect()
}

/// Fewer parts, or smaller ones.
fn parts(parts: &[Typed]) -> Vec<Vec<Typed>> {
    let mut all = Vec::new();
    for index in 0..parts.len() {
        let mut fewer = parts.to_vec();
        fewer.remove(index);
        all.push(fewer);
    }
    for (index, (ty, value)) in parts.iter().enumerate() {
        for smaller in typed(ty, value) {
            let mut parts = parts.to_vec();
            parts[index] = smaller;
            all.push(parts);
        }
    }
    all
}

/// Smaller types with values, the much smaller ones first.
fn typed(ty: &Type, value: &Value) -> Vec<Typed> {
    let mut all = Vec::new();
    if *ty != Type::U8 {
        all.push((Type::U8, Value::Int(0)));
    }
    match (ty, value) {
        (Type::Bool, Value::Bool(true)) => all.push((ty.clone(), Value::Bool(false))),
        (Type::Int { .. }, Value::Int(int)) => all.extend(ints(*int).map(|int| (ty.clone(), Value::Int(int)))),
        (Type::F32, Value::F32(bits)) if *bits != 0 => all.push((ty.clone(), Value::F32(0))),
        (Type::F64, Value::F64(bits)) if *bits != 0 => all.push((ty.clone(), Value::F64(0))),
        (Type::Char, Value::Char(char)) if *char != 'a' => all.push((ty.clone(), Value::Char('a'))),
        (Type::String, Value::String(string)) => {
            all.extend(strings(string).map(|string| (ty.clone(), Value::String(string))));
        }
        (Type::List(element), Value::List(values)) => lists(element, values, &mut all),
        (Type::FixedList(element, length), Value::List(values)) => fixed_lists(element, *length, values, &mut all),
        (Type::Map(key, element), Value::List(entries)) => maps(key, element, entries, &mut all),
        (Type::Record(types) | Type::Tuple(types), Value::Record(values)) => records(types, values, &mut all),
        (Type::Variant(cases), Value::Variant(case, payload)) => variants(cases, *case, payload.as_deref(), &mut all),
        (Type::Enum(cases), Value::Variant(case, _)) => {
            all.extend((*case > 0).then(|| (Type::Enum(*case), Value::Variant(case - 1, None))));
            all.extend((cases - 1 > *case).then(|| (Type::Enum(case + 1), value.clone())));
        }
        (Type::Option(some), Value::Variant(_, Some(payload))) => {
            let inner = typed(some, payload).into_iter();
            all.push((*some.clone(), *payload.clone()));
            all.extend(inner.map(|(ty, value)| (Type::Option(Box::new(ty)), Value::Variant(1, Some(Box::new(value))))));
        }
        (Type::Result(ok, err), Value::Variant(case, payload)) => {
            let unboxed = [ok, err].map(|ty| ty.as_deref().cloned());
            variants(&unboxed, *case, payload.as_deref(), &mut all);
        }
        (Type::Flags(labels), Value::Flags(bits)) => {
            all.extend((*bits != 0).then_some((ty.clone(), Value::Flags(0))));
            let half = labels / 2;
            all.extend((half > 0).then(|| (Type::Flags(half), Value::Flags(bits & ((1 << half) - 1)))));
        }
        _ => {}
    }
    all
}

fn ints(int: i128) -> impl Iterator<Item = i128> {
    [0, int / 2].into_iter().filter(move |smaller| *smaller != int)
}

fn strings(string: &str) -> impl Iterator<Item = String> {
    let chars: Vec<char> = string.chars().collect();
    let (first, second) = chars.split_at(chars.len() / 2);
    let without =
        (0..chars.len().min(40)).map(|index| chars.iter().take(index).chain(chars.iter().skip(index + 1)).collect());
    let ascii = chars.iter().any(|char| *char != 'a').then(|| "a".repeat(chars.len()));
    let mut all = vec![String::new(), first.iter().collect(), second.iter().collect()];
    all.extend(ascii);
    all.extend(without);
    let longer = string.to_owned();
    all.into_iter().filter(move |smaller| *smaller != longer)
}

fn lists(element: &Type, values: &[Value], all: &mut Vec<Typed>) {
    let list = |ty: Type, values: Vec<Value>| (Type::List(Box::new(ty)), Value::List(values));
    match values {
        [] => all.extend((*element != Type::U8).then(|| list(Type::U8, Vec::new()))),
        [value] => {
            all.push((element.clone(), value.clone()));
            all.push(list(element.clone(), Vec::new()));
            all.extend(typed(element, value).into_iter().map(|(ty, value)| list(ty, vec![value])));
        }
        values => all.extend(shorter(values).map(|values| list(element.clone(), values))),
    }
}

fn shorter(values: &[Value]) -> impl Iterator<Item = Vec<Value>> {
    let (first, second) = values.split_at(values.len() / 2);
    let without = (0..values.len().min(20)).map(|index| [&values[..index], &values[index + 1..]].concat());
    [Vec::new(), first.to_vec(), second.to_vec()].into_iter().chain(without)
}

fn fixed_lists(element: &Type, length: usize, values: &[Value], all: &mut Vec<Typed>) {
    let list = |ty: Type, values: Vec<Value>| (Type::FixedList(Box::new(ty), values.len()), Value::List(values));
    all.extend(values.iter().map(|value| (element.clone(), value.clone())));
    if length > 1 {
        let (first, second) = values.split_at(length / 2);
        all.push(list(element.clone(), first.to_vec()));
        all.push(list(element.clone(), second.to_vec()));
        all.push(list(element.clone(), values[1..].to_vec()));
        all.extend((*element != Type::U8).then(|| list(Type::U8, vec![Value::Int(0); length])));
    } else if let [value] = values {
        all.extend(typed(element, value).into_iter().map(|(ty, value)| list(ty, vec![value])));
    }
}

fn maps(key: &Type, element: &Type, entries: &[Value], all: &mut Vec<Typed>) {
    let entry = Type::Tuple(vec![key.clone(), element.clone()]);
    all.push((Type::List(Box::new(entry)), Value::List(entries.to_vec())));
    let map = Type::Map(Box::new(key.clone()), Box::new(element.clone()));
    all.extend(
        (!entries.is_empty())
            .then(|| shorter(entries))
            .into_iter()
            .flatten()
            .map(|entries| (map.clone(), Value::List(entries))),
    );
}

fn records(types: &[Type], values: &[Value], all: &mut Vec<Typed>) {
    let fields: Vec<Typed> = types.iter().cloned().zip(values.iter().cloned()).collect();
    all.extend(fields.iter().cloned());
    for fields in parts(&fields).into_iter().filter(|fields| !fields.is_empty()) {
        let (types, values) = fields.into_iter().unzip();
        all.push((Type::Tuple(types), Value::Record(values)));
    }
}

fn variants(cases: &[Option<Type>], case: usize, payload: Option<&Value>, all: &mut Vec<Typed>) {
    let variant = |cases: &[Option<Type>], case: usize, payload: Option<Value>| {
        (Type::Variant(cases.to_vec()), Value::Variant(case, payload.map(Box::new)))
    };
    if let (Some(ty), Some(payload)) = (&cases[case], payload) {
        all.push((ty.clone(), payload.clone()));
    }
    if case + 1 < cases.len() {
        all.push(variant(&cases[..=case], case, payload.cloned()));
    }
    if case > 0 {
        let half = case.div_ceil(2);
        all.push(variant(&cases[half..], case - half, payload.cloned()));
        all.push(variant(&cases[1..], case - 1, payload.cloned()));
    }
    for (index, ty) in cases.iter().enumerate().filter(|(index, _)| *index != case) {
        if ty.is_some() {
            let mut cases = cases.to_vec();
            cases[index] = None;
            all.push(variant(&cases, case, payload.cloned()));
        }
    }
    if let (Some(ty), Some(value)) = (&cases[case], payload) {
        for (ty, value) in typed(ty, value) {
            let mut cases = cases.to_vec();
            cases[case] = Some(ty);
            all.push(variant(&cases, case, Some(value)));
        }
    }
}
