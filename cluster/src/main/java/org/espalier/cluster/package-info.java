/**
 * Groups of the data worked on by the executors of Apache Spark: where its jars lie, how it is told what is wanted, and the
 * groups themselves. Only {@link org.espalier.cluster.SparkCluster} and what it uses touch Spark, which is on no class path but
 * that of a process that was started for it.
 */
@NullMarked
package org.espalier.cluster;

import org.jspecify.annotations.NullMarked;
