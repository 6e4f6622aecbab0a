namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Asks for a <c>PipeTo</c> of the assembly's own that is nearer than Akka's and whose answer stays in the simulation.
/// Akka's own brings it back on the thread pool unless it is called with <c>useConfigureAwait: true</c>.
/// </summary>
/// <param name="targetNamespace">
/// The namespace it goes into, such as the root of the assembly's own; without one the global namespace, which is
/// nearer than any <c>using</c> at the top of a file.
/// </param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class VirtualPipeToAttribute(string? targetNamespace = null) : Attribute
{
    /// <summary>The namespace; null for the global one.</summary>
    public string? TargetNamespace { get; } = targetNamespace;
}
