mkdir build
cd build
../xz-utils/configure $HOST CC="$CC" --enable-threads=posix --disable-shared --disable-nls --disable-doc --disable-scripts \
  --disable-xzdec --disable-lzmadec --disable-lzmainfo
make -j2
cp src/xz/xz "$PROGRAM"
