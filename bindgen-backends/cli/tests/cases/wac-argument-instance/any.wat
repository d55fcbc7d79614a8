;; Every instance fits its import.
(component (import "test:count/any" (instance)))
