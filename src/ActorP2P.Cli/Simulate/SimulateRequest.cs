using ActorP2P.Simulation;

namespace ActorP2P.Cli.Simulate;

/// <summary>What a command line of <c>simulate</c> asks for.</summary>
internal sealed record SimulateRequest
{
    // Each run has a thread of its own; more of them than this have no processor to run on.
    private const int MostParallel = 256;

    /// <summary>The file of the scenario.</summary>
    public required string File { get; init; }

    /// <summary>The number of seeds; null: as the file says.</summary>
    public int? Seeds { get; init; }

    /// <summary>The first seed; null: as the file says.</summary>
    public ulong? First { get; init; }

    /// <summary>How many seeds are run at the same time in this process.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Where the report is written; null: nowhere.</summary>
    public string? Report { get; init; }

    /// <summary>Where the picture is written; null: nowhere.</summary>
    public string? Picture { get; init; }

    /// <summary>Where the figures over time are written; null: nowhere.</summary>
    public string? Csv { get; init; }

    /// <summary>The seed whose events are shown; null: none.</summary>
    public ulong? Replay { get; init; }

    /// <summary>Which events are shown.</summary>
    public ReplayFilter Filter { get; init; } = new();

    /// <summary>Whether real nodes run, on real sockets.</summary>
    public bool IsReal { get; init; }

    /// <summary>The number of members of a cluster that share the real nodes.</summary>
    public int Members { get; init; } = 1;

    /// <summary>Where real nodes listen.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Makes the options of a member of a cluster; null: all seeds are run here.</summary>
    public Func<Scenario, ClusterRunOptions>? InCluster { get; init; }

    /// <summary>Whether runs are recorded.</summary>
    public bool IsRecorded => Report is not null || Picture is not null || Csv is not null;

    /// <summary>What is wrong with the combination of options; null: nothing.</summary>
    public string? Fault =>
        IsReal && (IsRecorded || Replay is not null)
            ? "--report, --picture, --csv and --replay are for simulated nodes; leave out --real."
        : Parallel is < 1 or > MostParallel ? $"--parallel is {Parallel}; allowed: 1 to {MostParallel}."
        : Parallel > 1 && (IsReal || InCluster is not null || Replay is not null)
            ? "--parallel is for simulated seeds in this process; a cluster has its members."
        : Members < 1 ? $"--members is {Members}; allowed: 1 or more."
        : Members > 1 && (!IsReal || InCluster is null)
            ? "--members says how many members of a cluster share real nodes; it needs --real, and --cluster or --join."
        : InCluster is not null && (IsRecorded || Replay is not null)
            ? "--report, --picture, --csv and --replay are for runs in one process; leave out --cluster and --join."
        : Replay is null && Filter != new ReplayFilter() ? "--node, --from and --to say what --replay shows."
        : Replay is not null && IsRecorded ? "--replay shows one run and writes no report; leave out one of them."
        : Filter.From > Filter.To ? "--from is later than --to."
        : null;
}
