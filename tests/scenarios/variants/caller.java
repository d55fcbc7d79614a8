package exports.test.variants;

import check.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import wit.Result;
import wit.Tuple2;
import wit.test.variants.Variants;
import wit.test.variants.Variants.DoubleWord;
import wit.test.variants.Variants.Size;
import wit.test.variants.Variants.Value;
import wit.test.variants.Variants.Word;

final class CheckVariantsImpl implements CheckVariants.Guest {
    private static final String[] NAMES = {"nothing", "small", "large", "text", "both", "numbers", "sized"};

    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            made(check);
            grown(check);
            totals(check);
            words(check);
        });
    }

    private static List<Value> all() {
        return List.of(
                new Value.Nothing(),
                new Value.Small(3),
                new Value.Large(3),
                new Value.Text("é𝄞"),
                new Value.Both(new Tuple2<>((byte) 3, 3.0)),
                new Value.Numbers(new int[] {0, 1, 2}),
                new Value.Sized(new Size((short) 3, 3.0)));
    }

    /** A value's fields, those of an array among them. */
    private static String shown(Value v) {
        return v instanceof Value.Numbers numbers ? Arrays.toString(numbers.value()) : v.toString();
    }

    private static List<String> shown(List<Value> all) {
        var texts = new ArrayList<String>();
        for (Value value : all) texts.add(shown(value));
        return texts;
    }

    private static void made(Check check) {
        for (int kind = 0; kind < 7; kind++) {
            Value expected = all().get(kind);
            check.equal("name(" + kind + ")", NAMES[kind], Variants.name(expected));
            check.equal("make(" + kind + ")", shown(expected), shown(Variants.make(kind, 3, "é𝄞")));
        }
        check.equal("make(2, -1)", new Value.Large(-1), Variants.make(2, -1, ""));
    }

    private static void grown(Check check) {
        check.equal("grow", new Value.Nothing(), Variants.grow(new Value.Nothing()));
        check.equal("grow", new Value.Small(-1), Variants.grow(new Value.Small(-0.5f)));
        check.equal("grow", new Value.Large(-2), Variants.grow(new Value.Large(-1)));
        check.equal("grow", new Value.Text("éé"), Variants.grow(new Value.Text("é")));
        var both = new Value.Both(new Tuple2<>((byte) 254, -1.0));
        check.equal("grow", both, Variants.grow(new Value.Both(new Tuple2<>((byte) 255, -0.5))));
        check.equal("grow", "[1, 2, 1, 2]", shown(Variants.grow(new Value.Numbers(new int[] {1, 2}))));
        var sized = new Value.Sized(new Size((short) 2, 5.0));
        check.equal("grow", sized, Variants.grow(new Value.Sized(new Size((short) 32769, 2.5))));
    }

    private static void totals(Check check) {
        check.equal("total([])", 0.0, Variants.total(List.of()));
        check.equal("total(all)", 3 + 3 + 6 + 6 + 3 + 6.0, Variants.total(all()));
        check.equal("total(large)", 18446744073709551616.0, Variants.total(List.of(new Value.Large(-1))));
        var reversed = new ArrayList<>(shown(all()));
        java.util.Collections.reverse(reversed);
        check.equal("reverse(all)", reversed, shown(Variants.reverse(all())));
    }

    private static void words(Check check) {
        check.equal("reinterpret", new Word.Float(1), Variants.reinterpret(new Word.Int(0x3f800000)));
        check.equal("reinterpret", new Word.Int(0x80000000), Variants.reinterpret(new Word.Float(-0f)));
        var one = new DoubleWord.Float(1);
        check.equal("reinterpret-double", one, Variants.reinterpretDouble(new DoubleWord.Int(0x3ff0000000000000L)));
        check.equal("reinterpret-double", new DoubleWord.Int(1),
                Variants.reinterpretDouble(new DoubleWord.Float(Double.MIN_VALUE)));
        check.equal("reinterpret-double", new DoubleWord.Word(new Word.Int(1)),
                Variants.reinterpretDouble(new DoubleWord.Word(new Word.Float(Float.MIN_VALUE))));
    }
}
