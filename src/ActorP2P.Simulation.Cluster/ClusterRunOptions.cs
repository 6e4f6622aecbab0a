using ActorP2P.Hocon;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Simulation;

/// <summary>How a process takes part in a simulation over a cluster.</summary>
public sealed record ClusterRunOptions
{
    /// <summary>The scenario. All members must have read the same one.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The name or address under which the other members reach this one.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port for the cluster's own traffic; 0 lets the system choose.</summary>
    public int Port { get; init; }

    /// <summary>The address of another member, as host:port; null: this process founds the cluster.</summary>
    public string? Join { get; init; }

    /// <summary>
    /// How long a member waits for a coordinator, at the start and after a coordinator was lost. The default is 30 s.
    /// </summary>
    public TimeSpan CoordinatorTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Called with each member that the coordinator accepts, as host:port, in the process of the coordinator; null: not
    /// called.
    /// </summary>
    public Action<string>? Joined { get; init; }

    /// <summary>
    /// Called with the seed and the number of members when a world that is spread begins, in the process of the
    /// coordinator; null: not called.
    /// </summary>
    public Action<ulong, int>? Began { get; init; }

    /// <summary>
    /// The number of members that run real nodes on sockets, each its share of them; null: the members run seeds of the
    /// simulation. <see cref="RealLimits"/> says what of a scenario applies to real nodes.
    /// </summary>
    public int? RealMembers { get; init; }

    /// <summary>The log of the cluster; null: no log.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>
    /// Settings of Akka.NET that override the scenario's and the library's: an object that contains <c>akka</c>.
    /// </summary>
    public HoconConfig Akka { get; init; } = HoconConfig.Empty;
}
