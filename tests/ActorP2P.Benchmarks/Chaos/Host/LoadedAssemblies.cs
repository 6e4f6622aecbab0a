using System.Reflection;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Loads every assembly that the process can need. The runtime opens an assembly when it needs it for the first time,
/// and it ends the process when no descriptor is left for this. The run tests how the node behaves in that case, not
/// how the runtime does.
/// </summary>
internal static class LoadedAssemblies
{
    /// <summary>Loads the program's assemblies and everything that a stack trace needs.</summary>
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
                    // The assembly is not part of the program; only code for other operating systems refers to it.
                }
            }
        }

        try
        {
            throw new InvalidOperationException("a stack trace");
        }
        catch (InvalidOperationException exception)
        {
            // The text of a stack trace needs debug symbols, for which the runtime loads and opens further files.
            _ = exception.ToString();
        }
    }
}
