using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace ActorP2P.Cli.Clients;

/// <summary>The node of a command, which lives as long as the command.</summary>
internal sealed class ToolNode : IAsyncDisposable
{
    private readonly SerilogLoggerFactory _loggers;
    private readonly NodeEvents _events;

    private ToolNode(P2PNode node, NodeEvents events, SerilogLoggerFactory loggers)
    {
        Node = node;
        _events = events;
        _loggers = loggers;
    }

    public P2PNode Node { get; }

    /// <summary>Starts a node.</summary>
    /// <param name="settings">How it reaches others.</param>
    /// <param name="protocol">Registers its handlers.</param>
    /// <param name="services">What it is given besides a logger.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<ToolNode> StartAsync(
        ClientSettings settings, Action<ProtocolBuilder>? protocol = null, P2PNodeServices? services = null,
        CancellationToken cancellationToken = default)
    {
        SerilogLoggerFactory loggers = new(
            new LoggerConfiguration()
                .MinimumLevel.Is(settings.IsVerbose ? LogEventLevel.Debug : LogEventLevel.Error)
                .WriteTo.Console(
                    formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
                .CreateLogger(),
            dispose: true);
        try
        {
            P2PNode node = await P2PNode.StartAsync(
                settings.Options, protocol, (services ?? new P2PNodeServices()) with { LoggerFactory = loggers },
                cancellationToken);
            return new ToolNode(node, node.Events(), loggers);
        }
        catch
        {
            loggers.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Registers the names that a peer gives to its services of these types. A node drops what a peer tells it of a
    /// service that it does not know by name.
    /// </summary>
    public static void NameServices(
        ProtocolBuilder protocol, IReadOnlyList<ServiceName> known, IEnumerable<ushort> types)
    {
        // A node may give two numbers one name; a name is registered once.
        foreach (ServiceName service in known
            .IntersectBy(types.Select(static type => (byte)(type >> 8)), static service => service.Code)
            .DistinctBy(static service => service.Name))
        {
            protocol.Service(service.Code, service.Name);
        }
    }

    /// <summary>
    /// Connects to the node of the command, and logs in if the settings have a cookie file.
    /// </summary>
    public async Task<Peer> ConnectAsync(ClientSettings settings, CancellationToken cancellationToken)
    {
        Peer peer = await ConnectAsync(settings.RequiredAddress, cancellationToken);
        if (settings.CookieFile is { } cookie)
        {
            await Node.LoginAsync(peer, cookie, cancellationToken);
        }

        return peer;
    }

    /// <summary>Connects, and waits until the node counts the peer among its peers.</summary>
    public async Task<Peer> ConnectAsync(PeerAddress address, CancellationToken cancellationToken)
    {
        Peer peer = await Node.ConnectAsync(address, cancellationToken);
        await _events.ReadAsync<PeerConnected>(connected => connected.Peer == peer, cancellationToken);
        return peer;
    }

    /// <summary>Waits for the end of a connection.</summary>
    public async Task<Disconnect> EndOfAsync(Peer peer, CancellationToken cancellationToken) =>
        (await _events.ReadAsync<PeerDisconnected>(gone => gone.Peer == peer, cancellationToken)).End;

    public async ValueTask DisposeAsync()
    {
        _events.Dispose();
        await Node.DisposeAsync();
        _loggers.Dispose();
    }
}
