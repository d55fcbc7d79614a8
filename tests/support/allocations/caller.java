package exports.onramp.allocations;

import java.util.Optional;

/** The collector frees: nothing is counted. */
final class OfBothImpl implements OfBoth.Guest {
    @Override
    public Optional<Integer> caller() {
        return Optional.empty();
    }

    @Override
    public Optional<Integer> callee() {
        return wit.onramp.allocations.OfCallee.live();
    }
}
