/** The dataset builder's verbs: pictures into a pool, drafts out of agents or records, drafts into a dataset. */
@NullMarked
package org.espalier.workflow.dataset;

import org.jspecify.annotations.NullMarked;
