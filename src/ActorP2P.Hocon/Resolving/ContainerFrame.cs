namespace ActorP2P.Hocon;

/// <summary>Resolves the values of an object or a list, one after the other.</summary>
internal abstract class ContainerFrame : ResolveFrame
{
    private readonly int _depth;
    private readonly int _lookedBackTo;
    private int _next;
    private bool _waiting;

    protected ContainerFrame(HoconResolver resolver)
    {
        _depth = resolver.Depth;
        _lookedBackTo = resolver.LookedBackTo;
        resolver.LookedBackTo = int.MaxValue;
    }

    protected abstract int Count { get; }

    public override ResolveFrame? Step(HoconResolver resolver)
    {
        while (true)
        {
            if (_waiting)
            {
                _waiting = false;
                // An optional substitution without a value leaves no trace.
                if (resolver.Answer is { } found)
                {
                    Take(_next, found);
                }
                _next++;
            }
            if (_next == Count)
            {
                // If layers were hidden further out while parts were resolved, the result is valid only there and is
                // not kept.
                Finish(resolver, keep: resolver.LookedBackTo > _depth);
                resolver.LookedBackTo = Math.Min(resolver.LookedBackTo, _lookedBackTo);
                return null;
            }
            resolver.Budget.Step();
            _waiting = true;
            if (resolver.Ask(At(_next)) is { } frame)
            {
                return frame;
            }
        }
    }

    protected abstract HoconElement At(int index);

    protected abstract void Take(int index, HoconElement found);

    protected abstract void Finish(HoconResolver resolver, bool keep);
}
