package org.espalier.store.work;

/** An item that was given up, and why. */
public record DeadLetter(String stage, String id, String payload, int attempts, String reason) {}
