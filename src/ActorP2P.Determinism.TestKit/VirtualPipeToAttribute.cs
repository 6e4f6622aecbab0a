namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Generates a <c>PipeTo</c> in the assembly that the compiler prefers to Akka's and whose answer stays in the
/// simulation. Akka's own sends the answer from the thread pool unless it is called with <c>useConfigureAwait:
/// true</c>.
/// </summary>
/// <param name="targetNamespace">
/// The namespace it is generated into, such as the root namespace of the assembly. Without one it is the global
/// namespace, which is preferred to any <c>using</c> at the top of a file.
/// </param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class VirtualPipeToAttribute(string? targetNamespace = null) : Attribute
{
    /// <summary>The namespace; null for the global one.</summary>
    public string? TargetNamespace { get; } = targetNamespace;
}
