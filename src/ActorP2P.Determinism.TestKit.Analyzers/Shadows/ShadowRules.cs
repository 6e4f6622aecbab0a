using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ActorP2P.Determinism.TestKit.Analyzers;

/// <summary>
/// Decides how each member of Akka's <c>TestKitBase</c> is shadowed, by four rules. A member that never waits is left
/// unchanged, or sets the test's context before it calls Akka's. A member that takes and checks a single message runs
/// the world until there is a message, and then calls Akka's own with a timeout of zero. Every other member has a
/// hand-written method of the same name and parameters in <c>VirtualWaits</c> or in a part of it; an asynchronous
/// member may use the method of its synchronous counterpart.
/// </summary>
internal sealed class ShadowRules
{
    private static readonly ImmutableHashSet<string> s_neverWait = ImmutableHashSet.Create(
        "ActorOfAsTestActorRef", "ActorOfAsTestFSMRef", "ActorSelection", "ChildActorOf", "ChildActorOfAsync",
        "CreateEventFilter", "CreateTestActor", "CreateTestBarrier", "CreateTestLatch", "CreateTestProbe",
        "DefaultConfig", "Dilated", "EventFilter", "ExpectNoMessageDefaultTimeout", "FullDebugConfig",
        "GetTimeoutOrDefault", "HasMessages", "IgnoreMessages", "IgnoreNoMessages", "InitializeTest",
        "InternalAwaitCondition", "InternalAwaitConditionAsync", "LastMessage", "LastSender", "Log", "SetAutoPilot",
        "Shutdown", "ShutdownAsync", "SingleExpectDefaultTimeout", "Sys", "TestActor", "TestKitSettings");

    private static readonly ImmutableHashSet<string> s_judge =
        ImmutableHashSet.Create("ExpectMsg", "ExpectMsgFrom", "ExpectTerminated");

    /// <summary>These members do not wait, but a test is likely to call one of them before it waits.</summary>
    private static readonly ImmutableHashSet<string> s_touch = ImmutableHashSet.Create("ActorOf");

    private readonly List<KeyValuePair<string, INamedTypeSymbol>> _targets = new();

