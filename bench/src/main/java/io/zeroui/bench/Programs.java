package io.zeroui.bench;

import io.zeroui.testing.Checkout;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs of the built-in runtime that measure. */
public final class Programs {

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

    private Programs() {
    }

    /** Output of {@code pgbench} with these options on the database of a {@code postgresql://} URL. */
    static String pgbench(String databaseUrl, List<String> options) throws IOException, InterruptedException {
        URI url = URI.create(databaseUrl);
        String[] login = url.getRawUserInfo().split(":", 2);
        List<String> then = new ArrayList<>(options);
        then.add(url.getPath().substring(1));
        return run(program("pgbench"), login[1], List.of("-h", String.valueOf(url.getHost()), "-p",
                Integer.toString(url.getPort()), "-U", login[0]), then);
    }

    /** Transactions a second that {@code pgbench} reached. */
    static double transactionsPerSecond(String databaseUrl, List<String> options)
            throws IOException, InterruptedException {
        String output = pgbench(databaseUrl, options);
        Matcher tps = TPS.matcher(output);
        if (!tps.find() || output.contains("ERROR:")) {
            throw new IllegalStateException("pgbench said: " + output);
        }
        return Double.parseDouble(tps.group(1));
    }

    /** Output of a program, both streams in one. */
    public static String run(String program, String password, List<String> first, List<String> then)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(first);
        command.addAll(then);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** A program of the built-in runtime, found through the script that knows where it is. */
    public static String program(String name) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Checkout.root().resolve("deploy/runtime/runtime.sh").toString(), "which",
                name).start();
        String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() != 0 || path.isEmpty()) {
            throw new IllegalStateException("the runtime has no program " + name);
        }
        return path;
    }
}
