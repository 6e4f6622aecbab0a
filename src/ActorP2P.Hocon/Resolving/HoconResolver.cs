namespace ActorP2P.Hocon;

/// <summary>
/// Replaces substitutions by their values, as the last step of a load. Each is followed only when its value is needed,
/// so that an object may refer to its own parts. A substitution that refers to the key it belongs to gets the value
/// that was assigned before.
/// </summary>
internal sealed class HoconResolver(HoconElement root, HoconOptions options, HoconBudget budget)
{
    private readonly Stack<ResolveFrame> _frames = new();

    public HoconOptions Options { get; } = options;

    public HoconBudget Budget { get; } = budget;

    public HoconElement Root { get; } = root;

    /// <summary>The result of the last frame; null for none.</summary>
    public HoconElement? Answer { get; private set; }

    /// <summary>Whether there is no result, and lower layers must not be used either.</summary>
    public bool IsHidden { get; private set; }

    /// <summary>How often a value was asked for that was already being resolved.</summary>
    public int Cycles { get; private set; }

    /// <summary>The smallest depth at which layers were hidden that a later answer would have needed.</summary>
    public int LookedBackTo { get; set; } = int.MaxValue;

    public int Depth => _frames.Count;

    public HoconElement Resolve()
    {
        if (Ask(Root) is { } first)
        {
            Run(first);
        }
        return Answer!;
    }

    /// <summary>Asks for the resolved form of a value.</summary>
    /// <returns>The frame that finds it; null when it is known and has been given as the answer.</returns>
    public ResolveFrame? Ask(HoconElement value)
    {
        switch (value)
        {
            case { IsResolved: true }:
            case HoconMap { Final: not null }:
            case HoconList { Final: not null }:
                Give((value as HoconMap)?.Final ?? (value as HoconList)?.Final ?? value);
                return null;
            case HoconMap { IsBusy: true }:
            case HoconList { IsBusy: true }:
                Cycles++;
                GiveNothing(hidden: true);
                return null;
            case HoconMap @object:
                return new ObjectFrame(@object, this);
            case HoconList list:
                return new ListFrame(list, this);
            case HoconLayers layers:
                return AskLayers(layers, layers.Visible);
            case HoconExpression { IsDone: true } expression:
                Give(expression.Value);
                return null;
            case HoconReference substitution:
                return new SubstitutionFrame(substitution, this);
            default:
                return new ConcatenationFrame((HoconConcatenation)value);
        }
    }

    /// <summary>Asks for the merge of a number of the oldest layers.</summary>
    public ResolveFrame? AskLayers(HoconLayers layers, int count)
    {
        NoteVisible(layers);
        switch (layers.State(count))
        {
            case LayersState.Known:
                Give(layers.Merged(count));
                return null;
            case LayersState.Busy:
                Cycles++;
                GiveNothing(hidden: true);
                return null;
            case LayersState.Unknown when count == 0:
                GiveNothing(hidden: false);
                return null;
            default:
                return new LayersFrame(layers, count);
        }
    }

    /// <summary>Records that layers are used. If some are hidden, the result is valid only for now.</summary>
    public void NoteVisible(HoconLayers layers)
    {
        if (layers.Visible < layers.Count)
        {
            Cycles += layers.Visible == 0 ? 1 : 0;
            LookedBackTo = Math.Min(LookedBackTo, layers.HiddenAt);
        }
    }

    public void Give(HoconElement? value)
    {
        Answer = value;
        IsHidden = false;
    }

    public void GiveNothing(bool hidden)
    {
        Answer = null;
        IsHidden = hidden;
    }

    /// <summary>Gives a resolved container as the answer, unless its substitutions have made it too deep.</summary>
    /// <exception cref="HoconException">It is too deep.</exception>
    public void GiveContainer(HoconElement container)
    {
        if (container.Height > Options.MaxDepth)
        {
            throw new HoconException(
                $"With the substitutions put in, objects and lists are nested deeper than {Options.MaxDepth}.");
        }
        Give(container);
    }

    private void Run(ResolveFrame first)
    {
        _frames.Push(first);
        while (_frames.TryPeek(out ResolveFrame? frame))
        {
            Budget.Step();
            if (frame.Step(this) is { } next)
            {
                _frames.Push(next);
            }
            else
            {
                _frames.Pop();
            }
        }
    }
}
