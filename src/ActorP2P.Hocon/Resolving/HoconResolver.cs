namespace ActorP2P.Hocon;

/// <summary>
/// Puts in what substitutions stand for, as the last step of a load. Each is followed when its value is needed and no sooner,
/// so that an object may refer to its own parts; one that comes back to the key it is part of sees what was assigned before.
/// </summary>
internal sealed class HoconResolver(HoconElement root, HoconOptions options, HoconBudget budget)
{
    private readonly Stack<ResolveFrame> _frames = new();

    public HoconOptions Options { get; } = options;

    public HoconBudget Budget { get; } = budget;

    public HoconElement Root { get; } = root;

    /// <summary>What the last frame found; null for nothing.</summary>
    public HoconElement? Answer { get; private set; }

    /// <summary>True when there is nothing, and what lies below must not be looked at either.</summary>
    public bool IsHidden { get; private set; }

    /// <summary>How often something was asked for that is being worked out already.</summary>
    public int Cycles { get; private set; }

    /// <summary>The least depth at which layers had been hidden that an answer since then went without.</summary>
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

    /// <summary>Asks for the final form of a value.</summary>
    /// <returns>The frame that finds it; null when it is known, and given as the answer.</returns>
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

    /// <summary>Asks for the merge of that many of the oldest layers.</summary>
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

    /// <summary>Takes note of a look at layers: where some are hidden, what it finds holds for now only.</summary>
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

    /// <summary>Gives a container that is now resolved, unless what was put in made it too deep.</summary>
    /// <exception cref="HoconException">It is.</exception>
    public void GiveContainer(HoconElement container)
    {
        if (container.Height > Options.MaxDepth)
        {
            throw new HoconException($"With the substitutions put in, objects and lists are nested deeper than {Options.MaxDepth}.");
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
