;; A command without a memory.
(module
  (rec
    (type $outcome (sub (struct)))
    (type $good (sub final $outcome (struct)))
    (type $bad (sub final $outcome (struct))))
  (rec
    (type $stream-error (sub (struct)))
    (type $failed (sub final $stream-error (struct (field externref))))
    (type $closed (sub final $stream-error (struct))))
  (rec
    (type $written (sub (struct)))
    (type $ok (sub final $written (struct)))
    (type $err (sub final $written (struct (field (ref $stream-error))))))
  (type $bytes (array (mut i8)))
  (import "[abi=gc]wasi:cli/stdout@0.2.0" "get-stdout" (func $get-stdout (result externref)))
  (import "[abi=gc]wasi:io/streams@0.2.0" "[method]output-stream.blocking-write-and-flush"
    (func $write (param externref (ref $bytes)) (result (ref $written))))
  (import "[abi=gc]wasi:io/streams@0.2.0" "[resource-drop]output-stream" (func $drop (param externref)))
  (data $text "objects only\n")
  (func (export "[abi=gc]wasi:cli/run@0.2.0#run") (result (ref $outcome))
    (local $stdout externref) (local $written (ref null $written))
    (local.set $stdout (call $get-stdout))
    (local.set $written
      (call $write (local.get $stdout) (array.new_data $bytes $text (i32.const 0) (i32.const 13))))
    (call $drop (local.get $stdout))
    (if (result (ref $outcome)) (ref.test (ref $ok) (local.get $written))
      (then (struct.new $good))
      (else (struct.new $bad))))
  (@custom "onramp:abi" "gc 1"))
