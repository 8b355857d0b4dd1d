package org.espalier.app.command;

/** A verb that resumes where it was interrupted when it is asked for the same again. */
interface Resumable {}
