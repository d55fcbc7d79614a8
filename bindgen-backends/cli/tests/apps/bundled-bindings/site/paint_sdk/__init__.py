from paint_sdk.inner.bindings.imports import shapes, test_paint_sizes_1_0_0 as sizes
