/** A hub whose repositories are plain folders, for trials on one machine: what fetches and publishes is tried against it. */
@NullMarked
package org.espalier.lab.hub;

import org.jspecify.annotations.NullMarked;
