/** What every run has: its versions, its log, its endpoints over a journal of their own. */
@NullMarked
package org.espalier.workflow.run;

import org.jspecify.annotations.NullMarked;
