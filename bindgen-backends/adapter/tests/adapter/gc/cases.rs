//! `tests/gc/*.wat`: native guests with code of their own, and beside each what becomes of it against guests of every kind.
//!
//! A comment says what `f` is (`;; f: func(x: string) -> string`) and what stands before it in the interface (`;; types: …`). Exports
//! whose names begin with `run` call the `f` that the guest imports: what its callee receives is shown; it answers with its first
//! argument. An export `f` is called by guests of every kind: what goes there and what comes back is shown.

use std::{fs, path::Path};

use onramp_abi::{Profile, Role};
use onramp_adapter::StringEncoding;

use super::{
    compiled::Making,
    guest::Guest,
    pair::{Kind, Native, Pair},
};
use crate::{
    harness::{Case, case, names},
    oracle::{V, type_of},
    random::Random,
    reader::Way,
};

/// What is on the other side of the adapter.
struct Other {
    kind: Kind,
    making: Making,
}

/// What a file says.
struct File {
    types: String,
    func: String,
    text: String,
    runs: Vec<String>,
    is_callee: bool,
}

impl File {
    fn read(path: &Path) -> File {
        let text = fs::read_to_string(path).expect("a file");
        let lines =
            |prefix: &str| text.lines().filter_map(|line| line.strip_prefix(prefix)).collect::<Vec<_>>().join("\n");
        let exports = text.split("(export \"").skip(1).filter_map(|part| part.split('"').next());
        let exports: Vec<String> = exports.map(str::to_owned).collect();
        File {
            types: lines(";; types: "),
            func: lines(";; f: "),
            runs: exports.iter().filter(|name| name.starts_with("run")).cloned().collect(),
            is_callee: exports.iter().any(|name| name == "f"),
            text,
        }
    }

    fn case(&self) -> Case<'_> {
        case(&self.func).types(&self.types)
    }

    /// The other guest, of every kind; and the same guest's functions on memory.
    fn others(&self, role: Role) -> Vec<(String, Other)> {
        let linear = |profile: Profile, encoding: StringEncoding| {
            let kind = Kind::Linear(profile, encoding);
            (format!("{profile} {}", encoding.name()), Other { kind, making: Making::Usual })
        };
        let mut others = vec![
            linear(Profile::Eager, StringEncoding::Utf8),
            linear(Profile::Eager, StringEncoding::Latin1Utf16),
            linear(Profile::Multivalue, StringEncoding::Utf16),
            linear(Profile::Lazy, StringEncoding::Utf8),
            linear(Profile::Cm1, StringEncoding::Utf16),
        ];
        let (resolve, func) = self.case().resolve();
        for (name, random) in [("gc", None), ("gc own types", Some(Random::of_case(5, 5)))] {
            let (is_chosen, mut random) = (random.is_none(), random);
            let guest = Guest::new(&resolve, &func, role, random.as_mut());
            let native = Native { guest, is_chosen, is_woven: false, is_odd: false };
            others.push((name.to_owned(), Other { kind: Kind::Native(native), making: Making::Usual }));
        }
        let memory = Kind::Linear(Profile::Eager, StringEncoding::Utf8);
        others.push(("its own memory".to_owned(), Other { kind: memory, making: Making::Weaving }));
        others
    }

    /// What becomes of the guest as a caller, with another.
    fn as_caller(&self, other: Other) -> String {
        let kinds = [Kind::Module(self.text.clone()), other.kind];
        let mut pair = match self.pair(&kinds, other.making) {
            Ok(pair) => pair,
            Err(error) => return error,
        };
        let mut outcome = String::new();
        for name in &self.runs {
            let line = match pair.run(name) {
                Ok(received) => received.iter().map(|v| format!("{name}: {}\n", shown(v))).collect(),
                Err(error) => {
                    // A guest whose call has trapped is not called again.
                    pair = self.pair(&kinds, other.making).unwrap_or_else(|error| panic!("{error}"));
                    format!("{name}: {}\n", reason(&error))
                }
            };
            outcome.push_str(&line);
        }
        outcome
    }

    /// What becomes of the guest as a callee.
    fn as_callee(&self, other: Other) -> String {
        let mut pair = match self.pair(&[other.kind, Kind::Module(self.text.clone())], other.making) {
            Ok(pair) => pair,
            Err(error) => return error,
        };
        let (resolve, func) = self.case().resolve();
        let mut random = Random::of_case(9, 9);
        let mut outcome = String::new();
        for _ in 0..3 {
            let args: Vec<V> = func.params.iter().map(|param| random.value(&type_of(&resolve, &param.ty))).collect();
            outcome.push_str(&format!("f{} -> ", shown(&V::Record(args.clone()))));
            match pair.call(&args) {
                Ok(answer) => outcome.push_str(&answer.map(|v| shown(&v)).unwrap_or_default()),
                Err(error) => return outcome + &reason(&error) + "\n",
            }
            outcome.push('\n');
            if args.is_empty() {
                break;
            }
        }
        outcome
    }

    fn pair(&self, kinds: &[Kind; 2], making: Making) -> Result<Pair, String> {
        let (resolve, func) = self.case().resolve();
        Pair::new(&resolve, &func, kinds, making, Way::All).map_err(|error| format!("error: {error}\n"))
    }

    fn outcome(&self) -> String {
        let mut text = String::new();
        if !self.runs.is_empty() {
            let others = self.others(Role::Callee).into_iter();
            text.push_str(&grouped("as the caller of", others.map(|(name, other)| (name, self.as_caller(other)))));
        }
        if self.is_callee {
            let others = self.others(Role::Caller).into_iter();
            text.push_str(&grouped("as the callee of", others.map(|(name, other)| (name, self.as_callee(other)))));
        }
        text
    }
}

