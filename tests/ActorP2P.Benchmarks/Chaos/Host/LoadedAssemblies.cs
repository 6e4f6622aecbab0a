using System.Reflection;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Loads everything that the process may come to need. The runtime opens an assembly when it first has need of it, and
/// ends the process when no descriptor is left for that; what is looked for is how a node bears it, not how the runtime
/// does.
/// </summary>
internal static class LoadedAssemblies
{
    /// <summary>Loads the program's assemblies, and what a stack trace needs.</summary>
    public static void LoadAll()
    {
        HashSet<string> seen = [];
        Queue<Assembly> unread = new([typeof(LoadedAssemblies).Assembly]);
        while (unread.TryDequeue(out Assembly? assembly))
        {
            foreach (AssemblyName name in assembly.GetReferencedAssemblies().Where(name => seen.Add(name.FullName)))
            {
                try
                {
                    unread.Enqueue(Assembly.Load(name));
                }
                catch (FileNotFoundException)
                {
                    // Not part of the program: what refers to it does so for other systems.
                }
            }
        }

        try
        {
            throw new InvalidOperationException("a stack trace");
        }
        catch (InvalidOperationException exception)
        {
            // The text of a trace is made of symbols, for which the runtime loads and opens more.
            _ = exception.ToString();
        }
    }
}
