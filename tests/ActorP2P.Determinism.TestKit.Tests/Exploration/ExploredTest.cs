using System.Reflection;
using Xunit.Sdk;

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Runs a test of a class that is not public as xunit does, and returns how it ended.</summary>
internal static class ExploredTest
{
    /// <summary>Runs a test that is explored.</summary>
    /// <returns>The text of its failure; null when it passed.</returns>
    public static async Task<string?> Run(Type testClass, string method)
    {
        TestAssembly assembly = new(Reflector.Wrap(testClass.Assembly));
        TestClass wrapped = new(new TestCollection(assembly, null, "explored"), Reflector.Wrap(testClass));
        MethodInfo info = testClass.GetMethod(method, BindingFlags.Instance | BindingFlags.Public)!;
        TestMethod test = new(wrapped, Reflector.Wrap(info));
        using RecordingBus bus = new();
        ExploreTestCase testCase = new(
            new NullMessageSink(), TestMethodDisplay.Method, TestMethodDisplayOptions.None, test);
        using CancellationTokenSource cancellation = new();
        RunSummary summary = await testCase.RunAsync(
            new NullMessageSink(), bus, [], new ExceptionAggregator(), cancellation);
        Assert.Equal(1, summary.Total);
        return summary.Failed == 0 ? null : bus.Failure ?? "";
    }
}
