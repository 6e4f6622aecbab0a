using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ActorP2P.Hosting;

/// <summary>
/// The settings of a node, read from a section of the host's configuration. If a reload brings invalid settings, the
/// previous ones stay in force.
/// </summary>
internal sealed class NodeSettings : IOptionsChangeTokenSource<P2PNodeOptions>, IDisposable
{
    private readonly IConfiguration _section;
    private readonly IConfiguration? _root;
    private readonly ILogger? _logger;
    private readonly Lazy<P2PNodeOptions> _first;
    private readonly IDisposable _registration;
    private P2PNodeOptions? _later;
    private ConfigurationReloadToken _changed = new();

    /// <param name="name">The node's name.</param>
    /// <param name="section">The section.</param>
    /// <param name="provider">The host's services.</param>
    public NodeSettings(string name, IConfiguration section, IServiceProvider provider)
    {
        Name = name;
        _section = section;
        _root = provider.GetService<IConfiguration>();
        _logger = HostingLog.For(provider);
        _first = new Lazy<P2PNodeOptions>(Read);
        foreach (HoconConfigurationProvider file in ConfigurationLayers.Of(_root).OfType<HoconConfigurationProvider>())
        {
            if (_logger is not null)
            {
                file.LogTo(_logger);
            }
        }

        _registration = ChangeToken.OnChange(section.GetReloadToken, Reload);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The current settings.</summary>
    /// <exception cref="OptionsValidationException">The first settings are invalid.</exception>
    public P2PNodeOptions Current => Volatile.Read(ref _later) ?? _first.Value;

    /// <inheritdoc/>
    public IChangeToken GetChangeToken() => Volatile.Read(ref _changed);

    /// <inheritdoc/>
    public void Dispose() => _registration.Dispose();

    private P2PNodeOptions Read()
    {
        try
        {
            return SectionReader.Read(_section, _root);
        }
        catch (ArgumentException refused)
        {
            throw new OptionsValidationException(Name, typeof(P2PNodeOptions), [refused.Message]);
        }
    }

    private void Reload()
    {
        if (!_first.IsValueCreated)
        {
            return;
        }

        try
        {
            P2PNodeOptions next = Read();
            if (SettingChanges.Differences(Current, next).Count > 0)
            {
                Volatile.Write(ref _later, next);
                Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload();
            }
        }
        catch (Exception refused) when (refused is OptionsValidationException or AggregateException)
        {
            string detail = (refused as AggregateException)?.Flatten().InnerExceptions[0].Message ?? refused.Message;
            if (_logger is not null)
            {
                HostingLog.SettingsRefused(_logger, Name, detail);
            }
        }
    }
}
