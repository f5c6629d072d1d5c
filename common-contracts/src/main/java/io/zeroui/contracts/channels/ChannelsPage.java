package io.zeroui.contracts.channels;

import io.zeroui.contracts.Plane;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page {@code docs/channels.md}: the catalogue for people, in Markdown. */
public final class ChannelsPage {

    private ChannelsPage() {
    }

    /** The page, ending in a line feed. */
    public static String markdown() {
        return """
                # Channels

                Written from the catalogue (`ChannelCatalogue` in `common-contracts`) by `./zeroui channels --docs`; a test \
                compares.
                A road that is not in this table does not exist: nobody configures it, and Redis refuses it.

                | channel | from | to | streams | payload | carries |
                |---|---|---|---|---|---|
                %s

                *Carries* are data classes (`DataClass`), of the payload's components and of the envelope's attributes. A plane \
                is sent
                only what it may hold (`PlaneMatrix`); what a channel does not carry is refused before it reaches Redis
                ([ADR 0017](adr/0017-classes-on-channels.md)).

                %s

                An entry that its consumer cannot handle goes to the dead-letter stream of the channel, which the consumer alone \
                writes.
                Of `tenant-context` it has the SHA-256 and the length of the data only: what a tenant may withdraw must not stay where
                its withdrawal does not come.

                | channel | dead letters |
                |---|---|
                %s

                ## Who may do what in Redis

                One login per plane; what it may do is `deploy/redis/users.acl`, from the same catalogue \
                (`./zeroui channels --acl`).
                *Sends* is `XADD` and `XLEN`, and `XINFO GROUPS` to notice a loss; *reads* is the consumer group's commands and \
                `XTRIM`; what a
                plane keeps for itself are plain keys. `%s` belongs to the operators' login `default`. The shared plane may also ask
                how full Redis is (`INFO memory`).

                | login | sends | reads | keeps |
                |---|---|---|---|
                %s

                `{tenant}` is the tenant that an edge is enrolled for, and `_` for edges that nobody enrolled. The login of an \
                enrolled edge,
                `zeroui-ide-{edge}`, has the roads of the IDE plane with its own tenant and edge in the keys, and keeps nothing. \
                It reaches no
                other tenant's receipts and no other edge's acknowledgements ([ADR 0019](adr/0019-the-tenant-is-in-the-key.md)).
                """.formatted(rows(ChannelsPage::road), rows(ChannelsPage::purpose), rows(ChannelsPage::deadLetters),
                ChannelCatalogue.SMOKE_STREAM_KEY,
                Arrays.stream(Plane.values()).map(ChannelsPage::login).collect(Collectors.joining("\n")));
    }

    private static String rows(Function<Channel, String> row) {
        return ChannelCatalogue.all().stream().map(row).collect(Collectors.joining("\n"));
    }

    private static String road(Channel channel) {
        String consumers = Arrays.stream(Plane.values()).filter(channel.consumers()::contains).map(Plane::key)
                .collect(Collectors.joining(", "));
        return row(Stream.of(code(channel.name()), channel.producer().key(), consumers, code(channel.keyForm()),
                code(channel.payload().getSimpleName()), classes(channel)));
    }

    private static String purpose(Channel channel) {
        return "- " + code(channel.name()) + ": " + channel.description() + ".";
    }

    private static String deadLetters(Channel channel) {
        return row(Stream.of(code(channel.name()), code(channel.deadLetterForm())));
    }

    private static String login(Plane plane) {
        return row(Stream.of(code(RedisAcl.of(plane).user()), names(ChannelCatalogue.producedBy(plane)),
                names(ChannelCatalogue.consumedBy(plane)), code(ChannelCatalogue.privateKeyPrefix(plane) + "*")));
    }

    private static String classes(Channel channel) {
        return channel.carries().stream().sorted().map(dataClass -> code(dataClass.key())).collect(Collectors.joining(", "));
    }

    private static String names(List<Channel> channels) {
        return channels.stream().map(channel -> code(channel.name())).collect(Collectors.joining(", "));
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
