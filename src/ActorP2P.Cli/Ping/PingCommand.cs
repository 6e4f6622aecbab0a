using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Ping;

/// <summary>The command <c>ping</c>, which measures the handshake with a node and the round trips to it.</summary>
internal static class PingCommand
{
    public static Command Create(ToolConsole console)
    {
        ClientOptions client = new();
        Option<int> count = new("--count", "-c")
        {
            Description = "How many pings to send; 0: until Ctrl+C.",
            HelpName = "N",
            DefaultValueFactory = static _ => 4,
        };
        Option<double> interval = new("--interval", "-i")
        {
            Description = "The time between an answer and the next ping.",
            HelpName = "SECONDS",
            DefaultValueFactory = static _ => 1,
        };
        Command command = new(
            "ping", "Connects to a node, says what it is, and measures round trips by the protocol's own pings.")
        {
            count, interval,
        };
        client.AddTo(command);
        Examples.Add(
            command,
            "actorp2p ping 192.0.2.1:9000 --network chess",
            "actorp2p ping hub --config hocon/local-mesh.conf -c 10 -i 0.2");
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(client.Json)).RunAsync(
                () => RunAsync(
                    client.Read(parsed),
                    Arguments.NotNegative(parsed.GetValue(count), "--count"),
                    ClientOptions.TimeOf(parsed.GetValue(interval)),
                    new PingOutput(console, parsed.GetValue(client.Json)),
                    cancellationToken),
                cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, int count, TimeSpan interval, PingOutput output, CancellationToken cancellationToken)
    {
        using RoundTrips roundTrips = new();

        // A node pings a peer that it has not heard of for a while.
        P2PNodeOptions options = settings.Options;
        settings = settings with
        {
            Options = options with
            {
                Session = options.Session with { PingAfter = interval, PongTimeout = options.RequestTimeout },
            },
        };
        await using ToolNode tool = await ToolNode.StartAsync(
            settings, null, new P2PNodeServices { MeterFactory = roundTrips }, cancellationToken);
        long began = TimeProvider.System.GetTimestamp();
        Peer peer = await tool.ConnectAsync(settings.RequiredAddress, cancellationToken);
        TimeSpan connected = TimeProvider.System.GetElapsedTime(began);
        TimeSpan handshake = await roundTrips.NextAsync(cancellationToken);
        output.Connected(settings, peer, connected, handshake);

        PingStatistics statistics = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<Disconnect> end = tool.EndOfAsync(peer, stop.Token);
        Disconnect? ended = null;
        while ((count == 0 || statistics.Sent < count) && ended is null && !cancellationToken.IsCancellationRequested)
        {
            Task<TimeSpan> next = roundTrips.NextAsync(stop.Token).AsTask();
            await Task.WhenAny(next, end);
            if (next.IsCompletedSuccessfully)
            {
                statistics.Sent++;
                statistics.Add(await next);
                output.Pong(statistics.Sent, await next);
            }
            else if (end.IsCompleted && !cancellationToken.IsCancellationRequested)
            {
                ended = await end;
                statistics.Sent += ended.Reason == DisconnectReason.PingTimeout ? 1 : 0;
            }
        }

        await stop.CancelAsync();
        output.End(settings.RequiredAddress, statistics, ended);
        return ended is null && (statistics.Received > 0 || cancellationToken.IsCancellationRequested)
            ? ExitCodes.Done : ExitCodes.Failed;
    }
}
