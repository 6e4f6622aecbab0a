using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace ActorP2P.Determinism.TestKit;

/// <summary>A test case that is played under many schedules.</summary>
internal sealed class ExploreTestCase : XunitTestCase
{
    /// <summary>For xunit, which restores a test case from text.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For xunit alone.")]
    public ExploreTestCase()
    {
    }

    public ExploreTestCase(
        IMessageSink diagnostics,
        TestMethodDisplay display,
        TestMethodDisplayOptions displayOptions,
        ITestMethod testMethod,
        object[]? arguments = null)
        : base(diagnostics, display, displayOptions, testMethod, arguments)
    {
    }

    /// <inheritdoc/>
    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource) => new ExploreTestCaseRunner(
            this,
            DisplayName,
            SkipReason,
            constructorArguments,
            TestMethodArguments,
            messageBus,
            aggregator,
            cancellationTokenSource).RunAsync();
}
