namespace ActorP2P.Actors.Tests.Conformance;

/// <summary>Has one child under a strategy of the test's choice and passes messages on to it.</summary>
public sealed class Supervisor : UntypedActor
{
    private readonly SupervisorStrategy _strategy;
    private readonly Recorder _said;
    private readonly IActorRef _kid;

    public Supervisor(SupervisorStrategy strategy, Props child, Recorder said)
    {
        _strategy = strategy;
        _said = said;
        _kid = Context.ActorOf(child, "kid");
    }

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override void PreRestart(Exception reason, object message)
    {
        _said.Add($"Sup.PreRestart({reason.GetType().Name})");
        base.PreRestart(reason, message);
    }

    protected override void OnReceive(object message)
    {
        if (message is "kid?")
        {
            Sender.Tell(_kid);
        }
        else
        {
            _kid.Forward(message);
        }
    }
}
