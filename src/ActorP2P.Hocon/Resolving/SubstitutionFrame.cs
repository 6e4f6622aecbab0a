namespace ActorP2P.Hocon;

/// <summary>
/// Finds the value of a substitution: relative to the including file's object, then from the root, then in the
/// environment.
/// </summary>
internal sealed class SubstitutionFrame(HoconReference substitution, HoconResolver resolver) : ResolveFrame
{
    private readonly int _cyclesBefore = resolver.Cycles;
    private int _tried;

    public override ResolveFrame? Step(HoconResolver resolver)
    {
        if (_tried > 0 && resolver.Answer is { } found)
        {
            Done(resolver, found);
            return null;
        }
        // An included file may refer to its own part of the tree or to the whole. Its own part is tried first.
        int tries = substitution.Prefix > 0 ? 2 : 1;
        if (_tried < tries)
        {
            string[] path = _tried++ == 0 ? substitution.Path : substitution.Path[substitution.Prefix..];
            return new LookupFrame(resolver.Root, path, 0);
        }
        Done(resolver, FromOutside(resolver));
        return null;
    }

    private HoconText? FromOutside(HoconResolver resolver)
    {
        string name = string.Join('.', substitution.Path.Skip(substitution.Prefix));
        if (name.Length > 0 && !name.Contains('\0') && resolver.Options.Environment(name) is { } value)
        {
            return new HoconText(value);
        }
        if (substitution.IsOptional)
        {
            return null;
        }
        throw substitution.Position.Error(resolver.Cycles > _cyclesBefore
            ? $"{substitution.Kind} is part of a cycle, and nothing was assigned before it"
            : $"{substitution.Kind} has no value");
    }

    private void Done(HoconResolver resolver, HoconElement? value)
    {
        substitution.Done(value);
        resolver.Give(value);
    }
}
