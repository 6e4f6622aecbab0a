namespace ActorP2P.Hocon;

/// <summary>
/// One value that is being resolved. Frames wait on the resolver's own stack instead of the
/// thread's, so that a chain of substitutions may be as long as the text that contains it.
/// </summary>
internal abstract class ResolveFrame
{
    /// <summary>
    /// Continues until it is finished and has given its answer to the resolver, or needs the answer of another frame.
    /// </summary>
    /// <returns>The frame to run first; null when this one is done.</returns>
    public abstract ResolveFrame? Step(HoconResolver resolver);
}
