# The libraries that zstd would use of the machine are left out, so that both builds have the same.
make -C libzstd/programs -j2 zstd CC="$CC" HAVE_ZLIB=0 HAVE_LZMA=0 HAVE_LZ4=0 BACKTRACE=0
cp libzstd/programs/zstd "$PROGRAM"
