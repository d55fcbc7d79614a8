package exports.test.scalars;

import check.Check;
import wit.Result;
import wit.test.scalars.Scalars;

final class CheckScalarsImpl implements CheckScalars.Guest {
    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            integers(check);
            floats(check);
            rest(check);
        });
    }

    private static void integers(Check check) {
        for (int x : new int[] {0, 1, 127, 128, 254, 255}) {
            check.equal("next-u8(" + x + ")", (byte) (x + 1), Scalars.nextU8((byte) x));
            check.equal("next-s8(" + x + ")", (byte) (x + 1), Scalars.nextS8((byte) x));
        }
        for (int x : new int[] {0, 1, 32767, 32768, 65535}) {
            check.equal("next-u16(" + x + ")", (short) (x + 1), Scalars.nextU16((short) x));
            check.equal("next-s16(" + x + ")", (short) (x + 1), Scalars.nextS16((short) x));
        }
        for (int x : new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            check.equal("next-u32(" + x + ")", x + 1, Scalars.nextU32(x));
            check.equal("next-s32(" + x + ")", x + 1, Scalars.nextS32(x));
        }
        for (long x : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            check.equal("next-u64(" + x + ")", x + 1, Scalars.nextU64(x));
            check.equal("next-s64(" + x + ")", x + 1, Scalars.nextS64(x));
        }
        check.equal("sum(0…)", 0L, Scalars.sum((byte) 0, (byte) 0, (short) 0, (short) 0, 0, 0, 0, 0));
        check.equal("sum(-1…)", 255L - 1 + 65535 - 1 + 4294967295L - 1 - 1 - 1,
                Scalars.sum((byte) -1, (byte) -1, (short) -1, (short) -1, -1, -1, -1, -1));
    }

    private static void floats(Check check) {
        for (float x : new float[] {0f, -0f, 1f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY}) {
            int bits = Float.floatToRawIntBits(x);
            check.equal("bits-f32(" + x + ")", bits, Scalars.bitsF32(x));
            check.equal("from-bits-f32(" + bits + ")", x, Scalars.fromBitsF32(bits));
        }
        for (double x : new double[] {0.0, -0.0, 1.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.NEGATIVE_INFINITY}) {
            long bits = Double.doubleToRawLongBits(x);
            check.equal("bits-f64(" + x + ")", bits, Scalars.bitsF64(x));
            check.equal("from-bits-f64(" + bits + ")", x, Scalars.fromBitsF64(bits));
        }
        check.equal("from-bits-f32(NaN)", Float.NaN, Scalars.fromBitsF32(0x7fc00001));
        check.equal("from-bits-f64(NaN)", Double.NaN, Scalars.fromBitsF64(0x7ff8000000000001L));
        check.equal("divide-f32(1, 3)", 1f / 3f, Scalars.divideF32(1f, 3f));
        check.equal("divide-f32(1, 0)", Float.POSITIVE_INFINITY, Scalars.divideF32(1f, 0f));
        check.equal("divide-f64(1, 3)", 1.0 / 3.0, Scalars.divideF64(1.0, 3.0));
        check.equal("divide-f64(0, 0)", Double.NaN, Scalars.divideF64(0.0, 0.0));
    }

    private static void rest(Check check) {
        for (boolean a : new boolean[] {false, true}) {
            for (boolean b : new boolean[] {false, true}) {
                check.equal("exclusive(" + a + ", " + b + ")", a ^ b, Scalars.exclusive(a, b));
            }
        }
        int[] codes = {0, 'a', 0x7f, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
        int[] next = {1, 'b', 0x80, 0xe000, 0xe001, 0x10000, 0x10001, 0};
        for (int i = 0; i < codes.length; i++) {
            check.equal("code(" + codes[i] + ")", codes[i], Scalars.code(codes[i]));
            check.equal("next-char(" + codes[i] + ")", next[i], Scalars.nextChar(codes[i]));
        }
    }
}
