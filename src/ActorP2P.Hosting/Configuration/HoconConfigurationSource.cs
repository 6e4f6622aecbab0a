using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace ActorP2P.Hosting;

/// <summary>A HOCON file as a source of a host's configuration.</summary>
public sealed class HoconConfigurationSource : IConfigurationSource
{
    /// <summary>The file, relative to the configuration's base path.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the file may be missing.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether the file and the files that it includes are read again when they change.</summary>
    public bool ReloadOnChange { get; init; }

    /// <summary>
    /// The delay between a change and the reading of the file, which lets the writer finish. 250 ms by default, as for
    /// .NET's own file sources.
    /// </summary>
    public TimeSpan ReloadDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns a token that signals the next change of a file; null: the file system's.</summary>
    internal Func<string, IChangeToken>? Watch { get; init; }

    /// <summary>The clock for the delay.</summary>
    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string root = builder.GetFileProvider() is PhysicalFileProvider files ? files.Root : AppContext.BaseDirectory;
        return new HoconConfigurationProvider(this, System.IO.Path.GetFullPath(Path, root));
    }
}
