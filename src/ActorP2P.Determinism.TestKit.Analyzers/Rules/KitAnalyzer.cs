using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ActorP2P.Determinism.TestKit.Analyzers;

/// <summary>
/// Reports code in tests on the simulated kit that does not run in virtual time, or does so only by a redirect.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KitAnalyzer : DiagnosticAnalyzer
{
    private const string SimulatedKit = "ActorP2P.Determinism.TestKit.SimulatedTestKit";
    private const string AkkasKit = "Akka.TestKit.TestKitBase";
    private const string Actor = "Akka.Actor.ActorBase";

    private static readonly ImmutableArray<string> s_waitsOfSeveralSteps = ImmutableArray.Create(
        "AwaitAssert", "AwaitCondition", "ExpectMsgAllOf", "FishForMessage", "FishUntilMessage", "ReceiveN",
        "ReceiveWhile", "WaitForRadioSilence", "Within");

    private static readonly ImmutableHashSet<string> s_blocking = ImmutableHashSet.Create(
        "Akka.TestKit.TestLatch.Ready", "Akka.TestKit.TestBarrier.Await", "System.Threading.WaitHandle.WaitOne",
        "System.Threading.CountdownEvent.Wait", "System.Threading.ManualResetEventSlim.Wait",
        "System.Threading.SemaphoreSlim.Wait", "System.Threading.Barrier.SignalAndWait",
        "System.Threading.Monitor.Wait");

    private static readonly ImmutableHashSet<string> s_clocks = ImmutableHashSet.Create(
        "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow",
        "System.Diagnostics.Stopwatch.StartNew", "System.Diagnostics.Stopwatch.GetTimestamp",
        "System.Environment.TickCount", "System.Environment.TickCount64");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => KitRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(OnInvocation, OperationKind.Invocation);
        context.RegisterOperationAction(OnProperty, OperationKind.PropertyReference);
        context.RegisterOperationAction(OnCreation, OperationKind.ObjectCreation);
    }

    private static void OnInvocation(OperationAnalysisContext context)
    {
        if (!IsInTest(context.ContainingSymbol))
        {
            return;
        }
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        string type = NameOf(method.ContainingType);
        string name = $"{type}.{method.Name}";
        if (type == AkkasKit && s_waitsOfSeveralSteps.Any(one => method.Name.StartsWith(one, StringComparison.Ordinal)))
        {
            Report(context, KitRules.BaseTypedWait, method.Name);
        }
        else if (CallRules.Replaces(method) && IsIntercepted(context))
        {
            // The generator moves this call into virtual time.
        }
        else if (s_blocking.Contains(name) && IsInActor(context.ContainingSymbol))
        {
            Report(context, KitRules.BlockedActor, $"{method.ContainingType.Name}.{method.Name}");
        }
        else if (name == "System.Threading.Thread.Sleep")
        {
            Report(context, KitRules.Sleep);
        }
        else if (s_clocks.Contains(name))
        {
            Report(context, KitRules.RealClock, $"{method.ContainingType.Name}.{method.Name}");
        }
        else if (name == "Akka.Actor.ActorSystem.Create")
        {
            Report(context, KitRules.OutsideWorld, "ActorSystem.Create", "use CreateSystem of the kit");
        }
        else
        {
            CheckTasks(context, call, name);
        }
    }

    private static bool IsIntercepted(OperationAnalysisContext context) =>
        CallGenerator.IsWanted(context.Options.AnalyzerConfigOptionsProvider);

    private static void CheckTasks(OperationAnalysisContext context, IInvocationOperation call, string name)
    {
        IMethodSymbol method = call.TargetMethod;
        if (name == "System.Threading.Tasks.Task.Wait"
            || (method.Name == "GetResult" && method.ContainingType.Name is "TaskAwaiter" or "ValueTaskAwaiter"))
        {
            Report(context, KitRules.BlockedTask, $"{method.ContainingType.Name}.{method.Name}");
        }
        else if (name is "Akka.Actor.Futures.Ask" or "Akka.Actor.GracefulStopSupport.GracefulStop"
            && call.Arguments.Any(IsFiniteTimeout))
        {
            Report(context, KitRules.FiniteTimeout, method.Name);
        }
    }

    private static void OnProperty(OperationAnalysisContext context)
    {
        if (!IsInTest(context.ContainingSymbol))
        {
            return;
        }
        IPropertySymbol property = ((IPropertyReferenceOperation)context.Operation).Property;
        string type = NameOf(property.ContainingType.OriginalDefinition);
        if (type.StartsWith("System.Threading.Tasks.Task<", StringComparison.Ordinal) && property.Name == "Result")
        {
            Report(context, KitRules.BlockedTask, "Task.Result");
        }
        else if (s_clocks.Contains($"{type}.{property.Name}"))
        {
            Report(context, KitRules.RealClock, $"{property.ContainingType.Name}.{property.Name}");
        }
    }

    private static void OnCreation(OperationAnalysisContext context)
    {
        if (context.Operation.Type is not INamedTypeSymbol type || !IsInTest(context.ContainingSymbol))
        {
            return;
        }
        switch (NameOf(type))
        {
            case "System.Diagnostics.Stopwatch":
                Report(context, KitRules.RealClock, "Stopwatch");
                break;
            case "System.Threading.Thread":
                Report(context, KitRules.OutsideWorld, "Thread", "let an actor or a task do the work");
                break;
        }
    }

    private static bool IsFiniteTimeout(IArgumentOperation argument)
    {
        IOperation value = argument.Value;
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }
        return argument.ArgumentKind == ArgumentKind.Explicit
            && value.Type is { Name: "TimeSpan" }
            && value is not IFieldReferenceOperation { Field.Name: "InfiniteTimeSpan" }
            && value is not IDefaultValueOperation;
    }

    /// <summary>Whether a symbol is in a class on the simulated kit, or in a class inside of one.</summary>
    private static bool IsInTest(ISymbol symbol)
    {
        for (INamedTypeSymbol? type = symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            if (DerivesFrom(type, SimulatedKit))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsInActor(ISymbol symbol) =>
        symbol.ContainingType is { } type && DerivesFrom(type, Actor);

    private static bool DerivesFrom(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? one = type; one is not null; one = one.BaseType)
        {
            if (NameOf(one) == name)
            {
                return true;
            }
        }
        return false;
    }

    private static string NameOf(INamedTypeSymbol type) => type.ToDisplayString();

    private static void Report(
        OperationAnalysisContext context, DiagnosticDescriptor rule, params object[] arguments) =>
        context.ReportDiagnostic(Diagnostic.Create(rule, context.Operation.Syntax.GetLocation(), arguments));
}
