namespace ActorP2P.Storage.Sqlite.Tests;

/// <summary>A directory that is removed after the test.</summary>
internal sealed class TestDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("actorp2p-").FullName;

    /// <summary>A store's directory in it.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>The file of that store.</summary>
    public string File => System.IO.Path.Combine(Data, SqlitePeerStore.FileName);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
