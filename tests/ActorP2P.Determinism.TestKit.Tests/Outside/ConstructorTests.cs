using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class ConstructorTests
{
    [Fact]
    public void Each_shape_of_Akkas_constructors_makes_a_simulated_system()
    {
        Lines lines = new();
        Config config = ConfigurationFactory.ParseString("akka.test.single-expect-default = 7s");
        Check(() => new SimulatedTestKit(), "test", 3);
        Check(() => new SimulatedTestKit(output: lines), "test", 3);
        Check(() => new SimulatedTestKit(config, "named", lines), "named", 7);
        Check(() => new SimulatedTestKit("akka.test.single-expect-default = 8s", lines), "test", 8);
        Check(() => new SimulatedTestKit(ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), "set",
            lines), "set", 7);
        Check(() => new SimulatedTestKit(SimulatedTestKit.CreateSystem(new SimulatedWorld(9), "own"), lines), "own", 3);
    }

    [Fact]
    public void The_log_of_the_system_goes_to_the_output()
    {
        Lines lines = new();
        using SimulatedTestKit kit = new(lines);
        kit.Sys.Log.Warning("seen");
        kit.Advance(TimeSpan.Zero);
        Assert.Contains(lines.All, static line => line.Contains("seen", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a b")]
    public void A_name_that_Akka_does_not_take_is_refused(string name) => Assert.Throws<ArgumentException>(
        () => SimulatedTestKit.CreateSystem(new SimulatedWorld(1), name));

    [Fact]
    public void A_failing_test_shows_its_seed()
    {
        Lines lines = new();
        new SimulatedTestKit(lines).Dispose();
        Assert.Contains(lines.All, static line => line.Contains("seed 1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_logger_of_the_configuration_gets_the_log()
    {
        string name = typeof(CountingLogger).AssemblyQualifiedName!;
        using SimulatedTestKit kit = new($"akka.loggers = [\"{name}\"]");
        kit.EventFilter.Warning("x").ExpectOne(() => kit.Sys.Log.Warning("x"));
        Assert.Equal(1, CountingLogger.Warnings);
    }

    [Fact]
    public void The_kit_restores_the_state_of_the_thread()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        using (SimulatedTestKit kit = new())
        {
            Assert.NotSame(context, SynchronizationContext.Current);
        }
        Assert.Same(context, SynchronizationContext.Current);
        Assert.Null(Redirects.World);
    }

    private static void Check(Func<SimulatedTestKit> make, string name, int seconds)
    {
        using SimulatedTestKit kit = make();
        Assert.Equal(name, kit.Sys.Name);
        Assert.Same(kit.World, SimulatedSystem.WorldOf(kit.Sys));
        Assert.Equal(TimeSpan.FromSeconds(seconds), kit.TestKitSettings.SingleExpectDefault);
    }

    private sealed class CountingLogger : ReceiveActor
    {
        public CountingLogger()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<Warning>(_ => Warnings++);
        }

        public static int Warnings { get; private set; }
    }

    private sealed class Lines : ITestOutputHelper
    {
        public List<string> All { get; } = [];

        public void WriteLine(string message) => All.Add(message);

        public void WriteLine(string format, params object[] args) => All.Add(string.Format(null, format, args));
    }
}
