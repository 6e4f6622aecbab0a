namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>Stored inputs, one for each line in hexadecimal. Lines that begin with # are comments.</summary>
internal static class Corpus
{
    /// <summary>Reads the corpus of a target. Spaces within a line are ignored.</summary>
    public static IReadOnlyList<byte[]> Load(string directory, string target) =>
    [
        .. File.ReadAllLines(Path.Combine(directory, target + ".hex"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Convert.FromHexString(line.Replace(" ", "", StringComparison.Ordinal))),
    ];
}
