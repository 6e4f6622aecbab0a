using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace ActorP2P.Hosting;

/// <summary>Watches several files, and calls back once, after a delay, when one of them has changed.</summary>
internal sealed class FileWatch : IDisposable
{
    private readonly HoconConfigurationSource _source;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PhysicalFileProvider> _folders = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _registrations = [];
    private readonly ITimer _due;
    private Action? _changed;
    private bool _isOver;

    /// <param name="source">Names the delay and the clock, and optionally another way to watch a file.</param>
    public FileWatch(HoconConfigurationSource source)
    {
        _source = source;
        _due = source.TimeProvider.CreateTimer(
            _ => OnDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches these files instead of the previous ones.</summary>
    /// <param name="files">Their full paths.</param>
    /// <param name="changed">Called on another thread, once for each change.</param>
    public void Start(IEnumerable<string> files, Action changed)
    {
        IDisposable[] before;
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            before = TakeRegistrations();
            _changed = changed;
            foreach (string file in files)
            {
                if ((_source.Watch ?? TokenOf)(file) is { } token)
                {
                    _registrations.Add(token.RegisterChangeCallback(_ => OnChanged(), null));
                }
            }
        }

        Array.ForEach(before, static registration => registration.Dispose());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IDisposable[] before;
        lock (_lock)
        {
            _isOver = true;
            before = TakeRegistrations();
            _due.Dispose();
            foreach (PhysicalFileProvider folder in _folders.Values)
            {
                folder.Dispose();
            }

            _folders.Clear();
        }

        Array.ForEach(before, static registration => registration.Dispose());
    }

    // Registrations are disposed outside the lock, because disposing waits for a running callback, which may wait for
    // the lock.
    private IDisposable[] TakeRegistrations()
    {
        IDisposable[] taken = [.. _registrations];
        _registrations.Clear();
        return taken;
    }

    private void OnChanged()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                // Every further change restarts the delay.
                _due.Change(_source.ReloadDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void OnDue()
    {
        Action? changed;
        lock (_lock)
        {
            changed = _isOver ? null : _changed;
        }

        changed?.Invoke();
    }

    // A file cannot be watched while its folder is missing. It is read again when another of the files changes.
    private IChangeToken TokenOf(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder))
        {
            return NullChangeToken.Singleton;
        }

        if (!_folders.TryGetValue(folder, out PhysicalFileProvider? files))
        {
            _folders.Add(folder, files = new PhysicalFileProvider(folder, ExclusionFilters.None));
        }

        return files.Watch(Path.GetFileName(file));
    }
}
