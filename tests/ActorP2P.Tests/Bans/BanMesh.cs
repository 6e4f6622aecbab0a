using ActorP2P.Tests.Hostile;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Tests.Bans;

/// <summary>Encrypting nodes in virtual time whose identity is their name, wherever and how often they start.</summary>
internal sealed class BanMesh
{
    private readonly VirtualMesh _mesh;

    public BanMesh() => _mesh = new VirtualMesh { Logs = Log };

    public LogRecorder Log { get; } = new();

    public TimeSpan Now => _mesh.World.Now;

    public static NodeId IdOf(string name) => NodeId.FromPublicKey(System.Text.Encoding.UTF8.GetBytes(name));

    /// <summary>Runs a scenario of at most some days of virtual time.</summary>
    public static void Run(Func<BanMesh, Task> scenario)
    {
        BanMesh mesh = new();
        mesh._mesh.World.Run(() => scenario(mesh), TimeSpan.FromDays(10));
    }

    public Task DelayAsync(TimeSpan time) => Task.Delay(time, _mesh.World.TimeProvider);

    /// <summary>Waits until something holds, which takes at most an hour.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; !holds(); i++)
        {
            Assert.True(i < 36_000, "It has not happened within an hour.");
            await DelayAsync(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Starts a node.</summary>
    /// <param name="name">Its name, from which its identity follows.</param>
    /// <param name="host">Where it runs; null: on a host of its name.</param>
    /// <param name="store">Its store; null: none.</param>
    /// <param name="bootstrap">The hosts of its bootstrap nodes.</param>
    /// <param name="change">Changes its settings.</param>
    /// <param name="wrapTime">Changes its clock.</param>
    /// <param name="prepare">Sees its actor system before it starts.</param>
    /// <param name="supply">Opens the store of its data directory; null: nothing does.</param>
    public Task<P2PNode> StartAsync(
        string name, string? host = null, IPeerStore? store = null, string[]? bootstrap = null,
        Func<P2PNodeOptions, P2PNodeOptions>? change = null, Func<TimeProvider, TimeProvider>? wrapTime = null,
        Action<ActorSystem>? prepare = null, Func<string, CancellationToken, ValueTask<IPeerStore>>? supply = null) =>
        _mesh.StartAsync(
            host ?? name,
            protocol => protocol.OnNotify<Text>(static (_, _) => { }),
            bootstrap,
            settings =>
            {
                settings = settings with { Encryption = Encryption.Required };
                return change?.Invoke(settings) ?? settings;
            },
            wrapTime: wrapTime,
            prepare: prepare,
            supply: services => services with
            {
                Identity = NodeIdentity.WithoutKey(IdOf(name)),
                Signer = SimulatedNetwork.CreateSigner(IdOf(name)),
                Store = store,
                OpenStore = supply,
            });

    /// <summary>Why a node cannot connect to another.</summary>
    public static async Task<DisconnectReason?> RefusalOfAsync(P2PNode node, PeerAddress address) =>
        (await Assert.ThrowsAsync<ConnectException>(() => node.ConnectAsync(address))).End?.Reason;
}
