# Builds zlib and CPython's library for wasm32-wasip1, in a folder that has the unpacked sources `zlib` and `python`.
#
# In: CC, the compiler with the libraries of threads; BUILD_PYTHON, a Python of the same minor version for this machine;
# OUT, the folder for the libraries and the headers.
(cd zlib && CFLAGS=-O2 ./configure --static && make -j2 libz.a)
zlib=$PWD/zlib

mkdir build
cd build
# memfd_create is declared for programs that emulate mmap, and not defined. A thread's stack has to bear the evaluation of
# Python's expressions: 1 MiB. There is no pkg-config here whose answers would hold for this target.
SOURCE_DATE_EPOCH=0 CONFIG_SITE=../python/Tools/wasm/config.site-wasm32-wasi ac_cv_func_memfd_create=no \
CC="$CC" CPP="$CC -E" CXX=false AR=ar RANLIB=ranlib \
PKG_CONFIG=false PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR=/nonexistent ZLIB_CFLAGS="-I$zlib" ZLIB_LIBS="-L$zlib -lz" \
OPT="-DNDEBUG -O2 -g0 -w" CFLAGS="-DTHREAD_STACK_SIZE=0x100000" \
../python/configure --host=wasm32-wasip1 --build=x86_64-pc-linux-gnu --with-build-python="$BUILD_PYTHON" \
  --prefix=/usr --without-ensurepip --disable-test-modules

libraries="libpython3.13.a Modules/_decimal/libmpdec/libmpdec.a Modules/expat/libexpat.a Modules/_hacl/libHacl_Hash_SHA2.a"
make -j2 $libraries
# The target ends in an error, because no Python of this target can be asked, and leaves what the standard library's sysconfig
# imports: the one thing wanted of it.
make pybuilddir.txt || cp build/lib.*/_sysconfigdata_*.py ../python/Lib/
cp $libraries $zlib/libz.a "$OUT"
cp -r ../python/Include "$OUT/include"
cp pyconfig.h "$OUT/include"
