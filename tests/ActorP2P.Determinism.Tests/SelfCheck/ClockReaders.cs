using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;

namespace ActorP2P.Determinism.Tests;

/// <summary>
/// Finds the methods of an assembly that read a clock of the process or create a random number generator.
/// </summary>
internal static class ClockReaders
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The methods, each as TYPE.METHOD.</summary>
    public static IEnumerable<string> In(Assembly assembly) =>
        from type in Loadable(assembly)
        from method in type.GetMembers(All).OfType<MethodBase>()
        where Calls(type, method).Any(IsClock)
        select $"{type.FullName}.{method.Name}";

    private static Type[] Loadable(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException incomplete)
        {
            return [.. incomplete.Types.OfType<Type>()];
        }
    }

    private static bool IsClock(MethodBase called) => called.Name switch
    {
        "get_UtcNow" or "get_Now" =>
            called.DeclaringType == typeof(DateTime) || called.DeclaringType == typeof(DateTimeOffset),
        "get_TickCount" or "get_TickCount64" => called.DeclaringType == typeof(Environment),
        "NewGuid" => called.DeclaringType == typeof(Guid),
        ".ctor" or "get_Shared" => called.DeclaringType == typeof(Random),
        _ => called.DeclaringType == typeof(Stopwatch) || called.DeclaringType?.FullName == "Akka.Util.MonotonicClock",
    };

    // This looks for the operands of call, callvirt and newobj at every offset. An operand that is not a token resolves
    // to nothing.
    private static IEnumerable<MethodBase> Calls(Type type, MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[]? ofType = type.IsGenericType ? type.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at + 4 < code.Length; at++)
        {
            if (IsCall(code[at])
                && Resolve(method.Module, BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at + 1)), ofType, ofMethod)
                    is { } called)
            {
                yield return called;
            }
        }
    }

    private static bool IsCall(byte code) =>
        code == OpCodes.Call.Value || code == OpCodes.Callvirt.Value || code == OpCodes.Newobj.Value;

    private static MethodBase? Resolve(Module module, int token, Type[]? ofType, Type[]? ofMethod)
    {
        try
        {
            return (token >> 24) is 0x06 or 0x0A or 0x2B ? module.ResolveMethod(token, ofType, ofMethod) : null;
        }
        catch (Exception none)
            when (none is ArgumentException or BadImageFormatException or IOException or TypeLoadException)
        {
            return null;
        }
    }
}
