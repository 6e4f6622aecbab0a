namespace ActorP2P.Actors;

/// <summary>The actors that a path leads to, looked up anew for every message.</summary>
public sealed class ActorSelection : ICanTell
{
    private readonly IInternalActorRef _anchor;
    private readonly string[] _elements;

    internal ActorSelection(IInternalActorRef anchor, string path)
    {
        _anchor = anchor;
        _elements = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Where the path starts.</summary>
    public IActorRef Anchor => _anchor;

    /// <summary>The path from there.</summary>
    public string PathString => "/" + string.Join('/', _elements);

    internal ActorSystem System => _anchor.System;

    /// <summary>Sends to every actor the path leads to; where there is none it becomes a dead letter.</summary>
    public void Tell(object message, IActorRef? sender = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        IActorRef? from = sender ?? ActorCell.CurrentSelf;
        bool found = false;
        foreach (IInternalActorRef target in Resolve())
        {
            found = true;
            target.Tell(message, from);
        }
        if (!found)
        {
            IActorRef deadLetters = System.DeadLetters;
            deadLetters.Tell(new DeadLetter(message, from ?? deadLetters, deadLetters), from);
        }
    }

    /// <summary>The one actor the path leads to.</summary>
    /// <exception cref="ActorNotFoundException">There is none, or it did not answer in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The one actor the path leads to.</summary>
    /// <exception cref="ActorNotFoundException">There is none, or it did not answer in time.</exception>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        ActorIdentity identity;
        try
        {
            identity = await this.Ask<ActorIdentity>(new Identify(this), timeout, ct);
        }
        catch (AskTimeoutException late)
        {
            throw new ActorNotFoundException($"No answer from {this} in time.", late);
        }
        return identity.Subject ?? throw new ActorNotFoundException($"There is no actor at {this}.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"ActorSelection[Anchor({_anchor.Path}), Path({PathString})]";

    private List<IInternalActorRef> Resolve()
    {
        List<IInternalActorRef> found = [_anchor];
        foreach (string element in _elements)
        {
            found = [.. found.SelectMany(at => Step(at, element))];
        }
        return found;
    }

    private static IEnumerable<IInternalActorRef> Step(IInternalActorRef at, string element)
    {
        if (element == ".")
        {
            return [at];
        }
        if (element == "..")
        {
            return at.Parent is { } parent ? [parent] : [];
        }
        if (element.Contains('*') || element.Contains('?'))
        {
            return at.GetChildren().Where(child =>
                global::System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(element, child.Path.Name, ignoreCase: false));
        }
        return at.GetChild(element) is { } child ? [child] : [];
    }
}
