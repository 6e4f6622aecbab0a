using System.CommandLine;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Keys;

/// <summary>The command <c>keygen</c>, which makes the key of a node or the secret of a network.</summary>
internal static class KeygenCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Create(ToolConsole console)
    {
        Argument<string> file = new("FILE") { Description = "The file to make. It must not exist." };
        Option<string?> passphrase = PassphraseFile.Option();
        Option<bool> secret = new("--secret") { Description = "Make the secret of a private network instead." };
        Option<bool> json = new("--json") { Description = "One line of JSON." };
        Command command = new("keygen", "Makes the key of a node, and prints the node's id.")
        {
            file, passphrase, secret, json,
        };
        Examples.Add(
            command,
            "actorp2p keygen data/node.key",
            "actorp2p keygen --secret data/network-secret");
        command.SetAction((parsed, cancellationToken) => new Verb(console, parsed.GetValue(json)).RunAsync(
            () =>
            {
                string path = parsed.GetValue(file)!;
                if (File.Exists(path))
                {
                    throw new IOException($"{path} exists already, and is not replaced.");
                }

                NodeId? id = null;
                if (parsed.GetValue(secret))
                {
                    WriteSecret(path);
                }
                else
                {
                    id = NodeIdentity.LoadOrCreate(path, PassphraseFile.Read(parsed.GetValue(passphrase))).Id;
                }

                Print(console, parsed.GetValue(json), path, id);
                return Task.FromResult(ExitCodes.Done);
            },
            cancellationToken));
        return command;
    }

    private static void Print(ToolConsole console, bool json, string path, NodeId? id)
    {
        if (json)
        {
            console.WriteJson(new { file = path, id = id?.ToString() });
        }
        else
        {
            console.Output.WriteLine(id is null ? path : $"{id}");
        }
    }

    private static void WriteSecret(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using StreamWriter writer = new(path, options);
        writer.WriteLine(NetworkSecret.CreateText());
    }
}
