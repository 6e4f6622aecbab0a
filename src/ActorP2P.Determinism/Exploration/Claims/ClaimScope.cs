using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>
/// Which claims concern an exploration: those of the test itself, and those of the actors that took part.
/// </summary>
internal static class ClaimScope
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// The claims of a test method, and of the methods that the compiler has made of its lambda expressions.
    /// </summary>
    public static IEnumerable<ClaimKey> OfTest(MethodInfo test)
    {
        Type? outer = test.DeclaringType;
        while (outer is { IsNested: true } && outer.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
        {
            outer = outer.DeclaringType;
        }
        if (outer is null)
        {
            return ClaimCatalog.Of(test);
        }
        string name = NameOf(test);
        return MethodsOf(outer).Where(method => NameOf(method) == name).SelectMany(ClaimCatalog.Of);
    }

    /// <summary>
    /// The claims of an actor's type, of the types that it is derived from, and of those inside of it.
    /// </summary>
    public static IEnumerable<ClaimKey> OfActor(Type actor)
    {
        for (Type? type = actor; type is not null && type.Assembly != typeof(ActorBase).Assembly; type = type.BaseType)
        {
            foreach (ClaimKey claim in ClaimCatalog.Of(type))
            {
                yield return claim;
            }
        }
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type) => type.GetMembers(Own).OfType<MethodBase>().Concat(
        type.GetNestedTypes(Own)
            .Where(static inner => inner.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .SelectMany(MethodsOf));

    // A lambda expression in Test is <Test>b__0, and its state machine is <<Test>b__0>d or <Test>d__1, whose method
    // is MoveNext.
    private static string NameOf(MethodBase method)
    {
        string name = method.Name == "MoveNext" ? method.DeclaringType!.Name : method.Name;
        int begin = name.LastIndexOf('<') + 1;
        int end = name.IndexOf('>', StringComparison.Ordinal);
        return begin > 0 && end > begin ? name[begin..end] : name;
    }
}
