using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Files;

/// <summary>Prints files, as text or as JSON.</summary>
internal sealed class FileOutput(ToolConsole console, bool json)
{
    /// <summary>A file that has been sent or fetched whole.</summary>
    public void Moved(string past, string name, FetchedFile file)
    {
        if (json)
        {
            console.WriteJson(new
            {
                name,
                length = file.Length,
                resumedFrom = file.ResumedFrom,
                sha256 = file.Hash,
            });
        }
        else
        {
            console.Output.WriteLine(SafeText.Of(
                $"{past} {name}: {file.Length} bytes"
                + (file.ResumedFrom > 0 ? $", {file.ResumedFrom} of them before" : "")));
            console.Output.WriteLine($"sha256 {file.Hash}");
        }
    }

    /// <summary>The files that a node shares.</summary>
    public void Listed(IReadOnlyList<SharedFile> files)
    {
        if (json)
        {
            foreach (SharedFile file in files)
            {
                console.WriteJson(file);
            }

            return;
        }

        TextTable table = new(new TextColumn("bytes", 1, IsNumber: true), new TextColumn("name"));
        foreach (SharedFile file in files)
        {
            table.Add($"{file.Length}", SafeText.Of(file.Name));
        }

        console.WriteTable(table);
    }
}
