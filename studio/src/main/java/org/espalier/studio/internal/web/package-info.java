/** A small web server on loopback: who may come in, what they asked, what they get. Knows nothing of drafts or runs. */
@NullMarked
package org.espalier.studio.internal.web;

import org.jspecify.annotations.NullMarked;