/// Outcomes that are the same stand once.
fn grouped(what: &str, outcomes: impl Iterator<Item = (String, String)>) -> String {
    let mut groups: Vec<(Vec<String>, String)> = Vec::new();
    for (name, outcome) in outcomes {
        match groups.iter_mut().find(|(_, known)| *known == outcome) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], outcome)),
        }
    }
    let is_one = groups.len() == 1;
    let group = |(names, outcome): (Vec<String>, String)| {
        let lines: String = outcome.lines().map(|line| format!("  {line}\n")).collect();
        let names = if is_one { "any guest".to_owned() } else { names.join(", ") };
        format!("{what} {names}\n{lines}")
    };
    groups.into_iter().map(group).collect()
}

/// Why it trapped.
fn reason(error: &wasmtime::Error) -> String {
    let names = names(error);
    let own = names.first().filter(|name| name.starts_with("onramp: "));
    own.map_or_else(
        || format!("trap: {:?} in {names:?}", error.root_cause().to_string()),
        |name| format!("trap: {name}"),
    )
}

/// A value as one line.
fn shown(v: &V) -> String {
    let all = |vs: &[V]| vs.iter().map(shown).collect::<Vec<_>>().join(", ");
    match v {
        V::Bool(v) => v.to_string(),
        V::Int(v) => v.to_string(),
        V::F32(bits) => format!("f32:{bits:#x}"),
        V::F64(bits) => format!("f64:{bits:#x}"),
        V::Char(v) => format!("{v:?}"),
        V::String(v) => format!("{v:?}"),
        V::List(vs) => format!("[{}]", all(vs)),
        V::Record(vs) => format!("({})", all(vs)),
        V::Variant(case, None) => format!("#{case}"),
        V::Variant(case, Some(v)) => format!("#{case}({})", shown(v)),
        V::Flags(bits) => format!("{bits:#b}"),
    }
}

#[test]
fn files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gc");
    let mut paths: Vec<_> = fs::read_dir(&folder).expect("cases").map(|entry| entry.expect("a case").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "wat"));
    paths.sort();
    assert!(!paths.is_empty(), "there are cases");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in paths {
        let outcome = File::read(&path).outcome();
        settings.bind(|| insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), outcome));
    }
}
