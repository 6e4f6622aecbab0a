using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ActorP2P.Determinism.Tests;

/// <summary>What all scenarios of a class of idioms come to, in one text that another process can compare.</summary>
internal static class IdiomHash
{
    /// <summary>Runs the facts of a class, by its name; what cannot be repeated, fails.</summary>
    public static string Of(string name)
    {
        Type type = typeof(IdiomHash).Assembly.GetTypes().Single(one => one.Name == name);
        List<string> recorded = [];
        Idiom.Recorded = recorded;
        try
        {
            IEnumerable<MethodInfo> facts = type.GetMethods().Where(static one =>
                one.GetCustomAttribute<FactAttribute>() is not null && one.GetParameters().Length == 0);
            foreach (MethodInfo fact in facts.OrderBy(static one => one.Name, StringComparer.Ordinal))
            {
                fact.Invoke(Activator.CreateInstance(type), null);
            }
        }
        finally
        {
            Idiom.Recorded = null;
        }
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', recorded))));
        return $"{recorded.Count} {hash}";
    }
}
