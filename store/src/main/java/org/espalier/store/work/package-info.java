/**
 * Runs many independent tasks, each named by an id: in one process over SQLite without any queue, in several processes
 * over PostgreSQL through db-scheduler. A task may be started again after a crash, so what it pays for goes through the
 * journal and what it writes may be written twice.
 */
@NullMarked
package org.espalier.store.work;

import org.jspecify.annotations.NullMarked;
