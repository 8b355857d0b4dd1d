package org.espalier.studio.internal.web;

/** What is behind the door. */
public interface Site {
    /** Answers a request; may be called from many threads at once. */
    Response answer(Request request);

    /** A page that says why there is none, for people. */
    Response refusal(int status, String sentence);
}
