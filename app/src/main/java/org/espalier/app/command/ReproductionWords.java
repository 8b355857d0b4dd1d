package org.espalier.app.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.app.console.Console;
import org.espalier.app.console.Durations;
import org.espalier.core.cost.Cost;
import org.espalier.core.text.Counted;
import org.espalier.workflow.reproduce.Experiment;
import org.espalier.workflow.reproduce.ExperimentPlan;
import org.espalier.workflow.reproduce.Machine;
import org.espalier.workflow.reproduce.Reproduction;

/** An experiment as people read it. */
final class ReproductionWords {
    private static final String ROW = "  %-40s %9s %16s %15s %14s %10s";

    private ReproductionWords() {}

    /** Its steps, what they take together, and what is missing. */
    static List<String> plan(Experiment experiment, ExperimentPlan plan, Machine machine) {
        List<String> lines = new ArrayList<>();
        lines.add("%s, in %s: %s × %s; %s; %s"
                .formatted(
                        experiment.title(),
                        experiment.out(),
                        Counted.of(experiment.bases().size(), "base model"),
                        Counted.of(experiment.methods().size(), "method"),
                        Counted.of(experiment.tests().size(), "benchmark"),
                        Counted.of(plan.steps().size(), "step")));
        lines.add(ROW.formatted("step", "hours", "tokens through", "judge's calls", "tokens", "money"));
        plan.steps().forEach(step -> lines.add(row(step)));
        lines.add(row("together", plan.models(), plan.judging()));
        lines.addAll(time(plan, machine));
        lines.add(
                plan.counted() == plan.steps().size()
                        ? "  sizes and lengths are those of the files that are here"
                        : "  sizes and lengths as published, where they are not here; a step whose files are here is"
                                + " marked *");
        lines.add("  answers are taken to be half as long as they may be; half of the drawn paths to be correct");
        lines.addAll(missing(plan));
        return lines;
    }

    private static String row(ExperimentPlan.Planned step) {
        boolean work = step.model().tokens() > 0;
        return row(step.step().name() + (step.counted() && work ? " *" : ""), step.model(), step.judge());
    }

    private static String row(String name, Cost model, Cost judge) {
        return ROW.formatted(
                        name,
                        hours(model),
                        model.tokens() == 0 ? "" : grouped(model.tokens()),
                        judge.calls() == 0 ? "" : grouped(judge.calls()),
                        judge.calls() == 0 ? "" : grouped(judge.tokens()),
                        judge.money().signum() == 0 ? "" : money(judge.money()))
                .stripTrailing();
    }

    private static String hours(Cost cost) {
        return cost.tokens() == 0
                ? ""
                : String.format(Locale.ROOT, "%,.2f", cost.time().toSeconds() / 3600.0);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String money(BigDecimal money) {
        return money.setScale(2, RoundingMode.HALF_UP).toString();
    }

    private static List<String> time(ExperimentPlan plan, Machine machine) {
        Cost models = plan.models();
        List<String> lines = new ArrayList<>();
        lines.add("  hours are those of one device of '%s' (%s)".formatted(machine.name(), machine.basis()));
        lines.add("  by the clock %s on %s that share all steps evenly, beside the judge's %s"
                .formatted(
                        Durations.text(machine.clock(models.time())),
                        Counted.of(machine.devices(), "device"),
                        Durations.text(plan.judging().time())));
        BigDecimal rent = machine.price(models.time());
        lines.add("  money: %s for devices, %s for the judge"
                .formatted(
                        machine.hour().signum() == 0 ? "not told (--device-hour PRICE)" : money(rent),
                        plan.judging().money().signum() == 0
                                ? "nothing"
                                : money(plan.judging().money())));
        return lines;
    }

    private static List<String> missing(ExperimentPlan plan) {
        if (plan.missing().isEmpty()) {
            return List.of("  nothing is missing on this machine");
        }
        List<String> lines = new ArrayList<>(List.of("  missing on this machine:"));
        plan.missing().forEach(sentence -> lines.add("  - " + sentence));
        return lines;
    }

    /** A step that has ended. */
    static void ended(Console console, Reproduction.Ended ended) {
        console.say("%-40s %8s  %s"
                .formatted(ended.step().name(), Durations.text(ended.time()), ended.found())
                .stripTrailing());
    }
}
