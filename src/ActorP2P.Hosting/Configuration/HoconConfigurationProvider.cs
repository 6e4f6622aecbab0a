using System.Diagnostics.CodeAnalysis;
using ActorP2P.Hocon;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting;

/// <summary>
/// Reads a HOCON file. After the first successful read, a malformed file does not change the values.
/// </summary>
/// <param name="source">The source that this provider was built from.</param>
/// <param name="file">The file's full path.</param>
internal sealed class HoconConfigurationProvider(HoconConfigurationSource source, string file)
    : ConfigurationProvider, IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileWatch? _watch = source.ReloadOnChange ? new FileWatch(source) : null;
    private HashSet<string> _opened = new(StringComparer.Ordinal) { file };
    private bool _isLoaded;
    private string? _untold;
    private ILogger? _logger;

    /// <inheritdoc/>
    public override void Load()
    {
        string? fault = null;
        lock (_lock)
        {
            // The watch starts before the files are read, so that no change is missed.
            _watch?.Start(_opened, Reload);
            HashSet<string> opened = new(StringComparer.Ordinal) { file };
            try
            {
                Data = Read(opened);
            }
            catch (Exception broken) when (broken is FileNotFoundException or InvalidDataException)
            {
                if (!_isLoaded)
                {
                    _watch?.Dispose();
                    throw;
                }

                // Reading may have stopped before all included files were opened, so the previous ones stay watched.
                opened.UnionWith(_opened);
                fault = broken.Message;
            }

            _isLoaded = true;
            _opened = opened;
            _watch?.Start(_opened, Reload);
        }

        if (fault is not null)
        {
            Report(fault);
        }
    }

    /// <summary>Sets the logger for faults of the file, and logs a fault that occurred before.</summary>
    public void LogTo(ILogger logger)
    {
        string? untold;
        lock (_lock)
        {
            _logger = logger;
            untold = _untold;
            _untold = null;
        }

        if (untold is not null)
        {
            HostingLog.NotReloaded(logger, file, untold);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watch?.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(HoconConfigurationProvider)} for '{source.Path}'";

    [SuppressMessage(
        "Design", "CA1031",
        Justification = "A fault in the program's reaction to new settings must not end the process.")]
    private void Reload()
    {
        Load();
        try
        {
            OnReload();
        }
        catch (Exception failed)
        {
            Report($"the program refused the new settings: {failed.Message}");
        }
    }

    private Dictionary<string, string?> Read(HashSet<string> opened)
    {
        if (!File.Exists(file) && !Directory.Exists(file))
        {
            return source.Optional ? [] : throw new FileNotFoundException($"There is no file {file}.", file);
        }

        try
        {
            HoconOptions options = HoconOptions.Default with { Opening = path => opened.Add(path) };
            return HoconKeys.Of(HoconConfig.FromFile(file, options));
        }
        catch (HoconException malformed)
        {
            throw new InvalidDataException(malformed.Message, malformed);
        }
    }

    // A configuration exists before its host has a logger, and some hosts have no logger at all.
    private void Report(string fault)
    {
        ILogger? logger;
        lock (_lock)
        {
            logger = _logger;
            _untold = logger is null ? fault : null;
        }

        if (logger is not null)
        {
            HostingLog.NotReloaded(logger, file, fault);
        }
        else
        {
            Console.Error.WriteLine($"{file} was not reloaded; the previous settings stay in force: {fault}");
        }
    }
}
