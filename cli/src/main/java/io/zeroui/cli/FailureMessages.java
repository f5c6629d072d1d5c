package io.zeroui.cli;

import java.io.PrintWriter;
import java.util.concurrent.CompletionException;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Failures as two lines, cause and mend; a failure that nobody foresaw keeps its stack trace. */
final class FailureMessages implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof CliFailure known) {
            err.println("zeroui: error: " + known.getMessage());
            err.println("  " + known.mend());
        } else {
            err.println("zeroui: error: " + failure);
            err.println("  this is a fault of the command itself; please report it with these lines");
            failure.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
