package exports.test.options;

import exports.test.options.Options.Failure;
import exports.test.options.Options.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wit.Result;

final class OptionsImpl implements Options.Guest {
    @Override
    public Optional<Integer> increment(Optional<Integer> x) {
        return x.filter(n -> n != -1).map(n -> n + 1);
    }

    @Override
    public Optional<Integer> first(Optional<String> s) {
        return s.filter(text -> !text.isEmpty()).map(text -> text.codePointAt(0));
    }

    @Override
    public Optional<Optional<Integer>> nest(int depth) {
        return switch (depth) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Optional.empty());
            default -> Optional.of(Optional.of(depth));
        };
    }

    @Override
    public int depth(Optional<Optional<Integer>> x) {
        return x.map(inner -> inner.orElse(1)).orElse(0);
    }

    @Override
    public Result<Integer, Failure> squareRoot(long x) {
        if (x < 0) return new Result.Err<>(new Failure(Reason.NEGATIVE, Long.toString(x)));
        if (x > 1_000_000) return new Result.Err<>(new Failure(Reason.TOO_BIG, Long.toString(x)));
        int root = 0;
        while ((long) (root + 1) * (root + 1) <= x) root++;
        return new Result.Ok<>(root);
    }

    @Override
    public Result<Void, Void> unit(boolean ok) {
        return ok ? new Result.Ok<>(null) : new Result.Err<>(null);
    }

    @Override
    public Result<Void, String> reject(String text) {
        return text.isEmpty() ? new Result.Ok<>(null) : new Result.Err<>(text);
    }

    @Override
    public Result<Long, Void> accept(long n) {
        return n == 0 ? new Result.Err<>(null) : new Result.Ok<>(n);
    }

    @Override
    public Result<String, Float> swap(Result<Float, String> r) {
        return switch (r instanceof Result.Ok<Float, String> ? 0 : 1) {
            case 0 -> new Result.Err<>(((Result.Ok<Float, String>) r).value());
            default -> new Result.Ok<>(((Result.Err<Float, String>) r).error());
        };
    }

    @Override
    public List<Result<Byte, Integer>> classify(List<Optional<Byte>> numbers) {
        var all = new ArrayList<Result<Byte, Integer>>();
        for (Optional<Byte> number : numbers) {
            all.add(number.isPresent() ? new Result.Ok<>(number.get()) : new Result.Err<>(all.size()));
        }
        return all;
    }

    @Override
    public int weigh(Optional<Result<Optional<int[]>, String>> x) {
        if (x.isEmpty()) return 0;
        if (x.get() instanceof Result.Err<Optional<int[]>, String> err) {
            return err.error().getBytes(StandardCharsets.UTF_8).length;
        }
        int sum = 1000;
        if (x.get() instanceof Result.Ok<Optional<int[]>, String> ok) {
            for (int number : ok.value().orElse(new int[] {})) sum += number;
        }
        return sum;
    }
}
