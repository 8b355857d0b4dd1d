package org.espalier.report.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.report.run.Distinction.Named;

/**
 * Where a run stands in a sweep over λ: a sweep's runs differ in λ and in seeds alone.
 *
 * @param note which sweep it is, where there are several; empty for one
 */
public record Sweep(double lambda, String note) {
    /** Of runs in order; empty for what SRPO did not train, or whose training left no record. */
    static List<Optional<Sweep>> of(List<Method> methods, List<Optional<RunInfo>> trainings, List<RunFacts> facts) {
        List<Optional<Double>> lambdas = IntStream.range(0, methods.size())
                .mapToObj(i -> trainings
                        .get(i)
                        .filter(_ -> methods.get(i).isSrpo())
                        .flatMap(training -> training.setting("lambda"))
                        .filter(lambda -> lambda.matches("[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?"))
                        .map(Double::valueOf))
                .toList();
        List<Integer> swept = IntStream.range(0, methods.size())
                .filter(i -> lambdas.get(i).isPresent())
                .boxed()
                .toList();
        List<String> notes = Distinction.notes(swept.stream()
                .map(i -> new Named("", "", facts.get(i).common(methods.get(i).name())))
                .toList());
        return IntStream.range(0, methods.size())
                .mapToObj(i -> lambdas.get(i).map(lambda -> new Sweep(lambda, notes.get(swept.indexOf(i)))))
                .toList();
    }
}
