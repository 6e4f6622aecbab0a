using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Xunit.Abstractions;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Akka's kit for xunit under many schedules: the base class is all that a test class changes. In such a class
/// <c>[Fact]</c> and <c>[Theory]</c> mean tests that are explored, because C# looks for a name among the members of a
/// class first.
/// </summary>
[SuppressMessage("Design", "CA1034", Justification = "Only as members are the names those of the kit's classes alone.")]
public class ExploredTestKit : SimulatedTestKit
{
    /// <summary>Makes a kit with a world of its own.</summary>
    /// <param name="output">Where the system's log goes.</param>
    public ExploredTestKit(ITestOutputHelper? output = null)
        : base(output)
    {
    }

    /// <summary>Makes a kit with a world of its own.</summary>
    /// <param name="config">HOCON for the system.</param>
    /// <param name="output">Where the system's log goes.</param>
    public ExploredTestKit(string config, ITestOutputHelper? output = null)
        : base(config, output)
    {
    }

    /// <summary>Makes a kit with a world of its own.</summary>
    /// <param name="config">Configuration for the system.</param>
    /// <param name="actorSystemName">The system's name; "test" by default.</param>
    /// <param name="output">Where the system's log goes.</param>
    public ExploredTestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(config, actorSystemName, output)
    {
    }

    /// <summary>Makes a kit with a world of its own.</summary>
    /// <param name="config">Setups for the system.</param>
    /// <param name="actorSystemName">The system's name; "test" by default.</param>
    /// <param name="output">Where the system's log goes.</param>
    public ExploredTestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(config, actorSystemName, output)
    {
    }

    /// <summary>Makes a kit on a given system.</summary>
    /// <param name="system">A system in a world of <see cref="SimulatedTestKit.CreateWorld"/>.</param>
    /// <param name="output">Where the system's log goes.</param>
    public ExploredTestKit(ActorSystem system, ITestOutputHelper? output = null)
        : base(system, output)
    {
    }

    /// <summary>A test that is explored.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class FactAttribute : ExploreAttribute
    {
    }

    /// <summary>A theory whose rows are explored.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class TheoryAttribute : ExploreTheoryAttribute
    {
    }
}
