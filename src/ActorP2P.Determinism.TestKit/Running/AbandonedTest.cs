using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Finds an asynchronous test method that waits for ever, and ends it.</summary>
internal static partial class AbandonedTest
{
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Ends the test method of a class with an exception; false when none is found.</summary>
    public static bool Fail(Type test, Exception reason)
    {
        IReadOnlyList<Task> running = AbandonedTasks.AsyncMethods(machine => IsOf(test, machine));

        // Methods of a base class may belong to other tests, which run at the same time, so they come last.
        Task? method = running.FirstOrDefault(one => IsTestMethod(test, MachineOf(one)))
            ?? running.FirstOrDefault(one => MachineOf(one).DeclaringType == test)
            ?? (running.Count > 0 ? running[0] : null);
        return method is not null && AbandonedTasks.Fail(method, reason);
    }

    private static Type MachineOf(Task method) => method.GetType().GetGenericArguments()[^1];

    private static bool IsOf(Type test, Type machine)
    {
        for (Type? outer = machine.DeclaringType; outer is not null; outer = outer.DeclaringType)
        {
            for (Type? type = test; type is not null; type = type.BaseType)
            {
                if (type == outer || (type.IsGenericType && type.GetGenericTypeDefinition() == outer))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool IsTestMethod(Type test, Type machine) =>
        MethodName().Match(machine.Name) is { Success: true } match
        && test.GetMember(match.Groups[1].Value, MemberTypes.Method, Any)
            .Any(static method => method.IsDefined(typeof(FactAttribute), inherit: true));

    [GeneratedRegex("^<(.+)>d__")]
    private static partial Regex MethodName();
}
