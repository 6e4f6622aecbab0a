using Xunit;
using Xunit.Sdk;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Marks a theory on <see cref="SimulatedTestKit"/> each of whose rows of data is played under many schedules.
/// Options are those of an <see cref="ExploreAttribute"/> on the class, or the defaults.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("ActorP2P.Determinism.TestKit.ExploreTheoryDiscoverer", "ActorP2P.Determinism.TestKit")]
public class ExploreTheoryAttribute : TheoryAttribute
{
}
