using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Messages;

/// <summary>The command <c>listen</c>, which prints the broadcasts and tells that reach it.</summary>
internal static class ListenCommand
{
    public static Command Create(ToolConsole console)
    {
        ClientOptions client = new(needsNode: false);
        Option<string[]> types = new("--type", "-t")
        {
            Description = "Types and ranges of types, such as 0101,0200-02ff; by default the broadcasts that the node "
                + "wants.",
            HelpName = "CODES",
        };
        Option<string?> listen = new("--listen")
        {
            Description = "Where other nodes can connect to this one.",
            HelpName = "HOST:PORT",
        };
        Option<bool> signed = new("--signed") { Description = "The broadcasts are signed." };
        Option<bool> connections = new("--connections") { Description = "Print connections and their ends too." };
        Option<int> count = new("--count", "-c") { Description = "End after so many messages.", HelpName = "N" };
        Command command = new("listen", "Prints the broadcasts and tells that reach it, until Ctrl+C.")
        {
            types, listen, signed, connections, count,
        };
        client.AddTo(command);
        Examples.Add(
            command,
            "actorp2p listen hub --config hocon/local-mesh.conf",
            "actorp2p listen --listen 127.0.0.1:9000 -t 0101 --json");
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(client.Json)).RunAsync(
                () => RunAsync(
                    console,
                    client.Read(parsed),
                    new ListenOptions
                    {
                        Types = TypeCodes.ParseAll(parsed.GetValue(types) ?? []),
                        Listen = parsed.GetValue(listen) is { } text ? ListenAddressOf(text) : null,
                        IsSigned = parsed.GetValue(signed),
                        WithConnections = parsed.GetValue(connections),
                        Count = Arguments.NotNegative(parsed.GetValue(count), "--count"),
                    },
                    cancellationToken),
                cancellationToken));
        return command;
    }

    private static PeerAddress ListenAddressOf(string text) => PeerAddress.TryParse(text, out PeerAddress? address)
        && address.Id is null ? address : throw new UsageException($"--listen is '{text}'; allowed: host:port.");

    private static async Task<int> RunAsync(
        ToolConsole console, ClientSettings settings, ListenOptions options, CancellationToken cancellationToken)
    {
        if (settings.Address is null && (options.Listen is null || options.Types.Count == 0))
        {
            throw new UsageException("Name a node, or give --listen and --type.");
        }

        NodeOffer offer = settings.Address is null ? new NodeOffer([], [])
            : await OfferAsync(settings, cancellationToken);
        IReadOnlyList<ushort> types = options.Types.Count > 0 ? options.Types : offer.Wanted;
        if (types.Count == 0)
        {
            throw new UsageException("The node names no broadcasts that it wants: give --type.");
        }

        PassedMessages passed = new(TimeProvider.System);
        await using ToolNode tool = await StartAsync(
            settings,
            options,
            protocol =>
            {
                ToolNode.NameServices(protocol, offer.Services, types);
                passed.Register(protocol, types, options.IsSigned);
            },
            cancellationToken);
        PassedOutput output = new(console, settings.Json);
        if (settings.Address is { } node)
        {
            output.Connected(await tool.ConnectAsync(node, cancellationToken), types);
        }

        output.Listening(tool.Node.ListenAddresses);
        await PrintAsync(tool.Node, passed, output, options, cancellationToken);
        output.End(passed.Added);
        return ExitCodes.Done;
    }

    // It dials the node again when the connection is lost.
    private static Task<ToolNode> StartAsync(
        ClientSettings settings, ListenOptions options, Action<ProtocolBuilder> protocol,
        CancellationToken cancellationToken)
    {
        P2PNodeOptions own = settings.Options with
        {
            Listen = options.Listen,
            Bootstrap = settings.Address is { } address ? [address] : [],
        };
        return ToolNode.StartAsync(settings with { Options = own }, protocol, null, cancellationToken);
    }

    private static async Task PrintAsync(
        P2PNode node, PassedMessages passed, PassedOutput output, ListenOptions options,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using NodeEvents events = node.Events();
        Task following = options.WithConnections ? passed.FollowAsync(events, end.Token) : Task.CompletedTask;
        try
        {
            while (options.Count == 0 || output.Messages < options.Count)
            {
                output.Print(await passed.NextAsync(cancellationToken));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is how a listener ends.
        }

        await end.CancelAsync();
        await following;
    }

    private static async Task<NodeOffer> OfferAsync(ClientSettings settings, CancellationToken cancellationToken)
    {
        await using ToolNode tool = await ToolNode.StartAsync(settings, null, null, cancellationToken);
        Peer peer = await tool.ConnectAsync(settings.RequiredAddress, cancellationToken);
        return new NodeOffer(peer.Services, peer.WantedBroadcasts.Listed);
    }

    /// <summary>What a node says of itself when it is connected.</summary>
    private sealed record NodeOffer(IReadOnlyList<ServiceName> Services, IReadOnlyList<ushort> Wanted);
}
