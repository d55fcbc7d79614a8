# `-###` shows and runs nothing; what it shows can be run. Preprocessing and compiling link nothing, and warn of nothing.
$ONRAMP cc -Werror -E main.c | grep -q pthread_create
$ONRAMP cc -Werror -c -o worker.o worker.c
$ONRAMP cc -'###' main.c worker.o 2> shown
test ! -e a.out
grep -q -e '-lonramp-pthread' shown
$ONRAMP cc --version > /dev/null
$ONRAMP cc main.c worker.o
mv a.out program.wasm
