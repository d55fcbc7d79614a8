package exports.test.scalars;

final class ScalarsImpl implements Scalars.Guest {
    @Override
    public byte nextU8(byte x) {
        return (byte) (x + 1);
    }

    @Override
    public byte nextS8(byte x) {
        return (byte) (x + 1);
    }

    @Override
    public short nextU16(short x) {
        return (short) (x + 1);
    }

    @Override
    public short nextS16(short x) {
        return (short) (x + 1);
    }

    @Override
    public int nextU32(int x) {
        return x + 1;
    }

    @Override
    public int nextS32(int x) {
        return x + 1;
    }

    @Override
    public long nextU64(long x) {
        return x + 1;
    }

    @Override
    public long nextS64(long x) {
        return x + 1;
    }

    @Override
    public long sum(byte a, byte b, short c, short d, int e, int f, long g, long h) {
        return (a & 0xff) + b + (c & 0xffff) + d + (e & 0xffff_ffffL) + f + g + h;
    }

    @Override
    public int bitsF32(float x) {
        return Float.floatToRawIntBits(x);
    }

    @Override
    public long bitsF64(double x) {
        return Double.doubleToRawLongBits(x);
    }

    @Override
    public float fromBitsF32(int bits) {
        return Float.intBitsToFloat(bits);
    }

    @Override
    public double fromBitsF64(long bits) {
        return Double.longBitsToDouble(bits);
    }

    @Override
    public float divideF32(float a, float b) {
        return a / b;
    }

    @Override
    public double divideF64(double a, double b) {
        return a / b;
    }

    @Override
    public boolean exclusive(boolean a, boolean b) {
        return a != b;
    }

    @Override
    public int code(int c) {
        return c;
    }

    @Override
    public int nextChar(int c) {
        return switch (c) {
            case 0xd7ff -> 0xe000;
            case 0x10ffff -> 0;
            default -> c + 1;
        };
    }
}
