package exports.test.bit_flags;

import exports.test.bit_flags.BitFlags.Eight;
import exports.test.bit_flags.BitFlags.Full;
import exports.test.bit_flags.BitFlags.Nine;
import exports.test.bit_flags.BitFlags.One;
import java.util.List;
import wit.Tuple4;

final class BitFlagsImpl implements BitFlags.Guest {
    @Override
    public One complementOne(One f) {
        return new One(~f.bits() & 1);
    }

    @Override
    public Eight complementEight(Eight f) {
        return new Eight(~f.bits() & 0xff);
    }

    @Override
    public Nine complementNine(Nine f) {
        return new Nine(~f.bits() & 0x1ff);
    }

    @Override
    public Full complementFull(Full f) {
        return new Full(~f.bits());
    }

    @Override
    public Eight unionEight(Eight a, Eight b) {
        return a.or(b);
    }

    @Override
    public Nine intersectNine(Nine a, Nine b) {
        return new Nine(a.bits() & b.bits());
    }

    @Override
    public int countFull(Full f) {
        return Integer.bitCount(f.bits());
    }

    @Override
    public Full collectFull(byte[] numbers) {
        int bits = 0;
        for (byte number : numbers) bits |= 1 << number;
        return new Full(bits);
    }

    @Override
    public Nine parityNine(List<Nine> all) {
        int bits = 0;
        for (Nine nine : all) bits ^= nine.bits();
        return new Nine(bits);
    }

    @Override
    public Tuple4<Full, Nine, Eight, One> mirror(Tuple4<One, Eight, Nine, Full> all) {
        return new Tuple4<>(
                complementFull(all.v3()), complementNine(all.v2()), complementEight(all.v1()), complementOne(all.v0()));
    }
}
