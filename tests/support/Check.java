package check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wit.Result;

/** Counts the checks of a caller and words the first that fails. */
public final class Check {
    /** What makes the checks. */
    public interface Body {
        /** Makes them. */
        void run(Check check);
    }

    @SuppressWarnings("serial")
    private static final class Failed extends RuntimeException {
        Failed(String message) {
            super(message);
        }
    }

    private int count;

    private Check() {}

    /** What `run` returns: the number of checks, or what the first that failed saw. */
    public static Result<Integer, String> all(Body body) {
        var check = new Check();
        try {
            body.run(check);
        } catch (Failed failed) {
            return new Result.Err<>(failed.getMessage());
        }
        return new Result.Ok<>(check.count);
    }

    /** Compares what `call` has given with what it is to give. */
    public void equal(String call, Object expected, Object actual) {
        count++;
        String wanted = text(expected);
        String seen = text(actual);
        if (!wanted.equals(seen)) {
            throw new Failed(call + ": expected " + shown(wanted) + ", got " + shown(seen));
        }
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "... (length " + text.length() + ")";
    }

    /** A value as text: 0.0 and -0.0 differ, and so do null and nothing. */
    private static String text(Object value) {
        if (value instanceof byte[] a) return Arrays.toString(a);
        if (value instanceof short[] a) return Arrays.toString(a);
        if (value instanceof int[] a) return Arrays.toString(a);
        if (value instanceof long[] a) return Arrays.toString(a);
        if (value instanceof float[] a) return Arrays.toString(a);
        if (value instanceof double[] a) return Arrays.toString(a);
        if (value instanceof boolean[] a) return Arrays.toString(a);
        var all = new StringBuilder();
        if (value instanceof List<?> list) {
            for (Object element : list) all.append(text(element)).append(';');
            return "[" + all + "]";
        }
        if (value instanceof Map<?, ?> map) {
            for (var entry : map.entrySet()) {
                all.append(text(entry.getKey())).append(':').append(text(entry.getValue())).append(';');
            }
            return "{" + all + "}";
        }
        if (value instanceof Optional<?> option) return option.isPresent() ? "some " + text(option.get()) : "none";
        return String.valueOf(value);
    }
}
