;; It exports what it imports.
(module
  (type $string (array (mut i8)))
  (type $strings (array (mut (ref null $string))))
  (import "[abi=gc]test:profiles/lib" "bytes" (func $bytes (param (ref $string)) (result i32)))
  (import "[abi=gc]test:profiles/lib" "all" (func $all (param (ref $strings)) (result i32)))
  (import "[abi=gc]test:profiles/lib" "text" (func $text (result (ref $string))))
  (import "[abi=gc]test:profiles/lib" "texts" (func $texts (result (ref $strings))))
  (export "[abi=gc]test:profiles/middle#bytes" (func $bytes))
  (export "[abi=gc]test:profiles/middle#all" (func $all))
  (export "[abi=gc]test:profiles/middle#text" (func $text))
  (export "[abi=gc]test:profiles/middle#texts" (func $texts)))
