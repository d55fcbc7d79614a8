$ONRAMP c++ -std=c++20 -O1 -Wall main.cpp -o program.wasm
