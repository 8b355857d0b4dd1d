/**
 * Durable work: items that stand in the store, each done exactly once, by one process or by several. A process claims
 * what it has room for; what it finishes is committed with its rows and the items that follow; what a dead process held
 * is taken over.
 */
@NullMarked
package org.espalier.store.work;

import org.jspecify.annotations.NullMarked;
