# needs: pkg-config
# One's own clang, with the flags that the file has. The toolchain's clang stands in for it here.
sysroot=$($ONRAMP cc -print-sysroot)
clang=$(sed -n 1p "$sysroot/tools")
PATH="$(dirname "$clang"):$PATH"
export PKG_CONFIG_PATH="$sysroot/lib/wasm32-wasip2/pkgconfig"
"$clang" $(pkg-config --cflags onramp-pthread) -O2 main.c worker.c $(pkg-config --libs onramp-pthread) -o program.wasm
