/**
 * Records as text: which columns each kind of record has, and how rows are written.
 *
 * <pre>
 *   Container ──► Report&lt;Container&gt; ──► Column: name, Value ──► RowWriter ─► table | json | jsonl | csv
 * </pre>
 *
 * An output format is one {@link drydock.report.RowWriter} and one constant of {@link
 * drydock.report.OutputFormat}; a kind of record is one {@link drydock.report.Report}.
 */
@NullMarked
package drydock.report;

import org.jspecify.annotations.NullMarked;
