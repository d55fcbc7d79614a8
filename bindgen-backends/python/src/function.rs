//! Functions: their signatures, the bodies of imports, the protocols of exports.

use onramp_abi::names as abi_names;
use onramp_abi::wit::dealiased;
use onramp_bridge::{Direction, WorldFunction};
use wit_parser::{FunctionKind, Type, TypeDefKind};

use crate::form::Forms;
use crate::hint::Hints;
use crate::names;
use crate::text::{docstring, indented};
use crate::world::{World, uncovered};

/// What an import's function in Python does.
#[derive(Clone, Copy, Debug)]
enum Body {
    /// Calls this import of the table.
    Call(u32),
    /// Raises, for this reason.
    Uncovered(&'static str),
}

/// A function's signature.
struct Signature {
    name: String,
    receiver: Option<&'static str>,
    params: Vec<(String, String)>,
    /// What it returns; for a WIT result, the type in `Ok`.
    returns: String,
    /// For a WIT result: the type in `Err`.
    raises: Option<String>,
}

/// The name of a function in Python.
pub fn name(function: &WorldFunction<'_>) -> String {
    let item = function.function.item_name();
    match (&function.function.kind, function.direction) {
        (FunctionKind::Constructor(_), _) => "__init__".to_owned(),
        (kind, Direction::Import) if kind.resource().is_some() => names::method(item),
        _ => names::snake(item),
    }
}

/// The names of a function's parameters in Python, with the receiver that a method has.
pub fn params(function: &WorldFunction<'_>) -> Vec<String> {
    let receiver = receiver(function).unwrap_or_default();
    let params = function.function.params.iter().enumerate();
    let name = |(index, param): (usize, &wit_parser::Param)| match (is_method(function), index) {
        (true, 0) => "self".to_owned(),
        _ => names::param(&param.name, receiver),
    };
    params.map(name).collect()
}

/// The function or method that calls an import.
pub fn import(hints: &mut Hints<'_, '_>, forms: &Forms, function: &WorldFunction<'_>) -> String {
    let signature = signature(hints, forms, function);
    let body = match body(hints.world, function) {
        Body::Call(index) => called(hints, forms, function, &signature, index),
        Body::Uncovered(reason) => {
            let name = abi_names::function(hints.world.resolve, function.interface, function.function);
            format!(
                "raise {}({:?})\n",
                hints.scope.builtin("NotImplementedError"),
                format!("{name} cannot be called: {reason}")
            )
        }
    };
    signature.text(hints, function, &body)
}

/// The abstract method that an app implements.
pub fn export(hints: &mut Hints<'_, '_>, forms: &Forms, function: &WorldFunction<'_>) -> String {
    let signature = signature(hints, forms, function);
    let body = format!("raise {}\n", hints.scope.builtin("NotImplementedError"));
    let decorator = hints.scope.from("abc", "abstractmethod");
    let text = signature.text(hints, function, &body);
    match text.strip_prefix("@classmethod\n") {
        Some(rest) => format!("@classmethod\n@{decorator}\n{rest}"),
        None => format!("@{decorator}\n{text}"),
    }
}

/// What calls an import, and what becomes of what it returns.
fn called(
    hints: &mut Hints<'_, '_>,
    forms: &Forms,
    function: &WorldFunction<'_>,
    signature: &Signature,
    index: u32,
) -> String {
    let arguments: String = params(function).iter().map(|param| format!(", {param}")).collect();
    if let FunctionKind::Constructor(_) = function.function.kind {
        return format!("{}(self, {index}{arguments})\n", hints.scope.private("onramp_runtime", "construct"));
    }
    let call = format!("{}({index}{arguments})", hints.scope.private("onramp_runtime", "call"));
    if signature.raises.is_none() && signature.returns == "None" {
        return format!("{call}\n");
    }
    let form = forms.of(hints.world.resolve, function, None);
    hints.scope.hide(params(function));
    let result = hints.optional(function.function.result.as_ref(), form);
    let isinstance = hints.scope.builtin("isinstance");
    hints.scope.hide(Vec::new());
    match (&signature.raises, signature.returns.as_str()) {
        (None, _) => format!("_result: {result} = {call}\nreturn _result\n"),
        (Some(_), returns) => {
            let err = hints.scope.from("componentize_py_types", "Err");
            let value = if returns == "None" { "" } else { "return _result.value\n" };
            format!("_result: {result} = {call}\nif {isinstance}(_result, {err}):\n    raise _result\n{value}")
        }
    }
}

impl Signature {
    fn text(&self, hints: &mut Hints<'_, '_>, function: &WorldFunction<'_>, body: &str) -> String {
        let receiver = self.receiver.map(str::to_owned).into_iter();
        let params = self.params.iter().map(|(name, hint)| format!("{name}: {hint}"));
        let params: Vec<_> = receiver.chain(params).collect();
        let raises = self.raises.as_deref().map(|error| match error {
            "None" => "Raises `componentize_py_types.Err(None)`.".to_owned(),
            error => format!("Raises `componentize_py_types.Err` with a value of type `{error}`."),
        });
        let docs = docstring(&[function.function.docs.contents.as_deref(), raises.as_deref()]);
        let decorator = match self.receiver {
            Some("cls") => format!("@{}\n", hints.scope.builtin("classmethod")),
            _ => String::new(),
        };
        let head = format!("def {}({}) -> {}:\n", self.name, params.join(", "), self.returns);
        format!("{decorator}{head}{}", indented(&format!("{docs}{body}")))
    }
}

fn signature(hints: &mut Hints<'_, '_>, forms: &Forms, function: &WorldFunction<'_>) -> Signature {
    let resolve = hints.world.resolve;
    let mut typed = Vec::new();
    let own = usize::from(is_method(function));
    for (name, param) in params(function).into_iter().zip(&function.function.params).skip(own) {
        let form = forms.of(resolve, function, Some(&param.name));
        typed.push((name, hints.ty(&param.ty, form)));
    }
    let form = forms.of(resolve, function, None);
    let result = function.function.result.as_ref();
    let (returns, raises) = match (&function.function.kind, result.and_then(|ty| result_of(hints, ty))) {
        (FunctionKind::Constructor(_), None) => ("None".to_owned(), None),
        (kind, Some((ok, err))) => {
            let returns = match kind {
                FunctionKind::Constructor(_) => "None".to_owned(),
                _ => hints.optional(ok.as_ref(), form),
            };
            // For the documentation only: nothing has to be imported for it.
            let mut scope = hints.scope.clone();
            let error = Hints { scope: &mut scope, ..*hints }.optional(err.as_ref(), form);
            (returns, Some(error))
        }
        (_, None) => (hints.optional(result, form), None),
    };
    Signature { name: name(function), receiver: receiver(function), params: typed, returns, raises }
}

/// The types in a WIT result.
fn result_of(hints: &Hints<'_, '_>, ty: &Type) -> Option<(Option<Type>, Option<Type>)> {
    let Type::Id(id) = ty else { return None };
    let resolve = hints.world.resolve;
    match &resolve.types[dealiased(resolve, *id)].kind {
        TypeDefKind::Result(result) => Some((result.ok, result.err)),
        _ => None,
    }
}

fn is_method(function: &WorldFunction<'_>) -> bool {
    matches!(
        function.function.kind,
        FunctionKind::Method(_)
            | FunctionKind::AsyncMethod(_)
            | FunctionKind::MethodGetter(_)
            | FunctionKind::MethodSetter(_)
    )
}

/// What Python passes in front of the parameters. The methods of protocols have one too.
fn receiver(function: &WorldFunction<'_>) -> Option<&'static str> {
    match (&function.function.kind, function.direction) {
        (FunctionKind::Static(_) | FunctionKind::AsyncStatic(_), _) => Some("cls"),
        (FunctionKind::StaticGetter(_) | FunctionKind::StaticSetter(_), _) => Some("cls"),
        (kind, Direction::Import) if kind.resource().is_none() => None,
        _ => Some("self"),
    }
}

/// What a function that calls an import does. The table has those that can be called in the world's order, before all others.
fn body(world: &World<'_>, function: &WorldFunction<'_>) -> Body {
    if let Some(reason) = uncovered(world.resolve, function) {
        return Body::Uncovered(reason);
    }
    let is_this = |one: &WorldFunction<'_>| {
        (one.direction, one.interface, &one.function.name)
            == (function.direction, function.interface, &function.function.name)
    };
    let before = world.functions.iter().take_while(|one| !is_this(one));
    let callable = before.filter(|one| one.direction == Direction::Import && uncovered(world.resolve, one).is_none());
    Body::Call(callable.count() as u32)
}
