using Xunit.Abstractions;

namespace ActorP2P.Actors.Tests.Conformance;

public sealed class PathRows(ITestOutputHelper output) : ConformanceTest(output)
{
    [Row("anonymous-path")]
    public void anonymous_path() =>
        Row("akka://probe/user/$a", Sys.ActorOf(Props.Create(() => new Silent())).Path.ToString());

    [Row("named-path")]
    public void named_path() =>
        Row("/user/named", Sys.ActorOf(Props.Create(() => new Silent()), "named").Path.ToStringWithoutAddress());

    [Row("dup-name")]
    public void dup_name()
    {
        Sys.ActorOf(Props.Create(() => new Silent()), "named");
        Exception? thrown = Record.Exception(() => Sys.ActorOf(Props.Create(() => new Silent()), "named"));
        Row("InvalidActorNameException", thrown!.GetType().Name);
    }

    [Row("bad-name")]
    public void bad_name()
    {
        Exception? thrown = Record.Exception(() => Sys.ActorOf(Props.Create(() => new Silent()), "a b/c"));
        Row("InvalidActorNameException", thrown!.GetType().Name);
    }

    [Row("selection")]
    public async Task selection()
    {
        Sys.ActorOf(Props.Create(() => new Silent()), "life");
        IActorRef found = await Sys.ActorSelection("/user/life").ResolveOne(Patience);
        Row("life", found.Path.Name);
    }

    [Row("selection-missing")]
    public async Task selection_missing()
    {
        Exception? thrown = await Record.ExceptionAsync(() => Sys.ActorSelection("/user/nobody").ResolveOne(Patience));
        Exception? again = await Record.ExceptionAsync(() => Sys.ActorSelection("/user/x/y").ResolveOne(Patience));
        Row("ActorNotFoundException/ActorNotFoundException", $"{thrown!.GetType().Name}/{again!.GetType().Name}");
    }

    [Row("identify")]
    public async Task identify()
    {
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Silent()));
        ActorIdentity identity = await actor.Ask<ActorIdentity>(new Identify("id1"), Patience);
        Assert.Equal(actor, identity.Subject);
        Row("id1", (string)identity.MessageId);
    }

    [Row("context-child-missing")]
    public async Task context_child_missing()
    {
        IActorRef actor = Sys.ActorOf(Props.Create(() => new ChildSeeker()));
        Row("nobody", await actor.Ask<string>("look", Patience));
    }

    [Row("props-args-after-restart")]
    public async Task props_args_after_restart()
    {
        var evaluations = new Counter();
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Valued(evaluations.Next())));
        actor.Tell("boom");
        string value = await actor.Ask<string>("value?", Patience);
        Row("value=1 evaluations=1", $"value={value} evaluations={evaluations.Count}");
    }

    private sealed class ChildSeeker : UntypedActor
    {
        protected override void OnReceive(object message) =>
            Sender.Tell(Context.Child("missing").Equals(ActorRefs.Nobody) ? "nobody" : "somebody");
    }

    private sealed class Valued : UntypedActor
    {
        private readonly int _value;

        public Valued(int value) => _value = value;

        protected override void OnReceive(object message)
        {
            if (message is "boom")
            {
                throw new Boom("bang");
            }
            Sender.Tell(_value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
