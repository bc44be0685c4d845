package drydock.checkpoint.diff;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Rendered;
import org.jspecify.annotations.Nullable;

/** A thing that one of both has, and what is known of it. */
record Item(@Nullable Long pid, Rendered what, Rendered.Fields facts, Origin origin) {}
