namespace ActorP2P.Simulation;

/// <summary>
/// Numbers that were seen. Those that come in order take no memory; only the ones behind a gap are kept one by one.
/// </summary>
internal sealed class SeenNumbers
{
    private ulong _next = 1;
    private HashSet<ulong>? _ahead;

    /// <summary>Adds a number.</summary>
    /// <returns>Whether it was not seen before.</returns>
    public bool Add(ulong number)
    {
        if (number < _next)
        {
            return false;
        }

        if (number > _next)
        {
            return (_ahead ??= []).Add(number);
        }

        do
        {
            _next++;
        }
        while (_ahead is { Count: > 0 } && _ahead.Remove(_next));
        return true;
    }
}
