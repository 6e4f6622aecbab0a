namespace ActorP2P.Hocon;

/// <summary>Resolves the pieces of a concatenation and joins them.</summary>
internal sealed class ConcatenationFrame(HoconConcatenation concatenation) : ResolveFrame
{
    private readonly List<HoconElement> _values = new(concatenation.Pieces.Count);
    private int _next;
    private bool _waiting;

    public override ResolveFrame? Step(HoconResolver resolver)
    {
        while (true)
        {
            if (_waiting)
            {
                _waiting = false;
                if (resolver.Answer is { } found)
                {
                    _values.Add(found);
                }
                _next++;
            }
            if (_next == concatenation.Pieces.Count)
            {
                break;
            }
            _waiting = true;
            if (resolver.Ask(concatenation.Pieces[_next]) is { } frame)
            {
                return frame;
            }
        }
        concatenation.Done(HoconConcatenation.Join(_values, fresh: false, concatenation.Position, resolver.Budget));
        resolver.Give(concatenation.Value);
        return null;
    }
}
