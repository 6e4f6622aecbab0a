using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <content>
/// Akka's names for the kit's types. C# looks for a name among the members of a class before it looks at namespaces, so
/// in a class on this kit, and in classes inside of it, they mean these types, and elsewhere what they meant before.
/// </content>
[SuppressMessage("Design", "CA1034", Justification = "Only as members are the names those of the kit's classes alone.")]
public partial class SimulatedTestKit
{
    /// <summary>Akka's test probe in virtual time.</summary>
    public sealed class TestProbe : SimulatedProbe
    {
        /// <summary>Makes a probe in a simulated system.</summary>
        /// <param name="system">A system made by <see cref="SimulatedSystem"/>.</param>
        /// <param name="assertions">The assertions that fail a test, such as those of a kit.</param>
        /// <param name="testProbeName">The name of the probe's actor; unique in the system.</param>
        /// <exception cref="ArgumentException">The system is not a simulated one.</exception>
        public TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null)
            : base(system, assertions, testProbeName)
        {
        }
    }

    /// <summary>Akka's latch in virtual time.</summary>
    public sealed class TestLatch : SimulatedLatch
    {
        /// <summary>A latch that opens at the first count.</summary>
        public TestLatch()
        {
        }

        /// <summary>A latch that opens after a number of counts.</summary>
        public TestLatch(int count)
            : base(count)
        {
        }

        /// <summary>A latch with a default timeout of its own.</summary>
        public TestLatch(TimeSpan timeout)
            : base(timeout)
        {
        }

        /// <summary>A latch with a default timeout of its own.</summary>
        /// <param name="count">The number of counts that open it.</param>
        /// <param name="timeout">The longest wait, in virtual time.</param>
        public TestLatch(int count, TimeSpan timeout)
            : base(count, timeout)
        {
        }
    }

    /// <summary>A scheduler that a test or an actor makes for itself, in virtual time.</summary>
    public sealed class HashedWheelTimerScheduler : SimulatedTimerScheduler
    {
        /// <summary>Makes a scheduler on the clock of the world to which the calling code belongs.</summary>
        /// <param name="scheduler">A system's configuration.</param>
        /// <param name="log">Where it logs.</param>
        /// <exception cref="InvalidOperationException">The caller is not in a simulation.</exception>
        public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log)
            : base(scheduler, log)
        {
        }
    }

    /// <summary>A stopwatch that measures virtual time.</summary>
    public sealed class Stopwatch : SimulatedStopwatch
    {
        /// <summary>Makes a stopwatch that is running.</summary>
        public static new Stopwatch StartNew()
        {
            Stopwatch watch = new();
            watch.Start();
            return watch;
        }
    }
}
