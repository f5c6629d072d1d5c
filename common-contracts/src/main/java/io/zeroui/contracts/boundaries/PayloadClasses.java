package io.zeroui.contracts.boundaries;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The data class of every component of a payload record, down to its leaves. What has no class, or has room for members that
 * nobody declared, is a flaw and in no class.
 *
 * @param byComponent class by path, for example {@code items.receiptId}
 * @param flaws what is wrong with the type, in words; empty for a good one
 */
public record PayloadClasses(Map<String, DataClass> byComponent, List<String> flaws) {

    private static final Set<Class<?>> LEAVES = Set.of(String.class, Boolean.class, Integer.class, Long.class, Double.class,
            Instant.class, LocalDate.class, UUID.class);
    private static final Set<Class<?>> CONTAINERS = Set.of(List.class, Set.class);

    public PayloadClasses {
        byComponent = Map.copyOf(byComponent);
        flaws = List.copyOf(flaws);
    }

    /** Looks through a record that travels as JSON. */
    public static PayloadClasses of(Class<?> payload) {
        Walk walk = new Walk();
        if (payload.isRecord()) {
            walk.record(payload, "");
        } else {
            walk.flaws.add(payload.getSimpleName() + " is not a record");
        }
        return new PayloadClasses(walk.found, List.copyOf(walk.flaws));
    }

    /** A type that travels as raw bytes, which all have the class of the type. */
    public static PayloadClasses ofRaw(Class<?> payload) {
        Carries carries = payload.getAnnotation(Carries.class);
        return carries == null
                ? new PayloadClasses(Map.of(), List.of(payload.getSimpleName() + " has no data class"))
                : new PayloadClasses(Map.of(payload.getSimpleName(), carries.value()), List.of());
    }

    /** The classes that occur. */
    public Set<DataClass> classes() {
        Set<DataClass> classes = EnumSet.noneOf(DataClass.class);
        classes.addAll(byComponent.values());
        return classes;
    }

    private static final class Walk {

        private final Map<String, DataClass> found = new TreeMap<>();
        private final Set<String> flaws = new java.util.TreeSet<>();
        private final Set<Class<?>> open = new HashSet<>();

        private void record(Class<?> type, String path) {
            if (!open.add(type)) {
                flaws.add(path + " contains itself");
                return;
            }
            Carries common = type.getAnnotation(Carries.class);
            for (RecordComponent component : type.getRecordComponents()) {
                String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
                component(component, common, name);
                type(component.getGenericType(), name);
            }
            open.remove(type);
        }

        private void component(RecordComponent component, @Nullable Carries common, String name) {
            Carries own = component.getAnnotation(Carries.class);
            Carries carries = own == null ? common : own;
            if (carries == null) {
                flaws.add(name + " has no data class");
            } else {
                found.put(name, carries.value());
            }
        }

        private void type(Type type, String name) {
            if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
                container(raw, generic.getActualTypeArguments(), name);
            } else if (type instanceof Class<?> plain && plain.isRecord()) {
                record(plain, name);
            } else if (!(type instanceof Class<?> plain) || !isLeaf(plain)) {
                flaws.add(name + " is open: " + type.getTypeName() + " may hold what nobody declared");
            }
        }

        private void container(Class<?> raw, Type[] arguments, String name) {
            if (CONTAINERS.contains(raw)) {
                type(arguments[0], name);
            } else if (raw == Map.class && arguments[0] == String.class) {
                type(arguments[1], name);
            } else {
                flaws.add(name + " is open: a " + raw.getSimpleName() + " may hold what nobody declared");
            }
        }

        private static boolean isLeaf(Class<?> type) {
            return type.isPrimitive() || type.isEnum() || LEAVES.contains(type);
        }
    }
}
