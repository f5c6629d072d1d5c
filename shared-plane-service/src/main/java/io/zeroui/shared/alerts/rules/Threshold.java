package io.zeroui.shared.alerts.rules;

import java.util.Map;

/**
 * A bound of a figure, with another one behind which it is well again: between them nothing changes.
 *
 * @param figure name of the figure in reports, a whole number
 * @param unit how many of the figure's are one of the bounds'
 * @param above whether more is worse
 * @param fires beyond it the figure is bad
 * @param clears at it, or on its good side, the figure is well
 */
public record Threshold(String figure, double unit, boolean above, double fires, double clears) {

    public Threshold {
        if (above ? clears > fires : clears < fires) {
            throw new IllegalArgumentException(figure + " is well at " + clears + ", which is bad already");
        }
    }

    static Threshold above(String figure, double unit, double fires, double clears) {
        return new Threshold(figure, unit, true, fires, clears);
    }

    static Threshold below(String figure, double unit, double fires, double clears) {
        return new Threshold(figure, unit, false, fires, clears);
    }

    /** What the figure says; {@link Reading#MISSING} where it is not among them. */
    Reading read(Map<String, Long> figures) {
        Long found = figures.get(figure);
        if (found == null) {
            return Reading.MISSING;
        }
        double value = found / unit;
        if (above ? value > fires : value < fires) {
            return Reading.BAD;
        }
        return (above ? value <= clears : value >= clears) ? Reading.WELL : Reading.BETWEEN;
    }

    /** The same with another bound; what lies between it and where it is well keeps its share. */
    Threshold movedTo(double bound) {
        return new Threshold(figure, unit, above, bound, fires == 0 ? Math.min(bound, clears) : bound * clears / fires);
    }
}
