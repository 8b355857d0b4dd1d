/**
 * SQLite on one machine, PostgreSQL for many: rooms keep their tables in one store, providers' answers go into its
 * journal, and the package {@code work} runs tasks that may be interrupted.
 */
@NullMarked
package org.espalier.store;

import org.jspecify.annotations.NullMarked;
