/**
 * SQLite on one machine, PostgreSQL for many: rooms keep their tables in one store, providers' answers go into its
 * journal, and the package {@code work} hands out durable work.
 */
@NullMarked
package org.espalier.store;

import org.jspecify.annotations.NullMarked;
