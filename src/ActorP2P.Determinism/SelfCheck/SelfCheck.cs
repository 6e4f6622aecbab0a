using System.Runtime.InteropServices;
using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>
/// Checks before the first world of a process runs anything: the private fields that the simulation needs exist,
/// and a small program gives the same trace twice. No simulation is better than one that cannot be repeated.
/// </summary>
internal static class SelfCheck
{
    private static readonly Lazy<SimulationNotSupportedException?> s_failure = new(Check);

    /// <summary>Checks, once for the process.</summary>
    /// <exception cref="SimulationNotSupportedException">This version cannot be simulated.</exception>
    public static void Require()
    {
        if (s_failure.Value is { } failure)
        {
            throw new SimulationNotSupportedException(failure.Message);
        }
    }

    /// <summary>The problem with the members, or null.</summary>
    internal static SimulationNotSupportedException? CheckMembers(IEnumerable<PrivateMember> members)
    {
        PrivateMember[] missing = [.. members.Where(static member => !member.IsThere)];
        return missing.Length == 0 ? null : new SimulationNotSupportedException(
            $"{Versions} cannot be simulated: it has no "
            + $"{string.Join(", ", missing.Select(static member => member.ToString()))} of the expected type. "
            + "ActorP2P.Determinism knows Akka.NET 1.5.74 on .NET 10.");
    }

    private static SimulationNotSupportedException? Check()
    {
        if (CheckMembers(PrivateMember.Required) is { } missing)
        {
            return missing;
        }
        LeakDetector.Start();
        if (!LeakDetector.SeesDepartures())
        {
            return new SimulationNotSupportedException(
                $"{RuntimeInformation.FrameworkDescription} cannot be simulated: it does not "
                + "report work for the thread pool. Is System.Diagnostics.Tracing.EventSource.IsSupported off?");
        }
        AkkaPrivates.UseStableOrderOfChildren();
        ulong first = CheckProgram.Run(1);
        ulong second = CheckProgram.Run(1);
        return first == second ? null : new SimulationNotSupportedException(
            $"{Versions} cannot be simulated: the same program gave the traces {first:x16} and {second:x16}.");
    }

    private static string Versions =>
        $"Akka.NET {typeof(ActorSystem).Assembly.GetName().Version} on {RuntimeInformation.FrameworkDescription}";
}
