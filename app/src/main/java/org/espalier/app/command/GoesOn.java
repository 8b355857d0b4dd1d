package org.espalier.app.command;

/** A verb that goes on where it was interrupted when it is asked for the same again. */
interface GoesOn {}
