using Xunit;
using Xunit.Sdk;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Marks a test on <see cref="SimulatedTestKit"/> that is played under many schedules. Each schedule has an instance
/// of the test class of its own, and several are played at a time. On a class, it is for the tests of <see
/// cref="ExploredTestKit"/>.
/// </summary>
/// <remarks>
/// <code>
/// [Explore(Schedules = 1000)]
/// public void An_order_is_paid_once() { ... }
/// </code>
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
[XunitTestCaseDiscoverer("ActorP2P.Determinism.TestKit.ExploreDiscoverer", "ActorP2P.Determinism.TestKit")]
public class ExploreAttribute : FactAttribute
{
    /// <summary>How many schedules are played; the first is the plain order.</summary>
    public int Schedules { get; set; } = 1_000;

    /// <summary>The greatest delay of a message between two actors, in milliseconds of virtual time.</summary>
    public int MessageDelay { get; set; }

    /// <summary>By how much a timer of an actor may be late, in milliseconds of virtual time.</summary>
    public int TimerLateness { get; set; }

    /// <summary>The paths of actors that may crash, as in <see cref="ExploreOptions.Crashes"/>.</summary>
    public string[] Crashes { get; set; } = [];

    /// <summary>How much real time all schedules may take together, in seconds.</summary>
    public int Budget { get; set; } = 60;

    /// <summary>Whether to go on after the first failure, to find others.</summary>
    public bool FindsAll { get; set; }

    /// <summary>
    /// The name of a static property of the test class, of type <see cref="ExploreOptions"/>, that has all options;
    /// the other properties are not used then.
    /// </summary>
    public string? Options { get; set; }
}
