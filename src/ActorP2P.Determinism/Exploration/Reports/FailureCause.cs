using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ActorP2P.Determinism;

/// <summary>
/// What a run failed of, by which failures are told apart: the kind of exception or the claim, and the place.
/// </summary>
/// <param name="What">The type of the exception, or the claim.</param>
/// <param name="Place">The first place of the user's own code on the stack; empty when there is none.</param>
internal sealed partial record FailureCause(string What, string Place)
{
    private static readonly string[] s_foreign =
        ["System", "Microsoft", "Akka", "xunit", "ActorP2P.Determinism,", "ActorP2P.Determinism.TestKit,"];

    /// <summary>The cause of an exception.</summary>
    public static FailureCause Of(Exception failure)
    {
        Exception inner = failure;
        while (inner is AggregateException or TargetInvocationException && inner.InnerException is { } more)
        {
            inner = more;
        }
        return inner switch
        {
            ClaimFailedException claim => new FailureCause($"{claim.Kind}: {claim.Claim}", claim.Place),
            SimulationLeakException leak => new FailureCause(NameOf(leak), PlaceIn(leak.Origin)),
            NeverEndsException endless => new FailureCause(NameOf(endless), endless.Actor),
            _ => new FailureCause(NameOf(inner), PlaceOf(inner)),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Place.Length == 0 ? What : $"{What} at {Place}";

    private static string NameOf(Exception failure) => failure.GetType().Name;

    private static string PlaceOf(Exception failure)
    {
        foreach (StackFrame frame in new StackTrace(failure, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && !IsForeign(type.Assembly))
            {
                string at = frame.GetFileLineNumber() is > 0 and int line
                    ? $"{Path.GetFileName(frame.GetFileName())}:{line}"
                    : $"+{frame.GetILOffset()}";
                return $"{type.Name}.{method.Name} ({at})";
            }
        }
        return "";
    }

    private static bool IsForeign(Assembly assembly) => assembly.FullName is { } name
        && Array.Exists(s_foreign, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The first line of a stack as text that names a file.</summary>
    private static string PlaceIn(string stack) => FileAndLine().Match(stack) is { Success: true } match
        ? $"{Path.GetFileName(match.Groups[1].Value)}:{match.Groups[2].Value}"
        : "";

    [GeneratedRegex(@"(?!.*/src/ActorP2P\.Determinism) in (.+):line (\d+)")]
    private static partial Regex FileAndLine();
}
