# What zlib's and pigz's own instructions say, with another compiler.
(cd zlib && CC="$CC" ./configure --static && make -j2 libz.a)
make -C pigz -j2 pigz CC="$CC" CFLAGS="-O2 -I../zlib" LDFLAGS="-L../zlib"
cp pigz/pigz "$PROGRAM"
