using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace ActorP2P;

/// <summary>
/// The meters that nodes report to: one for each factory, and one of the process for nodes without a factory.
/// </summary>
internal static class NodeMeters
{
    private static readonly ConditionalWeakTable<IMeterFactory, NodeMeter> s_ofFactories = [];
    private static readonly Lazy<NodeMeter> s_ofProcess = new(
        static () => new NodeMeter(new Meter(NodeMeter.Options())));

    /// <summary>
    /// The meter that a factory makes, which the factory ends; without a factory that of the process, which stays.
    /// </summary>
    public static NodeMeter Of(IMeterFactory? factory) => factory is null
        ? s_ofProcess.Value
        : s_ofFactories.GetValue(factory, static made => new NodeMeter(made.Create(NodeMeter.Options())));
}
