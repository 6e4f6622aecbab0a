using System.CommandLine;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Keys;

/// <summary>The command <c>id</c>, which prints the id that belongs to a key.</summary>
internal static class IdCommand
{
    public static Command Create(ToolConsole console)
    {
        Argument<string> file = new("FILE") { Description = "The key: the identity-file of a node." };
        Option<string?> passphrase = PassphraseFile.Option();
        Option<bool> json = new("--json") { Description = "One line of JSON." };
        Command command = new("id", "Prints the id of the node that has a key.") { file, passphrase, json };
        Examples.Add(command, "actorp2p id data/node.key");
        command.SetAction((parsed, cancellationToken) => new Verb(console, parsed.GetValue(json)).RunAsync(
            () =>
            {
                // Otherwise a key would be made.
                string path = Arguments.ExistingFile(parsed.GetValue(file)!);
                NodeId id = NodeIdentity.LoadOrCreate(path, PassphraseFile.Read(parsed.GetValue(passphrase))).Id;
                if (parsed.GetValue(json))
                {
                    console.WriteJson(new { file = path, id = $"{id}", @short = id.ToShortString() });
                }
                else
                {
                    console.Output.WriteLine($"{id}");
                }

                return Task.FromResult(ExitCodes.Done);
            },
            cancellationToken));
        return command;
    }
}
