package org.espalier.report.run;

import java.util.Optional;
import org.espalier.bench.run.Result;

/**
 * A finished run of a benchmark beside RSBench.
 *
 * @param training of the model that was measured, where its record was found
 * @param subject what tables call the model, told apart from others of that name
 */
public record SuiteRun(
        RunInfo info, Method method, Optional<RunInfo> training, Optional<Sweep> sweep, String subject, Result result) {
    SuiteRun with(String note, Optional<Sweep> place, String subjectNote) {
        String told = subjectNote.isEmpty() ? subject : subject + " (" + subjectNote + ")";
        return new SuiteRun(info, method.with(note), training, place, told, result);
    }
}
