/** The work behind the verbs, from words to a run folder: what each verb does alone, the demonstration does in a row. */
@NullMarked
package org.espalier.app.work;

import org.jspecify.annotations.NullMarked;
