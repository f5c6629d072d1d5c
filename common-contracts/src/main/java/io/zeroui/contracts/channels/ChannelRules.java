package io.zeroui.contracts.channels;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.boundaries.PayloadClasses;
import io.zeroui.contracts.boundaries.PlaneMatrix;
import io.zeroui.contracts.events.EventType;

/** What the plane contract asks of every channel. */
final class ChannelRules {

    private static final Set<DataClass> TELEMETRY_ONLY = EnumSet.of(DataClass.TELEMETRY, DataClass.PLANE_STATE);

    private ChannelRules() {
    }

    /** Everything that is wrong with a channel, in words; empty for a good one. */
    static List<String> violations(Channel channel) {
        List<String> violations = new ArrayList<>();
        PayloadClasses payload = channel.payloadClasses();
        violations.addAll(payload.flaws());
        payload.byComponent().forEach((component, dataClass) -> {
            if (!channel.carries().contains(dataClass)) {
                violations.add(component + " is " + dataClass.key() + ", which the channel does not carry");
            }
        });
        if (channel.payload().getAnnotation(EventType.class) == null) {
            violations.add(channel.payload().getSimpleName() + " has no event type");
        }
        channel.carries().forEach(dataClass -> roads(channel, dataClass, violations));
        if (channel.name().endsWith("-telemetry") && !TELEMETRY_ONLY.containsAll(channel.carries())) {
            violations.add("a telemetry channel carries telemetry and plane-state only");
        }
        return violations.stream().sorted().toList();
    }

    private static void roads(Channel channel, DataClass dataClass, List<String> violations) {
        if (!PlaneMatrix.mayEmit(channel.producer(), dataClass)) {
            violations.add("the " + channel.producer().key() + " plane must not send " + dataClass.key());
        }
        channel.consumers().stream().filter(consumer -> !PlaneMatrix.mayHold(consumer, dataClass))
                .forEach(consumer -> violations.add("the " + consumer.key() + " plane must not hold " + dataClass.key()));
        boolean upward = channel.producer() == Plane.IDE && channel.consumers().equals(Set.of(Plane.TENANT));
        if (dataClass == DataClass.RECEIPT_BODY && !upward) {
            violations.add("receipt-body travels from ide to tenant only");
        }
    }
}
