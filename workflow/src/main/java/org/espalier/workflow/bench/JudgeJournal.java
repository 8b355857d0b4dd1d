package org.espalier.workflow.bench;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.espalier.core.file.Json;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a run's journal says of its judges.
 *
 * @param calls answered
 * @param cost zero where no prices are known
 * @param answeredAs the models that servers said they had answered with: a name may stand for a dated snapshot
 */
record JudgeJournal(long calls, BigDecimal cost, List<String> answeredAs) {
    /** The fields that servers name their model in. */
    private static final List<String> NAMES = List.of("model", "modelVersion");

    /**
     * Empty where a run kept no journal.
     *
     * @param judges as {@link Judges#words} has them
     */
    static Optional<JudgeJournal> of(Path run, List<String> judges) {
        if (!Files.exists(run.resolve(Store.FILE))) {
            return Optional.empty();
        }
        try (Store store = Store.inFolder(run)) {
            BigDecimal money = BigDecimal.ZERO;
            long calls = 0;
            for (var spending : store.journal().spending()) {
                if (isJudge(spending.provider(), spending.model(), judges)) {
                    money = money.add(spending.cost());
                    calls += spending.calls();
                }
            }
            TreeSet<String> names = new TreeSet<>();
            store.journal().forEach(entry -> {
                if (isJudge(entry.provider(), entry.model(), judges)) {
                    answeredAs(entry).ifPresent(names::add);
                }
            });
            return Optional.of(new JudgeJournal(calls, money, List.copyOf(names)));
        }
    }

    private static boolean isJudge(String endpoint, String model, List<String> judges) {
        return !endpoint.equals(MeasuredModel.ENDPOINT)
                && judges.stream().anyMatch(judge -> judge.startsWith(model + ", "));
    }

    private static Optional<String> answeredAs(JournalEntry entry) {
        try {
            JsonNode answer = Json.parse(new String(entry.response(), StandardCharsets.UTF_8));
            return NAMES.stream()
                    .map(name -> answer.path(name).asString(""))
                    .filter(name -> !name.isEmpty())
                    .findFirst();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
