namespace ActorP2P.Hocon;

/// <summary>Merges two values of the same key.</summary>
internal static class HoconMerge
{
    /// <summary>
    /// Makes a new object with the values of both. Where both have a value, objects are merged; otherwise the first one
    /// counts.
    /// </summary>
    public static HoconMap Over(HoconMap over, HoconMap under, HoconBudget budget)
    {
        var result = new HoconMap();
        var open = new Stack<(HoconMap Into, HoconMap Over, HoconMap Under)>();
        open.Push((result, over, under));
        while (open.TryPop(out (HoconMap Into, HoconMap Over, HoconMap Under) pair))
        {
            budget.Grow(pair.Over.Count + pair.Under.Count);
            pair.Into.Include(pair.Over, 0);
            pair.Into.Include(pair.Under, 0);
            for (int i = 0; i < pair.Under.Count; i++)
            {
                pair.Into.Set(pair.Under.KeyAt(i), pair.Under.ValueAt(i));
            }
            for (int i = 0; i < pair.Over.Count; i++)
            {
                string key = pair.Over.KeyAt(i);
                HoconElement value = pair.Over.ValueAt(i);
                if (value is HoconMap upper && pair.Under.Get(key) is HoconMap lower)
                {
                    var inner = new HoconMap();
                    open.Push((inner, upper, lower));
                    value = inner;
                }
                pair.Into.Set(key, value);
            }
        }
        return result;
    }

    /// <summary>Assigns a value to a key of an object that is being read, in addition to earlier assignments.</summary>
    public static void Assign(HoconMap into, string key, HoconElement value)
    {
        Stack<(HoconMap Into, HoconMap From)>? later = null;
        AssignOne(into, key, value, ref later);
        while (later is not null && later.TryPop(out (HoconMap Into, HoconMap From) pair))
        {
            for (int i = 0; i < pair.From.Count; i++)
            {
                AssignOne(pair.Into, pair.From.KeyAt(i), pair.From.ValueAt(i), ref later);
            }
        }
    }

    /// <summary>
    /// Assigns all values of an object, which must not be used afterwards, to another that is being read.
    /// </summary>
    public static HoconMap AssignAll(HoconMap into, HoconMap from)
    {
        for (int i = 0; i < from.Count; i++)
        {
            Assign(into, from.KeyAt(i), from.ValueAt(i));
        }
        return into;
    }

    /// <summary>
    /// The object at a key of an object that is being read. It is created, and assigned, if there is none.
    /// </summary>
    public static HoconMap Child(HoconMap of, string key)
    {
        HoconElement? present = of.Get(key);
        if (present is HoconMap inner)
        {
            return inner;
        }
        if (present is HoconLayers { Top: HoconMap top })
        {
            return top;
        }
        var made = new HoconMap();
        Assign(of, key, made);
        return made;
    }

    private static void AssignOne(
        HoconMap into, string key, HoconElement value, ref Stack<(HoconMap Into, HoconMap From)>? later)
    {
        HoconElement? present = into.Get(key);
        switch (value)
        {
            case HoconLayers layers:
                for (int i = 0; i < layers.Count; i++)
                {
                    AssignOne(into, key, layers[i], ref later);
                }
                break;
            case HoconExpression when present is HoconLayers below:
                into.Include(value, 1);
                below.Push(value);
                break;
            case HoconExpression:
                into.Set(key, present is null ? new HoconLayers(value) : new HoconLayers(present, value));
                break;
            case HoconMap added when (present is HoconLayers layered ? layered.Top : present) is HoconMap below:
                into.Include(added, 1);
                below.Include(added, 0);
                later ??= new Stack<(HoconMap Into, HoconMap From)>();
                later.Push((below, added));
                break;
            case HoconMap when present is HoconLayers below:
                into.Include(value, 1);
                below.Push(value);
                break;
            default:
                into.Set(key, value);
                break;
        }
    }
}
