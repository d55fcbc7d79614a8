package exports.test.variants;

import exports.test.variants.Variants.DoubleWord;
import exports.test.variants.Variants.Size;
import exports.test.variants.Variants.Value;
import exports.test.variants.Variants.Word;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import wit.Tuple2;

final class VariantsImpl implements Variants.Guest {
    @Override
    public String name(Value v) {
        if (v instanceof Value.Small) return "small";
        if (v instanceof Value.Large) return "large";
        if (v instanceof Value.Text) return "text";
        if (v instanceof Value.Both) return "both";
        if (v instanceof Value.Numbers) return "numbers";
        return v instanceof Value.Sized ? "sized" : "nothing";
    }

    @Override
    public Value make(int kind, long n, String text) {
        switch (Integer.remainderUnsigned(kind, 7)) {
            case 0: return new Value.Nothing();
            case 1: return new Value.Small((float) unsigned(n));
            case 2: return new Value.Large(n);
            case 3: return new Value.Text(text);
            case 4: return new Value.Both(new Tuple2<>((byte) n, unsigned(n)));
            case 5:
                var numbers = new int[(int) n];
                for (int i = 0; i < numbers.length; i++) numbers[i] = i;
                return new Value.Numbers(numbers);
            default: return new Value.Sized(new Size((short) n, unsigned(n)));
        }
    }

    @Override
    public Value grow(Value v) {
        if (v instanceof Value.Small small) return new Value.Small(small.value() * 2);
        if (v instanceof Value.Large large) return new Value.Large(large.value() * 2);
        if (v instanceof Value.Text text) return new Value.Text(text.value().repeat(2));
        if (v instanceof Value.Both both) {
            return new Value.Both(new Tuple2<>((byte) (both.value().v0() * 2), both.value().v1() * 2));
        }
        if (v instanceof Value.Numbers numbers) {
            int length = numbers.value().length;
            var twice = new int[2 * length];
            System.arraycopy(numbers.value(), 0, twice, 0, length);
            System.arraycopy(numbers.value(), 0, twice, length, length);
            return new Value.Numbers(twice);
        }
        if (v instanceof Value.Sized sized) {
            return new Value.Sized(new Size((short) (sized.value().width() * 2), sized.value().height() * 2));
        }
        return v;
    }

    @Override
    public double total(List<Value> values) {
        double total = 0;
        for (Value value : values) total += number(value);
        return total;
    }

    private static double number(Value v) {
        if (v instanceof Value.Small small) return small.value();
        if (v instanceof Value.Large large) return unsigned(large.value());
        if (v instanceof Value.Text text) return text.value().getBytes(StandardCharsets.UTF_8).length;
        if (v instanceof Value.Both both) return (both.value().v0() & 0xff) + both.value().v1();
        if (v instanceof Value.Numbers numbers) {
            long sum = 0;
            for (int number : numbers.value()) sum += number & 0xffff_ffffL;
            return sum;
        }
        if (v instanceof Value.Sized sized) return (sized.value().width() & 0xffff) + sized.value().height();
        return 0;
    }

    /** Rounded once: the lowest bit that is shifted out stays as a sticky one. */
    private static double unsigned(long n) {
        return n >= 0 ? n : (double) ((n >>> 1) | (n & 1)) * 2;
    }

    @Override
    public Word reinterpret(Word w) {
        if (w instanceof Word.Int word) return new Word.Float(Float.intBitsToFloat(word.value()));
        return new Word.Int(Float.floatToRawIntBits(((Word.Float) w).value()));
    }

    @Override
    public DoubleWord reinterpretDouble(DoubleWord w) {
        if (w instanceof DoubleWord.Int word) return new DoubleWord.Float(Double.longBitsToDouble(word.value()));
        if (w instanceof DoubleWord.Float word) return new DoubleWord.Int(Double.doubleToRawLongBits(word.value()));
        return new DoubleWord.Word(reinterpret(((DoubleWord.Word) w).value()));
    }

    @Override
    public List<Value> reverse(List<Value> values) {
        var reversed = new ArrayList<>(values);
        Collections.reverse(reversed);
        return reversed;
    }
}
