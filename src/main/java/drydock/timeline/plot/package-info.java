/**
 * A picture of what happened when: events in columns of time, a lane for the node, for each pod and
 * for each container.
 *
 * <pre>
 *   records ──► Spread ──► Axis: stretches of time in which something happened, and breaks
 *   records, files, logs ──► Plot ──► Lane: bars (counts a column), marks, lifelines
 *                              └────► Drawing ──► SVG
 * </pre>
 *
 * Memory and size are those of columns and lanes, however many events there are. Source of the
 * format: W3C, Scalable Vector Graphics (SVG) 1.1; nothing in it is a script or leads outside.
 */
@NullMarked
package drydock.timeline.plot;

import org.jspecify.annotations.NullMarked;
