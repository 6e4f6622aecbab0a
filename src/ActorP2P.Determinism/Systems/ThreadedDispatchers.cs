using Akka.Actor;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorP2P.Determinism;

/// <summary>Replaces dispatchers that a configuration makes of threads or pools by ones that use the node's queue.</summary>
internal static class ThreadedDispatchers
{
    private static readonly HashSet<string> s_types = new(StringComparer.Ordinal)
    {
        "Dispatcher", "TaskDispatcher", "PinnedDispatcher", "ForkJoinDispatcher", "SynchronizedDispatcher", "ChannelExecutor",
    };

    public static void Replace(ActorSystem system, Config given)
    {
        if (given is { IsEmpty: false, Root: { } root })
        {
            Replace(system, root, "");
        }
    }

    private static void Replace(ActorSystem system, HoconValue value, string path)
    {
        if (!value.IsObject())
        {
            return;
        }
        Dictionary<string, HoconValue> items = value.GetObject().Items;
        if (path.Length > 0 && IsThreaded(items))
        {
            Config ours = ConfigurationFactory.ParseString($"id = \"{path}\"");
            system.Dispatchers.RegisterConfigurator(
                path, new SimulatedDispatcherConfigurator(ours, system.Dispatchers.Prerequisites));
        }
        foreach ((string key, HoconValue inner) in items)
        {
            if (inner is not null)
            {
                Replace(system, inner, path.Length == 0 ? key : $"{path}.{key}");
            }
        }
    }

    private static bool IsThreaded(Dictionary<string, HoconValue> items) => items.TryGetValue("type", out HoconValue? type)
        ? type.IsString() && s_types.Contains(type.GetString())
        : items.ContainsKey("executor");
}