    /// <summary>The rules for a class that has its waits in a field <c>_waits</c>.</summary>
    public ShadowRules(INamedTypeSymbol waits)
    {
        _targets.Add(new KeyValuePair<string, INamedTypeSymbol>("_waits", waits));
        foreach (IPropertySymbol part in waits.GetMembers().OfType<IPropertySymbol>())
        {
            if (part.Type is INamedTypeSymbol type
                && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, waits.ContainingAssembly))
            {
                _targets.Add(new KeyValuePair<string, INamedTypeSymbol>("_waits." + part.Name, type));
            }
        }
    }

    /// <summary>Whether a member of Akka's kit needs a shadow.</summary>
    public static bool IsCovered(ISymbol member) =>
        member.DeclaredAccessibility
            is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && !member.IsImplicitlyDeclared
        && !s_neverWait.Contains(member.Name)
        && member is IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary };

    /// <summary>The source of a shadow; null when no rule covers the member.</summary>
    public string? Shadow(ISymbol member) => member switch
    {
        IPropertySymbol property => Property(property),
        IMethodSymbol { IsVirtual: true } method when s_touch.Contains(method.Name) => Touch(method, "override"),
        IMethodSymbol method when s_touch.Contains(method.Name) => Touch(method, "new"),
        IMethodSymbol method when s_judge.Contains(method.Name) => Judge(method),
        IMethodSymbol method when s_judge.Contains(Synchronous(method.Name)) => JudgeAsync(method),
        IMethodSymbol method => Forward(method),
        _ => null,
    };

    private string? Property(IPropertySymbol property)
    {
        foreach (KeyValuePair<string, INamedTypeSymbol> target in _targets)
        {
            if (target.Value.GetMembers(property.Name).OfType<IPropertySymbol>().Any())
            {
                string type = SignatureFormat.TypeOf(property.Type);
                return $"public new {type} {property.Name} => {target.Key}.{property.Name};";
            }
        }
        return null;
    }

    private static string Touch(IMethodSymbol method, string how)
    {
        string types = SignatureFormat.TypeParametersOf(method);
        return $"public {how} {SignatureFormat.TypeOf(method.ReturnType)} {method.Name}{types}"
            + $"({SignatureFormat.ParametersOf(method)})"
            + (how == "new" ? SignatureFormat.ConstraintsOf(method) : "")
            + $" {{ _waits?.Touch(); return base.{method.Name}{types}({SignatureFormat.ArgumentsOf(method)}); }}";
    }

    private static string? Judge(IMethodSymbol method)
    {
        if (DurationOf(method) is not { } duration)
        {
            return null;
        }
        string wait = $"_waits.RemainingOrDilated({duration.Name})";
        return $"{Head(method)} {{ {Require(method, wait)} return {BaseCall(method, method.Name, duration)}; }}";
    }

    private static string? JudgeAsync(IMethodSymbol method)
    {
        if (DurationOf(method) is not { } duration
            || method.ReturnType is not INamedTypeSymbol { Name: "ValueTask", TypeArguments.Length: 1 } task)
        {
            return null;
        }
        // The deadline counts from the call, not from the await.
        string wait = "_waits.UntilDeadline(deadline)";
        string result = SignatureFormat.TypeOf(task.TypeArguments[0]);
        string call = BaseCall(method, Synchronous(method.Name), duration);
        return $"{Head(method)} {{ global::System.TimeSpan deadline = "
            + $"_waits.Deadline(_waits.RemainingOrDilated({duration.Name})); "
            + $"return Pumped<{result}>.Lazily(() => {{ {Require(method, wait)} return {call}; }}); }}";
    }

    private string? Forward(IMethodSymbol method)
    {
        string arguments = SignatureFormat.TypeParametersOf(method) + "(" + SignatureFormat.ArgumentsOf(method) + ")";
        if (TargetOf(method.Name, method) is { } own)
        {
            return $"{Head(method)} => {own}.{method.Name}{arguments};";
        }
        if (Synchronous(method.Name) == method.Name || TargetOf(Synchronous(method.Name), method) is not { } twin)
        {
            return null;
        }
        string call = $"{twin}.{Synchronous(method.Name)}{arguments}";
        return Wrapped(method.ReturnType as INamedTypeSymbol, call) is { } body ? $"{Head(method)} => {body};" : null;
    }

    /// <summary>Wraps a synchronous wait in the type that an asynchronous member returns.</summary>
    private static string? Wrapped(INamedTypeSymbol? returned, string call)
    {
        string? result = returned is { TypeArguments.Length: 1 }
            ? SignatureFormat.TypeOf(returned.TypeArguments[0])
            : null;
        return (returned?.Name, result) switch
        {
            ("ValueTask", null) => $"Pumped<bool>.Lazily(() => {call})",
            ("ValueTask", _) => $"Pumped<{result}>.Lazily(() => {call})",
            ("IAsyncEnumerable", not null) => $"Pumped<{result}>.Stream(() => {call})",
            _ => null,
        };
    }

    private string? TargetOf(string name, IMethodSymbol method)
    {
        foreach (KeyValuePair<string, INamedTypeSymbol> target in _targets)
        {
            if (target.Value.GetMembers(name).OfType<IMethodSymbol>().Any(one => HasParametersOf(one, method)))
            {
                return target.Key;
            }
        }
        return null;
    }

    private static bool HasParametersOf(IMethodSymbol own, IMethodSymbol akkas) =>
        own.DeclaredAccessibility == Accessibility.Public
        && own.TypeParameters.Length == akkas.TypeParameters.Length
        && own.Parameters.Length == akkas.Parameters.Length
        && own.Parameters.Zip(akkas.Parameters, static (a, b) => a.RefKind == b.RefKind && Plain(a) == Plain(b))
            .All(static same => same);

    private static string Plain(IParameterSymbol parameter) =>
        parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static string Head(IMethodSymbol method)
    {
        string access = method.DeclaredAccessibility == Accessibility.Public ? "public" : "protected";
        return $"{access} new {SignatureFormat.TypeOf(method.ReturnType)} {method.Name}"
            + $"{SignatureFormat.TypeParametersOf(method)}({SignatureFormat.ParametersOf(method)})";
    }

    private static string Require(IMethodSymbol method, string wait)
    {
        ITypeSymbol returned = method.ReturnType is INamedTypeSymbol { Name: "ValueTask", TypeArguments.Length: 1 } task
            ? task.TypeArguments[0]
            : method.ReturnType;
        string type = SignatureFormat.TypeOf(returned);
        return $"_waits.Require<{type}>({wait}, {HintOf(method)}, {CancellationOf(method)});";
    }

    private static string BaseCall(IMethodSymbol method, string name, IParameterSymbol duration)
    {
        IEnumerable<string> arguments = method.Parameters.Select(one =>
            SymbolEqualityComparer.Default.Equals(one, duration)
                ? "global::System.TimeSpan.Zero"
                : SignatureFormat.Name(one));
        return $"base.{name}{SignatureFormat.TypeParametersOf(method)}({string.Join(", ", arguments)})";
    }

    private static IParameterSymbol? DurationOf(IMethodSymbol method) => method.Parameters.SingleOrDefault(
        static one => one.Type is INamedTypeSymbol { Name: "Nullable" } type
            && type.TypeArguments[0].Name == "TimeSpan");

    private static string HintOf(IMethodSymbol method) =>
        method.Parameters.FirstOrDefault(static one => one.Name == "hint")?.Name ?? "null";

    private static string CancellationOf(IMethodSymbol method) =>
        method.Parameters.FirstOrDefault(static one => one.Type.Name == "CancellationToken")?.Name ?? "default";

    private static string Synchronous(string name) =>
        name.EndsWith("Async", System.StringComparison.Ordinal)
            ? name.Substring(0, name.Length - "Async".Length)
            : name;
}
