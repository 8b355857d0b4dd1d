package org.espalier.report;

import java.nio.file.Path;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.report.study.StudyEvidence;
import org.espalier.report.study.StudyRecord;

/** Writes what a study found: {@code study.json}, {@code study.md}, {@code study.tex} and the page {@code study.html}. */
public final class StudyReport {
    public static final String JSON = "study.json";
    public static final String PAGE = "study.html";

    private StudyReport() {}

    /**
     * Each is written whole or not at all.
     *
     * @param evidence what the page shows beside the counts
     */
    public static void write(StudyRecord study, StudyEvidence evidence, Path folder) {
        AtomicFile.write(folder.resolve(JSON), Json.page(new StudyJson(study).tree()));
        AtomicFile.write(folder.resolve("study.md"), new StudyText(study).markdown());
        AtomicFile.write(folder.resolve("study.tex"), new StudyText(study).latex());
        AtomicFile.write(folder.resolve(PAGE), new StudyPage(study, evidence).html());
    }
}
