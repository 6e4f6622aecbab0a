using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>The arena over loopback. At its end the process must have no more open sockets than before.</summary>
internal sealed class SocketArena : Arena
{
    // The test reaches this limit only when something hangs.
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private static bool s_isWarm;

    private TransportKind _transport;
    private ActorSystem? _system;

    /// <summary>
    /// The number of open sockets in this process. Files do not count, because the test host opens logs and assemblies
    /// during the run.
    /// </summary>
    public static int OpenSockets => Directory.GetFiles("/proc/self/fd")
        .Count(path => new FileInfo(path).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);

    public static async Task RunAsync(Func<Arena, Task> scenario, Network network = Network.Sockets)
    {
        await WarmUpAsync();
        int before = OpenSockets;
        SocketArena arena = new()
        {
            _transport = network is Network.AkkaIo or Network.AkkaIoInOneSystem
                ? TransportKind.AkkaIo
                : TransportKind.Sockets,
            _system = network is Network.SocketsInOneSystem or Network.AkkaIoInOneSystem
                ? ActorSystem.Create("host", "akka { loglevel = WARNING, stdout-loglevel = WARNING }")
                : null,
        };
        await scenario(arena).WaitAsync(Guard);
        if (arena._system is { } system)
        {
            await system.Terminate().WaitAsync(Guard);
        }

        await UntilAsync(() => AreClosed(before, arena._transport));
    }

    /// <summary>Waits for a condition that only the kernel or a counter shows.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        using CancellationTokenSource guard = new(Guard);
        while (!holds())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>
    /// Whether no socket is left. Akka.IO drops an accept that completes while its port is freed, and that socket stays
    /// open until the runtime finalizes it; see "What differs" in docs/internals/architecture.md.
    /// </summary>
    private static bool AreClosed(int before, TransportKind transport)
    {
        if (OpenSockets > before && transport == TransportKind.AkkaIo)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return OpenSockets <= before;
    }

    public override async Task<RawPeer> DialAsync(PeerAddress address) => new(await SocketWire.DialAsync(address));

    public override (PeerAddress Address, Task<RawPeer> Accepted) Listen()
    {
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return (PeerAddress.From((IPEndPoint)listener.LocalEndPoint!), AcceptAsync());

        async Task<RawPeer> AcceptAsync()
        {
            using (listener)
            {
                return new RawPeer(new SocketWire(await listener.AcceptAsync()));
            }
        }
    }

    public override Task<P2PNode> StartAsync(
        Action<ProtocolBuilder>? protocol, Func<P2PNodeOptions, P2PNodeOptions>? change = null)
    {
        P2PNodeOptions settings = new() { NetworkId = "test", Transport = _transport, Encryption = Encryption.Off };
        return P2PNode.StartAsync(
            change?.Invoke(settings) ?? settings, protocol,
            new P2PNodeServices { LoggerFactory = Log, ActorSystem = _system });
    }

    /// <summary>
    /// The runtime opens descriptors of its own at the first use of sockets, random numbers and keys.
    /// </summary>
    private static async Task WarmUpAsync()
    {
        if (!s_isWarm)
        {
            s_isWarm = true;
            foreach (TransportKind kind in Enum.GetValues<TransportKind>())
            {
                await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind });
                await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind });
                await client.ConnectAsync(server.ListenAddresses[0]);
            }
        }
    }
}
