using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ActorP2P.Determinism.Tests;

/// <summary>
/// Combines the results of all scenarios of one class of idioms into one text that can be compared with another
/// process.
/// </summary>
internal static class IdiomHash
{
    /// <summary>Runs the facts of the class with this name; fails when a result cannot be repeated.</summary>
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
