using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism;

/// <summary>
/// Plays a program of Akka.NET under many schedules, to find one under which it fails, and makes that one small.
/// </summary>
/// <remarks>
/// <code>
/// Explore.Run(new ExploreOptions { Schedules = 1000 }, async run =>
/// {
///     IActorRef account = run.System.ActorOf(Props.Create(() => new Account()));
///     account.Tell(new Deposit(5));
///     Assert.Equal(5, await account.Ask&lt;int&gt;("balance"));
/// });
/// </code>
/// </remarks>
public static class Explore
{
    /// <summary>The environment variable with a schedule to play again.</summary>
    public const string ReplayVariable = "ACTORP2P_REPLAY";

    /// <summary>The environment variable with the seed of explorations.</summary>
    public const string SeedVariable = "ACTORP2P_SEED";

    /// <summary>Explores a program, and throws when a schedule fails or a claim is not met.</summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="program">
    /// The program, which is run once for each schedule, on several threads at a time. It makes its actors anew each
    /// time, and everything that it awaits comes from the run.
    /// </param>
    /// <param name="name">The name of the test; the compiler gives it.</param>
    /// <exception cref="ExplorationFailedException">A schedule failed, or a claim was not met.</exception>
    public static ExplorationReport Run(
        ExploreOptions? options, Func<ExploredRun, Task> program, [CallerMemberName] string name = "")
    {
        ExplorationReport report = Find(options, program, name);
        return report.IsSuccess ? report : throw new ExplorationFailedException(report);
    }

    /// <summary>Explores a program and returns what was found.</summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="program">The program, as for <see cref="Run"/>.</param>
    /// <param name="name">The name of the test; the compiler gives it.</param>
    public static ExplorationReport Find(
        ExploreOptions? options, Func<ExploredRun, Task> program, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(program);
        ExploreOptions asked = (options ?? new ExploreOptions()).Validated();
        using Explorer explorer = new(asked, name, run => ProgramPlayer.Play(run, asked, program), program.Method);
        return explorer.Explore();
    }
}
