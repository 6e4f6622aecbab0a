using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ActorP2P.Determinism.TestKit.Analyzers;

/// <summary>Decides which calls are moved into virtual time, and what replaces each of them.</summary>
internal static class CallRules
{
    private const string Target = "global::ActorP2P.Determinism.TestKit.VirtualCalls";
    private const string Setups = "global::Akka.Actor.Setup.ActorSystemSetup";
    private const string Bootstrap = "global::Akka.Actor.BootstrapSetup";

    // By type and method: an expression that checks, without blocking, whether the wait is over.
    private static readonly Dictionary<string, string> s_waits = new()
    {
        ["System.Threading.CountdownEvent.Wait"] = "it.IsSet",
        ["System.Threading.ManualResetEventSlim.Wait"] = "it.IsSet",
        ["System.Threading.SemaphoreSlim.Wait"] = "it.Wait(0)",
        ["System.Threading.WaitHandle.WaitOne"] = "it.WaitOne(0)",
    };

    /// <summary>The names of the methods that have a rule, for a fast check of the syntax.</summary>
    public static HashSet<string> Names { get; } =
        new() { "Wait", "WaitOne", "Sleep", "SpinUntil", "SignalAndWait", "Create" };

    /// <summary>Whether an intercepted call uses virtual time; false for a call that is refused.</summary>
    public static bool Replaces(IMethodSymbol method) =>
        method.Name != "SignalAndWait" && Replacement(method) is not null;

    /// <summary>
    /// The expression that replaces a call, in which <c>it</c> is the object of the call; null when the call has no
    /// rule.
    /// </summary>
    public static string? Replacement(IMethodSymbol method)
    {
        string name = $"{method.ContainingType.ToDisplayString()}.{method.Name}";
        string arguments = SignatureFormat.ArgumentsOf(method);
        string duration = Duration(method);
        if (s_waits.TryGetValue(name, out string? isOver))
        {
            string real = method.ReturnsVoid
                ? $"() => {{ it.{method.Name}({arguments}); return true; }}"
                : $"() => it.{method.Name}({arguments})";
            return $"{Target}.Wait(() => {isOver}, {duration}, {real}, {Token(method)})";
        }
        return name switch
        {
            "System.Threading.Thread.Sleep" => $"{Target}.Sleep({duration})",
            "System.Threading.SpinWait.SpinUntil" => SpinUntil(method, arguments, duration),
            "System.Threading.Barrier.SignalAndWait" => Barrier(method, arguments),
            "Akka.Actor.ActorSystem.Create" => Create(method, arguments),
            _ => null,
        };
    }

    private static string SpinUntil(IMethodSymbol method, string arguments, string duration)
    {
        string condition = SignatureFormat.Name(method.Parameters[0]);
        string real = method.ReturnsVoid
            ? $"() => {{ global::System.Threading.SpinWait.SpinUntil({arguments}); return true; }}"
            : $"() => global::System.Threading.SpinWait.SpinUntil({arguments})";
        return $"{Target}.Spin({condition}, {duration}, {real})";
    }

    private static string Barrier(IMethodSymbol method, string arguments)
    {
        string call = $"it.SignalAndWait({arguments})";
        return method.ReturnsVoid
            ? $"{Target}.Meet(() => {{ {call}; return true; }})"
            : $"{Target}.Meet(() => {call})";
    }

    private static string? Create(IMethodSymbol method, string arguments)
    {
        string[] types = method.Parameters.Select(static one => one.Type.ToDisplayString()).ToArray();
        string? setup = types.Length switch
        {
            1 => $"{Setups}.Empty",
            2 when types[1] == "Akka.Configuration.Config" =>
                $"{Setups}.Create({Bootstrap}.Create().WithConfig({SignatureFormat.Name(method.Parameters[1])}))",
            2 when types[1] == "Akka.Actor.BootstrapSetup" =>
                $"{Setups}.Create({SignatureFormat.Name(method.Parameters[1])})",
            2 when types[1] == "Akka.Actor.Setup.ActorSystemSetup" => SignatureFormat.Name(method.Parameters[1]),
            _ => null,
        };
        return setup is null
            ? null
            : $"{Target}.Create({SignatureFormat.Name(method.Parameters[0])}, () => {setup}, "
                + $"() => global::Akka.Actor.ActorSystem.Create({arguments}))";
    }

    private static string Duration(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.Type.SpecialType == SpecialType.System_Int32)
            {
                return $"global::System.TimeSpan.FromMilliseconds((double){SignatureFormat.Name(parameter)})";
            }
            if (parameter.Type.ToDisplayString() == "System.TimeSpan")
            {
                return SignatureFormat.Name(parameter);
            }
        }
        return "global::System.Threading.Timeout.InfiniteTimeSpan";
    }

    private static string Token(IMethodSymbol method) => method.Parameters
        .Where(static one => one.Type.ToDisplayString() == "System.Threading.CancellationToken")
        .Select(SignatureFormat.Name)
        .FirstOrDefault() ?? "default";
}
