# needs: make
make CC="$ONRAMP cc"
mv program program.wasm
