namespace ActorP2P.Tests.Identity;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actorp2p-test-").FullName;

    /// <summary>The path of a file in the folder.</summary>
    public string this[string file] => Path.Combine(_folder, file);

    /// <summary>The names of the files in the folder.</summary>
    public IEnumerable<string> Files => Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)!).Order();

    /// <summary>Writes a file that only its owner may read.</summary>
    public string Write(string file, string text)
    {
        File.WriteAllText(this[file], text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(this[file], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return this[file];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
