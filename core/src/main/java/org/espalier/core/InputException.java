package org.espalier.core;

/**
 * Something given to Espalier is wrong: one clear sentence that says what, where (file, line, sample id) and what to
 * do. The command line prints it and exits with 2.
 */
public sealed class InputException extends RuntimeException permits UnusableModelException, UnusablePictureException {
    public InputException(String sentence) {
        super(sentence);
    }

    public InputException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
