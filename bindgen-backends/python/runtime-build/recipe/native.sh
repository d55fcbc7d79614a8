# Builds a Python for this machine, which is needed to build one for another: in a folder with the unpacked source `python`.
# Out: OUT, the folder to install it to.
mkdir build
cd build
../python/configure --prefix="$OUT" --without-ensurepip --disable-test-modules
make -j2
make install
