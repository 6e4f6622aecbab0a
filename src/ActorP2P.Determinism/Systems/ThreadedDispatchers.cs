using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorP2P.Determinism;

/// <summary>
/// Replaces the configured dispatchers that use threads or pools by dispatchers that use the node's queue.
/// </summary>
internal static class ThreadedDispatchers
{
    private static readonly HashSet<string> s_types = new(StringComparer.Ordinal)
    {
        "Dispatcher", "TaskDispatcher", "PinnedDispatcher", "ForkJoinDispatcher", "SynchronizedDispatcher",
        "ChannelExecutor",
    };

    private static readonly HashSet<string> s_executors = new(StringComparer.Ordinal)
    {
        "default-executor", "thread-pool-executor", "fork-join-executor", "task-executor", "channel-executor",
        "current-context-executor",
    };

    public static void Replace(ActorSystem system, Config given)
    {
        if (given is { IsEmpty: false, Root: { } root })
        {
            Replace(system, root, "");
        }
    }

    /// <summary>
    /// The settings for dispatchers of the user's own types. They keep their type, but an executor that uses threads is
    /// replaced by one that uses the node's queue.
    /// </summary>
    public static Config ExecutorsOf(Config given)
    {
        StringBuilder lines = new();
        if (given is { IsEmpty: false, Root: { } root })
        {
            AddExecutors(lines, root, "");
        }
        return ConfigurationFactory.ParseString(lines.ToString());
    }

    private static void AddExecutors(StringBuilder lines, HoconValue value, string path)
    {
        if (!value.IsObject())
        {
            return;
        }
        Dictionary<string, HoconValue> items = value.GetObject().Items;
        if (path.Length > 0 && items.TryGetValue("executor", out HoconValue? executor) && executor.IsString()
            && s_executors.Contains(executor.GetString()))
        {
            lines.Append(path).Append(".executor = \"").Append(SystemSettings.Executor).AppendLine("\"");
        }
        foreach ((string key, HoconValue inner) in items)
        {
            if (inner is not null)
            {
                AddExecutors(lines, inner, path.Length == 0 ? Quoted(key) : $"{path}.{Quoted(key)}");
            }
        }
    }

    private static string Quoted(string key) => $"\"{key}\"";

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
                path, new SimulatedDispatcherConfigurator(ours, system.Dispatchers.Prerequisites, IsPinned(items)));
        }
        foreach ((string key, HoconValue inner) in items)
        {
            if (inner is not null)
            {
                Replace(system, inner, path.Length == 0 ? key : $"{path}.{key}");
            }
        }
    }

    private static bool IsPinned(Dictionary<string, HoconValue> items) =>
        items.TryGetValue("type", out HoconValue? type)
        && type.IsString() && type.GetString() == "PinnedDispatcher";

    private static bool IsThreaded(Dictionary<string, HoconValue> items) =>
        items.TryGetValue("type", out HoconValue? type)
        ? type.IsString() && s_types.Contains(type.GetString())
        : items.ContainsKey("executor");
}
