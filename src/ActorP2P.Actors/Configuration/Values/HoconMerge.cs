namespace ActorP2P.Actors;

/// <summary>How two values for the same key become one.</summary>
internal static class HoconMerge
{
    /// <summary>A new object that has the values of both; where both have one, objects are merged and else the first one counts.</summary>
    public static HoconObject Over(HoconObject over, HoconObject under, HoconBudget budget)
    {
        var result = new HoconObject();
        var open = new Stack<(HoconObject Into, HoconObject Over, HoconObject Under)>();
        open.Push((result, over, under));
        while (open.TryPop(out (HoconObject Into, HoconObject Over, HoconObject Under) pair))
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
                HoconValue value = pair.Over.ValueAt(i);
                if (value is HoconObject upper && pair.Under.Get(key) is HoconObject lower)
                {
                    var inner = new HoconObject();
                    open.Push((inner, upper, lower));
                    value = inner;
                }
                pair.Into.Set(key, value);
            }
        }
        return result;
    }

    /// <summary>Assigns a value to a key of an object that is being read, over what was assigned before.</summary>
    public static void Assign(HoconObject into, string key, HoconValue value)
    {
        Stack<(HoconObject Into, HoconObject From)>? later = null;
        AssignOne(into, key, value, ref later);
        while (later is not null && later.TryPop(out (HoconObject Into, HoconObject From) pair))
        {
            for (int i = 0; i < pair.From.Count; i++)
            {
                AssignOne(pair.Into, pair.From.KeyAt(i), pair.From.ValueAt(i), ref later);
            }
        }
    }

    /// <summary>Assigns all values of an object, which is used up by it, to another that is being read.</summary>
    public static HoconObject AssignAll(HoconObject into, HoconObject from)
    {
        for (int i = 0; i < from.Count; i++)
        {
            Assign(into, from.KeyAt(i), from.ValueAt(i));
        }
        return into;
    }

    /// <summary>The object at a key of an object that is being read; made over what was assigned before when that is none.</summary>
    public static HoconObject Child(HoconObject of, string key)
    {
        HoconValue? present = of.Get(key);
        if (present is HoconObject inner)
        {
            return inner;
        }
        if (present is HoconLayers { Top: HoconObject top })
        {
            return top;
        }
        var made = new HoconObject();
        Assign(of, key, made);
        return made;
    }

    private static void AssignOne(
        HoconObject into, string key, HoconValue value, ref Stack<(HoconObject Into, HoconObject From)>? later)
    {
        HoconValue? present = into.Get(key);
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
            case HoconObject added when (present is HoconLayers layered ? layered.Top : present) is HoconObject below:
                into.Include(added, 1);
                below.Include(added, 0);
                later ??= new Stack<(HoconObject Into, HoconObject From)>();
                later.Push((below, added));
                break;
            case HoconObject when present is HoconLayers below:
                into.Include(value, 1);
                below.Push(value);
                break;
            default:
                into.Set(key, value);
                break;
        }
    }
}
