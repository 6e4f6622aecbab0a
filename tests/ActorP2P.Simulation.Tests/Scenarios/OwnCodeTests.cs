namespace ActorP2P.Simulation.Tests.Scenarios;

/// <summary>Checkers and applications of users that throw, block, or leave the simulation.</summary>
public class OwnCodeTests
{
    private static readonly Scenario s_scenario = Scenario.Parse("""
        simulation {
          name = own, duration = 10s
          groups { a { count = 3, application = own } }
          topology { kind = line }
          broadcasts { every = 1s }
        }
        """);

    [Theory]
    [InlineData("Frame", "The checker threw NotSupportedException at a")]
    [InlineData("Network", "The checker threw NotSupportedException at a")]
    [InlineData("NodeEvent", "The checker threw NotSupportedException at a")]
    [InlineData("Settled", "The checker threw NotSupportedException: no Settled")]
    [InlineData("Stopped", "The checker threw NotSupportedException: no Stopped")]
    public void A_checker_that_throws_fails_the_run(string where, string said)
    {
        ScenarioResult result = Run(checker: new Touchy(where, static what =>
            throw new NotSupportedException($"no {what}")));

        Assert.StartsWith($"Touchy: {said}", result.Failure, StringComparison.Ordinal);
        Assert.Contains("seed 5, virtual time 00:0", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checker_that_leaves_the_simulation_fails_the_run()
    {
        ScenarioResult result = Run(checker: new Touchy("NodeEvent", static _ =>
            ThreadPool.UnsafeQueueUserWorkItem(static _ => { }, null)));

        Assert.Contains("seed 5, virtual time 00:0", result.Failure, StringComparison.Ordinal);
        Assert.StartsWith("scenario: At a", result.Failure, StringComparison.Ordinal);
        Assert.Contains(nameof(OwnCodeTests), result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checker_that_blocks_ends_the_run()
    {
        using ManualResetEventSlim never = new();
        ScenarioResult result = Run(checker: new Touchy("Frame", _ => never.Wait()));
        never.Set();

        Assert.StartsWith("blocked: a step of a", result.Failure, StringComparison.Ordinal);
        Assert.Contains("the checker Touchy blocks or never ends.", result.Failure, StringComparison.Ordinal);
        Assert.Contains("seed 5, virtual time 00:0", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void An_application_that_throws_fails_the_run()
    {
        ScenarioResult start = Run(application: new Program(configure: static () => throw new FormatException("bad")));
        ScenarioResult later = Run(application: new Program(static async (_, node) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(3), node.TimeProvider);
            throw new FormatException("worse");
        }));

        Assert.StartsWith(
            "application: The application of a0 threw FormatException: bad", start.Failure, StringComparison.Ordinal);
        Assert.StartsWith(
            "application: The application of a0 threw FormatException: worse", later.Failure, StringComparison.Ordinal);
        Assert.Contains("seed 5, virtual time 00:00:03", later.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_that_throws_fails_the_run()
    {
        ScenarioResult result = Run(application: new Program(
            static async (cluster, node) =>
            {
                if (node.Name == "a1")
                {
                    await cluster["a1"].TellAsync("a0", new Text("hello"));
                }
            },
            configureProtocol: static protocol => protocol.OnNotify<Text>(static (_, _) =>
                throw new FormatException("odd"))));

        Assert.StartsWith(
            "scenario: A handler of a0 threw FormatException: odd", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void An_application_that_never_ends_a_step_ends_the_run()
    {
        bool[] stop = [false];
        ScenarioResult result = Run(application: new Program((_, node) =>
        {
            while (node.Name == "a2" && !Volatile.Read(ref stop[0]))
            {
                Thread.Yield();
            }

            return Task.CompletedTask;
        }));
        Volatile.Write(ref stop[0], true);

        Assert.StartsWith(
            "blocked: a step of a2 has not ended within 00:00:01", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void An_application_that_there_is_not_is_named()
    {
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => s_scenario.Run(1));
        Assert.Contains(
            "The group a names the application 'own'; allowed: chain", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_cancelled_says_how_far_it_came()
    {
        using CancellationTokenSource cancellation = new();
        Scenario scenario = s_scenario with
        {
            Applications = Own(new Program(async (_, node) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(4), node.TimeProvider);
                cancellation.Cancel();
            })),
        };
        ScenarioResult result = scenario.Run(5, cancellationToken: cancellation.Token);

        Assert.StartsWith("scenario: It was interrupted.", result.Failure, StringComparison.Ordinal);
        Assert.InRange(result.VirtualTime, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
    }

    private static ScenarioResult Run(Checker? checker = null, ScenarioApplication? application = null) =>
        (s_scenario with
        {
            LongestStep = TimeSpan.FromSeconds(1),
            Checkers = checker is null ? [] : [() => checker],
            Applications = Own(application ?? new Program()),
        }).Run(5);

    private static Dictionary<string, Func<ScenarioApplication>> Own(ScenarioApplication application) =>
        new() { ["own"] = () => application };

    /// <summary>Does something in one of the calls of a checker.</summary>
    private sealed class Touchy(string where, Action<string> what) : Checker
    {
        protected override void OnFrame(in WireFrame frame) => Touch("Frame");

        protected override void OnNetwork(in NetworkEvent happened) => Touch("Network");

        protected override void OnNodeEvent(ClusterNode node, NodeEvent happened) => Touch("NodeEvent");

        protected override void OnSettled() => Touch("Settled");

        protected override void OnStopped() => Touch("Stopped");

        private void Touch(string now)
        {
            if (now == where)
            {
                what(now);
            }
        }
    }

    /// <summary>An application that is made of functions.</summary>
    private sealed class Program(
        Func<Cluster, ClusterNode, Task>? run = null, Action? configure = null,
        Action<ProtocolBuilder>? configureProtocol = null) : ScenarioApplication
    {
        protected override void Configure(ProtocolBuilder protocol, ClusterNode node)
        {
            configure?.Invoke();
            configureProtocol?.Invoke(protocol);
        }

        protected override Task RunAsync(Cluster cluster, ClusterNode node) =>
            run?.Invoke(cluster, node) ?? Task.CompletedTask;
    }
}
