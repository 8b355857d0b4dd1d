/**
 * The agents that write a sample: one method of {@link Agents} and one prompt each. What they are shown is data and
 * stands fenced; what they answer is checked before anything believes it.
 */
@NullMarked
package org.espalier.ssui.agent;

import org.jspecify.annotations.NullMarked;
