using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace ActorP2P;

/// <summary>
/// The meters that nodes report to: one for each factory, and one for the nodes of the process that have no factory.
/// </summary>
internal static class NodeMeters
{
    private static readonly ConditionalWeakTable<IMeterFactory, NodeMeter> s_ofFactories = [];
    private static readonly Lazy<NodeMeter> s_ofProcess = new(
        static () => new NodeMeter(new Meter(NodeMeter.Options())));

    /// <summary>
    /// The meter of a factory, which disposes it; without a factory, the meter of the process, which is never disposed.
    /// </summary>
    public static NodeMeter Of(IMeterFactory? factory) => factory is null
        ? s_ofProcess.Value
        : s_ofFactories.GetValue(factory, static made => new NodeMeter(made.Create(NodeMeter.Options())));
}
