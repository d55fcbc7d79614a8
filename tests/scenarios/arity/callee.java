package exports.test.arity;

import exports.test.arity.Arity.Wide;
import java.util.Arrays;
import java.util.Optional;
import wit.Tuple2;
import wit.Tuple20;

final class ArityImpl implements Arity.Guest {
    private static long sum(int... a) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) sum += (i + 1L) * (a[i] & 0xffff_ffffL);
        return sum;
    }

    @Override
    public long sum16(int a0, int a1, int a2, int a3, int a4, int a5, int a6, int a7, int a8, int a9, int
            a10, int a11, int a12, int a13, int a14, int a15) {
        return sum(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15);
    }

    @Override
    public long sum17(int a0, int a1, int a2, int a3, int a4, int a5, int a6, int a7, int a8, int a9, int
            a10, int a11, int a12, int a13, int a14, int a15, int a16) {
        return sum(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16);
    }

    @Override
    public double sum40(byte a0, short a1, int a2, long a3, double a4, byte a5, short a6, int a7, long a8,
            double a9, byte a10, short a11, int a12, long a13, double a14, byte a15, short a16, int a17,
            long a18, double a19, byte a20, short a21, int a22, long a23, double a24, byte a25, short a26,
            int a27, long a28, double a29, byte a30, short a31, int a32, long a33, double a34, byte a35,
            short a36, int a37, long a38, double a39) {
        double[] a = {a0 & 0xff, a1, a2 & 0xffff_ffffL, a3, a4, a5 & 0xff, a6, a7 & 0xffff_ffffL, a8,
                a9, a10 & 0xff, a11, a12 & 0xffff_ffffL, a13, a14, a15 & 0xff, a16, a17 & 0xffff_ffffL,
                a18, a19, a20 & 0xff, a21, a22 & 0xffff_ffffL, a23, a24, a25 & 0xff, a26, a27 &
                0xffff_ffffL, a28, a29, a30 & 0xff, a31, a32 & 0xffff_ffffL, a33, a34, a35 & 0xff, a36,
                a37 & 0xffff_ffffL, a38, a39};
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (i + 1) * a[i];
        return sum;
    }

    @Override
    public String join8(String a0, String a1, String a2, String a3, String a4, String a5, String a6, String a7) {
        return String.join(",", a0, a1, a2, a3, a4, a5, a6, a7);
    }

    @Override
    public String join9(String a0, String a1, String a2, String a3, String a4, String a5, String a6, String
            a7, String a8) {
        return String.join(",", a0, a1, a2, a3, a4, a5, a6, a7, a8);
    }

    @Override
    public Wide makeWide(int seed) {
        var bytes = new byte[seed];
        for (int i = 0; i < seed; i++) bytes[i] = (byte) i;
        String text = Integer.toString(seed);
        Optional<Integer> even = seed % 2 == 0 ? Optional.of(seed + 9) : Optional.empty();
        return new Wide(
                (byte) seed, seed + 1, text, seed + 3, (short) (seed + 4), bytes, seed + 6, seed % 2 == 1,
                0x40 + seed % 26, even, seed + 10, (short) (seed + 11), (byte) (seed + 12), seed + 13, seed + 14,
                new Tuple2<>((byte) 15, (long) (seed + 15)), text, seed + 17, seed + 18, (byte) (seed + 19));
    }

    @Override
    public int seedOf(Wide w) {
        int seed = w.f5().length;
        Wide expected = makeWide(seed);
        boolean same = Arrays.equals(w.f5(), expected.f5()) && shown(w).equals(shown(expected));
        return same ? seed : -1;
    }

    /** All fields but the list. */
    private static String shown(Wide w) {
        Object[] fields = {
            w.f0(), w.f1(), w.f2(), w.f3(), w.f4(), w.f6(), w.f7(), w.f8(), w.f9(), w.f10(),
                    w.f11(), w.f12(), w.f13(),
            w.f14(), w.f15(), w.f16(), w.f17(), w.f18(), w.f19()
        };
        return Arrays.toString(fields);
    }

    @Override
    public Tuple20<Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer,
            Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer>
            divisions(int n) {
        var q = new int[20];
        for (int i = 0; i < 10; i++) {
            q[2 * i] = Integer.divideUnsigned(n, i + 1);
            q[2 * i + 1] = Integer.remainderUnsigned(n, i + 1);
        }
        return new Tuple20<>(q[0], q[1], q[2], q[3], q[4], q[5], q[6], q[7], q[8], q[9], q[10], q[11],
                q[12], q[13], q[14], q[15], q[16], q[17], q[18], q[19]);
    }

    @Override
    public int around(int before, Wide w, int after) {
        return before + seedOf(w) + after;
    }
}
