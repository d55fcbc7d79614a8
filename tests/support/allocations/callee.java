package exports.onramp.allocations;

import java.util.Optional;

/** The collector frees: nothing is counted. */
final class OfCalleeImpl implements OfCallee.Guest {
    @Override
    public Optional<Integer> live() {
        return Optional.empty();
    }
}
