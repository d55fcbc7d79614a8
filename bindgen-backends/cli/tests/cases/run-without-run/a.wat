(component (component $c) (instance $i (instantiate $c)) (export "test:a/b" (instance $i)))
