namespace ActorP2P.Simulation.Tests;

/// <summary>
/// One node bans another again and again while it is killed and restarted and its clock is set; the other tries to
/// connect. A model says when it must succeed, and when it must not.
/// </summary>
internal sealed class BanScenario
{
    private const int Acts = 60;

    // The clock is at most 20 seconds ahead or behind, so a ban that is restored may end this much earlier or later.
    private static readonly TimeSpan s_mostOff = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(2);

    private readonly Random _random;
    private readonly Cluster _cluster;
    private readonly BanTarget _villain;
    private TimeSpan? _bannedUntil;
    private bool _wasKilled;
    private bool _wasStopped;
    private bool _wasLifted;
    private bool _hadBan;

    public BanScenario(ulong seed)
    {
        _random = new SimulatedWorld(seed).CreateRandom(SimulatedWorld.DriverNode, 0, "bans");
        _cluster = Cluster.Of(["judge", "villain", "honest"], nameof(BanScenario)).WithSeed(seed).Unlinked()
            .WithPeerStores()
            .Without<ReasonedCloses>()
            .WithSettings(settings => settings with { Encryption = Encryption.Required });
        _villain = _random.Next(2) == 0 ? _cluster["villain"].Id : _cluster["villain"].Address;
    }

    public int RefusedAfterKill { get; private set; }

    public int RefusedAfterStop { get; private set; }

    public int AdmittedAfterEnd { get; private set; }

    public int AdmittedAfterLift { get; private set; }

    public int Closed { get; private set; }

    public int Steps { get; private set; }

    private ClusterNode Judge => _cluster["judge"];

    public void Run() => _cluster.Run(
        async cluster =>
        {
            await UntilUpAsync();
            for (int act = 0; act < Acts; act++)
            {
                await ActAsync();
                await CheckAsync();
            }
        },
        TimeSpan.FromDays(2));

    private async Task ActAsync()
    {
        switch (_random.Next(8))
        {
            case 0 or 1:
                await BanAsync();
                break;
            case 2:
                bool wasBanned = await Judge.Node.LiftBanAsync(_villain);
                Assert.True(!IsSurelyBanned || wasBanned);
                _wasLifted = true;
                _bannedUntil = null;
                break;
            case 3 or 4:
                _cluster.Faults.Kill("judge");
                await _cluster.Delay(TimeSpan.FromSeconds(_random.Next(120)));
                _cluster.Faults.Restart("judge");
                await UntilUpAsync();
                _wasKilled = true;
                break;
            case 5:
                await Judge.Node.DisposeAsync();
                _cluster.Faults.Kill("judge").Restart("judge");
                await UntilUpAsync();
                _wasStopped = true;
                break;
            case 6:
                _cluster.Faults.Clock("judge", TimeSpan.FromSeconds(_random.Next(-20, 21)));
                Steps++;
                break;
            default:
                await _cluster.Delay(TimeSpan.FromSeconds(_random.Next(300)));
                break;
        }
    }

    private async Task BanAsync()
    {
        TimeSpan duration = TimeSpan.FromMinutes(_random.Next(2) == 0 ? 3 : 10);
        int connected = VillainsAt(Judge);
        await Judge.Node.BanAsync(_villain, duration);
        _bannedUntil = _cluster.World.Now + duration;
        _wasKilled = _wasStopped = _wasLifted = false;
        _hadBan = true;
        Closed += connected;
        if (_random.Next(4) == 0)
        {
            // At once: nothing but the store's confirmation can have saved the ban.
            _cluster.Faults.Kill("judge").Restart("judge");
            await UntilUpAsync();
            _wasKilled = true;
        }
    }

    private async Task CheckAsync()
    {
        await _cluster.Delay(TimeSpan.FromSeconds(1));
        Assert.True(!IsSurelyBanned || VillainsAt(Judge) == 0, "A banned node is still connected.");
        await _cluster["honest"].Node.ConnectAsync(Judge.Address);
        DisconnectReason? refusal = await ConnectAsync();
        if (IsSurelyBanned)
        {
            Assert.Equal(DisconnectReason.Banned, refusal);
            RefusedAfterKill += _wasKilled ? 1 : 0;
            RefusedAfterStop += _wasStopped ? 1 : 0;
        }
        else if (IsSurelyFree)
        {
            Assert.Null(refusal);
            AdmittedAfterEnd += _hadBan && !_wasLifted ? 1 : 0;
            AdmittedAfterLift += _wasLifted ? 1 : 0;
        }
    }

    private bool IsSurelyBanned => _cluster.World.Now < _bannedUntil - s_mostOff - s_slack;

    private bool IsSurelyFree => !(_cluster.World.Now <= _bannedUntil + s_mostOff + s_slack);

    private async Task<DisconnectReason?> ConnectAsync()
    {
        try
        {
            await _cluster["villain"].Node.ConnectAsync(Judge.Address);
            return null;
        }
        catch (ConnectException failure) when (failure.End is { } end)
        {
            return end.Reason;
        }
    }

    private int VillainsAt(ClusterNode node) => node.Node.Peers.Count(peer => peer.Id == _cluster["villain"].Id);

    private Task UntilUpAsync() => _cluster.UntilAsync(() => _cluster.Nodes.All(node => node.IsUp), "all run");
}
