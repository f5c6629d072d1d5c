package io.zeroui.contracts.boundaries;

import io.zeroui.contracts.Plane;
import java.util.EnumSet;
import java.util.Set;

/** The ownership rules of the plane contract: which classes of data a plane may hold. What it may not, it must not. */
public final class PlaneMatrix {

    private PlaneMatrix() {
    }

    /** Whether data of that class may be at rest in the plane. */
    public static boolean mayHold(Plane plane, DataClass dataClass) {
        return held(plane).contains(dataClass);
    }

    /**
     * Whether data of that class may come out of the plane: what it holds, and what it says of its own health, which arises in
     * every plane and is kept in one.
     */
    public static boolean mayEmit(Plane plane, DataClass dataClass) {
        return dataClass == DataClass.TELEMETRY || mayHold(plane, dataClass);
    }

    /** The classes that the plane may hold. */
    public static Set<DataClass> held(Plane plane) {
        return switch (plane) {
            case IDE -> EnumSet.of(DataClass.RECEIPT_BODY, DataClass.RECEIPT_METADATA, DataClass.POLICY,
                    DataClass.ACCESS_CONTROL, DataClass.PLANE_STATE);
            case TENANT -> EnumSet.of(DataClass.RECEIPT_BODY, DataClass.RECEIPT_METADATA, DataClass.TENANT_CONTEXT,
                    DataClass.POLICY, DataClass.SECRET_REFERENCE, DataClass.TENANT_REGISTRY, DataClass.RULING,
                    DataClass.ACCESS_CONTROL, DataClass.PLANE_STATE);
            case PRODUCT -> EnumSet.of(DataClass.RECEIPT_METADATA, DataClass.TENANT_CONTEXT, DataClass.POLICY,
                    DataClass.SECRET_REFERENCE, DataClass.TENANT_REGISTRY, DataClass.RULING, DataClass.ACCESS_CONTROL,
                    DataClass.PLANE_STATE);
            case SHARED -> EnumSet.of(DataClass.REGISTRY, DataClass.RULING, DataClass.TELEMETRY, DataClass.ACCESS_CONTROL, DataClass.PLANE_STATE);
        };
    }
}
