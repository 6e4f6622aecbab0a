namespace ActorP2P.Hocon;

/// <summary>
/// Finds the value at a path below a key with layers, without resolving whole layers: <c>${bar.foo}</c> needs only the
/// foo of each layer.
/// </summary>
internal sealed class LayersLookupFrame : ResolveFrame
{
    private readonly HoconLayers _layers;
    private readonly string[] _path;
    private readonly Stack<(HoconElement Value, int Visible)> _parts = new();
    private readonly int _visible;
    private readonly int _hiddenAt;
    private Stage _stage;
    private HoconMap? _found;

    public LayersLookupFrame(HoconLayers layers, string[] path, HoconResolver resolver)
    {
        _layers = layers;
        _path = path;
        _visible = layers.Visible;
        _hiddenAt = layers.HiddenAt;
        for (int i = 0; i < _visible; i++)
        {
            switch (layers[i])
            {
                case HoconConcatenation { IsDone: false, IsMergeOfObjects: true } merge:
                    foreach (HoconElement piece in merge.Pieces.Where(piece => piece is not HoconText))
                    {
                        _parts.Push((piece, i));
                    }
                    break;
                case HoconExpression expression:
                    _parts.Push((expression, i));
                    break;
                default:
                    _parts.Push((layers[i], _visible));
                    break;
            }
        }
        resolver.Budget.Step(_parts.Count + path.Length);
    }

    private enum Stage
    {
        Next,
        Whole,
        Part,
    }

    public override ResolveFrame? Step(HoconResolver resolver)
    {
        while (true)
        {
            ResolveFrame? next = null;
            switch (_stage)
            {
                case Stage.Next when _parts.Count == 0:
                    End(resolver, hidden: false);
                    return null;
                case Stage.Next:
                    next = AskPart(resolver, _parts.Pop());
                    break;
                case Stage.Whole when resolver.Answer is null && !resolver.IsHidden:
                    Restore();
                    _stage = Stage.Next;
                    continue;
                case Stage.Whole:
                    Restore();
                    _stage = Stage.Part;
                    next = resolver.Answer is { } whole ? new LookupFrame(whole, _path, 0) : null;
                    break;
                default:
                    Restore();
                    if (TakePart(resolver))
                    {
                        return null;
                    }
                    continue;
            }
            if (next is not null)
            {
                return next;
            }
        }
    }

    private ResolveFrame? AskPart(HoconResolver resolver, (HoconElement Value, int Visible) part)
    {
        if (part.Visible < _visible)
        {
            _layers.Visible = part.Visible;
            _layers.HiddenAt = resolver.Depth;
        }
        switch (part.Value)
        {
            case HoconReference { IsDone: false, Prefix: 0 } substitution:
                _stage = Stage.Part;
                return new LookupFrame(resolver.Root, [.. substitution.Path, .. _path], 0);
            case HoconExpression:
                _stage = Stage.Whole;
                return resolver.Ask(part.Value);
            default:
                _stage = Stage.Part;
                return new LookupFrame(part.Value, _path, 0);
        }
    }

    /// <returns>True when the frame is done.</returns>
    private bool TakePart(HoconResolver resolver)
    {
        _stage = Stage.Next;
        switch (resolver.Answer)
        {
            case null when resolver.IsHidden:
                End(resolver, hidden: true);
                return true;
            case null:
                return false;
            case HoconMap lower:
                _found = _found is null ? lower : HoconMerge.Over(_found, lower, resolver.Budget);
                return false;
            default:
                resolver.Give(_found ?? resolver.Answer);
                return true;
        }
    }

    private void End(HoconResolver resolver, bool hidden)
    {
        if (_found is not null)
        {
            resolver.Give(_found);
        }
        else
        {
            resolver.GiveNothing(hidden);
        }
    }

    private void Restore()
    {
        _layers.Visible = _visible;
        _layers.HiddenAt = _hiddenAt;
    }
}
