package exports.test.options;

import check.Check;
import java.util.List;
import java.util.Optional;
import wit.Result;
import wit.test.options.Options;
import wit.test.options.Options.Failure;
import wit.test.options.Options.Reason;

final class CheckOptionsImpl implements CheckOptions.Guest {
    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            options(check);
            results(check);
            nested(check);
        });
    }

    private static void options(Check check) {
        check.equal("increment(none)", Optional.empty(), Options.increment(Optional.empty()));
        check.equal("increment(0)", Optional.of(1), Options.increment(Optional.of(0)));
        check.equal("increment(-1)", Optional.empty(), Options.increment(Optional.of(-1)));
        check.equal("first(none)", Optional.empty(), Options.first(Optional.empty()));
        check.equal("first(\"\")", Optional.empty(), Options.first(Optional.of("")));
        check.equal("first(𝄞a)", Optional.of(0x1d11e), Options.first(Optional.of("𝄞a")));
    }

    private static void results(Check check) {
        check.equal("square-root(-1)", new Result.Err<>(new Failure(Reason.NEGATIVE, "-1")), Options.squareRoot(-1));
        check.equal("square-root(99)", new Result.Ok<>(9), Options.squareRoot(99));
        check.equal("square-root(1000000)", new Result.Ok<>(1000), Options.squareRoot(1_000_000));
        var big = new Failure(Reason.TOO_BIG, Long.toString(Long.MAX_VALUE));
        check.equal("square-root(max)", new Result.Err<>(big), Options.squareRoot(Long.MAX_VALUE));
        check.equal("unit(true)", new Result.Ok<>(null), Options.unit(true));
        check.equal("unit(false)", new Result.Err<>(null), Options.unit(false));
        check.equal("reject(\"\")", new Result.Ok<>(null), Options.reject(""));
        check.equal("reject(é)", new Result.Err<>("é"), Options.reject("é"));
        check.equal("accept(0)", new Result.Err<>(null), Options.accept(0));
        check.equal("accept(-1)", new Result.Ok<>(-1L), Options.accept(-1));
        check.equal("swap(ok)", new Result.Err<>(0.5f), Options.swap(new Result.Ok<>(0.5f)));
        check.equal("swap(error)", new Result.Ok<>("é"), Options.swap(new Result.Err<>("é")));
    }

    private static void nested(Check check) {
        check.equal("nest(0)", Optional.empty(), Options.nest(0));
        check.equal("nest(1)", Optional.of(Optional.empty()), Options.nest(1));
        check.equal("nest(2)", Optional.of(Optional.of(2)), Options.nest(2));
        check.equal("depth(0)", 0, Options.depth(Optional.empty()));
        check.equal("depth(1)", 1, Options.depth(Optional.of(Optional.empty())));
        check.equal("depth(2)", 2, Options.depth(Optional.of(Optional.of(2))));
        var all = List.of(Optional.of((byte) -1), Optional.<Byte>empty(), Optional.of((byte) 7));
        check.equal(
                "classify",
                List.of(new Result.Ok<>((byte) -1), new Result.Err<>(1), new Result.Ok<>((byte) 7)),
                Options.classify(all));
        check.equal("weigh(none)", 0, Options.weigh(Optional.empty()));
        check.equal("weigh(error)", 3, Options.weigh(Optional.of(new Result.Err<>("€"))));
        check.equal("weigh(ok(none))", 1000, Options.weigh(Optional.of(new Result.Ok<>(Optional.empty()))));
        var numbers = Optional.of(new int[] {1, 2, 3});
        check.equal("weigh(ok(some))", 1006, Options.weigh(Optional.of(new Result.Ok<>(numbers))));
    }
}
