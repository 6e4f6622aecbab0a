using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace ActorP2P.Hosting.Tests.Configuration;

/// <summary>Files whose changes a test tells, instead of the file system.</summary>
internal sealed class WatchedFiles
{
    private readonly Dictionary<string, ConfigurationReloadToken> _tokens = [];

    /// <summary>The files that are watched.</summary>
    public IReadOnlyCollection<string> Names => [.. _tokens.Keys.Select(file => Path.GetFileName(file)).Order()];

    public IChangeToken Watch(string file) => _tokens[file] = new ConfigurationReloadToken();

    /// <summary>Tells that a file has changed.</summary>
    public void Change(string file) => _tokens[file].OnReload();
}
