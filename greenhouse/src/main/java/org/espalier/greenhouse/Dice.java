package org.espalier.greenhouse;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.espalier.core.Seed;

/**
 * A stream of random choices that is a function of a seed and a name alone, so that what is drawn for one item never
 * depends on how many others were drawn before it.
 */
public final class Dice {
    private final SplittableRandom random;

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** The stream with this name, for example {@code Dice.of(7, "scene", 12)}. */
    public static Dice of(long seed, String name, long... numbers) {
        return new Dice(Seed.of(seed, name, numbers).random());
    }

    /** A whole number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** One of several, each equally likely. */
    public <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** One of several by weight. */
    public <T> T pick(List<T> list, ToDoubleFunction<T> weight) {
        double total = list.stream().mapToDouble(weight).sum();
        double at = random.nextDouble() * total;
        for (T item : list) {
            at -= weight.applyAsDouble(item);
            if (at < 0) {
                return item;
            }
        }
        return list.getLast();
    }

    /** Brings a list into random order. */
    public void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            swap(list, i, below(i + 1));
        }
    }

    private static <T> void swap(List<T> list, int i, int j) {
        T item = list.get(i);
        list.set(i, list.get(j));
        list.set(j, item);
    }
}
