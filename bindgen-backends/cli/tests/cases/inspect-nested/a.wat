(component (import "f" (func $f (param "x" u32))) (export "g" (func $f)))
