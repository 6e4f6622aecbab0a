using System.Reflection;
using Akka.TestKit;
using Akka.TestKit.Internal;

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Fails at an upgrade of Akka.NET that brings a member which waits in real time.</summary>
public sealed class CoverageTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> s_neverWait = new(StringComparer.Ordinal)
    {
        "ActorOfAsTestActorRef", "ActorOfAsTestFSMRef", "ActorSelection", "ChildActorOf", "ChildActorOfAsync",
        "CreateEventFilter", "CreateTestActor", "CreateTestBarrier", "CreateTestLatch", "CreateTestProbe", "Dilated",
        "GetTimeoutOrDefault",
        "IgnoreMessages", "IgnoreNoMessages", "SetAutoPilot", "Shutdown", "ShutdownAsync",
    };

    [Theory]
    [InlineData(typeof(SimulatedTestKit))]
    [InlineData(typeof(SimulatedProbe))]
    public void Every_member_of_the_kit_that_waits_is_shadowed(Type kit) =>
        Assert.DoesNotContain(Missing(typeof(TestKitBase), kit), static one =>
            !s_neverWait.Contains(one[..one.IndexOf('(')]));

    [Fact]
    public void Every_event_filter_is_shadowed() =>
        Assert.Empty(Missing(typeof(EventFilterFactory), typeof(SimulatedEventFilterFactory)));

    [Fact]
    public void Every_shadow_of_an_event_filter_applies_in_virtual_time() => Assert.All(
        typeof(SimulatedEventFilterFactory).GetMethods(Declared),
        static method => Assert.Equal(typeof(SimulatedEventFilterApplier), method.ReturnType));

    [Theory]
    [InlineData(nameof(TestKitBase.Remaining))]
    [InlineData(nameof(TestKitBase.RemainingOrDefault))]
    [InlineData(nameof(TestKitBase.NoMessageRemainingOrDefault))]
    public void Every_property_that_tells_time_is_shadowed(string name)
    {
        Assert.NotNull(typeof(SimulatedTestKit).GetProperty(name, Declared));
        Assert.NotNull(typeof(SimulatedProbe).GetProperty(name, Declared));
    }

    private static IEnumerable<string> Missing(Type akkas, Type ours)
    {
        HashSet<string> there = [.. ours.GetMethods(Declared).Select(Signature)];
        return akkas.GetMethods(Declared).Where(static one => !one.IsSpecialName).Select(Signature).Where(one =>
            !there.Contains(one));
    }

    private static string Signature(MethodInfo method) => $"{method.Name}({string.Join(", ", method.GetParameters()
        .Select(static one => $"{one.ParameterType} {one.Name}"))})";
}
