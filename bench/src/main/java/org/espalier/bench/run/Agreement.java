package org.espalier.bench.run;

/** How far two judges of one run agree on the answers that both judged. {@code kappa} is Cohen's. */
public record Agreement(String first, String second, int answers, double agreement, double kappa) {}
