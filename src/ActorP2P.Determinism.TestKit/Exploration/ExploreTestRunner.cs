using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Runs a test by playing it under many schedules; it fails as the exploration does.</summary>
internal sealed class ExploreTestRunner(
    ITest test,
    IMessageBus messageBus,
    Type testClass,
    object[] constructorArguments,
    MethodInfo testMethod,
    object[] testMethodArguments,
    string skipReason,
    IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellation)
    : XunitTestRunner(
        test,
        messageBus,
        testClass,
        constructorArguments,
        testMethod,
        testMethodArguments,
        skipReason,
        beforeAfterAttributes,
        aggregator,
        cancellation)
{
    /// <inheritdoc/>
    protected override async Task<decimal> InvokeTestMethodAsync(ExceptionAggregator aggregator)
    {
        ArgumentNullException.ThrowIfNull(aggregator);
        ExploreOptions options = OptionsOf(TestClass, TestMethod).Validated();
        Explorer explorer = new(options, TestMethod.Name, Play, TestMethod);
        // The explorer waits for its threads, which must not keep the thread of the test framework.
        ExplorationReport report = await Task.Factory.StartNew(
            explorer.Explore, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (!report.IsSuccess)
        {
            aggregator.Add(new ExplorationFailedException(report));
        }
        return (decimal)report.Elapsed.TotalSeconds;
    }

    /// <summary>The options that the attributes of a test say.</summary>
    private static ExploreOptions OptionsOf(Type testClass, MethodInfo method)
    {
        ExploreAttribute? own = method.GetCustomAttribute<ExploreAttribute>();
        ExploreAttribute asked = own is null or ExploredTestKit.FactAttribute
            ? testClass.GetCustomAttribute<ExploreAttribute>() ?? own ?? new ExploreAttribute()
            : own;
        if (asked.Options is { } name)
        {
            const BindingFlags Any =
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;
            return testClass.GetProperty(name, Any)?.GetValue(null) as ExploreOptions
                ?? throw new ArgumentException(
                    $"{testClass.Name} has no static property {name} of type ExploreOptions.");
        }
        return new ExploreOptions
        {
            Schedules = asked.Schedules,
            MessageDelay = TimeSpan.FromMilliseconds(asked.MessageDelay),
            TimerLateness = TimeSpan.FromMilliseconds(asked.TimerLateness),
            Crashes = [.. asked.Crashes],
            Budget = TimeSpan.FromSeconds(asked.Budget),
            FindsAll = asked.FindsAll,
        };
    }

    /// <summary>Plays the test under one schedule, on this thread.</summary>
    private Exception? Play(ScheduleRun run)
    {
        ExceptionAggregator failures = new();
        object[] arguments = Array.ConvertAll(ConstructorArguments, one => one is TestOutputHelper ? NewOutput() : one);
        ExploredTestInvoker invoker = new(
            run,
            Test,
            TestClass,
            arguments,
            TestMethod,
            TestMethodArguments,
            BeforeAfterAttributes,
            failures,
            CancellationTokenSource);
        ScheduleRun.SetNext(run);
        try
        {
            invoker.RunAsync().GetAwaiter().GetResult();
        }
        finally
        {
            ScheduleRun.SetNext(null);
        }
        if (failures.HasExceptions)
        {
            run.MarkFailure();
            return failures.ToException();
        }
        return run.World is not null ? null : new InvalidOperationException(
            $"{TestClass.Name} is explored, but makes no world: a test class that is explored derives from "
            + "SimulatedTestKit.");
    }

    private TestOutputHelper NewOutput()
    {
        TestOutputHelper output = new();
        output.Initialize(SilentBus.Instance, Test);
        return output;
    }
}
