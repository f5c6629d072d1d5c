package io.zeroui.runtime.database;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.boundaries.DataClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What {@code db/{plane}/tables.properties} declares, beside the migrations that make the tables. */
record TableCatalogue(Map<String, Table> tables) {

    /** How {@code app.home_schema} begins. */
    private static final String OWN_SCHEMAS = "tenant_";
    private static final Set<String> COMMANDS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE");

    /**
     * One table.
     *
     * @param dataClass what it holds
     * @param planeCommands what the plane's machinery may do over all tenants' rows; for tables with a tenant
     */
    record Table(DataClass dataClass, Set<String> planeCommands) {
    }

    /**
     * The catalogue on the class path.
     *
     * @throws IllegalArgumentException when it is missing, or a line is not {@code schema.table = class [command…]}
     */
    static TableCatalogue of(Plane plane) {
        String name = "db/migration/" + plane.key() + "/tables.properties";
        try (InputStream file = TableCatalogue.class.getClassLoader().getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalArgumentException(name + " is missing");
            }
            Properties lines = new Properties();
            lines.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            Map<String, Table> tables = new TreeMap<>();
            lines.stringPropertyNames().forEach(table -> tables.put(table, table(table, lines.getProperty(table))));
            return new TableCatalogue(tables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The table, {@code schema.name}; null when it is not classified. A table in a tenant's own schema is what its model in
     * {@code app} is.
     */
    @Nullable
    Table find(String table) {
        return tables.get(table.startsWith(OWN_SCHEMAS) ? "app" + table.substring(table.indexOf('.')) : table);
    }

    private static Table table(String name, String declaration) {
        List<String> words = Arrays.asList(declaration.trim().split("\\s+"));
        Set<String> commands = new TreeSet<>(words.subList(1, words.size()));
        if (!COMMANDS.containsAll(commands)) {
            throw new IllegalArgumentException(name + ": commands are " + COMMANDS + ", not " + commands);
        }
        return new Table(DataClass.ofKey(words.get(0)), commands);
    }
}
