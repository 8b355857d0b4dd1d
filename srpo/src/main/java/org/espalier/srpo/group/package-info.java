/** Processes that work on one thing together: who they are, how they meet, what they say to each other. */
@NullMarked
package org.espalier.srpo.group;

import org.jspecify.annotations.NullMarked;
