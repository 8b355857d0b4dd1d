package org.espalier.bench.judge;

import tools.jackson.databind.node.ObjectNode;

/** A judge's answer, checked against its form. */
public record FilledForm(ObjectNode fields) {
    public int number(String field) {
        return fields.path(field).asInt(0);
    }

    public boolean flag(String field) {
        return fields.path(field).asBoolean();
    }

    /** A choice or free words; empty where the judge left them out. */
    public String words(String field) {
        return fields.path(field).asString("");
    }
}
