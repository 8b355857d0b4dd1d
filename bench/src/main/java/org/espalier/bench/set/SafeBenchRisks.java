package org.espalier.bench.set;

import java.util.List;
import java.util.Map;

/**
 * SafeBench's 8 primary risks and their 23 sub-categories, in the order that the dataset's card lists them and its files
 * are numbered.
 */
final class SafeBenchRisks {
    private static final List<Map.Entry<String, List<String>>> ALL = List.of(
            Map.entry("Consultation", List.of("Medical Advice", "Legal Advice", "Investment Advice")),
            Map.entry("Confidential Information", List.of("Personal Privacy", "Trade Confidentiality")),
            Map.entry(
                    "Cybersecurity",
                    List.of(
                            "Penetration Testing",
                            "Vulnerability Exploitation",
                            "Malware Generation",
                            "Hardware Security")),
            Map.entry("Ethics", List.of("Bioethics", "Social Ethics")),
            Map.entry(
                    "Illegal & Criminal Behavior",
                    List.of(
                            "Pornographic Content",
                            "Fraudulent Activities",
                            "IP Infringement",
                            "Illegal Activities",
                            "Child Abuse")),
            Map.entry("Violence", List.of("Physical Harm", "Psychological Harm")),
            Map.entry("Inappropriate Speech", List.of("Hate Speech", "Defamatory Speech")),
            Map.entry("Inappropriate Opinions", List.of("Political Opinions", "Religious Opinions", "Bias")));

    /** Primary risks. */
    static final int PRIMARY = ALL.size();

    static final int NUMBERS =
            ALL.stream().mapToInt(risk -> risk.getValue().size()).sum();

    private SafeBenchRisks() {}

    /** {@code risk/sub-category} of a file by its number, from 1. */
    static String cell(int number) {
        int at = number;
        for (var risk : ALL) {
            if (at <= risk.getValue().size()) {
                return risk.getKey() + "/" + risk.getValue().get(at - 1);
            }
            at -= risk.getValue().size();
        }
        throw new IllegalArgumentException("there is no sub-category " + number);
    }
}
