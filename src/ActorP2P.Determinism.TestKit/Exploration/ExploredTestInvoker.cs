using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Makes an instance of a test class for one schedule, and calls the test.</summary>
internal sealed class ExploredTestInvoker(
    ScheduleRun run,
    ITest test,
    Type testClass,
    object[] constructorArguments,
    MethodInfo testMethod,
    object[] testMethodArguments,
    IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellation)
    : XunitTestInvoker(
        test,
        SilentBus.Instance,
        testClass,
        constructorArguments,
        testMethod,
        testMethodArguments,
        beforeAfterAttributes,
        aggregator,
        cancellation)
{
    /// <inheritdoc/>
    protected override async Task<decimal> InvokeTestMethodAsync(object testClassInstance)
    {
        decimal time = await base.InvokeTestMethodAsync(testClassInstance);
        if (Aggregator.HasExceptions)
        {
            // What follows, such as disposing, is no part of what led to the failure.
            run.MarkFailure();
        }
        return time;
    }
}
