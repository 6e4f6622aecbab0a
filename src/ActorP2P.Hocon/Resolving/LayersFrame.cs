namespace ActorP2P.Hocon;

/// <summary>
/// Merges the assignments to one key. It begins at the newest layer and stops at the first that hides the rest. When
/// layers certainly refer back, it works upward instead; otherwise a thousand <c>+=</c> would wait for each other.
/// </summary>
internal sealed class LayersFrame : ResolveFrame
{
    private readonly HoconLayers _layers;
    private readonly int _count;
    private int _level;
    private int _visible;
    private int _hiddenAt;
    private Stage _stage;
    private HoconElement? _top;

    public LayersFrame(HoconLayers layers, int count)
    {
        _layers = layers;
        _count = count;
        _level = count;
        while (_level > 1 && _layers[_level - 1] is HoconExpression { LooksBack: true }
            && _layers.State(_level - 1) == LayersState.Unknown)
        {
            _level--;
        }
        for (int i = _level; i <= count; i++)
        {
            _layers.Mark(i, LayersState.Busy);
        }
    }

    private enum Stage
    {
        Ask,
        Layer,
        Below,
    }

    public override ResolveFrame? Step(HoconResolver resolver)
    {
        while (true)
        {
            ResolveFrame? next = null;
            switch (_stage)
            {
                case Stage.Ask:
                    next = AskLayer(resolver);
                    break;
                case Stage.Layer:
                    if (TakeLayer(resolver, out next))
                    {
                        return null;
                    }
                    break;
                default:
                    if (TakeBelow(resolver))
                    {
                        return null;
                    }
                    break;
            }
            if (next is not null)
            {
                return next;
            }
        }
    }

    private ResolveFrame? AskLayer(HoconResolver resolver)
    {
        _stage = Stage.Layer;
        HoconElement layer = _layers[_level - 1];
        _visible = _layers.Visible;
        _hiddenAt = _layers.HiddenAt;
        if (layer is HoconExpression)
        {
            _layers.Visible = _level - 1;
            _layers.HiddenAt = resolver.Depth;
        }
        return resolver.Ask(layer);
    }

    /// <returns>True when the frame is done.</returns>
    private bool TakeLayer(HoconResolver resolver, out ResolveFrame? next)
    {
        next = null;
        _layers.Visible = _visible;
        _layers.HiddenAt = _hiddenAt;
        if (resolver.IsHidden)
        {
            // The layer itself is part of a cycle. The frame that closed the cycle decides whether that is an error.
            for (int i = _level; i <= _count; i++)
            {
                _layers.Mark(i, LayersState.Unknown);
            }
            return true;
        }
        _top = resolver.Answer;
        if (_level == 1 || _top is not (null or HoconMap))
        {
            return Merged(resolver, _top);
        }
        _stage = Stage.Below;
        next = resolver.AskLayers(_layers, _level - 1);
        return false;
    }

    private bool TakeBelow(HoconResolver resolver)
    {
        HoconElement? below = resolver.Answer;
        return Merged(resolver, (_top, below) switch
        {
            (null, _) => below,
            (HoconMap over, HoconMap under) => HoconMerge.Over(over, under, resolver.Budget),
            _ => _top,
        });
    }

    private bool Merged(HoconResolver resolver, HoconElement? merged)
    {
        _layers.Mark(_level, LayersState.Known, merged);
        _stage = Stage.Ask;
        if (_level++ < _count)
        {
            return false;
        }
        resolver.Give(merged);
        return true;
    }
}
