namespace ActorP2P.Actors.Tests.Conformance;

/// <summary>Reports every step of its life, counts what it handles, and fails when told to.</summary>
public sealed class Crasher : UntypedActor
{
    private readonly Recorder _said;
    private readonly Counter _instances;
    private readonly int _instance;
    private readonly bool _withChild;
    private int _handled;

    public Crasher(Recorder said, Counter instances, bool withChild)
    {
        _said = said;
        _instances = instances;
        _withChild = withChild;
        _instance = instances.Next();
        _said.Add($"ctor{_instance}");
    }

    protected override void PreStart()
    {
        _said.Add($"PreStart{_instance}");
        if (_withChild && _instance == 1)
        {
            Recorder said = _said;
            Context.ActorOf(Props.Create(() => new Mourned(said)), "child");
        }
        base.PreStart();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        _said.Add($"PreRestart{_instance}({reason.GetType().Name},{message})");
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        _said.Add($"PostRestart{_instance}");
        base.PostRestart(reason);
    }

    protected override void PostStop()
    {
        _said.Add($"PostStop{_instance}");
        base.PostStop();
    }

    protected override void OnReceive(object message)
    {
        if (message is "boom")
        {
            throw new Boom("bang");
        }
        _handled++;
        Sender.Tell($"{_instance}:{_handled}:{message}");
    }
}
