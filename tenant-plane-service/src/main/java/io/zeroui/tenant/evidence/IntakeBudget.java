package io.zeroui.tenant.evidence;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.work.IntakeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** How much of each tenant is under way, from the first check to the answer, so that no tenant takes the memory of all. */
@ApplicationScoped
class IntakeBudget {

    /** What a receipt needs beside its bytes, about. */
    private static final int LINE_OVERHEAD = 512;

    private final IntakeConfig config;
    private final Map<TenantId, Use> tenants = new HashMap<>();
    private long total;

    private record Use(long lines, long bytes) {
        static final Use NONE = new Use(0, 0);

        Use plus(long moreLines, long moreBytes) {
            return new Use(lines + moreLines, bytes + moreBytes);
        }
    }

    IntakeBudget(IntakeConfig config) {
        this.config = config;
    }

    /** Whether more of the tenant's may come. */
    synchronized boolean hasRoom(TenantId tenant) {
        Use use = tenants.getOrDefault(tenant, Use.NONE);
        return use.lines() < config.tenantLines() && use.bytes() < config.tenantBytes() && total < config.totalBytes();
    }

    /** Counts what has come, if there is room. */
    synchronized boolean tryTake(TenantId tenant, int lines, long bytes) {
        boolean room = hasRoom(tenant);
        if (room) {
            take(tenant, lines, bytes);
        }
        return room;
    }

    /** Counts what has come and is bounded elsewhere. */
    synchronized void take(TenantId tenant, int lines, long bytes) {
        change(tenant, lines, bytes + (long) lines * LINE_OVERHEAD);
    }

    /** Takes back what was counted. */
    synchronized void giveBack(TenantId tenant, int lines, long bytes) {
        change(tenant, -lines, -bytes - (long) lines * LINE_OVERHEAD);
    }

    /** Receipts of the tenant that are under way. */
    synchronized long lines(TenantId tenant) {
        return tenants.getOrDefault(tenant, Use.NONE).lines();
    }

    /** Bytes that are under way, over all tenants. */
    synchronized long total() {
        return total;
    }

    private void change(TenantId tenant, long lines, long bytes) {
        total += bytes;
        Use use = tenants.getOrDefault(tenant, Use.NONE).plus(lines, bytes);
        if (use.lines() == 0) {
            tenants.remove(tenant);
        } else {
            tenants.put(tenant, use);
        }
    }
}
