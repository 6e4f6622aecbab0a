namespace ActorP2P.Simulation;

/// <summary>
/// The messages about a world that is spread over members. The windows themselves go from member to member.
/// </summary>
internal static class WorldMessages
{
    /// <summary>A member asks to take part.</summary>
    /// <param name="Scenario">The digest of the scenario that the member has read.</param>
    /// <param name="Version">The version of the library that runs it.</param>
    /// <param name="Host">The name or address at which it takes windows.</param>
    /// <param name="Port">The port at which it takes windows.</param>
    /// <param name="LastRun">The last run that it took part in; 0 when there was none.</param>
    /// <param name="LastEnd">How that run ended without a result; empty when it has one.</param>
    /// <param name="Results">The <see cref="ScenarioResult"/>s that it knows, as JSON.</param>
    public sealed record Hello(
        string Scenario, string Version, string Host, int Port, long LastRun, string LastEnd, string[] Results);

    /// <summary>A member must connect with the others.</summary>
    /// <param name="Run">The run; later ones have greater numbers.</param>
    /// <param name="Seed">The seed.</param>
    /// <param name="Number">The number of the member.</param>
    /// <param name="Hosts">Where each member takes windows, by number.</param>
    /// <param name="Ports">The ports there.</param>
    public sealed record Prepare(long Run, ulong Seed, int Number, string[] Hosts, int[] Ports);

    /// <summary>A member has connected with the others.</summary>
    public sealed record Ready(long Run);

    /// <summary>All members are ready, and the run begins.</summary>
    public sealed record Go(long Run);

    /// <summary>A member has the result, which is the same for all members.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="Result">The <see cref="ScenarioResult"/> as JSON.</param>
    /// <param name="WasTold">Whether it is a failure that another member has found, and will tell.</param>
    public sealed record Done(long Run, string Result, bool WasTold);

    /// <summary>A member has no result, because another one was lost.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="What">Which member was lost, in which window and at which virtual time.</param>
    public sealed record Lost(long Run, string What);

    /// <summary>A run ends without a result.</summary>
    public sealed record Abort(long Run);
}
