;; Passes on references.
(module
  (type $string (array (mut i8)))
  (type $strings (array (mut (ref null $string))))
  (import "[abi=gc]test:profiles/lib" "bytes" (func $bytes (param (ref $string)) (result i32)))
  (import "[abi=gc]test:profiles/lib" "all" (func $all (param (ref $strings)) (result i32)))
  (import "[abi=gc]test:profiles/lib" "text" (func $text (result (ref $string))))
  (import "[abi=gc]test:profiles/lib" "texts" (func $texts (result (ref $strings))))
  (func (export "[abi=gc]test:profiles/middle#bytes") (param (ref $string)) (result i32) (call $bytes (local.get 0)))
  (func (export "[abi=gc]test:profiles/middle#all") (param (ref $strings)) (result i32) (call $all (local.get 0)))
  (func (export "[abi=gc]test:profiles/middle#text") (result (ref $string)) (call $text))
  (func (export "[abi=gc]test:profiles/middle#texts") (result (ref $strings)) (call $texts)))
