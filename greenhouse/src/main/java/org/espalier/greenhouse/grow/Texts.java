package org.espalier.greenhouse.grow;

import org.espalier.greenhouse.internal.corpus.CorpusItem;
import org.espalier.greenhouse.internal.corpus.Mixture;

/** Where texts come from: a corpus, or what a test plants. */
@FunctionalInterface
interface Texts {
    CorpusItem item(long n, Mixture mixture);
}
