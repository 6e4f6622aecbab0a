using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ActorP2P.Determinism.TestKit.Analyzers;

/// <summary>The diagnostics of the analyzer.</summary>
internal static class KitRules
{
    private const string Category = "Determinism";

    /// <summary>A wait of several messages that C# binds to Akka's own method.</summary>
    public static readonly DiagnosticDescriptor BaseTypedWait = Rule(
        "AP2P0001",
        "A wait in real time",
        "'{0}' of Akka's own kit measures real time; declare the variable as SimulatedProbe or SimulatedTestKit",
        DiagnosticSeverity.Warning);

    /// <summary>An actor that blocks.</summary>
    public static readonly DiagnosticDescriptor BlockedActor = Rule(
        "AP2P0002",
        "An actor blocks",
        "'{0}' blocks the one thread of the simulation inside an actor; let the actor wait for a message instead",
        DiagnosticSeverity.Warning);

    /// <summary>A task that is waited for by blocking.</summary>
    public static readonly DiagnosticDescriptor BlockedTask = Rule(
        "AP2P0003",
        "Blocking wait for a task",
        "'{0}' runs the world until the task has ended; Await does the same with a limit in virtual time",
        DiagnosticSeverity.Info);

    /// <summary>A timeout of the runtime.</summary>
    public static readonly DiagnosticDescriptor FiniteTimeout = Rule(
        "AP2P0004",
        "A timer of the runtime",
        "The timeout of '{0}' is a timer of the runtime; it uses virtual time only with SimulationRedirects.Timers",
        DiagnosticSeverity.Info);

    /// <summary>A sleeping thread.</summary>
    public static readonly DiagnosticDescriptor Sleep = Rule(
        "AP2P0005",
        "A test sleeps",
        "Thread.Sleep takes real time and no virtual time passes; use Advance",
        DiagnosticSeverity.Warning);

    /// <summary>A real clock.</summary>
    public static readonly DiagnosticDescriptor RealClock = Rule(
        "AP2P0006",
        "A real clock",
        "'{0}' is the real clock; use World.TimeProvider or World.Now",
        DiagnosticSeverity.Warning);

    /// <summary>A use of something outside of the simulation.</summary>
    public static readonly DiagnosticDescriptor OutsideWorld = Rule(
        "AP2P0007",
        "Outside of the simulation",
        "'{0}' lives outside of the simulation; {1}",
        DiagnosticSeverity.Warning);

    /// <summary>All diagnostics.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        BaseTypedWait, BlockedActor, BlockedTask, FiniteTimeout, Sleep, RealClock, OutsideWorld);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true);
}
