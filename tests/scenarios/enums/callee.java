package exports.test.enums;

import exports.test.enums.Enums.Big;
import exports.test.enums.Enums.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import wit.Tuple3;

final class EnumsImpl implements Enums.Guest {
    @Override
    public Color nextColor(Color c) {
        return Color.values()[(c.ordinal() + 1) % Color.values().length];
    }

    @Override
    public Big nextBig(Big c) {
        return fromIndex(c.ordinal() + 1);
    }

    @Override
    public int index(Big c) {
        return c.ordinal();
    }

    @Override
    public Big fromIndex(int n) {
        return Big.values()[Integer.remainderUnsigned(n, Big.values().length)];
    }

    @Override
    public Tuple3<Integer, Integer, Integer> tally(List<Color> colors) {
        var counts = new int[3];
        for (Color color : colors) counts[color.ordinal()]++;
        return new Tuple3<>(counts[0], counts[1], counts[2]);
    }

    @Override
    public List<Big> reverse(List<Big> cases) {
        var reversed = new ArrayList<>(cases);
        Collections.reverse(reversed);
        return reversed;
    }
}
