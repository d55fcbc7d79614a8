package exports.test.bit_flags;

import check.Check;
import java.util.List;
import wit.Result;
import wit.Tuple4;
import wit.test.bit_flags.BitFlags;
import wit.test.bit_flags.BitFlags.Eight;
import wit.test.bit_flags.BitFlags.Full;
import wit.test.bit_flags.BitFlags.Nine;
import wit.test.bit_flags.BitFlags.One;

final class CheckBitFlagsImpl implements CheckBitFlags.Guest {
    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            check.equal("complement-one({})", One.B0, BitFlags.complementOne(new One(0)));
            check.equal("complement-one(b0)", new One(0), BitFlags.complementOne(One.B0));
            for (int bit = 0; bit < 32; bit++) {
                check.equal("complement-full(" + bit + ")", new Full(~(1 << bit)), BitFlags.complementFull(new Full(1 << bit)));
                check.equal("collect-full(" + bit + ")", new Full(1 << bit), BitFlags.collectFull(new byte[] {(byte) bit, (byte) bit}));
            }
            check.equal("complement-eight", new Eight(0x7f), BitFlags.complementEight(Eight.B7));
            check.equal("complement-nine", new Nine(0xff), BitFlags.complementNine(Nine.B8));
            check.equal("union-eight", Eight.B0.or(Eight.B7), BitFlags.unionEight(Eight.B0, Eight.B7));
            check.equal("intersect-nine", Nine.B8, BitFlags.intersectNine(Nine.B8.or(Nine.B1), Nine.B8.or(Nine.B2)));
            check.equal("count-full(all)", 32, BitFlags.countFull(new Full(-1)));
            check.equal("count-full(b31)", 1, BitFlags.countFull(Full.B31));
            check.equal("parity-nine([])", new Nine(0), BitFlags.parityNine(List.of()));
            check.equal("parity-nine", Nine.B8, BitFlags.parityNine(List.of(Nine.B0, Nine.B8, Nine.B0)));
            check.equal("contains", true, new Full(-1).contains(Full.B31));
            check.equal(
                    "mirror",
                    new Tuple4<>(new Full(-1), new Nine(0x1ff), new Eight(0xff), new One(0)),
                    BitFlags.mirror(new Tuple4<>(One.B0, new Eight(0), new Nine(0), new Full(0))));
        });
    }
}
