//! Each case of `exceptions` is a module, `NAME.wat`, and what becomes of it, `NAME.expected`: a module, which must be valid, or one
//! line. `ONRAMP_BLESS=1` writes the expected files anew.

use std::fs;
use std::path::Path;

use wasmparser::{Validator, WasmFeatures};

fn translated(source: &Path) -> String {
    let module = wat::parse_file(source).expect("a case is a module");
    match onramp_weave::translate_exceptions(&module) {
        Ok(Some(module)) => {
            let standard = WasmFeatures::all().difference(WasmFeatures::LEGACY_EXCEPTIONS);
            Validator::new_with_features(standard).validate_all(&module).expect("the output is valid");
            wasmprinter::print_bytes(module).expect("the output is a module")
        }
        Ok(None) => String::from("nothing to translate\n"),
        Err(error) => format!("{error:#}\n"),
    }
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exceptions");
    let mut ran = 0;
    for entry in fs::read_dir(&folder).expect("the folder of cases") {
        let source = entry.expect("an entry").path();
        if source.extension().is_none_or(|extension| extension != "wat") {
            continue;
        }
        let (got, expected) = (translated(&source), source.with_extension("expected"));
        if std::env::var_os("ONRAMP_BLESS").is_some() {
            fs::write(&expected, &got).expect("the expected file is written");
        }
        assert_eq!(got, fs::read_to_string(&expected).unwrap_or_default(), "{}", source.display());
        ran += 1;
    }
    assert!(ran > 0, "no case in `{}`", folder.display());
}

#[test]
fn what_is_no_module_is_an_error() {
    let error = onramp_weave::translate_exceptions(b"not wasm").expect_err("this is no module");
    assert!(format!("{error:#}").starts_with("cannot read the linked module: "), "{error:#}");
}
