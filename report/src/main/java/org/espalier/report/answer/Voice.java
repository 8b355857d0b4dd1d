package org.espalier.report.answer;

import org.espalier.bench.suite.Finding;

/** What one of several judges said. */
public record Voice(String judge, Finding finding, String reason) {}
