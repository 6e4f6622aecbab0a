namespace ActorP2P.Tests.Actors;

/// <summary>An actor of a host that keeps the messages it receives and handles them as a test says.</summary>
internal sealed class Hearer : UntypedActor
{
    private readonly List<object> _heard;
    private readonly Action<object, IActorContext>? _react;

    public Hearer(List<object> heard, Action<object, IActorContext>? react)
    {
        _heard = heard;
        _react = react;
    }

    public static IActorRef In(IActorRefFactory system, List<object> heard, Action<object, IActorContext>? react = null,
        string? name = null) =>
        system.ActorOf(Props.Create(() => new Hearer(heard, react)), name);

    protected override void OnReceive(object message)
    {
        _heard.Add(message);
        _react?.Invoke(message, Context);
    }
}
