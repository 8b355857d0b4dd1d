package org.espalier.report.answer;

/** What one of several judges said. */
public record Voice(String judge, Finding finding, String reason) {}
