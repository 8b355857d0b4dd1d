/** Methods compared in many worlds with many seeds: rows of trainings by cells of base, world and seed. */
@NullMarked
package org.espalier.workflow.study;

import org.jspecify.annotations.NullMarked;
