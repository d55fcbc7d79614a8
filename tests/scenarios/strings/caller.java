package exports.test.strings;

import static wit.test.strings.Strings.at;
import static wit.test.strings.Strings.checksum;
import static wit.test.strings.Strings.concat;
import static wit.test.strings.Strings.fromChar;
import static wit.test.strings.Strings.repeat;
import static wit.test.strings.Strings.reverse;
import static wit.test.strings.Strings.scalarCount;
import static wit.test.strings.Strings.utf16Length;
import static wit.test.strings.Strings.utf8Length;

import check.Check;
import wit.Result;

final class CheckStringsImpl implements CheckStrings.Guest {
    private static final int MIB = 1 << 20;

    /** The first and the last character of every length in UTF-8, and those next to the surrogates. */
    private static final int[] EDGES = {0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};

    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            lengths(check);
            copies(check);
            checksums(check);
            characters(check);
            large(check);
        });
    }

    private static String edges() {
        return new String(EDGES, 0, EDGES.length);
    }

    private static void lengths(Check check) {
        length(check, "", 0, 0, 0);
        length(check, "hello, world", 12, 12, 12);
        length(check, "a\0b\0", 4, 4, 4);
        length(check, "é", 2, 1, 1);
        length(check, "€", 3, 1, 1);
        length(check, "𝄞", 4, 2, 1);
        length(check, "aé€𝄞", 10, 5, 4);
        length(check, "👩‍👩‍👧", 18, 8, 5);
        length(check, edges(), 26, 12, 10);
    }

    private static void length(Check check, String s, int utf8, int utf16, int scalars) {
        check.equal("utf8-length(" + s + ")", utf8, utf8Length(s));
        check.equal("utf16-length(" + s + ")", utf16, utf16Length(s));
        check.equal("scalar-count(" + s + ")", scalars, scalarCount(s));
    }

    private static void copies(Check check) {
        check.equal("concat", "", concat("", ""));
        check.equal("concat", "a", concat("a", ""));
        check.equal("concat", "é", concat("", "é"));
        check.equal("concat", "€\0\0𝄞", concat("€\0", "\0𝄞"));
        check.equal("reverse", "", reverse(""));
        check.equal("reverse", "cba", reverse("abc"));
        check.equal("reverse", "𝄞€éa", reverse("aé€𝄞"));
        check.equal("reverse", edges(), reverse(reverse(edges())));
        check.equal("repeat", "", repeat("abc", 0));
        check.equal("repeat", "é\0𝄞é\0𝄞", repeat("é\0𝄞", 2));
    }

    private static void checksums(Check check) {
        check.equal("checksum", 0x811c9dc5, checksum(""));
        check.equal("checksum", 0xe40c292c, checksum("a"));
        check.equal("checksum", 0xbf9cf968, checksum("foobar"));
    }

    private static void characters(Check check) {
        for (int i = 0; i < EDGES.length; i++) {
            check.equal("at(edges, " + i + ")", EDGES[i], at(edges(), i));
            check.equal("from-char(" + EDGES[i] + ")", new String(EDGES, i, 1), fromChar(EDGES[i]));
        }
    }

    private static void large(Check check) {
        String one = "0123456789abcdef".repeat(MIB / 16);
        check.equal("concat(1 MiB, 1 MiB)", one + one, concat(one, one));
        check.equal("utf8-length(1 MiB)", MIB, utf8Length(one));
        String wide = "𝄞é€a".repeat(MIB / 16);
        check.equal("utf8-length(wide)", 10 * (MIB / 16), utf8Length(wide));
        check.equal("reverse(wide)", "a€é𝄞".repeat(MIB / 16), reverse(wide));
        check.equal("repeat(é, 1 Mi)", MIB, repeat("é", MIB).length());
    }
}
