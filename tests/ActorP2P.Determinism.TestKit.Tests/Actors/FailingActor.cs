using Akka.Event;

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Fails or warns when told to.</summary>
public sealed class FailingActor : ReceiveActor
{
    private readonly IActorRef _to;

    public FailingActor(IActorRef to)
    {
        _to = to;
        Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("boom"));
        Receive<string>(text => text == "warn", _ => Context.GetLogger().Warning("careful now"));
        ReceiveAny(_ => _to.Tell("alive"));
    }

    protected override void PreStart() => _to.Tell("started");

    protected override void PostRestart(Exception reason) => _to.Tell("restarted");
}
