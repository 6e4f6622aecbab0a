using System.CommandLine;

namespace ActorP2P.Cli.Keys;

/// <summary>The passphrase of a key, which lies in a file so that no other process sees it.</summary>
internal static class PassphraseFile
{
    public static Option<string?> Option() => new("--passphrase-file")
    {
        Description = "A file whose first line is the passphrase that encrypts the key.",
        HelpName = "FILE",
    };

    /// <summary>The passphrase in a file; null without a file.</summary>
    /// <exception cref="UsageException">Its first line is empty.</exception>
    public static string? Read(string? path)
    {
        if (path is null)
        {
            return null;
        }

        using StreamReader reader = new(Arguments.ExistingFile(path));
        return reader.ReadLine() is { Length: > 0 } line ? line
            : throw new UsageException($"The first line of {path} is empty; allowed: a passphrase.");
    }
}
