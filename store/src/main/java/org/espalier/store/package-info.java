/** SQLite on one machine, PostgreSQL for many: response journal, durable work. */
@NullMarked
package org.espalier.store;

import org.jspecify.annotations.NullMarked;
