package io.zeroui.product.reports;

import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The query parameters of reports, unchecked. */
public class ReportParameters {

    /** Whose receipts. */
    @RestQuery
    @Parameter(description = "Tenant, kebab-case; a credential of one tenant needs to name none")
    public @Nullable String tenant;

    /** First day. */
    @RestQuery
    @Parameter(description = "First day, YYYY-MM-DD; by default 30 days up to the last one")
    public @Nullable String from;

    /** Last day. */
    @RestQuery
    @Parameter(description = "Last day, YYYY-MM-DD, included; by default today (UTC)")
    public @Nullable String to;

    /** Only this gate. */
    @RestQuery
    @Parameter(description = "Only this gate")
    public @Nullable String gate;

    /** Only this kind. */
    @RestQuery
    @Parameter(description = "Only this kind: decision, feedback")
    public @Nullable String kind;

    /** Only this status. */
    @RestQuery
    @Parameter(description = "Only this status: pass, warn, soft_block, hard_block, unknown")
    public @Nullable String status;

    /** Only this environment. */
    @RestQuery
    @Parameter(description = "Only this environment")
    public @Nullable String environment;

    /** Most rows. */
    @RestQuery
    @Parameter(description = "Most rows in the answer, 1 to 1000, by default 200; a daily report has no use for it")
    public @Nullable String limit;

    /** Where to go on. */
    @RestQuery
    @Parameter(description = "next_cursor of the answer before; a daily report has no use for it")
    public @Nullable String cursor;
}
