namespace ActorP2P.Cli;

/// <summary>Checks of what the user has given.</summary>
internal static class Arguments
{
    /// <summary>A number that is not negative.</summary>
    /// <exception cref="UsageException">It is negative.</exception>
    public static int NotNegative(int value, string option) =>
        value >= 0 ? value : throw new UsageException($"{option} is {value}; allowed: 0 or more.");

    /// <summary>A file to read.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string ExistingFile(string path) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"There is no file {path}.", path);
}
