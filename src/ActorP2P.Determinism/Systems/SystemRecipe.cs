using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorP2P.Determinism;

/// <summary>
/// Makes systems of one configuration. The first system parses akka.conf; the others copy its settings, which saves
/// four fifths of the time and memory of a start.
/// </summary>
internal sealed class SystemRecipe
{
    private static readonly ConditionalWeakTable<Config, ConcurrentDictionary<bool, SystemRecipe>> s_configured = [];
    private static readonly ConcurrentDictionary<bool, SystemRecipe> s_plain = [];

    private readonly ActorSystemSetup _setup;
    private readonly Config _given;
    private readonly bool _mayCopy;
    private Settings? _template;

    private SystemRecipe(
        ActorSystemSetup setup, Config given, SimulationOptions options, bool mayCopy, bool keepsScheduler = false)
    {
        Config all = SystemSettings.Forced(options, keepsScheduler).WithFallback(
            ThreadedDispatchers.ExecutorsOf(given)).WithFallback(given).WithFallback(SystemSettings.Defaults);
        BootstrapSetup bootstrap = setup.Get<BootstrapSetup>() is { HasValue: true } own
            ? own.Value
            : BootstrapSetup.Create();
        _setup = setup.And(bootstrap.WithConfig(all));
        _given = given;
        _mayCopy = mayCopy;
    }

    /// <summary>The settings of the simulation with the configuration that was given.</summary>
    public Config Config => _setup.Get<BootstrapSetup>().Value.Config.Value;

    public static SystemRecipe Of(SimulatedSystemOptions asked, SimulationOptions options)
    {
        if (asked.Setup is { } setup)
        {
            Config given = asked.Config ?? Config.Empty;
            if (setup.Get<BootstrapSetup>() is { HasValue: true, Value.Config: { HasValue: true } config })
            {
                given = given.WithFallback(config.Value);
            }
            return new SystemRecipe(setup, given, options, mayCopy: false, asked.KeepsScheduler);
        }
        return asked.Config is { } own
            ? s_configured.GetOrCreateValue(own).GetOrAdd(options.Shuffle, _ => Plain(own, options))
            : s_plain.GetOrAdd(options.Shuffle, _ => Plain(Config.Empty, options));
    }

    /// <summary>Makes a system. Its binding must be entered on this thread.</summary>
    public ActorSystem Make(string name) => Make(() =>
    {
        ActorSystem system = _template is { } template && SystemTemplate.IsSupported
            ? SystemTemplate.Copy(name, template)
            : ActorSystem.Create(name, _setup);
        if (_mayCopy)
        {
            _template ??= system.Settings;
        }
        return system;
    });

    /// <summary>Makes a system by a function, with what follows in each simulated system.</summary>
    public ActorSystem Make(Func<ActorSystem> make)
    {
        ActorSystem system = make();
        ThreadedDispatchers.Replace(system, _given);
        DeferredLoggers.Start(system, _given);
        return system;
    }

    private static SystemRecipe Plain(Config config, SimulationOptions options) =>
        new(ActorSystemSetup.Empty, config, options, mayCopy: true);
}
