package exports.test.lists;

import exports.test.lists.Lists.Point;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

final class ListsImpl implements Lists.Guest {
    @Override
    public byte[] xorBytes(byte[] data, byte mask) {
        for (int i = 0; i < data.length; i++) data[i] ^= mask;
        return data;
    }

    @Override
    public long[] iota(long start, int count) {
        var numbers = new long[count];
        for (int i = 0; i < count; i++) numbers[i] = start + i;
        return numbers;
    }

    @Override
    public long sum(long[] numbers) {
        long sum = 0;
        for (long number : numbers) sum += number;
        return sum;
    }

    @Override
    public double[] widen(byte[] a, short[] b, short[] c, int[] d, int[] e, long[] f, float[] g) {
        var all = new double[a.length + b.length + c.length + d.length + e.length + f.length + g.length];
        int i = 0;
        for (byte x : a) all[i++] = x;
        for (short x : b) all[i++] = x & 0xffff;
        for (short x : c) all[i++] = x;
        for (int x : d) all[i++] = x & 0xffff_ffffL;
        for (int x : e) all[i++] = x;
        for (long x : f) all[i++] = x;
        for (float x : g) all[i++] = x;
        return all;
    }

    @Override
    public boolean[] invert(boolean[] bits) {
        for (int i = 0; i < bits.length; i++) bits[i] = !bits[i];
        return bits;
    }

    @Override
    public int[] explode(String s) {
        var scalars = new int[s.codePointCount(0, s.length())];
        for (int i = 0, at = 0; i < scalars.length; i++) {
            scalars[i] = s.codePointAt(at);
            at += Character.charCount(scalars[i]);
        }
        return scalars;
    }

    @Override
    public String implode(int[] chars) {
        var text = new StringBuilder();
        for (int c : chars) text.appendCodePoint(c);
        return text.toString();
    }

    @Override
    public List<String> sort(List<String> strings) {
        var sorted = new ArrayList<>(strings);
        sorted.sort(ListsImpl::compare);
        return sorted;
    }

    /** By scalar values, which is the order of the bytes in UTF-8 too. In UTF-16, those beyond the 16th bit come before some others. */
    private static int compare(String a, String b) {
        for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (Character.isSurrogate(x) != Character.isSurrogate(y)) return Character.isSurrogate(x) ? 1 : -1;
            if (x != y) return x - y;
        }
        return a.length() - b.length();
    }

    @Override
    public List<String> flatten(List<List<String>> groups) {
        var all = new ArrayList<String>();
        groups.forEach(all::addAll);
        return all;
    }

    @Override
    public List<List<String>> groupByLength(List<String> strings) {
        var groups = new ArrayList<List<String>>();
        for (String string : strings) {
            int length = utf8(string).length;
            while (groups.size() <= length) groups.add(new ArrayList<>());
            groups.get(length).add(string);
        }
        return groups;
    }

    @Override
    public List<Point> translate(List<Point> points, int dx, int dy) {
        var moved = new ArrayList<Point>();
        for (Point p : points) moved.add(new Point(p.x() + dx, p.y() + dy, p.label() + "'"));
        return moved;
    }

    @Override
    public int[] weigh(List<List<byte[]>> groups) {
        var weights = new int[groups.size()];
        for (int i = 0; i < weights.length; i++) {
            for (byte[] bytes : groups.get(i)) weights[i] += bytes.length;
        }
        return weights;
    }

    private static byte[] utf8(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }
}
