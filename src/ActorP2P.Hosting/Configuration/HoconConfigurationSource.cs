using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace ActorP2P.Hosting;

/// <summary>A file in HOCON as a source of a host's configuration.</summary>
public sealed class HoconConfigurationSource : IConfigurationSource
{
    /// <summary>The file, relative to the configuration's base path.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the file may be missing.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether the file and those that it includes are read again when they change.</summary>
    public bool ReloadOnChange { get; init; }

    /// <summary>
    /// How long after a change the file is read, so that its writer has finished. 250 ms, as with the files of .NET.
    /// </summary>
    public TimeSpan ReloadDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gives a token that tells the next change of a file; null: that of the file system.</summary>
    internal Func<string, IChangeToken>? Watch { get; init; }

    /// <summary>The clock of the delay.</summary>
    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string root = builder.GetFileProvider() is PhysicalFileProvider files ? files.Root : AppContext.BaseDirectory;
        return new HoconConfigurationProvider(this, System.IO.Path.GetFullPath(Path, root));
    }
}
