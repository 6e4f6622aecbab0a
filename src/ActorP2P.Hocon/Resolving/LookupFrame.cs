namespace ActorP2P.Hocon;

/// <summary>Finds the value at a path, and resolves only what the path needs.</summary>
internal sealed class LookupFrame(HoconElement start, string[] path, int index) : ResolveFrame
{
    private bool _waiting;

    public override ResolveFrame? Step(HoconResolver resolver)
    {
        if (_waiting)
        {
            return null;
        }
        _waiting = true;
        HoconElement at = start;
        int next = index;
        while (true)
        {
            if (next == path.Length)
            {
                return resolver.Ask(at);
            }
            resolver.Budget.Step();
            switch (at)
            {
                case HoconMap @object:
                    if ((@object.Final ?? @object).Get(path[next++]) is not { } child)
                    {
                        resolver.GiveNothing(hidden: false);
                        return null;
                    }
                    at = child;
                    break;
                case HoconLayers layers when layers.State(layers.Visible) == LayersState.Known:
                    resolver.NoteVisible(layers);
                    if (layers.Merged(layers.Visible) is not { } merged)
                    {
                        resolver.GiveNothing(hidden: false);
                        return null;
                    }
                    at = merged;
                    break;
                case HoconLayers layers:
                    resolver.NoteVisible(layers);
                    return new LayersLookupFrame(layers, path[next..], resolver);
                default:
                    resolver.GiveNothing(hidden: true);
                    return null;
            }
        }
    }
}
