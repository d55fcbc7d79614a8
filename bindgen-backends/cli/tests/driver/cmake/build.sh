# needs: cmake make
export PATH="$(dirname "$ONRAMP"):$PATH"
cmake -S . -B build -DCMAKE_TOOLCHAIN_FILE="$($ONRAMP cc -print-sysroot)/share/cmake/onramp.cmake" -DCMAKE_BUILD_TYPE=Release
cmake --build build
(cd build && ctest --output-on-failure)
mv build/program.wasm program.wasm
