namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>Inputs that are kept: one per line in hexadecimal; lines that begin with # say what they are.</summary>
internal static class Corpus
{
    /// <summary>Reads the corpus of a target; spaces within a line are for the eye.</summary>
    public static IReadOnlyList<byte[]> Load(string directory, string target) =>
    [
        .. File.ReadAllLines(Path.Combine(directory, target + ".hex"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Convert.FromHexString(line.Replace(" ", "", StringComparison.Ordinal))),
    ];
}
