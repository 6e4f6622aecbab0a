using ActorP2P.Hocon;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Simulation;

/// <summary>How a process takes part in a simulation over a cluster.</summary>
public sealed record ClusterRunOptions
{
    /// <summary>The scenario; all members must have read the same.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The name or address under which the other members reach this one.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port of the cluster's own traffic; 0: the system chooses.</summary>
    public int Port { get; init; }

    /// <summary>Another member, as host:port; null: this process founds the cluster.</summary>
    public string? Join { get; init; }

    /// <summary>How long a member waits for a coordinator, at the start and after one was lost. 30 s.</summary>
    public TimeSpan CoordinatorTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Told of each member, as host:port, that the coordinator takes in, where it lives; null: nobody.
    /// </summary>
    public Action<string>? Joined { get; init; }

    /// <summary>Where the cluster logs; null: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Settings of Akka.NET that go before the library's: an object with <c>akka</c> in it.</summary>
    public HoconConfig Akka { get; init; } = HoconConfig.Empty;
}
