/** What goes to others: cards beside adapters and merged models, and publishing to a hub. */
@NullMarked
package org.espalier.workflow.share;

import org.jspecify.annotations.NullMarked;
