package exports.test.strings;

import java.nio.charset.StandardCharsets;

final class StringsImpl implements Strings.Guest {
    @Override
    public String concat(String a, String b) {
        return a + b;
    }

    @Override
    public int utf8Length(String s) {
        return s.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public int utf16Length(String s) {
        return s.length();
    }

    @Override
    public int scalarCount(String s) {
        return s.codePointCount(0, s.length());
    }

    @Override
    public String reverse(String s) {
        // TeaVM's StringBuilder.reverse takes surrogate pairs apart.
        var reversed = new StringBuilder();
        for (int at = s.length(); at > 0; at = s.offsetByCodePoints(at, -1)) reversed.appendCodePoint(s.codePointBefore(at));
        return reversed.toString();
    }

    @Override
    public String repeat(String s, int n) {
        return s.repeat(n);
    }

    @Override
    public int checksum(String s) {
        int checksum = 0x811c9dc5;
        for (byte b : s.getBytes(StandardCharsets.UTF_8)) checksum = (checksum ^ (b & 0xff)) * 16777619;
        return checksum;
    }

    @Override
    public int at(String s, int index) {
        return s.codePointAt(s.offsetByCodePoints(0, index));
    }

    @Override
    public String fromChar(int c) {
        return new String(Character.toChars(c));
    }
}
