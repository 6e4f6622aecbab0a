namespace ActorP2P.Hocon;

/// <summary>
/// One thing that is being resolved. Frames wait on a stack of the resolver's own instead of the thread's, so that a chain of
/// substitutions may be as long as the text that holds it.
/// </summary>
internal abstract class ResolveFrame
{
    /// <summary>Goes on until it is done, and has given its answer to the resolver, or needs the answer of another frame.</summary>
    /// <returns>The frame to run first; null when this one is done.</returns>
    public abstract ResolveFrame? Step(HoconResolver resolver);
}
