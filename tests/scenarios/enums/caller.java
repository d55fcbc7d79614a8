package exports.test.enums;

import check.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import wit.Result;
import wit.Tuple3;
import wit.test.enums.Enums;
import wit.test.enums.Enums.Big;
import wit.test.enums.Enums.Color;

final class CheckEnumsImpl implements CheckEnums.Guest {
    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            check.equal("next-color(red)", Color.GREEN, Enums.nextColor(Color.RED));
            check.equal("next-color(green)", Color.BLUE, Enums.nextColor(Color.GREEN));
            check.equal("next-color(blue)", Color.RED, Enums.nextColor(Color.BLUE));
            var all = List.of(Big.values());
            for (int i = 0; i < all.size(); i++) {
                check.equal("next-big(c" + i + ")", all.get((i + 1) % all.size()), Enums.nextBig(all.get(i)));
                check.equal("index(c" + i + ")", i, Enums.index(all.get(i)));
                check.equal("from-index(" + i + ")", all.get(i), Enums.fromIndex(i));
            }
            check.equal("from-index(-1)", Big.C195, Enums.fromIndex(-1));
            check.equal("tally([])", new Tuple3<>(0, 0, 0), Enums.tally(List.of()));
            var colors = List.of(Color.RED, Color.BLUE, Color.RED);
            check.equal("tally(red, blue, red)", new Tuple3<>(2, 0, 1), Enums.tally(colors));
            var reversed = new ArrayList<>(all);
            Collections.reverse(reversed);
            check.equal("reverse(all)", reversed, Enums.reverse(all));
        });
    }
}
